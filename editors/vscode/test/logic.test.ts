import assert from "node:assert/strict";
import * as path from "node:path";
import { test } from "node:test";
import { command, failure, fill, isFacts, selector, summary } from "../src/logic";

const place = { home: "/home/ana", workspaceFolder: "/news" };
const settings = { path: "factlint", rules: [], languages: ["markdown", "plaintext", "html"] };

test("a path is filled in at its start and wherever the folder is named", () => {
    assert.equal(fill("~/bin/factlint", place), "/home/ana/bin/factlint");
    assert.equal(fill("a~b", place), "a~b");
    assert.equal(fill("${workspaceFolder}/x/${workspaceFolder}", place), "/news/x//news");
    assert.equal(fill("${workspaceFolder}/x", { ...place, workspaceFolder: undefined }), "/x");
    assert.equal(fill("${workspaceFolder}", { ...place, workspaceFolder: "/a$&b" }), "/a$&b");
});

test("the server is started with the rules of the settings", () => {
    assert.deepEqual(command(settings, place), { command: "factlint", args: ["lsp"] });
    assert.deepEqual(command({ ...settings, path: "  " }, place).command, "factlint");
    const rules = ["house", "/shared/rules"];
    const args = ["lsp", "--rules", path.join("/news", "house"), "--rules", "/shared/rules"];
    assert.deepEqual(command({ ...settings, rules }, place).args, args);
});

test("drafts of the languages that are set are checked, and rules always", () => {
    const asked = selector({ ...settings, languages: ["markdown", "markdown", "rust"] });
    assert.deepEqual(
        asked.map((document) => `${document.scheme} ${document.language}`),
        ["file markdown", "untitled markdown", "file yaml"],
    );
});

test("a list of facts is known by what it holds", () => {
    const facts = { markdown: "# Facts", list: { summary: { contradicts: 1, agrees: 2, unchecked: 0 } } };
    assert.ok(isFacts(facts));
    for (const other of [null, undefined, 7, {}, { markdown: "x" }, { markdown: 1, list: { summary: {} } }]) {
        assert.ok(!isFacts(other));
    }
    assert.equal(summary(facts), "3 facts, 1 contradicted");
    assert.equal(summary({ markdown: "", list: { summary: { agrees: 1 } } }), "1 fact, 0 contradicted");
});

test("a program that is not there is told with what to do", () => {
    const missing = Object.assign(new Error("spawn factlint ENOENT"), { code: "ENOENT" });
    assert.match(failure("factlint", missing), /not found at “factlint”.*factlint\.path/);
    assert.match(failure("factlint", new Error("it broke")), /did not start: it broke/);
    assert.match(failure("factlint", "odd"), /did not start: odd/);
});

// The HTML report as a person meets it.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { draft, folder, launch, report } from "./browser.mjs";

const ARTICLE = "tests/articles/talks.txt";
let context;
let article;

before(async () => {
  context = await launch();
  article = report("talks", [ARTICLE]);
});
after(() => context?.close());

/** A fresh page; whatever it asks of a network, or complains of, fails the test. */
async function open(address, { width = 1280, height = 860, scheme = "light" } = {}) {
  const page = await context.newPage();
  page.troubles = [];
  page.on("console", (message) => message.type() === "error" && page.troubles.push(message.text()));
  page.on("pageerror", (error) => page.troubles.push(String(error)));
  page.on("request", (request) => !request.url().startsWith("file:") && page.troubles.push(request.url()));
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
  await page.goto(address);
  return page;
}

async function close(page) {
  assert.deepEqual(page.troubles, []);
  await page.close();
}

const card = (page, words) => page.locator(".card", { hasText: words }).first();
const focused = (page) => page.evaluate(() => document.activeElement.closest(".card")?.id ?? document.activeElement.className);

test("the policy knows the script", () => {
  const hash = createHash("sha256").update(readFileSync("src/report/html/page.js")).digest("base64");
  const html = readFileSync(join(folder, "talks.html"), "utf8");
  assert.ok(html.includes(`script-src 'sha256-${hash}'`), `SCRIPT_HASH in src/report/html/mod.rs must be "sha256-${hash}"`);
});

test("all findings of the article are there, at their words", async () => {
  const page = await open(article);
  const count = await page.locator(".card").count();
  assert.equal(count, JSON.parse(readFileSync(join(folder, "talks.html"), "utf8").match(/data-all="(\d+)"/)[1]));
  assert.ok(count >= 19);
  for (const id of await page.locator(".card").evaluateAll((cards) => cards.map((card) => card.id.slice(1)))) {
    assert.ok(await page.locator(`.text [data-p~="${id}"]`).count(), `finding ${id} has no words in the text`);
  }
  await close(page);
});

test("a click on a finding lights its words and its evidence, and draws lines between them", async () => {
  const page = await open(article, { height: 680 });
  const finding = card(page, "Wednesday is the 18th, not the 188th");
  assert.equal(await page.evaluate(() => scrollY), 0, "the page opens at its beginning");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".lit").count(), 0);
  await finding.locator(".open").click();
  assert.equal(await finding.locator(".open").getAttribute("aria-expanded"), "true");
  assert.equal(await page.locator(".text .on").textContent(), "Wednesday (188)");
  assert.deepEqual(await page.locator(".text .lit").allTextContents(), ["domingo (15)", "Monday (16)", "Thursday (19)"]);
  assert.equal(await page.locator(".lines path:not(.halo)").count(), 3);
  assert.equal(await page.locator(".lines circle").count(), 3);
  assert.ok(await finding.getByText("Change 188 to 18").isVisible());
  const colours = await page.evaluate(() => ["on", "lit"].map((name) => getComputedStyle(document.querySelector(`.text .${name}`)).backgroundColor));
  assert.notEqual(colours[0], colours[1]);
  // A second click closes it.
  await finding.locator(".open").click();
  assert.equal(await page.locator(".lit, .on").count(), 0);
  assert.equal(await page.locator(".lines path").count(), 0);
  await close(page);
});

test("a click on marked words opens their finding", async () => {
  const page = await open(article);
  await page.locator(".text .m", { hasText: "Opec" }).first().click();
  assert.match(await page.locator(".card.active .message").textContent(), /Opec here, OPEC elsewhere/);
  assert.deepEqual(await page.locator(".text .lit").allTextContents(), ["OPEC"]);
  await close(page);
});

test("the keyboard walks, follows the evidence, goes to the words and back, and closes", async () => {
  const page = await open(article);
  await page.keyboard.press("Escape");
  const ids = await page.locator(".card").evaluateAll((cards) => cards.map((card) => card.id));
  await page.keyboard.press("j");
  assert.equal(await focused(page), ids[0]);
  await page.keyboard.press("j");
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(page), ids[2]);
  await page.keyboard.press("k");
  await page.keyboard.press("ArrowUp");
  assert.equal(await focused(page), ids[0]);
  assert.match(await page.locator(".card.active .message").textContent(), /Wednesday is the 18th/);
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.locator(".text .near").textContent(), "domingo (15)");
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.locator(".text .near").textContent(), "Monday (16)");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  assert.equal(await page.locator(".text .near").count(), 0);
  await page.keyboard.press("Enter");
  assert.match(await focused(page), /\bm\b.*\bon\b/);
  await page.keyboard.press("Escape");
  assert.equal(await focused(page), ids[0]);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".card.active").count(), 0);
  // From words that have the focus, Enter goes to their finding.
  await page.locator(".text .m", { hasText: "188" }).focus();
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), ids[0]);
  await page.keyboard.press("?");
  assert.ok(await page.locator("#keys").isVisible());
  await page.keyboard.press("Escape");
  assert.ok(!(await page.locator("#keys").isVisible()));
  assert.equal(await page.locator(".card.active").count(), 1);
  await close(page);
});

test("filters by severity, by words and by kind, and says how many are left", async () => {
  const page = await open(article);
  const all = await page.locator(".card").count();
  const errors = await page.locator('.card[data-severity="error"]').count();
  await page.locator('[data-severity="warning"][aria-pressed]').click();
  await page.locator('[data-severity="note"][aria-pressed]').click();
  assert.equal(await page.locator(".card:visible").count(), errors);
  assert.equal(await page.locator("#shown").textContent(), `${errors} of ${all} findings`);
  assert.ok(await page.locator(".text .m.warning.off").count());
  assert.equal(await page.locator(".text .m.error.off").count(), 0);
  assert.equal(await page.locator("#by-warning").isVisible(), false);
  await page.locator('[data-severity="warning"][aria-pressed]').click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  await page.keyboard.type("OPEC");
  assert.equal(await page.locator(".card:visible").count(), 1);
  await page.keyboard.press("Escape");
  assert.ok((await page.locator(".card:visible").count()) > errors);
  await page.locator("#group").selectOption("calendar");
  const groups = await page.locator(".card:visible").evaluateAll((cards) => cards.map((card) => card.dataset.group));
  assert.deepEqual([...new Set(groups)], ["calendar"]);
  await page.locator("#group").selectOption("");
  await page.locator("#filter").fill("no such words");
  assert.ok(await page.locator(".nothing").isVisible());
  assert.equal(await page.locator(".lines path").count(), 0, "what is filtered out has no lines");
  await close(page);
});

test("hostile text stays text", async () => {
  const hostile = draft("hostile.md",
    "# </script><script>document.title = 'owned'</script>\n\n" +
    "<!-- --><img src=x onerror=\"document.title='owned'\"> He said said \"><svg onload=document.title='owned'> the the end.\n\n" +
    "The the `</style><script>document.title='owned'</script>` \u202egnorw si siht\u202c and &lt;b&gt; talks open Monday (10), " +
    "pause on Wednesday (100)</textarea> and end Thursday (13).\n");
  const address = report("hostile", [hostile]);
  const html = readFileSync(join(folder, "hostile.html"), "utf8");
  assert.equal(html.match(/<script/g).length, 1);
  assert.equal(html.match(/<\/script/g).length, 1);
  assert.ok(!html.includes("\u202e"));
  assert.ok(!/<img/.test(html));
  const page = await open(address);
  assert.notEqual(await page.title(), "owned");
  assert.ok(await page.getByText("document.title = 'owned'").first().isVisible());
  assert.ok(await page.locator(".card").count());
  // The policy would stop what got through.
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'owned'";
    document.body.append(script);
  });
  assert.notEqual(await page.title(), "owned");
  page.troubles = [];
  await close(page);
});

test("several drafts, one without findings and one that cannot be read", async () => {
  const one = draft("one.md", "# One\n\nThe fair is on Monday, 14 June 2022, she said.\n\n| what | when |\n|---|---|\n| the fair | Friday, 17 June 2021 |\n| `x` | no day |\n\n- a list of one date: Sunday, 20 June 2022\n");
  const two = draft("two.txt", "Two\n\nShe met met him on Monday, 14 June 2022, she said.\n");
  const three = draft("three.txt", "Nothing is wrong with this draft, which is short and plain.\n");
  const four = draft("four.txt", Buffer.from([0x61, 0xff, 0xfe, 0x00]));
  const page = await open(report("broken-several", ["--select", "doubled-word,weekday-date", one, two, three, four]));
  assert.equal(await page.locator(".draft").count(), 2);
  assert.ok(await page.locator(".clean").getByText("three.txt").isVisible());
  assert.match(await page.locator(".troubles").textContent(), /four\.txt.*not/);
  assert.ok(await page.locator(".draft td .m", { hasText: "17 June" }).count());
  assert.ok(await page.locator(".draft li .m", { hasText: "20 June" }).count());
  // A cell that holds only code is no block, and yet its column is kept.
  assert.deepEqual(await page.locator(".draft tr").last().locator("td").allTextContents().then((cells) => cells.length), 2);
  await page.locator("#file").selectOption("2");
  assert.equal(await page.locator(".draft:visible").count(), 1);
  assert.match(await page.locator(".card:visible").first().textContent(), /two\.txt/);
  await close(page);
});

describe("roles and contrast", async () => {
  for (const scheme of ["light", "dark"]) {
    for (const width of [1280, 390]) {
      test(`${scheme}, ${width} wide`, async () => {
        const page = await open(article, { scheme, width, height: width === 390 ? 844 : 860 });
        await page.evaluate(readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8"));
        const check = () => page.evaluate(async () => {
          const { violations, passes } = await globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] });
          if (passes.length < 20) return [`only ${passes.length} checks ran`];
          return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`));
        });
        assert.deepEqual(await check(), []);
        await page.keyboard.press("j");
        await page.screenshot({ path: join(folder, `talks-${width}-${scheme}.png`) });
        assert.deepEqual(await check(), []);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= width, `${wide} wide: it would scroll sideways`);
        await close(page);
      });
    }
  }
});

test("on a phone the finding at hand is a sheet, and its words are not under it", async () => {
  const page = await open(article, { width: 390, height: 844 });
  assert.equal(await page.locator(".card.active").count(), 0);
  await page.locator(".text .m", { hasText: "188" }).click();
  const sheet = await page.locator(".card.active").boundingBox();
  const words = await page.locator(".text .on").first().boundingBox();
  assert.ok(sheet.y > 844 * 0.4 && sheet.y + sheet.height <= 844);
  assert.ok(words.y > 40 && words.y + words.height < sheet.y, `${JSON.stringify(words)} ${JSON.stringify(sheet)}`);
  await page.getByRole("button", { name: "Next" }).click();
  assert.equal(await page.locator("#where-now").textContent().then((text) => text.split(" ")[0]), "2");
  await close(page);
});

test("printed, every finding is told in full, whatever was filtered", async () => {
  const page = await open(article);
  await page.locator('[data-severity="warning"][aria-pressed]').click();
  await page.emulateMedia({ media: "print" });
  const hidden = await page.locator(".card .more").evaluateAll((all) => all.filter((one) => !one.offsetHeight).length);
  assert.equal(hidden, 0);
  assert.ok(!(await page.locator(".tools").isVisible()));
  await page.pdf({ path: join(folder, "talks.pdf") });
  await close(page);
});

test("without its script, the page says everything", async () => {
  const browser = context.browser() ?? context;
  const plain = await context.newPage();
  await plain.setContent(readFileSync(join(folder, "talks.html"), "utf8").replace(/<script>[\s\S]*<\/script>/, ""));
  assert.ok(browser);
  const hidden = await plain.locator(".card .more").evaluateAll((all) => all.filter((one) => !one.offsetHeight).length);
  assert.equal(hidden, 0);
  await plain.close();
});

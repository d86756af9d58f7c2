// The extension in VS Code itself (code-server, driven in Chromium): a draft is underlined, one key offers the ways to
// agree, “Change 100 to 12” mends the draft on disk, its finding goes, and the facts open as a list beside it.
// Arguments: the address of the server, the folder that it serves, the folder for pictures.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [address, folder, pictures] = process.argv.slice(2);
const draft = join(folder, "draft.md");
const text = "# Talks\n\nTalks open on Monday (10), pause on Wednesday (100), and end on Thursday (13).\n";
writeFileSync(draft, text);
const read = () => readFileSync(draft, "utf8");

async function until(what, holds) {
  for (let tries = 0; tries < 150; tries += 1) {
    if (await holds()) return;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`${what}: not within 30 seconds`);
}

const browser = await chromium.launch({
  executablePath: execFileSync("which", ["chromium"]).toString().trim(),
  headless: true,
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
try {
  const open = [["openFile", `vscode-remote://${new URL(address).host}${draft}`]];
  await page.goto(`${address}/?folder=${folder}&payload=${encodeURIComponent(JSON.stringify(open))}`);
  await page.waitForSelector(".squiggly-error", { timeout: 60_000 });
  assert.equal(await page.locator(".squiggly-error").count(), 1, "one error");
  await page.screenshot({ path: join(pictures, "1-underlined.png") });

  const column = text.split("\n")[2].indexOf("100") + 1;
  await page.keyboard.press("Control+g");
  await page.keyboard.type(`3:${column}`);
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  await page.locator(".lightBulbWidget").first().waitFor({ timeout: 15_000 });
  await page.keyboard.press("Control+Period");
  const fix = page.locator(".action-widget").getByText("Change 100 to 12", { exact: false }).first();
  await fix.waitFor({ timeout: 30_000 });
  await page.screenshot({ path: join(pictures, "2-fixes.png") });
  const offered = await page.locator(".action-widget").innerText();
  assert.match(offered, /let it stand/i, "it may stand, too");
  // By keyboard, as a person would: the first one is chosen already.
  await page.keyboard.press("Enter");
  await until("the underline is gone", async () => (await page.locator(".squiggly-error").count()) === 0);
  await page.keyboard.press("Control+s");
  await until("the draft is mended on disk", () => read().includes("Wednesday (12)"));
  assert.equal(read(), text.replace("100", "12"), "nothing else changed");
  await page.screenshot({ path: join(pictures, "3-mended.png") });

  await page.keyboard.press("F1");
  await page.keyboard.type("factlint: List the facts");
  await page.locator(".quick-input-list .monaco-list-row").first().waitFor({ timeout: 15_000 });
  await page.keyboard.press("Enter");
  await until("the facts are listed", async () => (await page.locator(".editor-group-container").count()) === 2);
  await page.screenshot({ path: join(pictures, "4-facts.png") });
} catch (error) {
  await page.screenshot({ path: join(pictures, "failed.png") });
  throw error;
} finally {
  await browser.close();
}
console.log("VS Code: underlined, mended to “(12)”, facts listed.");

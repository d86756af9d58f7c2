// A Chromium without a screen and without a network, and pages that factlint makes.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export const factlint = process.env.FACTLINT ?? resolve("target/debug/factlint");
export const folder = resolve("target/page");

export async function launch() {
  mkdirSync(folder, { recursive: true });
  const context = await chromium.launchPersistentContext(mkdtempSync(join(tmpdir(), "factlint-page-")), {
    executablePath: execFileSync("which", ["chromium"]).toString().trim(),
    headless: true,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
      "--disable-background-networking", "--disable-component-update"],
    viewport: { width: 1280, height: 860 },
  });
  return context;
}

/** The address of a page over drafts; `args` are more of the command's. */
export function report(name, args, input) {
  const run = spawnSync(factlint, ["check", "--isolated", "--format", "html", ...args], { input, maxBuffer: 1 << 28 });
  if (run.status === null || (run.status > 1 && !name.startsWith("broken"))) throw new Error(`${run.stderr}`);
  const path = join(folder, `${name}.html`);
  writeFileSync(path, run.stdout);
  return pathToFileURL(path).href;
}

export function draft(name, text) {
  const path = join(folder, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, text);
  return path;
}

// The pictures of the README: what a terminal shows, and the HTML report. With pngquant, they are a quarter of the size.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { draft, factlint, launch, report } from "./browser.mjs";

const TEXT = `Norway and Brazil see little chance in fishing talks

GENEVA, Jan. 9, 2023 — Diplomats will hold a meeting on the quotas in Lisbon this Monday (9). For Wednesday (111) a debate is planned in Vienna, and for Thursday (12) a conference in Geneva.

In the panel, 45 of 60 members (80%) backed the plan.
`;
const out = resolve("docs/pictures");
mkdirSync(out, { recursive: true });

/** A terminal's output as HTML: colours, bold, dim, italics, underlines. */
function ansi(text) {
  const names = ["#3b3f46", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#dcdfe4"];
  const escape = (part) => part.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  let style = {};
  let html = "";
  for (const part of text.split(/(\x1b\[[0-9;]*m)/)) {
    const codes = /^\x1b\[([0-9;]*)m$/.exec(part)?.[1].split(";").map(Number);
    if (!codes) {
      html += part && `<span style="${Object.entries(style).map(([key, value]) => `${key}:${value}`).join(";")}">${escape(part)}</span>`;
      continue;
    }
    while (codes.length) {
      const code = codes.shift();
      if (code === 0) style = {};
      else if (code === 1) style["font-weight"] = 700;
      else if (code === 2) style.opacity = 0.65;
      else if (code === 3) style["font-style"] = "italic";
      else if (code === 4) style["text-decoration"] = "underline";
      else if (code === 39) delete style.color;
      else if (code >= 30 && code < 38) style.color = names[code - 30];
      else if (code >= 90 && code < 98) style.color = names[code - 90];
      else if (code === 38 && codes.shift() === 2) style.color = `rgb(${codes.splice(0, 3)})`;
    }
  }
  return html;
}

const context = await launch();
const page = await context.newPage();

const terminal = draft("draft.txt", TEXT);
const run = spawnSync(factlint, ["check", "--isolated", "--color", "always", "draft.txt"],
  { cwd: resolve("target/page"), env: { ...process.env, COLUMNS: "84" }, encoding: "utf8" });
await page.setViewportSize({ width: 860, height: 500 });
await page.setContent(`<body style="margin:0;background:#fff"><pre style="margin:0;display:inline-block;padding:18px 24px;border-radius:10px;
  background:#1e2227;color:#dcdfe4;font:14px/1.35 'DejaVu Sans Mono','Liberation Mono',monospace"><span style="color:#98c379">$</span> factlint check draft.txt\n${ansi(run.stdout.trimEnd())}</pre></body>`);
await page.locator("pre").screenshot({ path: join(out, "pretty.png") });

await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
await page.setViewportSize({ width: 1180, height: 680 });
await page.goto(report("picture", ["tests/articles/talks.txt"]));
await page.evaluate(() => document.fonts.ready);
await page.screenshot({ path: join(out, "page.png") });
await context.close();
for (const name of ["pretty.png", "page.png"]) {
  spawnSync("pngquant", ["--force", "--ext", ".png", "--quality", "80-98", "--strip", join(out, name)]);
}
console.log(`${terminal} told; pictures in ${out}`);

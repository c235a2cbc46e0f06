// Draw what people see on Slack: node draw.mjs SCENES.json FOLDER CHROMIUM
//
// SCENES.json comes from `python -m tests.platforms.slack.show SCENES.json`. Each scene is drawn for a
// desk and, as slack-…-phone.png, at the width of a phone.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";

const require = createRequire(import.meta.url);
const { Message } = await import("slack-blocks-to-jsx");
const style = readFileSync(require.resolve("slack-blocks-to-jsx/dist/style.css"), "utf8");

const WIDTHS = [[680, ""], [360, "-phone"]];
const FRAME = (width) => `
  body { margin: 0; background: #fff; width: ${width}px;
         font: 15px/1.46 Lato, "Noto Sans", "Noto Color Emoji", sans-serif; color: #1d1c1d; }
  .window { padding: 14px 20px; }
  .bar { font-weight: 900; font-size: 18px; border-bottom: 1px solid #ddd;
         padding-bottom: 10px; margin-bottom: 6px; }
  .submit { text-align: right; padding-top: 12px; }
  .submit span { background: #007a5a; color: #fff; font-weight: 700; border-radius: 4px;
                 padding: 7px 14px; display: inline-block; }`;

const [scenesFile, folder, chromium] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), "slack-pictures-"));

// Slack shows moments in the reader's own time; the renderer does not, so its fallback stands here.
const told = readFileSync(scenesFile, "utf8").replace(/<!date\^[^|>]*\|([^>]*)>/g, "$1");

for (const scene of JSON.parse(told)) {
  const message = createElement(Message, {
    blocks: scene.blocks,
    name: "coach",
    logo: "data:image/svg+xml," + encodeURIComponent(LOGO()),
    time: new Date("2026-11-27T09:30:00"),
    withoutWrapper: Boolean(scene.title),
    unstyled: false,
  });
  const bar = scene.title ? `<div class="bar">${scene.title}</div>` : "";
  const submit = scene.submit ? `<div class="submit"><span>${scene.submit}</span></div>` : "";
  for (const [width, suffix] of WIDTHS) {
    const html = join(work, `${scene.name}${suffix}.html`);
    writeFileSync(
      html,
      `<!doctype html><meta charset="utf-8"><style>${style}${FRAME(width)}</style>` +
        `<div class="window">${bar}${renderToStaticMarkup(message)}${submit}</div>`,
    );
    const file = resolve(folder, `slack-${scene.name}${suffix}.png`);
    run([`--screenshot=${file}`, `--window-size=${width},${measured(html, width)}`, html]);
  }
}

// A page that replaces itself by its own height, read from the dumped document.
function measured(html, width) {
  const probe = `${html}.probe.html`;
  const script = "<script>document.title = document.querySelector('.window').offsetHeight</script>";
  writeFileSync(probe, readFileSync(html, "utf8") + script);
  const dumped = run(["--dump-dom", `--window-size=${width},900`, probe]).toString();
  return Number(/<title>(\d+)<\/title>/.exec(dumped)[1]);
}

function run(options) {
  const always = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"];
  return execFileSync(chromium, [...always, "--force-device-scale-factor=1.5", ...options], {
    stdio: ["ignore", "pipe", "ignore"],
  });
}

function LOGO() {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36"><rect width="36" height="36"
    rx="8" fill="#1f3a5f"/><text x="18" y="25" font-size="20" text-anchor="middle"
    font-family="sans-serif" font-weight="bold" fill="#fff">C</text></svg>`;
}

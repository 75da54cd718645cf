// Writes the colours of tokens.json as CSS: one block a theme, and "auto", which follows the machine.
import { readFile } from "node:fs/promises";

const block = (selector, colours) =>
  `${selector}{${Object.entries(colours)
    .map(([name, value]) => `--${name}:${value}`)
    .join(";")}}`;

export async function tokensCss(file) {
  const { light, dark, contrast } = JSON.parse(await readFile(file, "utf8"));
  const scheme = (selector, value) => `${selector}{color-scheme:${value}}`;
  return [
    block(':root,[data-theme="light"]', light),
    scheme(':root,[data-theme="light"],[data-theme="contrast"]', "light"),
    block('[data-theme="dark"]', dark),
    scheme('[data-theme="dark"]', "dark"),
    block('[data-theme="contrast"]', contrast),
    "@media screen and (prefers-color-scheme:dark){",
    block('[data-theme="auto"]', dark),
    scheme('[data-theme="auto"]', "dark"),
    "}",
    "@media (prefers-contrast:more) and (prefers-color-scheme:light){",
    block('[data-theme="auto"]', contrast),
    "}",
    // Paper is white whatever the screen was.
    "@media print{",
    block("[data-theme]", light),
    scheme("[data-theme]", "light"),
    "}",
  ].join("\n");
}

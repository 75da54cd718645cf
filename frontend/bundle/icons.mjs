// Draws one SVG sprite of the icons in icons.json (Lucide, ISC licence) and the CSS that mirrors the directional ones.
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";

const lucide = createRequire(import.meta.url)("lucide");

const pascal = (name) => name.split("-").map((part) => part[0].toUpperCase() + part.slice(1)).join("");

const attributes = (given) => Object.entries(given).map(([key, value]) => ` ${key}="${value}"`).join("");

function symbol(name) {
  const shapes = lucide[pascal(name)];
  if (!shapes) throw new Error(`Lucide has no icon named ${name}; see icons.json`);
  const drawn = shapes.map(([tag, given]) => `<${tag}${attributes(given)}/>`).join("");
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawn}</symbol>`;
}

export async function sprite(listFile, ownFile) {
  const { names, flip } = JSON.parse(await readFile(listFile, "utf8"));
  const own = (await readFile(ownFile, "utf8")).trim();
  const svg = `<svg xmlns="http://www.w3.org/2000/svg">${[...new Set([...names, ...flip])].sort().map(symbol).join("")}${own}</svg>`;
  const selectors = flip.map((name) => `use[href$="#${name}"]`).join(",");
  const css = `[dir="rtl"] :is(${selectors}){transform:scaleX(-1);transform-box:view-box;transform-origin:50% 50%}`;
  return { svg, css };
}

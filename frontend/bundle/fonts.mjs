// Cuts the fonts to the letters of the three languages and the weights in use, once per change of this file or the fonts:
// for pages one variable file each, for paper (collab/core/print) two plain weights with more letters, since names come from everywhere.
import { createHash } from "node:crypto";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import subset from "subset-font";

const require = createRequire(import.meta.url);

const range = (from, to) => String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, i) => from + i));

const latin = range(0x20, 0x7e) + range(0xa0, 0x17f) + "‘’‚“”„†•…‰‹›–—―€№™←↑→↓−×≤≥≠✓";
const greek = range(0x37e, 0x37e) + range(0x384, 0x38a) + "Ό" + range(0x38e, 0x3a1) + range(0x3a3, 0x3ce);
const persian =
  "«»،؛؟ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىيٰٱپچژکگۀیەۂ۰۱۲۳۴۵۶۷۸۹٪٫٬٠١٢٣٤٥٦٧٨٩" +
  range(0x64b, 0x655) + "\u200c\u200d\u200e\u200f .:()[]/–—…";

export const fonts = [
  {
    name: "inter",
    source: join(dirname(require.resolve("inter-ui/package.json")), "variable/InterVariable.woff2"),
    text: latin + greek,
    axes: { opsz: 14, wght: { min: 400, max: 700 } },
    features: ["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "case"],
  },
  {
    name: "vazirmatn",
    source: require.resolve("@fontsource-variable/vazirmatn/files/vazirmatn-arabic-wght-normal.woff2"),
    text: persian,
    axes: { wght: { min: 400, max: 700 } },
  },
];

const everywhere = range(0x180, 0x24f) + range(0x300, 0x36f) + range(0x370, 0x3ff) + range(0x400, 0x4ff) + range(0x1e00, 0x1fff) + range(0x2000, 0x206f);
const onPaper = fonts.flatMap((font) =>
  [400, 700].map((wght) => ({
    name: `${font.name}-${wght}`,
    source: font.source,
    text: font.text + (font.name === "inter" ? everywhere : latin + range(0x600, 0x6ff)),
    axes: { ...font.axes, wght },
  })),
);

async function cut(font, target, targetFormat) {
  const source = await readFile(font.source);
  const key = createHash("sha256").update(source).update(JSON.stringify(font, ["name", "text", "axes", "features", "opsz", "wght", "min", "max"])).digest("hex").slice(0, 16);
  const seen = await readFile(`${target}.key`, "utf8").catch(() => "");
  if (seen === key && (await stat(target).catch(() => null))) return;
  const made = await subset(source, font.text, {
    targetFormat,
    variationAxes: font.axes,
    noHinting: true,
    ...(font.features ? { keepFeatures: font.features } : {}),
  });
  await writeFile(target, made);
  await writeFile(`${target}.key`, key);
}

export async function cutFonts(folder, paper) {
  await mkdir(folder, { recursive: true });
  await mkdir(paper, { recursive: true });
  for (const font of fonts) await cut(font, join(folder, `${font.name}.woff2`), "woff2");
  for (const font of onPaper) await cut(font, join(paper, `${font.name}.ttf`), "sfnt");
}

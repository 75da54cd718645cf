// Cuts the fonts to the letters of the three languages and the weights in use, once per change of this file or the fonts.
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

export async function cutFonts(folder) {
  await mkdir(folder, { recursive: true });
  for (const font of fonts) {
    const source = await readFile(font.source);
    const key = createHash("sha256").update(source).update(JSON.stringify(font, ["name", "text", "axes", "features", "opsz", "wght", "min", "max"])).digest("hex").slice(0, 16);
    const target = join(folder, `${font.name}.woff2`);
    const seen = await readFile(`${target}.key`, "utf8").catch(() => "");
    if (seen === key && (await stat(target).catch(() => null))) continue;
    const cut = await subset(source, font.text, {
      targetFormat: "woff2",
      variationAxes: font.axes,
      noHinting: true,
      ...(font.features ? { keepFeatures: font.features } : {}),
    });
    await writeFile(target, cut);
    await writeFile(`${target}.key`, key);
  }
}

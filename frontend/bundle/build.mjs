// Builds everything the browser gets into collab/web/static/built, named by content, with manifest.json beside.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import esbuild from "esbuild";
import { cutFonts } from "./fonts.mjs";
import { sprite } from "./icons.mjs";
import { tokensCss } from "./tokens.mjs";

const here = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const made = join(here, ".generated");
const built = resolve(here, "../collab/web/static/built");
const fresh = `${built}.new`;

await mkdir(made, { recursive: true });
await rm(fresh, { recursive: true, force: true });
await mkdir(fresh, { recursive: true });

const manifest = {};

async function keep(logical, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const [stem, ending] = [logical.slice(0, logical.lastIndexOf(".")), logical.slice(logical.lastIndexOf("."))];
  const name = `${stem}-${hash}${ending}`;
  await writeFile(join(fresh, name), content);
  manifest[logical] = name;
}

await cutFonts(made, resolve(here, "../collab/core/print/fonts"));
const icons = await sprite(join(here, "icons.json"), join(here, "icons-own.svg"));
await writeFile(join(made, "tokens.css"), await tokensCss(join(here, "tokens.json")));
await writeFile(join(made, "icons.css"), icons.css);
await keep("icons.svg", icons.svg);
await keep("mark.svg", await readFile(join(here, "mark.svg")));

const result = await esbuild.build({
  absWorkingDir: here,
  entryPoints: [
    { in: "src/app.ts", out: "app" },
    { in: "css/app.css", out: "app" },
    { in: "src/worker/service-worker.ts", out: "service-worker" },
  ],
  bundle: true,
  minify: true,
  splitting: true,
  format: "esm",
  target: ["chrome122", "firefox128", "safari17.4"],
  outdir: fresh,
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file" },
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});

for (const [path, output] of Object.entries(result.metafile.outputs)) {
  if (output.entryPoint === "src/app.ts") manifest["app.js"] = basename(path);
  if (output.entryPoint === "css/app.css") manifest["app.css"] = basename(path);
  if (output.entryPoint === "src/worker/service-worker.ts") manifest["service-worker.js"] = basename(path);
  if (path.endsWith(".woff2")) manifest[`${basename(path).split("-")[0]}.woff2`] = basename(path);
}
await writeFile(join(fresh, "manifest.json"), `${JSON.stringify(manifest, Object.keys(manifest).sort(), 1)}\n`);

for (const name of await readdir(fresh)) {
  if (!/\.(js|css|svg)$/.test(name)) continue;
  const content = await readFile(join(fresh, name));
  await writeFile(join(fresh, `${name}.gz`), await promisify(gzip)(content, { level: 9 }));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  await writeFile(join(fresh, `${name}.br`), await promisify(brotliCompress)(content, { params }));
}

// Swapped whole, so that a failed build leaves the last good one standing.
await rm(built, { recursive: true, force: true });
await rename(fresh, built);
console.log(`built ${Object.keys(manifest).length} files into ${built}`);

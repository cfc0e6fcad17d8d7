// Builds web/dist: the page, the widget's one script, and compressed copies beside them.

import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { build } from "esbuild";

const SRC = new URL("./src/", import.meta.url).pathname;
const DIST = new URL("./dist/", import.meta.url).pathname;
const STATIC = join(DIST, "static");

const notice = "/*! Includes Lit, Copyright Google LLC; its licence stands in /static/licence-lit.txt */";

const common = {
  bundle: true,
  minify: true,
  target: ["es2022", "safari16"],
  charset: "utf8",
  legalComments: "none",
  banner: { js: notice },
  logLevel: "warning",
};

await rm(DIST, { recursive: true, force: true });
await mkdir(STATIC, { recursive: true });
await cp(new URL("./node_modules/lit/LICENSE", import.meta.url).pathname, join(STATIC, "licence-lit.txt"));

// An address that never changes for other sites; the page's own files carry a hash and may be kept for ever.
const widget = {
  ...common,
  entryPoints: [join(SRC, "widget.js")],
  outfile: join(DIST, "widget.js"),
  format: "iife",
  external: ["./static/widget-address.js"],
};
await build({ ...widget, plugins: [await onlyTextsOf(widget)] });
await cp(join(SRC, "widget-address.js"), join(STATIC, "widget-address.js"));
const { outputFiles } = await build({
  ...common,
  entryPoints: [join(SRC, "page.js"), join(SRC, "page.css")],
  outdir: STATIC,
  format: "iife",
  write: false,
});
let page = await readFile(join(SRC, "page.html"), "utf8");
for (const { path, contents } of outputFiles) {
  const plain = path.slice(STATIC.length + 1);
  const digest = createHash("sha256").update(contents).digest("hex").slice(0, 8).toUpperCase();
  const named = plain.replace(/\.(\w+)$/, `-${digest}.$1`);
  await writeFile(join(STATIC, named), contents);
  page = page.replace(`{{${plain}}}`, named);
}
await writeFile(join(DIST, "index.html"), page);
await cp(join(SRC, "favicon.svg"), join(DIST, "favicon.svg"));

// Leaves out the texts that none of the sources names: the page's are a tenth of the widget, in four languages.
async function onlyTextsOf(options) {
  const { metafile } = await build({ ...options, metafile: true, write: false, absWorkingDir: SRC });
  const scripts = Object.keys(metafile.inputs).filter((path) => path.endsWith(".js") && !path.includes("node_modules"));
  const source = (await Promise.all(scripts.map((path) => readFile(join(SRC, path), "utf8")))).join();
  const setup = ({ onLoad }) =>
    onLoad({ filter: /strings[\\/]\w+\.json$/ }, async ({ path }) => {
      const texts = Object.entries(JSON.parse(await readFile(path, "utf8")));
      return { loader: "json", contents: JSON.stringify(Object.fromEntries(texts.filter(([key]) => source.includes(`"${key}"`)))) };
    });
  return { name: "only the widget's texts", setup };
}

for (const folder of [DIST, STATIC])
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(folder, entry.name);
    const content = await readFile(path);
    const gzip = gzipSync(content, { level: 9 });
    const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
    await writeFile(path + ".gz", gzip);
    await writeFile(path + ".br", brotli);
    console.log(`${path.slice(DIST.length).padEnd(28)} ${content.length} bytes, gzip ${gzip.length}, br ${brotli.length}`);
  }

// Builds the visual editor into static/vendor, with the licences of everything that is in it, and adds it to vendor.json.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const VENDOR = join(HERE, "..", "static", "vendor");
const VERSION = "1.0.0";
const FOLDER = `mittkoping-editor-${VERSION}`;
const ENTRY = process.env.EDITOR_ENTRY ?? join(HERE, "editor", "main.js");
const BUDGET = 230 * 1024; // gzipped, as browsers fetch it

const RULE = "-".repeat(72);

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** The packages whose code is in the bundle, in order of name. */
function bundled(inputs) {
  const names = new Set();
  for (const path of Object.keys(inputs)) {
    const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
    if (found) names.add(found[1]);
  }
  return [...names].sort();
}

/** What a package's licence says. */
function licence(name) {
  const folder = join(HERE, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json")));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`no licence text for ${name}`);
  return `${name} ${version} (${license})\n${RULE}\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
}

/** Ours, then all others, in one file. */
function licences(names) {
  const ours = readFileSync(join(HERE, "..", "LICENSE"), "utf8").trim();
  const head = `The visual editor of Mittköping\n${RULE}\n${ours}\n\nIt holds what follows.\n`;
  return [head, ...names.map(licence)].join("\n");
}

const { metafile, outputFiles } = await build({
  entryPoints: [ENTRY],
  outfile: "editor.js",
  write: false,
  bundle: true,
  format: "esm",
  minify: true,
  target: ["es2022"],
  charset: "utf8",
  legalComments: "none",
  banner: { js: "/* Built by frontend/editor.mjs from frontend/editor; licences: LICENSE. */" },
  metafile: true,
});
const target = join(VENDOR, FOLDER);
for (const old of readdirSync(VENDOR)) {
  if (old.startsWith("mittkoping-editor-")) rmSync(join(VENDOR, old), { recursive: true });
}
mkdirSync(target, { recursive: true });
writeFileSync(join(target, "editor.js"), outputFiles[0].contents);
writeFileSync(join(target, "LICENSE"), licences(bundled(metafile.inputs)));

const script = readFileSync(join(target, "editor.js"));
const size = gzipSync(script, { level: 9 }).length;
const files = Object.fromEntries(
  ["editor.js", "LICENSE"].map((file) => [`${FOLDER}/${file}`, sha256(readFileSync(join(target, file)))]),
);
const path = join(VENDOR, "vendor.json");
const index = JSON.parse(readFileSync(path)).filter(({ name }) => name !== "mittkoping-editor");
index.push({ name: "mittkoping-editor", version: VERSION, licence: "MIT", files });
writeFileSync(path, `${JSON.stringify(index, null, 2)}\n`);
console.log(`static/vendor: editor ${VERSION}, ${(size / 1024).toFixed(1)} kB gzipped of ${BUDGET / 1024}`);
if (size > BUDGET) throw new Error("the editor is too large");

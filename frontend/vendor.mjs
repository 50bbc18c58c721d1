// Copies what we use of other people's CSS and fonts into static/vendor, with their licences, and writes vendor.json.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const MODULES = join(HERE, "node_modules");
const VENDOR = join(HERE, "..", "static", "vendor");

// In the order of the package's own index: later components lean on earlier ones.
const COMPONENTS = [
  "alert", "link", "button", "card", "details", "breadcrumbs", "input", "field", "fieldset", "pagination",
  "skip-link", "table", "tag", "validation-message", "error-summary",
];
// Its colours are the package's own; ours are in static/css/tokens.css.
const THEME_LAYERS = ["size-mode", "type-scale", "size", "semantic", "typography.primary"];

const read = (...path) => readFileSync(join(MODULES, ...path));
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** The text of `@layer ds.theme.<name>{…}`, braces balanced. */
function layer(css, name) {
  const start = css.indexOf(`@layer ds.theme.${name}{`);
  if (start < 0) throw new Error(`no layer ${name} in the theme`);
  let depth = 0;
  for (let i = css.indexOf("{", start); i < css.length; i++) {
    if (css[i] === "{") depth++;
    if (css[i] === "}" && --depth === 0) return css.slice(start, i + 1);
  }
  throw new Error(`layer ${name} never ends`);
}

function designsystemet() {
  const source = (name) => read("@digdir/designsystemet-css/dist/src", `${name}.css`).toString().trim();
  const theme = read("@digdir/designsystemet-css/dist/theme/designsystemet.css").toString();
  const css = [
    "/* @digdir/designsystemet-css, MIT, see LICENSE. Built by frontend/vendor.mjs. */",
    "@layer ds.theme, ds.base, ds.components;",
    ...THEME_LAYERS.map((name) => layer(theme, name)),
    `@layer ds.base{${source("base")}}`,
    `@layer ds.components{\n${COMPONENTS.map(source).join("\n")}\n}`,
    "",
  ].join("\n");
  return { "designsystemet.css": Buffer.from(css), LICENSE: read("@digdir/designsystemet-css/LICENSE") };
}

function atkinson() {
  const folder = "@fontsource-variable/atkinson-hyperlegible-next";
  const fonts = readdirSync(join(MODULES, folder, "files")).filter((name) => name.endsWith(".woff2")).sort();
  return {
    ...Object.fromEntries(fonts.map((name) => [name, read(folder, "files", name)])),
    LICENSE: read(folder, "LICENSE"),
  };
}

function version(name) {
  return JSON.parse(read(name, "package.json")).version;
}

const packages = [
  { name: "@digdir/designsystemet-css", folder: "designsystemet-css", licence: "MIT", contents: designsystemet() },
  {
    name: "@fontsource-variable/atkinson-hyperlegible-next",
    folder: "atkinson-hyperlegible-next",
    licence: "OFL-1.1",
    contents: atkinson(),
  },
];

rmSync(VENDOR, { recursive: true, force: true });
const index = packages.map(({ name, folder, licence, contents }) => {
  const target = `${folder}-${version(name)}`;
  mkdirSync(join(VENDOR, target), { recursive: true });
  for (const [file, bytes] of Object.entries(contents)) writeFileSync(join(VENDOR, target, file), bytes);
  const files = Object.fromEntries(
    Object.entries(contents).map(([file, bytes]) => [`${target}/${file}`, sha256(bytes)]),
  );
  return { name, version: version(name), licence, files };
});
writeFileSync(join(VENDOR, "vendor.json"), `${JSON.stringify(index, null, 2)}\n`);
console.log(`static/vendor: ${index.map((p) => `${p.name} ${p.version}`).join(", ")}`);

// Writes static/css/tokens.css: our colours in the form Designsystemet expects, light and dark.
// Every colour is a hue and a chroma; lightness steps are shared. The build stops if a pair is too faint.
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const TOKENS = join(dirname(fileURLToPath(import.meta.url)), "..", "static", "css", "tokens.css");
const TEXT = 4.5;
const GRAPHICS = 3;

// h: hue in degrees, c: chroma of the strongest step (OKLCH); light, dark: lightness of the base colour.
const COLOURS = {
  accent: { h: 266, c: 0.15, light: 0.4, dark: 0.8 },
  neutral: { h: 270, c: 0.012, light: 0.27, dark: 0.86 },
  brand1: { h: 86, c: 0.16, light: 0.83, dark: 0.85 },
  enabling: { h: 186, c: 0.095, light: 0.47, dark: 0.8 },
  hindering: { h: 52, c: 0.135, light: 0.5, dark: 0.79 },
  info: { h: 245, c: 0.12, light: 0.46, dark: 0.8 },
  success: { h: 152, c: 0.12, light: 0.47, dark: 0.8 },
  warning: { h: 78, c: 0.13, light: 0.8, dark: 0.84 },
  danger: { h: 22, c: 0.19, light: 0.5, dark: 0.76 },
};

// [lightness, share of the chroma]
const STEPS = {
  light: {
    "background-default": [0.989, 0.03],
    "background-tinted": [0.968, 0.1],
    "surface-default": [1, 0],
    "surface-tinted": [0.952, 0.17],
    "surface-hover": [0.925, 0.24],
    "surface-active": [0.895, 0.32],
    "border-subtle": [0.865, 0.34],
    "border-default": [0.58, 0.85],
    "border-strong": [0.45, 0.95],
    "text-subtle": [0.43, 0.95],
    "text-default": [0.25, 0.6],
  },
  dark: {
    "background-default": [0.2, 0.22],
    "background-tinted": [0.23, 0.24],
    "surface-default": [0.25, 0.25],
    "surface-tinted": [0.285, 0.3],
    "surface-hover": [0.325, 0.34],
    "surface-active": [0.37, 0.38],
    "border-subtle": [0.41, 0.36],
    "border-default": [0.66, 0.6],
    "border-strong": [0.78, 0.6],
    "text-subtle": [0.82, 0.6],
    "text-default": [0.955, 0.12],
  },
};

function linear(l, c, h) {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const [x, y, z] = [
    (l + 0.3963377774 * a + 0.2158037573 * b) ** 3,
    (l - 0.1055613458 * a - 0.0638541728 * b) ** 3,
    (l - 0.0894841775 * a - 1.291485548 * b) ** 3,
  ];
  return [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ];
}

/** OKLCH to #rrggbb; chroma gives way until sRGB holds the colour. */
function hex(l, c, h) {
  let rgb = linear(l, c, h);
  while (c > 0 && rgb.some((v) => v < -0.0005 || v > 1.0005)) {
    c = Math.max(0, c - 0.002);
    rgb = linear(l, c, h);
  }
  const gamma = (v) => (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);
  const byte = (v) => Math.round(255 * gamma(Math.min(1, Math.max(0, v))));
  return `#${rgb.map((v) => byte(v).toString(16).padStart(2, "0")).join("")}`;
}

function luminance(colour) {
  const channel = (i) => {
    const v = parseInt(colour.slice(i, i + 2), 16) / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function scale(name, scheme) {
  const { h, c, [scheme]: base } = COLOURS[name];
  const away = scheme === "light" ? -1 : 1;
  const steps = Object.entries(STEPS[scheme]).map(([step, [l, share]]) => [step, hex(l, c * share, h)]);
  const bright = base > 0.65;
  return {
    ...Object.fromEntries(steps),
    "base-default": hex(base, c, h),
    "base-hover": hex(base + away * 0.045, c, h),
    "base-active": hex(base + away * 0.09, c, h),
    "base-contrast-subtle": bright ? hex(0.26, c * 0.4, h) : hex(0.95, c * 0.2, h),
    "base-contrast-default": bright ? hex(0.19, c * 0.25, h) : "#ffffff",
  };
}

const PAIRS = [
  ...["background-default", "background-tinted", "surface-default", "surface-tinted", "surface-hover"].flatMap((ground) => [
    ["text-default", ground, TEXT],
    ["text-subtle", ground, TEXT],
    ["border-default", ground, GRAPHICS],
    ["border-strong", ground, GRAPHICS],
  ]),
  ["text-default", "surface-active", TEXT],
  ...["base-default", "base-hover", "base-active"].map((ground) => ["base-contrast-default", ground, TEXT]),
];

function checked(scheme) {
  const scales = Object.fromEntries(Object.keys(COLOURS).map((name) => [name, scale(name, scheme)]));
  const grounds = ["background-default", "surface-default", "surface-tinted"];
  const faint = [];
  let weakest = Infinity;
  const ask = (label, one, other, least) => {
    const ratio = contrast(one, other);
    weakest = Math.min(weakest, ratio / least);
    if (ratio < least) faint.push(`${scheme} ${label}: ${ratio.toFixed(2)} < ${least}`);
  };
  for (const [name, own] of Object.entries(scales)) {
    for (const [front, ground, least] of PAIRS) ask(`${name} ${front} on ${ground}`, own[front], own[ground], least);
    for (const ground of grounds) {
      ask(`${name} text-subtle on neutral ${ground}`, own["text-subtle"], scales.neutral[ground], TEXT);
      ask(`neutral text-subtle on ${name} ${ground}`, scales.neutral["text-subtle"], own[ground], TEXT);
      ask(`${name} border-default on neutral ${ground}`, own["border-default"], scales.neutral[ground], GRAPHICS);
    }
  }
  if (faint.length) throw new Error(`too faint:\n${faint.join("\n")}`);
  console.log(`${scheme}: every pair passes; the tightest has ${weakest.toFixed(2)} times what is asked`);
  return scales;
}

function declarations(scheme) {
  const scales = checked(scheme);
  const lines = Object.entries(scales).flatMap(([name, steps]) =>
    Object.entries(steps).map(([step, value]) => `--ds-color-${name}-${step}: ${value};`),
  );
  const { neutral, accent } = scales;
  return [
    `color-scheme: ${scheme};`,
    ...lines,
    `--ds-color-focus-inner: ${scheme === "light" ? "#ffffff" : neutral["background-default"]};`,
    `--ds-color-focus-outer: ${scheme === "light" ? accent["text-default"] : scales.brand1["base-default"]};`,
    `--ds-link-color-visited: ${scheme === "light" ? hex(0.42, 0.15, 310) : hex(0.82, 0.1, 310)};`,
    `--night: ${scheme === "light" ? hex(0.28, 0.09, 268) : hex(0.165, 0.035, 268)};`,
    `--night-raised: ${scheme === "light" ? hex(0.36, 0.11, 267) : hex(0.25, 0.06, 268)};`,
    `--night-border: ${hex(0.62, 0.08, 267)};`,
    `--night-text: ${hex(0.975, 0.01, 267)};`,
    `--night-text-subtle: ${hex(0.87, 0.035, 267)};`,
    `--sun: ${hex(0.85, 0.165, 88)};`,
  ];
}

const indent = (lines, by) => lines.map((line) => `${" ".repeat(by)}${line}`).join("\n");
const names = Object.keys(COLOURS);
const steps = Object.keys(scale("accent", "light"));
const chosen = (name) => steps.map((step) => `--ds-color-${step}: var(--ds-color-${name}-${step});`);
const selector = (name) =>
  name === "accent" ? `:root,\n  [data-color-scheme],\n  [data-color="accent"]` : `[data-color="${name}"]`;

writeFileSync(
  TOKENS,
  `/* Written by frontend/theme.mjs, which also checks every contrast: change it there. */
@layer tokens {
  :root,
  [data-color-scheme="light"] {
${indent(declarations("light"), 4)}
  }

  [data-color-scheme="dark"] {
${indent(declarations("dark"), 4)}
  }

  /* Paper is always light. */
  @media screen and (prefers-color-scheme: dark) {
    [data-color-scheme="auto"] {
${indent(declarations("dark"), 6)}
    }
  }

${names.map((name) => `  ${selector(name)} {\n${indent(chosen(name), 4)}\n  }`).join("\n\n")}
}
`,
);

import { describe, expect, it } from "vitest";
import { PALETTES } from "./palettes.ts";

type Triple = [number, number, number];

/** Linear RGB of an OKLCH colour. */
function toLinear([lightness, chroma, hue]: Triple): Triple {
  const [a, b] = [chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function toOklab([r, g, b]: Triple): Triple {
  const root = (value: number) => Math.cbrt(Math.max(0, value));
  const l = root(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = root(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = root(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** Machado, Oliveira and Fernandes (2009), severity 1. */
const VISIONS: Record<string, [Triple, Triple, Triple]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const read = (colour: string) => colour.split(" ").map(Number) as Triple;
const dot = (a: Triple, b: Triple) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const distance = (a: Triple, b: Triple) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

function seenAs(colour: string, [red, green, blue]: [Triple, Triple, Triple]): Triple {
  const linear = toLinear(read(colour));
  const clamp = (value: number) => Math.min(1, Math.max(0, value));
  return toOklab([clamp(dot(red, linear)), clamp(dot(green, linear)), clamp(dot(blue, linear))]);
}

const luminance = (colour: Triple) => dot([0.2126, 0.7152, 0.0722], toLinear(colour));

/** `--surface` of styles.css. */
const SURFACES = { light: [1, 0, 0], dark: [0.215, 0.014, 240] } satisfies Record<string, Triple>;
const THEMES = ["light", "dark"] as const;
const all = Object.entries(PALETTES).flatMap(([name, palette]) =>
  THEMES.map((theme, index) => ({ name, theme, colours: palette.map((pair) => pair[index as 0 | 1]) })),
);

/** In OKLab, where black and white are 1 apart. */
const LEAST_DISTANCE = 0.09;

describe.each(all)("palette of $name, $theme", ({ theme, colours }) => {
  it.each(Object.keys(VISIONS))("has twelve colours that differ with %s", (vision) => {
    const seen = colours.map((colour) => seenAs(colour, VISIONS[vision] as [Triple, Triple, Triple]));
    const distances = seen.flatMap((one, index) => seen.slice(0, index).map((other) => distance(one, other)));
    expect(distances).toHaveLength(66);
    expect(Math.min(...distances)).toBeGreaterThan(LEAST_DISTANCE);
  });

  it("stands out from the ground", () => {
    const surface = luminance(SURFACES[theme]);
    for (const colour of colours) {
      const [low, high] = [luminance(read(colour)), surface].sort((a, b) => a - b) as [number, number];
      expect((high + 0.05) / (low + 0.05), colour).toBeGreaterThanOrEqual(3);
    }
  });
});

it.each(THEMES)("no two palettes share a colour in the %s theme", (theme) => {
  const colours = all.filter((one) => one.theme === theme).flatMap((one) => one.colours);
  expect(new Set(colours).size).toBe(colours.length);
});

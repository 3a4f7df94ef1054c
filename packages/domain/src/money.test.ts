import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { divideHalfUp, formatNanos, parseMoney, parseNanos, percentage, roundToStep } from "./money.ts";

let tried = 0;
const count = <T>(value: T): T => {
  tried += 1;
  return value;
};
afterAll(() => void process.stdout.write(`money: ${tried} amounts tried\n`));

/** Rounds half-up by moving decimal digits; shares nothing with the code under test. */
function roundByDigits(text: string): bigint {
  const sign = text.startsWith("-") ? -1n : 1n;
  const [mantissa = "", exponent = "0"] = text.toLowerCase().replace(/^-/, "").split("e", 2);
  const [whole = "", fraction = ""] = mantissa.split(".");
  const point = whole.length + Number(exponent) + 9;
  const padded = "0".repeat(Math.max(-point, 0)) + (whole + fraction).padEnd(Math.max(point, 0), "0");
  const at = Math.max(point, 0);
  const kept = BigInt(padded.slice(0, at) || "0");
  const rest = padded.slice(at);
  const isHalf = /^50*$/.test(rest);
  const isMore = /^[5-9]/.test(rest) && !isHalf;
  return sign * (isMore || (isHalf && sign > 0n) ? kept + 1n : kept);
}

test("a double is read from its shortest decimal text and rounded half-up once", () => {
  const amounts = fc.double({ noNaN: true, noDefaultInfinity: true, min: -9e8, max: 9e8 });
  fc.assert(
    fc.property(amounts, (amount) => {
      expect(parseNanos(count(amount))).toBe(roundByDigits(String(amount)));
    }),
    { numRuns: 5000 },
  );
});

test("a double with an exponent is read exactly to the nano-dollar", () => {
  const amounts = fc
    .tuple(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: -14, max: -1 }))
    .map(([digits, exponent]) => Number(`${digits}e${exponent}`));
  fc.assert(
    fc.property(amounts, (amount) => {
      expect(parseNanos(count(amount))).toBe(roundByDigits(String(amount)));
    }),
    { numRuns: 5000 },
  );
});

test.each([
  [1e-7, 100n],
  [2.835e-6, 2_835n],
  [5e-10, 1n],
  [4.9999e-10, 0n],
  [-5e-10, 0n],
  [-5.1e-10, -1n],
  [1.5e-9, 2n],
  [0.1 + 0.2, 300_000_000n],
  [1.005, 1_005_000_000n],
  [1.0000000005, 1_000_000_001n],
  [8.345e-7, 835n],
  [0, 0n],
  [-0, 0n],
  [123456789.12345679, 123_456_789_123_456_790n],
])("%d dollars are %d nano-dollars", (amount, nanos) => {
  expect(parseNanos(count(amount))).toBe(nanos);
});

test.each([["0.0153"], ["1e-7"], ["1E-7"], [" 12.5 "], ["12."], [".5"], ["-3"], ["1.5e+2"]])(
  "reads a string like the number: %s",
  (text) => {
    expect(parseNanos(count(text))).toBe(roundByDigits(String(Number(text))));
  },
);

test.each([
  [""],
  ["."],
  ["-"],
  ["NaN"],
  ["Infinity"],
  ["1,5"],
  ["0x10"],
  ["1e"],
  ["--1"],
  ["1 2"],
  ["$5"],
  [Number.NaN],
  [Number.POSITIVE_INFINITY],
  [null],
  [undefined],
  [true],
  [{}],
  [[1]],
  [10n],
  ["1e999"],
  [1e308],
  [-1e12],
])("returns null for %s", (amount) => {
  expect(parseNanos(count(amount))).toBeNull();
});

test("reads a number of a million digits in the time of a few passes over it", () => {
  const fastest = (work: () => void) =>
    Math.min(
      ...Array.from({ length: 5 }, () => {
        const started = performance.now();
        work();
        return performance.now() - started;
      }),
    );
  const digits = Buffer.alloc(1_000_000, "9").toString();
  const pass = fastest(() => {
    let sum = 0;
    for (let at = 0; at < digits.length; at++) sum += digits.charCodeAt(at);
    expect(sum).toBe(57_000_000);
  });
  const read = fastest(() => {
    expect(parseNanos(digits)).toBeNull();
    expect(parseNanos(`${digits}x`)).toBeNull();
  });
  expect(read).toBeLessThan(100 * pass);
});

test("returns an amount or null for any input and never throws", () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.string({ unit: fc.constantFrom(..."0123456789.eE+- ") })), (anything) => {
      const nanos = parseNanos(count(anything));
      expect(nanos === null || (nanos <= 10n ** 18n && nanos >= -(10n ** 18n))).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

test("formatting and parsing keep the amount, with 2 to 9 fraction digits and no exponent", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), (nanos) => {
      const text = formatNanos(count(nanos));
      expect(text).toMatch(/^-?\d+\.\d{2}(\d{0,6}[1-9])?$/);
      expect(parseNanos(text)).toBe(nanos);
    }),
    { numRuns: 5000 },
  );
});

test("amounts that passed OpenRouter's doubles are exact to the nano-dollar", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 4_000_000_000_000_000n }), (nanos) => {
      expect(parseNanos(Number(count(nanos)) / 1e9)).toBe(nanos);
    }),
    { numRuns: 5000 },
  );
});

test.each([
  [125_500_000_000n, "125.50"],
  [8_200_000n, "0.0082"],
  [2_835n, "0.000002835"],
  [0n, "0.00"],
  [-1n, "-0.000000001"],
  [-1_500_000_000n, "-1.50"],
  [1_000_000_000n, "1.00"],
])("formats %d nano-dollars as %s", (nanos, text) => {
  expect(formatNanos(nanos)).toBe(text);
});

test("rounds a quotient to the nearest, halves upwards", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.bigInt({ min: 1n, max: 10n ** 12n }), (a, b) => {
      const doubledError = 2n * (count(a) - divideHalfUp(a, b) * b);
      expect(doubledError < b && doubledError >= -b).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

test.each([
  [1n, 3n, 33.3],
  [2n, 3n, 66.7],
  [1n, 1n, 100],
  [0n, 5n, 0],
  [5n, 0n, 0],
  [1n, 2000n, 0.1],
  [1n, 2001n, 0],
])("%d of %d is %d percent", (part, whole, percent) => {
  expect(percentage(part, whole)).toBe(percent);
});

test("a percentage has one decimal and is between 0 and 100", () => {
  const pair = fc
    .bigInt({ min: 1n, max: 10n ** 15n })
    .chain((whole) => fc.tuple(fc.bigInt({ min: 0n, max: whole }), fc.constant(whole)));
  fc.assert(
    fc.property(pair, ([part, whole]) => {
      const percent = percentage(count(part), whole);
      expect(Math.round(percent * 10) / 10).toBe(percent);
      expect(percent >= 0 && percent <= 100).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test("parses any amount of the API exactly", () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 30n), 10n ** 30n), (nanos) => {
      expect(parseMoney(formatNanos(count(nanos)))).toBe(nanos);
    }),
    { numRuns: 2000 },
  );
});

test.each(["", " 1.00", "1,00", "1e3", "0x10", "1.0000000001", ".5", "1.", "--1", "NaN", "9".repeat(50), 0.1, null])(
  "rejects %j as an amount of the API",
  (text) => {
    expect(parseMoney(text)).toBeNull();
  },
);

test.each([
  [1_234_567_890n, 10_000_000n, 1_230_000_000n],
  [1_235_000_000n, 10_000_000n, 1_240_000_000n],
  [-1_235_000_000n, 10_000_000n, -1_240_000_000n],
  [-1n, 10_000_000n, 0n],
  [500n, 1n, 500n],
])("%d rounded to the nearest %d is %d", (nanos, step, rounded) => {
  expect(roundToStep(nanos, step)).toBe(rounded);
});

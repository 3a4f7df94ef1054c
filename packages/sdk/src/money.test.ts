import fc from "fast-check";
import { expect, test } from "vitest";
import { addMoney, formatMoney, parseMoney } from "./money.ts";

test("parsing and formatting keep an amount to the nano-dollar", () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 30n), 10n ** 30n), (nanos) => {
      expect(parseMoney(formatMoney(nanos))).toBe(nanos);
      expect(formatMoney(nanos)).toMatch(/^-?\d+\.\d{2,9}$/);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ["125.50", 125_500_000_000n],
  ["0.0082", 8_200_000n],
  ["0.000002835", 2_835n],
  ["-0.000000001", -1n],
  ["7", 7_000_000_000n],
])("%s is %s nano-dollars", (text, nanos) => {
  expect(parseMoney(text)).toBe(nanos);
});

test("sums a tenth ten times to one and loses nothing of small amounts", () => {
  expect(formatMoney(addMoney(Array(10).fill("0.10")))).toBe("1.00");
  expect(addMoney(Array(200_000).fill("0.000000001"))).toBe(200_000n);
  expect(addMoney([])).toBe(0n);
  expect(addMoney(["1.00", -1n])).toBe(999_999_999n);
});

test.each(["", " 1.00", "1,00", "1e3", "0x10", "1.0000000001", ".5", "1.", "--1", "NaN", "9".repeat(50)])(
  "rejects %j",
  (text) => {
    expect(() => parseMoney(text)).toThrow(expect.objectContaining({ name: "ValidationError", status: null }));
  },
);

test("rejects a number, which may be inexact already", () => {
  expect(() => parseMoney(0.1 as unknown as string)).toThrow(/number is not a decimal string/);
  expect(() => formatMoney(0.1 as unknown as bigint)).toThrow(/number is not a bigint/);
});

test.each([
  [1_234_567_890n, 2, "1.23"],
  [1_235_000_000n, 2, "1.24"],
  [-1_235_000_000n, 2, "-1.24"],
  [999_999_999n, 2, "1.00"],
  [-1n, 2, "0.00"],
  [500_000_000n, 0, "1"],
  [1n, 9, "0.000000001"],
])("formats %s nano-dollars in %i digits as %s", (nanos, digits, text) => {
  expect(formatMoney(nanos, { digits })).toBe(text);
});

test.each([-1, 10, 1.5, Number.NaN])("rejects a number of %s digits", (digits) => {
  expect(() => formatMoney(1n, { digits })).toThrow(expect.objectContaining({ name: "ValidationError" }));
});

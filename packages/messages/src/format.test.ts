import { formatNanos } from "@orwatch/domain/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createFormat } from "./format.ts";

const now = new Date("2026-11-30T12:00:00Z");
const en = createFormat({ language: "en", now });
const it = createFormat({ language: "it", now });

test.each([
  [1_234_560_000_000n, "$1,234.56", "1.234,56 $"],
  [0n, "$0.00", "0,00 $"],
  [10_000_000n, "$0.01", "0,01 $"],
  [9_994_999n, "$0.00999", "0,00999 $"],
  [2_835n, "$0.00000284", "0,00000284 $"],
  [1n, "$0.000000001", "0,000000001 $"],
  [-1_500_000_000n, "-$1.50", "-1,50 $"],
  [90_071_992_547_409_930_000_001n, "$90,071,992,547,409.93", "90.071.992.547.409,93 $"],
  [null, "–", "–"],
])("%s nano-dollars are %s and %s", (nanos, english, italian) => {
  expect(en.money(nanos)).toBe(english);
  expect(it.money(nanos).replace("\u00a0", " ")).toBe(italian);
});

test("a change has its sign", () => {
  expect([1_500_000_000n, "-1.50", "0.00", null].map(en.signedMoney)).toEqual(["+$1.50", "-$1.50", "$0.00", "–"]);
});

test("exact amounts keep every digit", () => {
  expect(en.exactMoney(1_234_567_890_123n)).toBe("$1,234.567890123");
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 18n), (nanos) => {
      expect(en.exactMoney(nanos).replace(/[$,]/g, "")).toBe(formatNanos(nanos));
    }),
    { numRuns: 500, seed: 1 },
  );
});

test.each([
  [93, "93%", "93%"],
  [88.5, "88.5%", "88,5%"],
  [0, "0%", "0%"],
  [1234.56, "1,234.6%", "1234,6%"],
  [1e-7, "0%", "0%"],
  [null, "–", "–"],
])("%s percent is %s and %s", (percent, english, italian) => {
  expect(en.percent(percent)).toBe(english);
  expect(it.percent(percent)).toBe(italian);
});

test.each([
  [940, "940"],
  [9_400, "9,400"],
  [12_400, "12.4k"],
  [null, "–"],
])("a count of %s is %s", (count, text) => {
  expect(en.count(count)).toBe(text);
});

test("numbers are formatted in the language", () => {
  expect(en.number(1234.56)).toBe("1,234.6");
  expect(it.number(1234.56)).toBe("1.234,6");
  expect(en.number(null)).toBe("–");
});

describe("dates", () => {
  test("dates show the year unless it is the current one", () => {
    expect(en.day("2026-11-12")).toBe("12 Nov");
    expect(en.day("2025-11-12")).toBe("12 Nov 2025");
    expect(it.day("2025-11-12")).toBe("12 nov 2025");
    expect(en.day(null)).toBe("–");
  });

  test("dates are UTC days in every time zone", () => {
    expect(process.env.TZ).toBe("Asia/Kathmandu");
    expect(en.day("2026-01-01")).toBe("1 Jan");
    expect(en.weekday("2026-11-12")).toBe("Thursday");
    expect(it.weekday("2026-11-12")).toBe("giovedì");
    expect(en.month("2026-11-01")).toBe("Nov 2026");
    expect(en.month("2026-11")).toBe("Nov 2026");
  });

  test("instants show their time zone", () => {
    expect(en.instant("2026-11-12T14:05:00.000Z")).toBe("12 Nov 14:05 UTC");
    expect(en.instant("2025-11-12T00:00:00.000Z")).toBe("12 Nov 2025 00:00 UTC");
    expect(it.instant("2026-11-12T14:05:00.000Z")).toBe("12 nov 14:05 UTC");
    const tokyo = createFormat({ language: "en", now, timeZone: "Asia/Tokyo" });
    expect(tokyo.instant("2026-11-12T20:05:00.000Z")).toBe("13 Nov 05:05 GMT+9");
    expect(en.instant(null)).toBe("–");
  });

  test.each([
    [0, "now"],
    [-60_000, "now"],
    [4 * 60_000, "4 min ago"],
    [3 * 3_600_000, "3 hr ago"],
    [24 * 3_600_000, "yesterday"],
    [72 * 3_600_000, "3 days ago"],
  ])("an instant %d ms ago is shown as %s", (ms, text) => {
    expect(en.ago(new Date(now.getTime() - ms))).toBe(text);
  });
});

test("lists are joined by the rules of the language", () => {
  expect(en.list(["a", "b", "c"])).toBe("a, b and c");
  expect(it.list(["a", "b", "c"])).toBe("a, b e c");
});

test("axis labels have cents only where needed and are short for large amounts", () => {
  expect([0, 1200, 0.5, 0.002].map((dollars) => en.tick(dollars, 5000))).toEqual(["$0", "$1,200", "$0.50", "$0.002"]);
  expect([0, 5000, 12_500].map((dollars) => en.tick(dollars, 12_500))).toEqual(["$0", "$5k", "$12.5k"]);
  expect(it.tick(1200).replace("\u00a0", " ")).toBe("1.200 $");
});

test("accepts amounts as decimal strings of the API", () => {
  expect(en.money("1234.567890123")).toBe("$1,234.57");
  expect(en.exactMoney("1234.567890123")).toBe("$1,234.567890123");
  expect(() => en.money("a lot")).toThrow(RangeError);
});

test("returns the decimal and group marks of the language", () => {
  expect(en.marks()).toEqual({ group: ",", decimal: "." });
  expect(it.marks()).toEqual({ group: ".", decimal: "," });
});

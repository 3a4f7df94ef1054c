import { describe, expect, it } from "vitest";
import { formatAgo, formatCount, formatDay, formatInstant, formatMoney, formatMoneyExact } from "./format.ts";

const now = new Date("2026-11-22T14:05:30Z");

describe("money", () => {
  it.each([
    ["0.00", "$0.00"],
    ["1234.56", "$1,234.56"],
    ["1234567.895", "$1,234,567.90"],
    ["0.994999999", "$0.99"],
    ["0.995", "$1.00"],
    ["0.01", "$0.01"],
    ["0.00284", "$0.00284"],
    ["0.002836", "$0.00284"],
    ["0.000002835", "$0.00000284"],
    ["0.000000001", "$0.000000001"],
    ["0.009999", "$0.01"],
    ["0.002", "$0.002"],
    ["-0.50", "-$0.50"],
    ["-0.001234", "-$0.00123"],
    [null, "–"],
  ])("shows %s as %s", (value, shown) => {
    expect(formatMoney(value)).toBe(shown);
  });

  it("keeps every digit in the exact form", () => {
    expect(formatMoneyExact("1234567.123456789")).toBe("$1,234,567.123456789");
    expect(formatMoneyExact("-12.50")).toBe("-$12.50");
  });
});

describe("counts and percents", () => {
  it.each([
    [0, "0"],
    [999, "999"],
    [9400, "9,400"],
    [12_400, "12.4 k"],
    [999_949, "999.9 k"],
    [999_950, "1.0 M"],
    [3_100_000, "3.1 M"],
    [1_250_000_000, "1.3 B"],
    [null, "–"],
  ])("shows %s as %s", (value, shown) => {
    expect(formatCount(value)).toBe(shown);
  });
});

describe("days and instants", () => {
  it("names the year only when it is another one", () => {
    expect(formatDay("2026-11-12", now)).toBe("12 Nov");
    expect(formatDay("2025-11-12", now)).toBe("12 Nov 2025");
    expect(formatInstant("2026-11-12T14:05:09.000Z", now)).toBe("12 Nov 14:05 UTC");
  });

  it("says how long ago in words", () => {
    expect(formatAgo("2026-11-22T14:05:00Z", now)).toBe("just now");
    expect(formatAgo("2026-11-22T14:01:00Z", now)).toBe("4 min ago");
    expect(formatAgo("2026-11-22T10:01:00Z", now)).toBe("4 h ago");
    expect(formatAgo("2026-11-21T13:01:00Z", now)).toBe("1 day ago");
    expect(formatAgo("2026-11-19T10:01:00Z", now)).toBe("3 days ago");
  });
});

it("an instant names its zone, in summer time too, and the day is that of the zone", () => {
  const now = new Date("2026-11-22T12:00:00Z");
  expect(formatInstant("2026-11-12T14:05:00.000Z", now)).toBe("12 Nov 14:05 UTC");
  expect(formatInstant("2026-11-12T23:30:00.000Z", now, "Europe/Rome")).toMatch(/^13 Nov 00:30 (CET|GMT\+1)$/);
  expect(formatInstant("2026-07-12T10:00:00.000Z", now, "Europe/Rome")).toMatch(/^12 Jul 12:00 (CEST|GMT\+2)$/);
  expect(formatInstant("2025-01-01T00:10:00.000Z", now, "America/New_York")).toMatch(/^31 Dec 2024 19:10 (EST|GMT-5)$/);
});

import { formatNanos } from "@orwatch/domain/money";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addDetails,
  DETAIL_NAMES,
  DETAIL_SOURCES,
  fillDetails,
  NO_DETAILS,
  OPTIONAL_METRICS,
} from "../usage-details.ts";
import { columnsOfMetrics, createDetailsReader } from "./read-details.ts";

const DAY = "2026-03-09";
const ALL = columnsOfMetrics(OPTIONAL_METRICS);
const read = (row: Record<string, unknown>, columns = ALL) => createDetailsReader(columns).read(row, DAY);

test("reads counts and amounts as numbers and as text, zeros and negative amounts too", () => {
  const row = {
    reasoning_tokens: "41",
    cached_tokens: 0,
    byok_request_count: "0",
    usage_upstream: "1.5e-7",
    usage_cache: -0.09,
    usage_data: 0,
    usage_web: "0.000000001",
  };
  expect(read(row)).toEqual({
    reasoningTokens: 41,
    cachedTokens: 0,
    byokRequests: 0,
    upstreamCost: 150n,
    cacheSaving: -90_000_000n,
    dataDiscount: 0n,
    webSearchCost: 1n,
  });
});

test("reads only the metrics that were asked for", () => {
  const row = Object.fromEntries(OPTIONAL_METRICS.map((metric) => [metric, 1]));
  expect(read(row, columnsOfMetrics(["usage_web", "request_count"]))).toEqual({
    ...NO_DETAILS,
    webSearchCost: 1_000_000_000n,
  });
});

test("only a zero is read as 0", () => {
  const value = fc.oneof(
    { weight: 4, arbitrary: fc.jsonValue() },
    fc.constantFrom(undefined, null, "", " ", "0x0", "-", "NaN", "1e400", [], [0], {}, false, "null", "-1", 0.5),
  );
  fc.assert(
    fc.property(fc.record(Object.fromEntries(OPTIONAL_METRICS.map((metric) => [metric, value]))), (row) => {
      const details = read(row);
      for (const name of DETAIL_NAMES) {
        if (details[name] === null || BigInt(details[name]) !== 0n) continue;
        const given = row[DETAIL_SOURCES[name].metric];
        expect(["number", "string"]).toContain(typeof given);
        expect(String(given).trim()).not.toBe("");
        expect(Math.abs(Number(given))).toBeLessThan(1e-9);
      }
    }),
  );
});

test("an amount is read exactly as it was sent", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (nanos) => {
      expect(read({ usage_upstream: formatNanos(nanos) }).upstreamCost).toBe(nanos);
    }),
  );
});

test("a metric that is unknown in one of two merged rows is unknown in the sum", () => {
  const some = { ...NO_DETAILS, cachedTokens: 4, upstreamCost: 5n };
  const other = { ...NO_DETAILS, cachedTokens: 0, reasoningTokens: 9 };
  expect(addDetails(some, other)).toEqual({ ...NO_DETAILS, cachedTokens: 4 });
  expect(fillDetails(other, some)).toEqual({ ...NO_DETAILS, cachedTokens: 0, reasoningTokens: 9, upstreamCost: 5n });
});

test("names columns with impossible values, but not missing ones", () => {
  const reader = createDetailsReader(ALL);
  reader.read({ reasoning_tokens: "x", cached_tokens: null, usage_web: 1 }, DAY);
  reader.read({ reasoning_tokens: -1, usage_data: "1e99" }, DAY);
  expect([...reader.malformed].sort()).toEqual(["reasoning_tokens", "usage_data"]);
});

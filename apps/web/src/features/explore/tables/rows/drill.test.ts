import { expect, test } from "vitest";
import type { StatsRow } from "../../../../lib/api/trpc.ts";
import { openTime, spanOf } from "./drill.ts";

const row = (time: Partial<StatsRow>): StatsRow => ({
  requests_count: null,
  tokens_input: null,
  tokens_output: null,
  cost: "0.00",
  byok_cost: "0.00",
  ...time,
});

test("a row spans its day, its week from Monday, or its month, leap years included", () => {
  expect(spanOf(row({ date: "2026-11-22" }))).toEqual({ from: "2026-11-22", through: "2026-11-22" });
  expect(spanOf(row({ week: "2026-12-28" }))).toEqual({ from: "2026-12-28", through: "2027-01-03" });
  expect(spanOf(row({ month: "2028-02" }))).toEqual({ from: "2028-02-01", through: "2028-02-29" });
  expect(spanOf(row({ model: "z" }))).toBeNull();
});

test("drilling down stays within the range and goes one step finer", () => {
  const search = {
    start_date: "2026-11-10",
    end_date: "2026-11-22",
    group_by: ["month" as const, "key" as const],
    page: 3,
  };
  expect(openTime(search, row({ month: "2026-11" }), "2026-11-22")).toMatchObject({
    start_date: "2026-11-10",
    end_date: "2026-11-22",
    group_by: ["day", "key"],
    page: undefined,
  });
  expect(openTime({}, row({ date: "2026-11-20" }), "2026-11-22")).toMatchObject({
    start_date: "2026-11-20",
    end_date: "2026-11-20",
    group_by: ["model"],
  });
});

import { addDays } from "@orwatch/domain/day";
import { parseNanos } from "@orwatch/domain/money";
import { afterAll, beforeAll, expect, test } from "vitest";
import { NO_DETAILS } from "../../openrouter/usage-details.ts";
import { book } from "../../usage/record-findings.ts";
import { getDashboard } from "../dashboard/dashboard.ts";
import { addTeam, NOW, openScratch, type Scratch, TODAY } from "../test-support/scratch.ts";
import { getSeries } from "./series.ts";

let scratch: Scratch;
let teamId: number;
let keyIds: number[];
const YESTERDAY = addDays(TODAY, -1);
const MODELS = ["x/one", "x/two", "y/one", "plain", ...Array.from({ length: 10 }, (_, index) => `v${index}/m`)];
const nanos = (money: string | null) => parseNanos(money ?? "0") ?? 0n;

beforeAll(async () => {
  scratch = await openScratch();
  ({ teamId, keyIds } = await addTeam(scratch, 12));
  await scratch.db.write((connection) => {
    for (const [index, apiKeyId] of keyIds.entries()) {
      const rows = MODELS.map((model, m) => ({
        ...{ date: TODAY, model, cost: BigInt((index + 1) * 100 + m), byokCost: 0n },
        ...{ requests: 1, tokensInput: 1, tokensOutput: 1, details: NO_DETAILS },
      }));
      const days = [YESTERDAY, TODAY];
      book(connection, { apiKeyId, teamId, now: NOW, oldestDay: null, poll: null, analytics: { days, rows } });
    }
  });
});
afterAll(() => scratch.remove());

test.each(["key", "vendor"] as const)("series by %s sum to the dashboard's days under any filter", (by) => {
  for (const filter of [
    {},
    { api_key_id: keyIds.slice(2, 4) },
    { exclude_api_key_id: keyIds.slice(0, 1) },
    { model: ["x/one", "plain"] },
    { model: ["x/one"], api_key_id: keyIds.slice(0, 11) },
    { exclude_model: ["x/one"] },
  ]) {
    const { by_date } = getDashboard(scratch, { teamId, days: 3, ...filter });
    const series = getSeries(scratch, { teamId, days: 3, by, ...filter });
    expect(series.by_date.map(({ date, cost }) => [date, cost])).toEqual(by_date.map(({ date, cost }) => [date, cost]));
    for (const { cost, parts } of series.by_date)
      expect(parts.reduce((sum, part) => sum + nanos(part.cost), 0n)).toBe(nanos(cost));
    const ids = new Set(series.series.map(({ id }) => id));
    expect(series.by_date.flatMap(({ parts }) => parts).every(({ id }) => ids.has(id))).toBe(true);
  }
});

test("names the ten most expensive keys, combines the others, and keeps unknown days unknown", () => {
  const { series, by_date } = getSeries(scratch, { teamId, days: 3, by: "key" });
  expect(series.map(({ name }) => name)).toEqual([
    ...Array.from({ length: 10 }, (_, index) => `key ${12 - index}`),
    "(other)",
  ]);
  expect(by_date.map(({ cost }) => cost === null)).toEqual([true, false, false]);
  expect(by_date[1]).toMatchObject({ cost: "0.00", parts: [] });
});

test("a vendor is the part before the slash", () => {
  const names = getSeries(scratch, { teamId, days: 1, by: "vendor" }).series.map(({ name }) => name);
  expect(names).toHaveLength(11);
  expect(names[0]).toBe("x");
  expect(names).toContain("(other)");
  const few = getSeries(scratch, { teamId, days: 1, by: "vendor", model: ["x/one", "x/two", "plain"] }).series;
  expect(few.map(({ name }) => name)).toEqual(["x", "plain"]);
});

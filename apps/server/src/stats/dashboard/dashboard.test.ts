import { addDays } from "@orwatch/domain/day";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NO_DETAILS } from "../../openrouter/usage-details.ts";
import { book, type Findings } from "../../usage/record-findings.ts";
import { sourceOf } from "../selection.ts";
import { addTeam, NOW, openScratch, type Scratch, TODAY } from "../test-support/scratch.ts";
import { getDashboard } from "./dashboard.ts";

let scratch: Scratch;
beforeAll(async () => {
  scratch = await openScratch();
});
afterAll(() => scratch.remove());

const analyticsOf = (model: string, cost: bigint, requests: number) => ({
  days: [TODAY],
  rows: [{ date: TODAY, model, cost, byokCost: 0n, requests, tokensInput: 10, tokensOutput: 1, details: NO_DETAILS }],
});
const pollOf = (usage: bigint, daily: bigint) => ({ day: TODAY, usage, daily, weekly: null, monthly: null });

/** A user whose first key has booked `findings`. */
async function userWith(findings: Partial<Findings>, keys = 1) {
  const user = await addTeam(scratch, keys);
  const first = { apiKeyId: user.keyIds[0] as number, teamId: user.teamId, now: NOW, oldestDay: null };
  await scratch.db.write((connection) => book(connection, { ...first, poll: null, analytics: null, ...findings }));
  return user;
}

test("cost per request excludes usage without known requests", async () => {
  const { teamId } = await userWith({ poll: pollOf(1_000n, 1_000n), analytics: analyticsOf("a/b", 600n, 3) });
  const { summary, by_model } = getDashboard(scratch, { teamId, days: 1 });
  expect(summary).toMatchObject({ total_cost: "0.000001", total_requests: 3, avg_cost_per_request: "0.0000002" });
  expect(by_model).toEqual([
    {
      model: "a/b",
      requests_count: 3,
      cost: "0.0000006",
      percentage_requests: 100,
      percentage_cost: 60,
      cost_per_million_tokens: "0.054545455",
    },
    {
      model: "(unattributed)",
      requests_count: null,
      cost: "0.0000004",
      percentage_requests: null,
      percentage_cost: 40,
      cost_per_million_tokens: null,
    },
  ]);
});

test("cost per million tokens uses days with known tokens only, and is unknown without tokens", async () => {
  const { teamId } = await userWith({ poll: pollOf(9_000n, 9_000n), analytics: analyticsOf("a/b", 600n, 3) });
  // 600 nanos over 10 + 1 tokens; the 8,400 from counters have no tokens.
  expect(getDashboard(scratch, { teamId, days: 1 }).summary.cost_per_million_tokens).toBe("0.054545455");
  const counted = await userWith({ poll: pollOf(9_000n, 9_000n) });
  expect(getDashboard(scratch, { teamId: counted.teamId, days: 1 }).summary.cost_per_million_tokens).toBeNull();
  const rows = [
    {
      ...{ date: TODAY, model: "tool/search", cost: 600n, byokCost: 0n, details: NO_DETAILS },
      ...{ requests: 3, tokensInput: 0, tokensOutput: 0 },
    },
  ];
  const tool = await userWith({ analytics: { days: [TODAY], rows } });
  expect(getDashboard(scratch, { teamId: tool.teamId, days: 1 }).summary.cost_per_million_tokens).toBeNull();
});

test("excluding a model equals selecting all others, also in the previous period", async () => {
  const { teamId, keyIds } = await userWith({ analytics: analyticsOf("a/b", 600n, 3) }, 3);
  const second = { apiKeyId: keyIds[1] as number, teamId, now: NOW, oldestDay: null, poll: null };
  const rows = ["a/b", "c/d"].flatMap((model, index) =>
    [TODAY, "2026-03-09"].map((date) => ({
      ...{ date, model, cost: BigInt(100 + index), byokCost: 0n, requests: 1, tokensInput: 1, tokensOutput: 1 },
      details: NO_DETAILS,
    })),
  );
  await scratch.db.write((connection) =>
    book(connection, { ...second, analytics: { days: [TODAY, "2026-03-09"], rows } }),
  );
  const ask = (filters: object) => getDashboard(scratch, { teamId, days: 1, ...filters });
  const [first, other, third] = keyIds as [number, number, number];
  expect(ask({ exclude_api_key_id: [first] })).toEqual(ask({ api_key_id: [other, third] }));
  expect(ask({ api_key_id: keyIds, exclude_api_key_id: [other] })).toEqual(ask({ api_key_id: [first, third] }));
  expect(ask({ exclude_model: ["a/b"] })).toEqual(ask({ model: ["c/d"] }));
  expect(ask({ exclude_model: ["a/b"] }).previous?.total_cost).toBe("0.000000101");
  expect(ask({ model: ["a/b", "c/d"], exclude_model: ["c/d"] })).toEqual(ask({ model: ["a/b"] }));
  expect(ask({ exclude_api_key_id: keyIds }).summary).toMatchObject({ total_cost: "0.00", total_requests: null });
  expect(ask({ exclude_model: ["no/such"] }).summary.total_cost).toBe(ask({}).summary.total_cost);
});

test("costs without requests have no cost per request", async () => {
  const { teamId } = await userWith({ analytics: analyticsOf("tool/search", 600n, 0) });
  const { summary } = getDashboard(scratch, { teamId, days: 1 });
  expect(summary).toMatchObject({ total_requests: 0, avg_cost_per_request: null, avg_requests_per_day: 0 });
});

test("under a filter of models, a known day without the model has 0 requests", async () => {
  const { teamId } = await userWith({ analytics: analyticsOf("a/b", 600n, 3) });
  const { summary, by_date, by_key } = getDashboard(scratch, { teamId, days: 2, model: ["c/d"] });
  expect(summary).toMatchObject({ total_cost: "0.00", total_requests: 0 });
  expect(by_date.map(({ cost, requests_count }) => [cost, requests_count])).toEqual([
    [null, null],
    ["0.00", 0],
  ]);
  expect(by_key).toEqual([]);
});

test("a key without usage is counted but has no row", async () => {
  const { teamId, keyIds } = await userWith({ analytics: analyticsOf("a/b", 600n, 3) }, 2);
  const { by_key, keys } = getDashboard(scratch, { teamId, days: 1 });
  expect(keys).toEqual({ active: 2, total: 2 });
  expect(by_key.map((row) => row.api_key_id)).toEqual([keyIds[0]]);
});

test("an empty filter selects nothing", async () => {
  const { teamId } = await userWith({ analytics: analyticsOf("a/b", 600n, 3) });
  expect(getDashboard(scratch, { teamId, api_key_id: [] }).summary.total_cost).toBe("0.00");
  expect(getDashboard(scratch, { teamId, model: [] }).summary.total_cost).toBe("0.00");
});

describe("freshness", () => {
  test("freshness is the oldest sync of the selected active keys that ever synced", async () => {
    const { teamId, keyIds } = await addTeam(scratch, 4);
    const syncs = ["2026-03-10T11:00:00Z", "2026-03-10T10:00:00Z", "2026-03-01T00:00:00Z"];
    for (const [index, instant] of syncs.entries())
      await scratch.db.prisma.apiKey.update({
        where: { id: keyIds[index] as number },
        data: { lastSyncedAt: new Date(instant), completeThrough: instant.slice(0, 10), isActive: index < 2 },
      });
    const fresh = (api_key_id?: number[]) => {
      const { as_of, complete_through } = getDashboard(scratch, { teamId, api_key_id });
      return [as_of, complete_through];
    };
    expect(fresh()).toEqual(["2026-03-10T10:00:00.000Z", "2026-03-10"]);
    expect(fresh(keyIds.slice(0, 1))).toEqual(["2026-03-10T11:00:00.000Z", "2026-03-10"]);
    expect(fresh(keyIds.slice(2))).toEqual([null, null]);
  });
});

describe("comparison with the previous period", () => {
  const costOn = (date: string, cents: bigint) => ({
    ...{ date, model: "a/b", cost: cents * 10_000_000n, byokCost: 0n, requests: 1, tokensInput: 10, tokensOutput: 1 },
    details: NO_DETAILS,
  });
  /** $1 on each of the 60 days before today, and 30 cents on today, which is half over. */
  const steady = () => {
    const days = Array.from({ length: 61 }, (_, back) => addDays(TODAY, -back));
    const rows = days.map((date) => costOn(date, date === TODAY ? 30n : 100n));
    return userWith({ analytics: { days, rows } });
  };

  test("the comparison uses complete days and excludes today", async () => {
    const { teamId } = await steady();
    const { summary, comparison } = getDashboard(scratch, { teamId, days: 7 });
    expect(summary.total_cost).toBe("6.30");
    expect(comparison).toMatchObject({
      start_date: "2026-03-04",
      end_date: "2026-03-09",
      previous_start_date: "2026-02-25",
      previous_end_date: "2026-03-02",
      current: { total_cost: "6.00", total_requests: 6, total_tokens_input: 60 },
      previous: { total_cost: "6.00", total_requests: 6, total_tokens_input: 60 },
    });
  });

  test("the comparison uses all days of a range that has ended", async () => {
    const { teamId } = await steady();
    const range = { start_date: "2026-02-20", end_date: "2026-02-28" };
    expect(getDashboard(scratch, { teamId, ...range }).comparison).toMatchObject({
      ...range,
      previous_start_date: "2026-02-11",
      previous_end_date: "2026-02-19",
      current: { total_cost: "9.00" },
      previous: { total_cost: "9.00" },
    });
  });

  test("the comparison ends at the oldest sync of a key", async () => {
    const { teamId, keyIds } = await steady();
    await scratch.db.prisma.apiKey.update({
      where: { id: keyIds[0] as number },
      data: { lastSyncedAt: NOW, completeThrough: "2026-03-07" },
    });
    expect(getDashboard(scratch, { teamId, days: 7 }).comparison).toMatchObject({
      end_date: "2026-03-07",
      current: { total_cost: "4.00" },
      previous: { total_cost: "4.00" },
    });
    // Longer behind than the range: the available part is compared.
    expect(getDashboard(scratch, { teamId, days: 3 }).comparison).toMatchObject({ end_date: "2026-03-09" });
  });

  test("the comparison is null without complete days or without known days before", async () => {
    const { teamId } = await steady();
    expect(getDashboard(scratch, { teamId, days: 1 }).comparison).toBeNull();
    const fresh = await userWith({ poll: pollOf(1_000n, 1_000n) });
    expect(getDashboard(scratch, { teamId: fresh.teamId, days: 7 }).comparison).toBeNull();
  });
});

describe("range", () => {
  test.each([
    [{}, "2026-02-09", TODAY],
    [{ days: 7 }, "2026-03-04", TODAY],
    [{ start_date: "2026-03-01" }, "2026-03-01", TODAY],
    [{ end_date: "2026-01-31" }, "2026-01-02", "2026-01-31"],
    [{ days: 2, end_date: "2026-01-31" }, "2026-01-30", "2026-01-31"],
    [{ start_date: "2024-02-28", end_date: "2024-03-01" }, "2024-02-28", "2024-03-01"],
  ])("the range of %j is from %s through %s, with every day once", async (input, from, through) => {
    const { by_date, summary } = getDashboard(scratch, { teamId: 0, ...input });
    expect([by_date[0]?.date, by_date.at(-1)?.date]).toEqual([from, through]);
    expect(by_date).toHaveLength(summary.period_days);
  });
});

test("sums of many and of few selected keys equal the sums of their rows", () => {
  expect([sourceOf(10, 10), sourceOf(9, 10), sourceOf(6, 10), sourceOf(5, 10), sourceOf(0, 10)]).toEqual([
    "roll-up",
    "difference",
    "difference",
    "rows",
    "rows",
  ]);
});

import { addDays } from "@orwatch/domain/day";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NO_DETAILS } from "../../openrouter/usage-details.ts";
import type { AppError } from "../../rpc/app-error.ts";
import type { BreakdownRow } from "../../usage/breakdowns/dimensions.ts";
import { storeDays } from "../../usage/breakdowns/store.ts";
import { book } from "../../usage/record-findings.ts";
import { addTeam, NOW, openScratch, type Scratch, TODAY } from "../test-support/scratch.ts";
import { explore } from "./explore.ts";
import { exploreInput } from "./schema.ts";

const YESTERDAY = addDays(TODAY, -1);
const RANGE = { start_date: addDays(TODAY, -2), end_date: TODAY };
const GPT = "openai/gpt-5";
const CLAUDE = "anthropic/claude";

let scratch: Scratch;
let teamId: number;
let first: number;
let second: number;

const usage = (date: string, model: string, dollars: bigint, requests: number) => ({
  ...{ date, model, cost: dollars * 1_000_000_000n, byokCost: 0n, requests, details: NO_DETAILS },
  ...{ tokensInput: requests * 100, tokensOutput: requests * 50 },
});

const part = (
  date: string,
  model: string,
  dollars: bigint,
  requests: number,
  more: Partial<BreakdownRow>,
): BreakdownRow => ({
  ...{ date, hour: null, value: null, model, cost: dollars * 1_000_000_000n, byokCost: 0n, requests },
  ...{ tokensInput: requests * 100, tokensOutput: requests * 50 },
  ...{ latencyP50: null, latencyP95: null, throughputP50: null, throughputP95: null, ...more },
});

beforeAll(async () => {
  scratch = await openScratch();
  let keyIds: number[];
  ({ teamId, keyIds } = await addTeam(scratch, 3));
  [first, second] = keyIds as [number, number];
  await scratch.db.write((connection) => {
    const found = { teamId, now: NOW, oldestDay: null, poll: null };
    const days = [YESTERDAY, TODAY];
    book(connection, {
      ...{ ...found, apiKeyId: first },
      analytics: {
        days,
        rows: [usage(YESTERDAY, GPT, 6n, 6), usage(YESTERDAY, CLAUDE, 3n, 1), usage(TODAY, GPT, 2n, 2)],
      },
    });
    book(connection, { ...{ ...found, apiKeyId: second }, analytics: { days, rows: [usage(YESTERDAY, GPT, 1n, 1)] } });
    const owner = { apiKeyId: first };
    const stored = { owner, teamId, days: [YESTERDAY], openHour: null };
    // A dollar of GPT is not known by provider, and Claude's usage not at all.
    storeDays(connection, {
      ...{ ...stored, dimension: "provider" },
      rows: [
        part(YESTERDAY, GPT, 4n, 4, { value: "Azure", latencyP50: 100, latencyP95: 900 }),
        part(YESTERDAY, GPT, 1n, 1, { value: "OpenAI", latencyP50: 600, latencyP95: 1000 }),
      ],
    });
    storeDays(connection, {
      ...{ ...stored, dimension: "hour" },
      rows: [part(YESTERDAY, GPT, 5n, 5, { hour: 3 }), part(YESTERDAY, CLAUDE, 3n, 1, { hour: 23 })],
    });
  });
});
afterAll(() => scratch.remove());

const ask = (input: object) => explore(scratch, { ...exploreInput.parse({ ...RANGE, ...input }), teamId });

const shorten = ({ groups, other, total }: Awaited<ReturnType<typeof ask>>) => ({
  total,
  groups: groups.map(({ key, total: value, points }) => [key, value, points.map((point) => point.value)]),
  other: other && [other.groups, other.total, other.points.map(({ value }) => value)],
});

describe("by day", () => {
  test("groups beyond the limit are combined, and unknown days are unknown in all", async () => {
    const answer = await ask({ group_by: ["model"], limit: 1 });
    expect(shorten(answer)).toEqual({
      total: "12.00",
      groups: [[{ model: GPT }, "9.00", [null, "7.00", "2.00"]]],
      other: [1, "3.00", [null, "3.00", "0.00"]],
    });
    expect(answer.unknown).toEqual([{ start_date: RANGE.start_date, end_date: RANGE.start_date, value: null }]);
  });

  test("a day is unknown in the group of a key of which it is unknown", async () => {
    await scratch.db.write((connection) =>
      connection.prepare("DELETE FROM usage_days WHERE api_key_id = ? AND date = ?").run(second, TODAY),
    );
    const { groups } = await ask({ group_by: ["key"] });
    expect(
      groups.map(({ key, points }) => [key.api_key_id, key.api_key_name, points.map(({ value }) => value)]),
    ).toEqual([
      [first, "key 1", [null, "9.00", "2.00"]],
      [second, "key 2", [null, "1.00", null]],
    ]);
  });

  test("two dimensions, and ratios by the most expensive group", async () => {
    const answer = await ask({ metric: "cost_per_request", group_by: ["key", "model"], limit: 2 });
    expect(answer.groups.map(({ key, total }) => [key.api_key_id, key.model, total])).toEqual([
      [first, GPT, "1.00"],
      [first, CLAUDE, "3.00"],
    ]);
    expect(answer.total).toBe("1.20");
    expect(answer.other).toMatchObject({ groups: 1, total: "1.00" });
  });

  test("details that OpenRouter has not returned are unknown", async () => {
    const { total, points } = await ask({ metric: "cached_tokens" });
    expect(total).toBeNull();
    expect(points.map(({ value }) => value)).toEqual([null, null, null]);
  });
});

describe("filters and columns", () => {
  test("vendors and accounts are resolved to models and keys", async () => {
    expect((await ask({ vendor: ["openai"] })).total).toBe("9.00");
    expect((await ask({ exclude_vendor: ["openai"] })).total).toBe("3.00");
    expect((await ask({ vendor: ["openai"], model: [CLAUDE] })).total).toBe((await ask({ model: ["none"] })).total);
    expect((await ask({ account_id: [4711] })).groups).toEqual([]);
    expect((await ask({ exclude_account_id: [4711] })).total).toBe("12.00");
    expect((await ask({ workspace: ["none"] })).total).toBe(null);
  });

  test("further metrics are those of a request for them", async () => {
    const columns = ["requests", "tokens_input", "cost_per_request"];
    const answer = await ask({ group_by: ["model"], columns, limit: 1 });
    const alone = await Promise.all(columns.map((metric) => ask({ group_by: ["model"], metric })));
    expect(answer.columns).toEqual(alone.map(({ total }) => total));
    expect(answer.groups[0]?.columns).toEqual(
      alone.map(({ groups }) => groups.find(({ key }) => key.model === GPT)?.total),
    );
    expect(answer.other?.columns).toEqual(
      alone.map(({ groups }) => groups.find(({ key }) => key.model === CLAUDE)?.total),
    );
    await expect(ask({ columns: ["cached_tokens"] })).rejects.toMatchObject({ errorCode: "BREAKDOWN_UNAVAILABLE" });
  });
});

describe("by a collected dimension", () => {
  test("usage of which it is unknown is a group of its own, and days without any say nothing about a value", async () => {
    expect(shorten(await ask({ group_by: ["provider"] }))).toEqual({
      total: "12.00",
      groups: [
        [{ provider: null }, "7.00", [null, "5.00", "2.00"]],
        [{ provider: "Azure" }, "4.00", [null, "4.00", null]],
        [{ provider: "OpenAI" }, "1.00", [null, "1.00", null]],
      ],
      other: null,
    });
  });

  test("values can be selected or left out, with what is not known only if none is selected", async () => {
    expect(shorten(await ask({ provider: ["Azure"], group_by: ["provider"] }))).toMatchObject({
      total: "4.00",
      groups: [[{ provider: "Azure" }, "4.00", [null, "4.00", null]]],
    });
    const without = await ask({ exclude_provider: ["Azure"], group_by: ["provider"] });
    expect([without.total, without.groups.map(({ total }) => total)]).toEqual(["8.00", ["7.00", "1.00"]]);
    expect((await ask({ provider: ["Azure"] })).points.map(({ value }) => value)).toEqual([null, "4.00", null]);
  });

  test("latency is weighted by requests", async () => {
    const { total, groups } = await ask({ metric: "latency_p50_ms", group_by: ["model"] });
    expect([total, groups.map(({ total: value }) => value)]).toEqual([200, [200]]);
  });
});

describe("by hour", () => {
  test("points are the hours that are collected, totals include the rest, which is listed by day", async () => {
    const { total, points, groups, unknown } = await ask({ interval: "hour", group_by: ["model"] });
    const at = (day: string, hour: number) =>
      points.findIndex((point) => point.at === `${day}T${String(hour).padStart(2, "0")}:00:00.000Z`);
    expect(points).toHaveLength(72);
    expect(total).toBe("12.00");
    const valueAt = (list: typeof points, day: string, hour: number) => list[at(day, hour)]?.value;
    expect(valueAt(points, YESTERDAY, 3)).toBe("5.00");
    expect(valueAt(points, YESTERDAY, 4)).toBe("0.00");
    expect(valueAt(points, YESTERDAY, 23)).toBe("3.00");
    // Usage of today is not collected by hour, and tonight has not come.
    expect(valueAt(points, TODAY, 3)).toBeNull();
    expect(valueAt(points, TODAY, 23)).toBeNull();
    expect(valueAt(points, RANGE.start_date, 3)).toBeNull();
    const [gpt, claude] = groups;
    expect([gpt?.total, claude?.total]).toEqual(["9.00", "3.00"]);
    expect(valueAt(gpt?.points ?? [], YESTERDAY, 3)).toBe("5.00");
    expect(valueAt(claude?.points ?? [], YESTERDAY, 3)).toBe("0.00");
    // Claude was not used today, so nothing is missing.
    expect(valueAt(claude?.points ?? [], TODAY, 3)).toBe("0.00");
    expect(unknown).toEqual([
      { start_date: RANGE.start_date, end_date: RANGE.start_date, value: null },
      { start_date: YESTERDAY, end_date: YESTERDAY, value: "2.00" },
      { start_date: TODAY, end_date: TODAY, value: "2.00" },
    ]);
  });

  test("not for more than a month", async () => {
    await expect(ask({ interval: "hour", start_date: addDays(TODAY, -31) })).rejects.toMatchObject({
      reason: { code: "range_too_long", params: { days: 32, limit: 31 } },
    });
  });
});

test.each([
  [{ group_by: ["provider", "app"] }, ["model", "vendor", "key", "workspace", "account"]],
  [{ group_by: ["provider"], interval: "hour" }, ["model", "vendor", "key", "workspace", "account"]],
  [{ group_by: ["finish_reason", "model"] }, ["key", "workspace", "account"]],
  [{ group_by: ["app"], metric: "latency_p95_ms" }, ["model", "vendor", "key", "workspace", "account", "provider"]],
  [{ interval: "hour", metric: "cached_tokens" }, null],
  [{ provider: ["Azure"], group_by: ["app"] }, ["model", "vendor", "key", "workspace", "account", "provider"]],
])("%o is not collected, and the error says what is", async (input, available) => {
  const error = await ask(input).catch((thrown: AppError) => thrown);
  expect(error).toMatchObject({
    errorCode: "BREAKDOWN_UNAVAILABLE",
    reason: { code: "breakdown_unavailable", params: { available } },
  });
});

test("a dimension twice is rejected", () => {
  expect(exploreInput.safeParse({ group_by: ["model", "model"] }).success).toBe(false);
});

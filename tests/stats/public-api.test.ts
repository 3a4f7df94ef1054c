import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nanosOf } from "../support/checks/csv.ts";
import { issueToken, type Seeded, seedUsage } from "../support/openrouter/seed.ts";
import { type Caller, callerOf, type Harness, startHarness } from "../support/server/harness.ts";

let harness: Harness;
let user: Caller;
let token: Caller;
let seeded: Seeded;
const RANGE = "start_date=2026-02-01&end_date=2026-03-10";
const MODELS = ["openai/gpt-5", "openai/gpt-5-mini", "anthropic/claude-sonnet-5", "(unattributed)"];
const SYNCED = ["2026-03-10T09:00:00.000Z", "2026-03-10T07:00:00.000Z", "2026-03-10T08:00:00.000Z"];
const COMPLETE = ["2026-03-09", "2026-03-08", "2026-03-07"];

beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" }, env: { RATE_LIMIT_REQUESTS: "10000" } });
  user = await harness.createUser();
  token = callerOf(() => harness.url, (await issueToken(user)).token);
  const options = { email: user.email, keys: ["one", "two", "three"], models: MODELS };
  seeded = seedUsage(harness, { ...options, through: "2026-03-10", days: 30 });
  for (const [index, id] of seeded.keyIds.entries())
    await harness.server.app.db.prisma.apiKey.update({
      where: { id },
      data: { lastSyncedAt: new Date(SYNCED[index] ?? ""), completeThrough: COMPLETE[index] ?? "" },
    });
});
afterAll(() => harness.close());

const read = async (path: string) => {
  const answer = await token.get(path);
  expect(answer.status, `${path} ${answer.text}`).toBe(200);
  return answer.body;
};

describe("filters", () => {
  test("totals take every filter and are those of the dashboard", async () => {
    const [one, two] = seeded.keyIds;
    const totals = new Set<string>();
    for (const filter of [
      "",
      `&api_key_id=${one}`,
      `&api_key_id=${one}&api_key_id=${two}`,
      "&model=openai/gpt-5",
      `&exclude_api_key_id=${one}`,
      "&exclude_model=(unattributed)&exclude_model=openai/gpt-5",
      `&api_key_id=${one}&model=openai/gpt-5`,
      `&exclude_api_key_id=${two}&exclude_model=openai/gpt-5`,
      "&api_key_id=999999",
    ]) {
      const { summary, ...stats } = await read(`/api/v1/stats?${RANGE}${filter}`);
      const { body: dashboard } = await user.get(`/api/stats/dashboard?${RANGE}${filter}`);
      const { total_requests, total_cost, total_tokens_input, total_tokens_output, byok_cost } = dashboard.summary;
      expect(summary, filter).toEqual({
        ...{ total_requests, total_cost, total_tokens_input, total_tokens_output, byok_cost },
        total_tokens: total_tokens_input === null ? null : total_tokens_input + total_tokens_output,
      });
      expect([stats.as_of, stats.complete_through]).toEqual([dashboard.as_of, dashboard.complete_through]);
      totals.add(total_cost);
    }
    expect(totals.size).toBe(9);
  });

  test("rows exclude keys and models, in pages and in files", async () => {
    const [one] = seeded.keyIds;
    const { items } = await read(`/api/v1/usage?${RANGE}&limit=1000`);
    for (const [filter, isMeant] of [
      [`exclude_api_key_id=${one}`, (row) => row.api_key_id !== one],
      ["exclude_model=openai/gpt-5", (row) => row.model !== "openai/gpt-5"],
      [`exclude_api_key_id=${one}&api_key_id=${one}`, () => false],
    ] as [string, (row: { api_key_id: number; model: string }) => boolean][]) {
      const expected = items.filter(isMeant);
      expect((await read(`/api/v1/usage?${RANGE}&limit=1000&${filter}`)).items, filter).toEqual(expected);
      expect(await read(`/api/v1/usage/export?${RANGE}&format=json&${filter}`), filter).toEqual(expected);
    }
  });

  test("rows contain the estimated BYOK spend, which sums to that of the totals", async () => {
    const { items } = await read(`/api/v1/usage?${RANGE}&limit=1000`);
    const nanos = items.reduce((sum: bigint, row: { byok_cost: string }) => sum + nanosOf(row.byok_cost), 0n);
    const { summary } = await read(`/api/v1/stats?${RANGE}`);
    expect(nanos).toBeGreaterThan(0n);
    expect(nanosOf(summary.byok_cost)).toBe(nanos);
    const [head = ""] = (await token.get(`/api/v1/usage/export?${RANGE}`)).text.split("\r\n");
    expect(head).toContain(",cost,byok_cost,");
  });
});

describe("as_of and complete_through", () => {
  const RESPONSES = ["stats?", `usage?${RANGE}&`, `breakdowns?${RANGE}&dimension=hour&`, "forecast?"];

  test("every response carries those of the selected keys", async () => {
    for (const path of RESPONSES)
      for (const [index, id] of [...seeded.keyIds.entries()].slice(0, 2)) {
        const { as_of, complete_through } = await read(`/api/v1/${path}api_key_id=${id}`);
        expect([as_of, complete_through], `${path} ${index}`).toEqual([SYNCED[index], COMPLETE[index]]);
      }
    for (const path of [...RESPONSES.map((path) => path.slice(0, -1)), "keys"]) {
      const { as_of, complete_through } = await read(`/api/v1/${path}`);
      expect([as_of, complete_through], path).toEqual([SYNCED[1], COMPLETE[2]]);
    }
  });

  test("files carry them in headers", async () => {
    const [one, two, three] = seeded.keyIds;
    for (const [filter, state] of [
      ["", [SYNCED[1], COMPLETE[2]]],
      [`&api_key_id=${one}`, [SYNCED[0], COMPLETE[0]]],
      [`&exclude_api_key_id=${two}`, [SYNCED[2], COMPLETE[2]]],
      [`&api_key_id=${one}&api_key_id=${three}&exclude_api_key_id=${three}`, [SYNCED[0], COMPLETE[0]]],
      ["&api_key_id=999999", [null, null]],
    ] as [string, (string | null)[]][]) {
      const { headers } = await token.get(`/api/v1/usage/export?${RANGE}${filter}`);
      expect([headers.get("x-orwatch-as-of"), headers.get("x-orwatch-complete-through")], filter).toEqual(state);
    }
  });
});

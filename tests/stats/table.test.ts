import { formatNanos, parseMoney } from "@orwatch/domain/money";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DETAILS } from "../support/checks/csv.ts";
import { type Seeded, seedUsage } from "../support/openrouter/seed.ts";
import { type Answer, type Caller, type Harness, request, startHarness } from "../support/server/harness.ts";

let harness: Harness;
let user: Caller;
let cookie: string;
let seeded: Seeded;
const RANGE = { start_date: "2026-01-01", end_date: "2026-03-10" };
const MODELS = ["openai/gpt-5", "z", "@sum", "a,b", "deepseek/deepseek-chat"];

async function logIn(caller: Caller): Promise<string> {
  const answer = await request(`${harness.url}/trpc/auth.signIn`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: caller.email, password: "Correct-Horse-9" }),
  });
  return (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
  user = await harness.createUser();
  cookie = await logIn(user);
  seeded = seedUsage(harness, {
    email: user.email,
    keys: ["one", "two", "two"],
    models: MODELS,
    through: "2026-03-10",
    days: 45,
  });
});
afterAll(() => harness.close());

const ask = (input: object, as = cookie): Promise<Answer> =>
  request(`${harness.url}/trpc/stats.table?input=${encodeURIComponent(JSON.stringify({ ...RANGE, ...input }))}`, {
    headers: { cookie: as },
  });

// biome-ignore lint/suspicious/noExplicitAny: columns differ by what is asked for
type Row = Record<string, any>;

async function allRows(input: object) {
  const rows: Row[] = [];
  for (let page = 1; ; page += 1) {
    const { body, text } = await ask({ ...input, page });
    expect(body.result, text).toBeDefined();
    const { data } = body.result;
    rows.push(...data.rows);
    if (page * data.page_rows >= data.total) return { rows, ...data, rows_of_page: data.rows, all: rows };
  }
}

const nanosOf = (usd: string) => BigInt(usd.replace(".", "").padEnd(usd.indexOf(".") + 9, "0"));

const QUESTIONS: {
  group_by: string[];
  sort?: string;
  api_key_id?: number[];
  model?: string[];
  [name: string]: unknown;
}[] = [
  { group_by: ["day"] },
  { group_by: ["week"], sort: "-cost" },
  { group_by: ["month", "key"], sort: "key" },
  { group_by: ["model"] },
  { group_by: ["key"], sort: "-tokens_input" },
  { group_by: ["day", "model", "key"] },
  { group_by: ["day", "model", "key"], sort: "-requests_count" },
  { group_by: ["day", "model"], sort: "model", exclude_model: ["z"] },
  { group_by: ["model"], model: ["z", "@sum"], sort: "requests_count" },
  { group_by: ["day"], model: ["none"] },
];

const omit = (row: Row, names: string[]) =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));

describe("statistics table", () => {
  for (const question of QUESTIONS)
    test(`${JSON.stringify(question)} returns the rows of the export in its order and their sum`, async () => {
      const keyed = { ...question, exclude_api_key_id: question.sort === "-cost" ? [seeded.keyIds[1]] : undefined };
      const query = new URLSearchParams({ ...RANGE, format: "json" });
      for (const [name, value] of Object.entries(keyed))
        for (const one of [value].flat()) if (one !== undefined) query.append(name, String(one));
      const file = await user.get(`/api/usage/export?${query}`);
      const table = await allRows(keyed);
      // The file has columns that the table does not show.
      expect(table.all).toEqual(file.body.map((row: Row) => omit(row, DETAILS)));
      expect(table.total).toBe(file.body.length);
      const sum = file.body.reduce((nanos: bigint, row: Row) => nanos + nanosOf(row.cost), 0n);
      expect(nanosOf(table.sum.cost)).toBe(sum);
      const known = file.body.map((row: Row) => row.requests_count).filter((count: unknown) => count !== null);
      expect(table.sum.requests_count).toBe(
        known.length === 0 ? null : known.reduce((one: number, other: number) => one + other, 0),
      );
    });

  test("the statistics table returns details on request, as in the export, with their sums", async () => {
    const question = { group_by: ["week", "model"], sort: "-cost" };
    const query = new URLSearchParams({ ...RANGE, format: "json", sort: "-cost" });
    for (const one of question.group_by) query.append("group_by", one);
    const file = (await user.get(`/api/usage/export?${query}`)).body;
    const table = await allRows({ ...question, details: true });
    expect(table.all).toEqual(file);
    const known = (name: string) => file.map((row: Row) => row[name]).filter((value: unknown) => value !== null);
    expect(table.sum.reasoning_tokens).toBe(known("reasoning_tokens").reduce((a: number, b: number) => a + b, 0));
    const saving = known("cache_saving").reduce((sum: bigint, usd: string) => sum + (parseMoney(usd) ?? 0n), 0n);
    expect(table.sum.cache_saving).toBe(formatNanos(saving));
    const without = await allRows({ ...question, model: ["none"], details: true });
    expect(without.sum).toMatchObject({ cost: "0.00", reasoning_tokens: null, cache_saving: null });
    expect((await allRows(question)).sum).not.toHaveProperty("reasoning_tokens");
  });

  test("the statistics table distinguishes unknown days from days without usage", async () => {
    expect((await ask({ group_by: ["day"] })).body.result.data.days).toEqual({
      asked: 69,
      known: 45,
      unknown: [{ from: "2026-01-01", through: "2026-01-24" }],
    });
    expect((await ask({ group_by: ["day"], model: ["none"] })).body.result.data.days.known).toBe(45);
    const others = { group_by: ["day"], exclude_api_key_id: seeded.keyIds };
    expect((await ask(others)).body.result.data.days.known).toBe(0);
  });

  test("the statistics table returns an empty page beyond the last, and rejects what the export rejects", async () => {
    expect((await ask({ group_by: ["day"], page: 9 })).body.result.data).toMatchObject({ rows: [], total: 45 });
    for (const bad of [
      { group_by: [] },
      {},
      { group_by: ["day", "week"] },
      { group_by: ["model"], sort: "date" },
      { group_by: ["day"], page: 0 },
      { group_by: ["day"], start_date: "2026-03-11" },
      { group_by: ["day"], start_date: "2020-01-01" },
    ])
      expect((await ask(bad)).status, JSON.stringify(bad)).toBe(400);
  });

  test("the statistics table shows changes immediately, also in parallel requests", async () => {
    const before = (await ask({ group_by: ["model"] })).body.result.data;
    await user.delete(`/api/keys/${seeded.keyIds[2]}`);
    const answers = await Promise.all(
      ["cost", "-cost", "model", "-model", undefined].map((sort) =>
        ask({ group_by: ["model"], ...(sort ? { sort } : {}) }),
      ),
    );
    const sums = answers.map(({ body }) => body.result.data.sum.cost);
    expect(new Set(sums).size).toBe(1);
    expect(nanosOf(sums[0]) < nanosOf(before.sum.cost)).toBe(true);
  });

  test("the statistics table shows no rows of another user, and none without a session", async () => {
    const other = await logIn(await harness.createUser());
    const asked = { group_by: ["key"], api_key_id: seeded.keyIds };
    expect((await ask(asked, other)).body.result.data).toMatchObject({ rows: [], total: 0, days: { known: 0 } });
    expect((await ask(asked, "")).status).toBe(401);
  });
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DETAILS, nanosOf } from "../support/checks/csv.ts";
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
      const tokens = total_tokens_input === null ? null : total_tokens_input + total_tokens_output;
      expect(summary, filter).toEqual({
        ...{ requests: total_requests, cost: total_cost, byok_cost },
        ...{ tokens, tokens_input: total_tokens_input, tokens_output: total_tokens_output },
        // Deprecated.
        ...{ total_requests, total_cost, total_tokens_input, total_tokens_output, total_tokens: tokens },
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

describe("bounds", () => {
  test("the documented maxima of lists fit into a request", async () => {
    const most = Number.MAX_SAFE_INTEGER;
    const ids = Array.from({ length: 1000 }, (_, index) => `api_key_id=${most - index}`).join("&");
    const models = Array.from({ length: 200 }, (_, index) => `model=${"m".repeat(296)}${1000 + index}`).join("&");
    for (const lists of [ids, ids.replaceAll("api_key_id", "exclude_api_key_id"), models, `${ids}&${models}`])
      for (const path of [`stats?${RANGE}`, `usage?${RANGE}`, `usage/export?${RANGE}`])
        expect((await token.get(`/api/v1/${path}&${lists}`)).status, path).toBe(200);
    const more = await token.get(`/api/v1/stats?${ids}&api_key_id=1`);
    expect([more.status, more.body.issues[0].path]).toEqual([400, "api_key_id"]);
  });

  test("a start after today without an end is reported as such", async () => {
    const { status, body } = await token.get("/api/v1/stats?start_date=2026-03-11");
    expect([status, body.reason, body.params]).toEqual([
      400,
      "start_in_future",
      { from: "2026-03-11", today: "2026-03-10" },
    ]);
    expect((await token.get("/api/v1/stats?start_date=2026-03-10")).status).toBe(200);
    expect((await token.get("/api/v1/stats?start_date=2026-03-11&end_date=2026-03-12")).status).toBe(200);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: columns differ by what is asked for
type Row = Record<string, any>;

async function readPages(query: string, limit: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const { items, pagination } = await read(`/api/v1/usage?${RANGE}&${query}&limit=${limit}&page=${page}`);
    rows.push(...items);
    pages = pagination.pages;
    expect(pagination).toMatchObject({ page, limit });
    if (page === pages) expect(rows).toHaveLength(pagination.total);
  }
  return rows;
}

const monday = (date: string): string => {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
};
const PARTS: Record<string, (row: Row) => Row> = {
  day: ({ date }) => ({ date }),
  week: ({ date }) => ({ week: monday(date) }),
  month: ({ date }) => ({ month: date.slice(0, 7) }),
  model: ({ model }) => ({ model }),
  vendor: ({ model }) => ({ vendor: model.split("/")[0] }),
  key: ({ api_key_id, api_key_name, account_id, kind }) => ({ api_key_id, api_key_name, account_id, kind }),
};
const NO_PARTS = {
  date: null,
  week: null,
  month: null,
  api_key_id: null,
  api_key_name: null,
  model: null,
  vendor: null,
};
const COUNTS = [
  "requests",
  "requests_count",
  "tokens_input",
  "tokens_output",
  "reasoning_tokens",
  "cached_tokens",
  "byok_requests",
];
const AMOUNTS = ["cost", "byok_cost", "upstream_cost", "cache_saving", "data_discount", "web_search_cost"];

/** Sums of the known values of rows. */
function sumRows(rows: Row[], groups: string[]): Row[] {
  const sums = new Map<string, Row>();
  for (const row of rows) {
    const parts = Object.assign(
      { ...NO_PARTS, kind: null, account_id: null },
      ...groups.map((name) => PARTS[name]?.(row)),
    );
    const id = JSON.stringify(parts);
    const sum =
      sums.get(id) ?? Object.assign(parts, Object.fromEntries([...COUNTS, ...AMOUNTS].map((name) => [name, null])));
    for (const name of COUNTS) if (row[name] !== null) sum[name] = (sum[name] ?? 0) + row[name];
    for (const name of AMOUNTS) if (row[name] !== null) sum[name] = (sum[name] ?? 0n) + nanosOf(row[name]);
    sums.set(id, sum);
  }
  return [...sums.values()];
}

const toNanos = (row: Row): Row => ({
  ...row,
  ...Object.fromEntries(AMOUNTS.map((name) => [name, row[name] === null ? null : nanosOf(row[name])])),
});
const byParts = (rows: Row[]) =>
  new Map(
    rows.map((row) => [
      Object.keys(NO_PARTS)
        .map((name) => row[name])
        .join(),
      row,
    ]),
  );

describe("group_by", () => {
  const GROUPINGS = ["day", "week", "month", "model", "vendor", "key"];
  const PAIRS = GROUPINGS.flatMap((one) => GROUPINGS.map((other) => (one === other ? [one] : [one, other]))).filter(
    (groups) => groups.filter((name) => ["day", "week", "month"].includes(name)).length < 2,
  );

  test("sums rows by one or two dimensions, with null for the columns of others, on every page and in files", async () => {
    const rows = await readPages("", 1000);
    expect(PAIRS).toHaveLength(30);
    for (const groups of PAIRS)
      for (const filter of ["", "&exclude_model=openai/gpt-5"]) {
        const query = groups.map((name) => `group_by=${name}`).join("&") + filter;
        const found = await readPages(query, 37);
        const meant = filter === "" ? rows : rows.filter(({ model }) => model !== "openai/gpt-5");
        expect(byParts(found.map(toNanos)), query).toEqual(byParts(sumRows(meant, groups)));
        expect(await read(`/api/v1/usage/export?${RANGE}&format=json&${query}`), query).toEqual(found);
      }
  });

  test("files have the same columns as pages", async () => {
    const [head = "", first = ""] = (
      await token.get(`/api/v1/usage/export?${RANGE}&group_by=vendor&sort=vendor`)
    ).text.split("\r\n");
    expect(head).toBe(
      `date,week,month,api_key_id,api_key_name,model,vendor,requests_count,tokens_input,tokens_output,cost,byok_cost,kind,account_id,${DETAILS},requests`,
    );
    expect(first).toMatch(/^,,,,,,\(unattributed\),\d+,/);
  });

  test("rows without group_by keep their shape", async () => {
    const { items } = await read(`/api/v1/usage?${RANGE}&limit=1`);
    for (const name of ["week", "month", "vendor"]) expect(items[0]).not.toHaveProperty(name);
  });

  test.each([
    ["group_by=day&group_by=model&group_by=key", "group_by"],
    ["group_by=day&group_by=month", "group_by"],
    ["group_by=year", "group_by.0"],
    ["group_by=model&sort=date", "sort"],
    ["group_by=model&sort=-vendor", "sort"],
    ["sort=id", "sort"],
  ])("rejects %s", async (query, path) => {
    for (const endpoint of ["usage", "usage/export"]) {
      const { status, body } = await token.get(`/api/v1/${endpoint}?${RANGE}&${query}`);
      expect([status, body.issues[0].path], endpoint).toEqual([400, path]);
    }
  });
});

describe("sort", () => {
  test.each([
    ["", "-cost"],
    ["", "model"],
    ["", "-vendor"],
    ["", "requests"],
    ["", "requests_count"],
    ["group_by=vendor&group_by=month&", "vendor"],
    ["group_by=vendor&group_by=model&", "-vendor"],
    ["group_by=key&group_by=model&", "-tokens_output"],
    ["group_by=week&", "date"],
  ])("orders pages and files by one column (%s %s)", async (groups, sort) => {
    const rows = await readPages(`${groups}sort=${sort}`, 101);
    const name = sort.replace("-", "");
    const sortedBy = (row: Row) =>
      name === "cost"
        ? nanosOf(row.cost)
        : name === "vendor"
          ? (row.vendor ?? row.model.split("/")[0])
          : name === "date"
            ? (row.date ?? row.week)
            : row[name];
    const values = rows.map(sortedBy);
    const known = values.filter((value) => value !== null);
    const sorted = [...known].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    expect(new Set(known).size).toBeGreaterThan(1);
    expect(values.slice(0, known.length)).toEqual(sort.startsWith("-") ? sorted.reverse() : sorted);
    expect(await read(`/api/v1/usage/export?${RANGE}&format=json&${groups}sort=${sort}`)).toEqual(rows);
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

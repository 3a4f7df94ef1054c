import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DETAILS, nanosOf, parseCsv } from "../support/checks/csv.ts";
import { issueToken, type Seeded, seedUsage } from "../support/openrouter/seed.ts";
import { type Caller, callerOf, type Harness, startHarness } from "../support/server/harness.ts";

let harness: Harness;
let user: Caller;
let token: Caller;
let seeded: Seeded;
const RANGE = "start_date=2026-01-01&end_date=2026-03-10";
const MODELS = ["openai/gpt-5", "=cmd|' /C calc'!A0", 'a,"b"', "@sum", "z"];
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
  user = await harness.createUser();
  token = callerOf(() => harness.url, (await issueToken(user)).token);
  seeded = seedUsage(harness, {
    email: user.email,
    keys: ["+one", "two", "two"],
    models: MODELS,
    through: "2026-03-10",
    days: 45,
  });
});
afterAll(() => harness.close());

const ownExport = (query: string) => user.get(`/api/usage/export?${RANGE}&${query}`);
// biome-ignore lint/suspicious/noExplicitAny: columns differ by what is asked for
type Row = Record<string, any>;
const rowsOf = async (query: string) => (await ownExport(`format=json&${query}`)).body as Row[];

const sumOf = (rows: Row[]) => rows.reduce((sum, row) => sum + nanosOf(row.cost), 0n);

describe("a path for each format", () => {
  test.each(["csv", "json"])("export.%s returns the same file as the deprecated path", async (format) => {
    for (const [caller, base] of [
      [user, "/api/usage/export"],
      [token, "/api/v1/usage/export"],
    ] as const) {
      const query = `${RANGE}&model=z&sort=-cost`;
      const before = await caller.get(`${base}?${query}&format=${format}`);
      const now = await caller.get(`${base}.${format}?${query}`);
      expect(now.text).toBe(before.text);
      expect(now.text.length).toBeGreaterThan(1000);
      for (const name of ["content-type", "content-disposition"])
        expect(now.headers.get(name)).toBe(before.headers.get(name));
      expect([before.headers.get("deprecation"), before.headers.get("sunset")]).toEqual([
        "@1796083200",
        "Wed, 01 Dec 2027 00:00:00 GMT",
      ]);
      expect(before.headers.get("link")).toBe(`<${base}.csv>; rel="successor-version"`);
      expect([now.headers.get("deprecation"), now.headers.get("link")]).toEqual([null, null]);
    }
  });

  test("parameters of the other format are rejected", async () => {
    for (const query of ["format=csv", "separator=tab"]) {
      const answer = await user.get(`/api/usage/export.json?${RANGE}&${query}`);
      expect([answer.status, answer.body.issues[0].path]).toEqual([400, query.split("=")[0]]);
    }
    const answer = await user.get(`/api/usage/export.csv?${RANGE}&decimal=comma`);
    expect([answer.status, answer.body.issues[0].reason]).toEqual([400, "field_needs_separator"]);
  });
});

describe("without group_by", () => {
  test("an export without group_by returns all rows of /api/usage in its order", async () => {
    const listed: unknown[] = [];
    for (let skip = 0; ; skip += 100) {
      const { body } = await user.get(`/api/usage?${RANGE}&skip=${skip}`);
      listed.push(...body);
      if (body.length < 100) break;
    }
    expect(listed).toHaveLength(seeded.rows);
    expect(await rowsOf("")).toEqual(listed);
  });

  test("an export with a token returns the rows of /api/v1/usage in its order", async () => {
    const { body } = await token.get(`/api/v1/usage?${RANGE}&limit=1000`);
    const exported = await token.get(`/api/v1/usage/export?${RANGE}&format=json`);
    expect(exported.body).toEqual(body.items);
    const some = `${RANGE}&api_key_id=${seeded.keyIds[1]}&model=z&model=@sum`;
    expect((await token.get(`/api/v1/usage/export?${some}&format=json`)).body).toEqual(
      (await token.get(`/api/v1/usage?${some}&limit=1000`)).body.items,
    );
  });

  test("CSV and JSON agree: header, CRLF, empty cells for unknown values, exact money", async () => {
    const { text, headers } = await ownExport("");
    expect(headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
    expect(headers.get("content-disposition")).toBe('attachment; filename="usage_2026-01-01_2026-03-10.csv"');
    expect(text.split("\r\n")[0]).toBe(
      `id,api_key_id,api_key_name,date,model,requests_count,tokens_input,tokens_output,cost,byok_cost,created_at,kind,account_id,${DETAILS}`,
    );
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    const [head = [], ...lines] = parseCsv(text);
    const names = new Map(seeded.keyIds.map((id, place) => [id, ["+one", "two", "two"][place]]));
    const rows = (await rowsOf("")).map((row): Row => ({ ...row, api_key_name: names.get(row.api_key_id) }));
    const asText = rows.map((row) => head.map((name) => (row[name] === null ? "" : guarded(String(row[name])))));
    expect(lines).toEqual(asText);
    expect(rows.some((row) => row.requests_count === null)).toBe(true);
  });

  test("escapes text that a spreadsheet would take for a formula", async () => {
    const { text } = await token.get(`/api/v1/usage/export?${RANGE}`);
    const [, ...lines] = parseCsv(text);
    const cells = new Set(lines.flatMap((line) => [line[2] ?? "", line[3] ?? ""]));
    expect([...cells].filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect(cells).toContain("'+one");
    expect(cells).toContain("'=cmd|' /C calc'!A0");
    expect(cells).toContain('a,"b"');
  });
});

const guarded = (cell: string) => (/^[=+\-@]/.test(cell) && !/^-\d/.test(cell) ? `'${cell}` : cell);

describe("filters", () => {
  test("filters include or exclude keys and models, and ids of other users match nothing", async () => {
    const [one, two, three] = seeded.keyIds;
    const all = await rowsOf("");
    const where = async (query: string, test: (row: Record<string, unknown>) => boolean) =>
      expect(await rowsOf(query), query).toEqual(all.filter(test));
    await where(`api_key_id=${one}&api_key_id=${three}`, (row) => row.api_key_id === one || row.api_key_id === three);
    await where(`exclude_api_key_id=${two}`, (row) => row.api_key_id !== two);
    await where("model=z&model=@sum", (row) => row.model === "z" || row.model === "@sum");
    await where("exclude_model=z", (row) => row.model !== "z");
    await where(`api_key_id=${one}&exclude_api_key_id=${one}`, () => false);
    await where(
      `api_key_id=${one}&exclude_model=z&model=z&model=@sum`,
      (row) => row.api_key_id === one && row.model === "@sum",
    );
    await where("api_key_id=99999", () => false);
  });

  test("the sum of an export is the dashboard's total for the same filters", async () => {
    for (const filter of [
      "",
      `api_key_id=${seeded.keyIds[0]}`,
      "model=z&model=openai/gpt-5",
      `model=z&api_key_id=${seeded.keyIds[2]}`,
    ]) {
      const { body } = await user.get(`/api/stats/dashboard?${RANGE}&${filter}`);
      const total = nanosOf(body.summary.total_cost);
      expect(total > 0n).toBe(true);
      for (const group of [
        "",
        "group_by=day",
        "group_by=week&group_by=model",
        "group_by=month&group_by=key&group_by=model",
        "group_by=key",
      ])
        expect(sumOf(await rowsOf(`${filter}&${group}`)), `${filter} ${group}`).toBe(total);
    }
  });
});

type Details = (bigint | null)[];
const detailsOf = (row: Row): Details =>
  DETAILS.map((name) => {
    const value = row[name];
    if (value === null || value === undefined) return null;
    return typeof value === "number" ? BigInt(value) : nanosOf(value as string);
  });

describe("group_by", () => {
  test("group_by sums days, weeks from Monday, months, models and keys in any combination", async () => {
    const all = await rowsOf("");
    const monday = (day: string) => {
      const date = new Date(`${day}T00:00:00Z`);
      date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
      return date.toISOString().slice(0, 10);
    };
    const parts: Record<string, (row: Row) => unknown[]> = {
      day: (row) => [row.date],
      week: (row) => [monday(row.date ?? "")],
      month: (row) => [String(row.date).slice(0, 7)],
      model: (row) => [row.model],
      key: (row) => [row.api_key_id],
    };
    const columns: Record<string, string> = {
      day: "date",
      week: "week",
      month: "month",
      model: "model",
      key: "api_key_id",
    };
    for (const groups of [
      ["day"],
      ["week"],
      ["month"],
      ["model"],
      ["key"],
      ["day", "model"],
      ["model", "week", "key"],
      ["key", "month"],
    ]) {
      const expected = new Map<string, { cost: bigint; requests: number | null; details: Details; rows: number }>();
      for (const row of all) {
        const name = JSON.stringify(groups.flatMap((group) => parts[group]!(row)));
        const sum = expected.get(name) ?? { cost: 0n, requests: null, details: DETAILS.map(() => null), rows: 0 };
        const requests = row.requests_count as number | null;
        expected.set(name, {
          cost: sum.cost + nanosOf(row.cost ?? ""),
          requests: requests === null ? sum.requests : (sum.requests ?? 0) + requests,
          details: detailsOf(row).map((value, at) =>
            value === null ? sum.details[at]! : (sum.details[at] ?? 0n) + value,
          ),
          rows: sum.rows + 1,
        });
      }
      const found = await rowsOf(groups.map((group) => `group_by=${group}`).join("&"));
      expect(found.length, groups.join()).toBe(expected.size);
      for (const row of found) {
        const sum = expected.get(JSON.stringify(groups.map((group) => row[columns[group]!])));
        expect([nanosOf(row.cost ?? ""), row.requests_count], groups.join()).toEqual([sum?.cost, sum?.requests]);
        expect(detailsOf(row), groups.join()).toEqual(sum?.details);
      }
    }
  });

  test("group_by rejects two units of time, and sorting by a column that is not grouped", async () => {
    for (const query of [
      "group_by=day&group_by=week",
      "group_by=year",
      "group_by=model&sort=date",
      "group_by=day&sort=-model",
      "sort=id",
      "sort=",
      "format=xml",
      "group_by=day&group_by=model&group_by=key&group_by=day",
    ])
      expect((await ownExport(query)).status, query).toBe(400);
  });
});

test("sorts by any column in both directions, with unknown values last and ties resolved", async () => {
  for (const group of ["", "group_by=model&group_by=key", "group_by=week&group_by=model"])
    for (const name of ["cost", "requests_count", "tokens_input", "date", "model", "key"]) {
      if ((name === "date" && group.includes("key")) || (name === "key" && group.includes("week"))) continue;
      const column = name === "key" ? "api_key_name" : name === "date" && group.includes("week") ? "week" : name;
      for (const sign of ["", "-"]) {
        const rows = await rowsOf(`${group}&sort=${sign}${name}`);
        expect(new Set(rows.map((row) => JSON.stringify(row))).size).toBe(rows.length);
        if (name === "key" && group === "") continue;
        const values = rows.map((row) => row[column] as unknown);
        const known = values.filter((value) => value !== null) as (string | number)[];
        expect(values.slice(0, known.length), `${group} ${sign}${name}`).toEqual(known);
        const compare = (a: string | number, b: string | number) =>
          name === "cost" ? Number(nanosOf(String(a)) - nanosOf(String(b))) : a < b ? -1 : a > b ? 1 : 0;
        const sorted = [...known].sort((a, b) => (sign ? -compare(a, b) : compare(a, b)));
        expect(known, `${group} ${sign}${name}`).toEqual(sorted);
      }
    }
});

test("an empty export is a header or an empty array", async () => {
  expect((await ownExport("model=none")).text.split("\r\n")).toHaveLength(2);
  expect(await rowsOf("model=none")).toEqual([]);
  expect(await rowsOf("model=none&group_by=day&sort=-cost")).toEqual([]);
});

test("rejects an invalid range with 400 and sends no file for HEAD", async () => {
  expect((await user.get("/api/usage/export?start_date=2026-03-02&end_date=2026-03-01")).status).toBe(400);
  expect((await user.get("/api/usage/export")).body.issues).toHaveLength(2);
  const head = await fetch(`${harness.url}/api/usage/export?${RANGE}`, {
    method: "HEAD",
    headers: { authorization: `Bearer ${user.credential}` },
  });
  expect([head.status, head.headers.get("content-disposition"), await head.text()]).toEqual([
    200,
    expect.stringContaining("attachment"),
    "",
  ]);
});

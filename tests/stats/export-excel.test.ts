import { afterAll, beforeAll, expect, test } from "vitest";
import { DETAILS } from "../support/checks/csv.ts";
import { issueToken, type Seeded, seedUsage } from "../support/openrouter/seed.ts";
import { type Caller, callerOf, type Harness, startHarness } from "../support/server/harness.ts";

let harness: Harness;
let user: Caller;
let token: Caller;
let seeded: Seeded;
const RANGE = "start_date=2026-03-10&end_date=2026-03-10";
const MODELS = ["=1+1", "a;b", "c,d", "e\tf", "Modèle"];
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
  user = await harness.createUser();
  token = callerOf(() => harness.url, (await issueToken(user)).token);
  const keys = ["Shop; €", "lab", "third"];
  seeded = seedUsage(harness, {
    email: user.email,
    keys,
    models: MODELS,
    through: "2026-03-10",
    days: 1,
    costOf: (n) => 1_500_000_000 + n,
  });
});
afterAll(() => harness.close());

const exportOf = (query: string) => user.get(`/api/usage/export?${RANGE}&${query}`);
const nameOf = async (query: string) =>
  /filename="(.*)"/.exec((await exportOf(query)).headers.get("content-disposition") ?? "")?.[1];
const EXCEL = "separator=semicolon&decimal=comma&bom=true";

test("a file for Excel starts with a byte order mark and uses the requested separators", async () => {
  const response = await fetch(`${harness.url}/api/usage/export?${RANGE}&group_by=model&sort=model&${EXCEL}`, {
    headers: { authorization: `Bearer ${user.credential}` },
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const lines = new TextDecoder().decode(bytes).split("\r\n");
  expect(lines[0]).toBe(["model;requests_count;tokens_input;tokens_output;cost;byok_cost", ...DETAILS].join(";"));
  expect(lines[1]).toMatch(/^'=1\+1;\d*;\d*;\d*;4,50000\d+;\d,\d+;\d+;\d+;\d+;\d,\d+;-\d,\d+;-\d,\d+;0,00$/);
  expect(lines.map((line) => line.split(";")[0])).toContain("Modèle");
  expect(lines.some((line) => line.startsWith('"a;b";'))).toBe(true);
});

test("without options the file has commas, decimal points and no byte order mark", async () => {
  const { text } = await exportOf("group_by=model&sort=model");
  expect(text.split("\r\n").slice(0, 2)).toEqual([
    ["model,requests_count,tokens_input,tokens_output,cost,byok_cost", ...DETAILS].join(),
    expect.stringMatching(/^'=1\+1,\d*,\d*,\d*,4\.5\d+,/),
  ]);
});

test("separates cells by tabs and quotes a text with a tab", async () => {
  const { text } = await exportOf("group_by=model&separator=tab&decimal=comma");
  expect(text).toContain("model\trequests_count\t");
  expect(text).toContain('"e\tf"\t');
});

test("the public export and the SDK accept the same options", async () => {
  const { text, status } = await token.get(`/api/v1/usage/export?${RANGE}&${EXCEL}`);
  expect([status, text.split("\r\n")[0]?.replace("\uFEFF", "")]).toEqual([
    200,
    [
      "date;api_key_id;api_key_name;model;requests_count;tokens_input;tokens_output;cost;byok_cost;kind;account_id",
      ...DETAILS,
      "requests",
    ].join(";"),
  ]);
});

test.each([
  ["format=json&bom=true", "bom"],
  ["format=json&separator=semicolon", "separator"],
  ["decimal=comma", "decimal"],
  ["decimal=comma&separator=comma", "decimal"],
  ["bom=1", "bom"],
  ["separator=;", "separator"],
])("rejects %s", async (query, path) => {
  for (const answer of [await exportOf(query), await token.get(`/api/v1/usage/export?${RANGE}&${query}`)])
    expect([answer.status, answer.body.issues?.[0]?.path]).toEqual([400, path]);
});

test("rows that are not grouped name their key", async () => {
  const { text } = await exportOf("");
  const [head, first] = text.split("\r\n").map((line) => line.split(","));
  expect(head?.slice(0, 3)).toEqual(["id", "api_key_id", "api_key_name"]);
  expect(["Shop; €", "lab", "third"]).toContain(first?.[2]?.replaceAll('"', ""));
});

test("the file name contains the filters", async () => {
  const [shop, lab, third] = seeded.keyIds;
  const range = "usage_2026-03-10_2026-03-10";
  expect(await nameOf("")).toBe(`${range}.csv`);
  expect(await nameOf(`api_key_id=${lab}&format=json`)).toBe(`${range}_lab.json`);
  expect(await nameOf(`api_key_id=${shop}&api_key_id=${lab}`)).toBe(`${range}_shop+lab.csv`);
  expect(await nameOf(`api_key_id=${shop}&api_key_id=${lab}&api_key_id=${third}`)).toBe(`${range}_3-keys.csv`);
  expect(await nameOf("model=openai/gpt-5&group_by=day&group_by=key")).toBe(`${range}_openai-gpt-5_by-day-key.csv`);
  expect(await nameOf(`exclude_api_key_id=${lab}&exclude_model=z`)).toBe(`${range}_without-lab+z.csv`);
  expect(await nameOf("api_key_id=999")).toBe(`${range}_key-999.csv`);
  expect(await nameOf(`model=${encodeURIComponent('"\r\nX: y')}`)).toBe(`${range}_x-y.csv`);
});

test("omits the name of another user's key", async () => {
  const other = await harness.createUser();
  const answer = await other.get(`/api/usage/export?${RANGE}&api_key_id=${seeded.keyIds[1]}`);
  expect(answer.headers.get("content-disposition")).toContain(`_key-${seeded.keyIds[1]}.csv`);
});

import { SCOPE_NAMES } from "@orwatch/domain/permissions";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readDocument } from "../support/checks/document.ts";
import { issueToken } from "../support/openrouter/seed.ts";
import { type Answer, type Caller, callerOf, type Harness, request, startHarness } from "../support/server/harness.ts";

let harness: Harness;
let user: Caller;
let token: Caller;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" }, env: { RATE_LIMIT_REQUESTS: "1000000" } });
  user = await harness.createUser();
  token = callerOf(() => harness.url, (await issueToken(user, "all", { scopes: SCOPE_NAMES })).token);
});
afterAll(() => harness.close());

const RANGE = "start_date=2026-03-01&end_date=2026-03-10";

/** Every operation of the document with a body or a query, and a path that reaches it. */
const OPERATIONS = Object.entries(readDocument().paths)
  .filter(([path]) => path.startsWith("/api/"))
  .flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path: path.replace(/\{.+?\}/g, "1"),
      isV1: path.startsWith("/api/v1/"),
      parameters: (operation.parameters ?? []).filter((parameter) => parameter.in === "query"),
    })),
  );
type Operation = (typeof OPERATIONS)[number];

/** The required query parameters of the operation. */
const neededBy = ({ parameters }: Operation) =>
  parameters
    .filter(({ required }) => required)
    .map(({ name, example }) => `${name}=${example}`)
    .join("&");

function send({ method, path, isV1 }: Operation, query: string, body?: object): Promise<Answer> {
  return request(`${harness.url}${path}?${query}`, {
    method,
    headers: {
      authorization: `Bearer ${(isV1 ? token : user).credential}`,
      ...(body ? { "content-type": "application/json" } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
}

const paths = (answer: Answer) => (answer.body?.issues ?? []).map(({ path }: { path: string }) => path);

describe("unknown query parameters", () => {
  test.each(OPERATIONS.map((operation) => [operation.name, operation] as const))(
    "rejects an unknown query parameter of %s and names it",
    async (_, operation) => {
      const answer = await send(operation, [neededBy(operation), "surplus=1"].filter(Boolean).join("&"));
      expect([answer.status, answer.body.code, paths(answer)], answer.text).toEqual([400, "BAD_REQUEST", ["surplus"]]);
    },
  );
});

describe("unknown fields of bodies", () => {
  const withBody = OPERATIONS.filter(({ method }) => method === "POST" || method === "PUT");
  test.each(withBody.map((operation) => [operation.name, operation] as const))(
    "rejects an unknown field in the body of %s and names it",
    async (_, operation) => {
      const answer = await send(operation, "", { surplus: 1 });
      expect(answer.status, answer.text).toBe(400);
      expect(paths(answer)).toContain("surplus");
    },
  );
});

test("rejects a filter in the body of a GET or DELETE", async () => {
  const { hostname, port } = new URL(harness.url);
  const { request: send } = await import("node:http");
  const status = (method: string, path: string, body: string) =>
    new Promise<number>((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${user.credential}`,
        "content-type": "application/json",
        "content-length": body.length,
      };
      send({ hostname, port, method, path, headers }, (res) => {
        res.resume();
        res.on("end", () => resolve(res.statusCode ?? 0));
      })
        .on("error", reject)
        .end(body);
    });
  expect(await status("GET", `/api/usage?${RANGE}`, '{"model":["x"]}')).toBe(400);
  expect(await status("GET", `/api/usage/export?${RANGE}`, '{"model":["x"]}')).toBe(400);
  expect(await status("DELETE", "/api/user/sessions", '{"id":1}')).toBe(400);
  expect(await status("GET", `/api/usage?${RANGE}`, "{}")).toBe(200);
  expect((await user.get("/api/user")).status, "no session was ended").toBe(200);
});

test.each([
  ["/api/usage", "models=x", "models", "model"],
  ["/api/usage", "Model=x", "Model", "model"],
  ["/api/usage", "key_id=2", "key_id", "api_key_id"],
  ["/api/usage", "apiKeyId=2", "apiKeyId", "api_key_id"],
  ["/api/usage", "startdate=2026-03-01", "startdate", "start_date"],
  ["/api/usage", "limit[]=5", "limit[]", "limit"],
  ["/api/usage", "offset=5", "offset", null],
  ["/api/usage", "model[x]=5", "model[x]", "model"],
  ["/api/usage/export", "exclude_models=x", "exclude_models", "exclude_model"],
  ["/api/usage/export", "groupBy=day", "groupBy", "group_by"],
] as const)("suggests the nearest valid name for %s?%s", async (path, query, unknown, nearest) => {
  const { status, body } = await user.get(`${path}?${RANGE}&${query}`);
  expect(status).toBe(400);
  const issue =
    nearest === null
      ? { reason: "parameter_unknown_of", params: { parameter: unknown, known: expect.arrayContaining(["skip"]) } }
      : { reason: "parameter_unknown", params: { parameter: unknown, nearest } };
  expect(body.issues).toMatchObject([{ path: unknown, ...issue }]);
});

test("rejects over HEAD what GET rejects", async () => {
  const head = (path: string) =>
    request(`${harness.url}${path}`, { method: "HEAD", headers: { authorization: `Bearer ${user.credential}` } });
  expect((await head(`/api/usage?${RANGE}&models=x`)).status).toBe(400);
  expect((await head(`/api/usage/export?${RANGE}&models=x`)).status).toBe(400);
  expect((await head(`/api/usage/export?${RANGE}`)).status).toBe(200);
});

test("answers a conditional request with an unknown parameter with 400, not 304", async () => {
  const good = await user.get(`/api/usage?${RANGE}`);
  const etag = good.headers.get("etag") ?? "";
  expect((await user.get(`/api/usage?${RANGE}`, { "if-none-match": etag })).status).toBe(304);
  for (const name of [etag, "*"])
    expect((await user.get(`/api/usage?${RANGE}&models=x`, { "if-none-match": name })).status, name).toBe(400);
});

test("checks the credential before the parameters", async () => {
  for (const path of ["/api/usage", "/api/usage/export", "/api/v1/usage", "/api/v1/usage/export", "/api/user"])
    expect((await request(`${harness.url}${path}?models=x`)).status, path).toBe(401);
  expect((await token.get(`/api/usage?${RANGE}&models=x`)).status).toBe(401);
});

describe("lists in brackets", () => {
  test.each(["api_key_id[]=1&api_key_id[]=2", "api_key_id[0]=1&api_key_id[1]=2", "api_key_id%5B%5D=1&api_key_id=2"])(
    "accepts lists in brackets: %s",
    async (query) => {
      for (const path of ["/api/usage", "/api/stats/dashboard", "/api/usage/export"])
        expect((await user.get(`${path}?${RANGE}&${query}`)).status, path).toBe(200);
      expect((await token.get(`/api/v1/usage?${RANGE}&${query}`)).status).toBe(200);
      const wrong = await user.get(`/api/usage?${RANGE}&${query}&api_key_id[]=x`);
      expect([wrong.status, paths(wrong)]).toEqual([400, [expect.stringMatching(/^api_key_id\.\d$/)]]);
    },
  );
});

test.each([
  ["/api/stats/dashboard", "days=7&days=30", "days"],
  ["/api/usage", `${RANGE}&limit=1&limit=1`, "limit"],
  ["/api/usage", `${RANGE}&end_date=2026-03-09`, "end_date"],
  ["/api/usage/export", `${RANGE}&format=csv&format=json`, "format"],
  ["/api/usage/export", `${RANGE}&sort=cost&sort=-cost`, "sort"],
  ["/api/inbox", "only=all&only=unread", "only"],
  ["/api/forecast", "api_key_id=1&api_key_id=2", "api_key_id"],
  ["/api/breakdowns", `${RANGE}&dimension=app&dimension=hour`, "dimension"],
])("rejects %s?%s, which repeats a parameter that takes one value", async (path, query, name) => {
  const answer = await user.get(`${path}?${query}`);
  expect([answer.status, answer.body.issues]).toMatchObject([400, [{ path: name, reason: "field_repeated" }]]);
});

test.each([
  ["/api/stats/dashboard", "model=", "model"],
  ["/api/stats/dashboard", "model[]=", "model"],
  ["/api/stats/dashboard", "model=a&model=", "model"],
  ["/api/stats/dashboard", "api_key_id", "api_key_id"],
  ["/api/stats/dashboard", "days=", "days"],
  ["/api/usage", "start_date=&end_date=2026-03-10", "start_date"],
  ["/api/usage/export", `${RANGE}&group_by=`, "group_by"],
  ["/api/keys", "show=", "show"],
])("rejects %s?%s, which has a parameter without a value", async (path, query, name) => {
  const answer = await user.get(`${path}?${query}`);
  expect([answer.status, answer.body.issues?.[0]?.path]).toEqual([400, name]);
});

test("rejects unknown fields, empty lists and empty names over tRPC", async () => {
  const call = (procedure: string, input: object, credential = token.credential) =>
    request(`${harness.url}/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`, {
      headers: { authorization: `Bearer ${credential}` },
    });
  const range = { start_date: "2026-03-01", end_date: "2026-03-10" };
  expect((await call("v1.usage", range)).status).toBe(200);
  const unknown = await call("v1.usage", { ...range, models: ["x"] });
  expect(unknown.status).toBe(400);
  expect(unknown.body.error.data.issues).toMatchObject([
    { path: "models", reason: "parameter_unknown", params: { parameter: "models", nearest: "model" } },
  ]);
  expect((await call("v1.stats", { days: 7 })).status).toBe(400);
  expect((await call("v1.keys", { limit: 7 })).status).toBe(400);
  for (const filter of [{ model: [] }, { api_key_id: [] }, { model: [""] }])
    expect((await call("v1.usage", { ...range, ...filter })).status, JSON.stringify(filter)).toBe(400);
});

test("returns empty pages beyond the end in every form of paging", async () => {
  expect((await user.get("/api/keys?skip=1000000")).body).toMatchObject({ items: [], total: 0 });
  expect((await user.get(`/api/usage?${RANGE}&skip=100000000&limit=1000`)).body).toEqual([]);
  expect((await token.get(`/api/v1/usage?${RANGE}&page=1000000&limit=1000`)).body).toMatchObject({
    items: [],
    pagination: { page: 1_000_000, limit: 1000, total: 0, pages: 0 },
  });
  expect((await user.get("/api/inbox?skip=5&limit=1")).body.items).toEqual([]);
});

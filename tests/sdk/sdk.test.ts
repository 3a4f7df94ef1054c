import { afterAll, beforeAll, expect, test, vi } from "vitest";
import {
  AuthenticationError,
  addMoney,
  createClient,
  formatMoney,
  type OrwatchClient,
  parseMoney,
  RateLimitError,
  ValidationError,
} from "../../packages/sdk/src/index.ts";
import { readDocument } from "../support/checks/document.ts";
import { spend, syncAt } from "../support/openrouter/scenario.ts";
import { collect, failureOf, identify, issueToken, MARCH, type SdkScenario, startSdkScenario } from "./sdk-scenario.ts";

let scenario: SdkScenario;
let client: OrwatchClient;
beforeAll(async () => {
  scenario = await startSdkScenario();
  client = scenario.client();
});
afterAll(() => scenario.harness.close());

test("totals, pages, rows, exports and keys agree", async () => {
  const { summary, period } = await client.stats.get(MARCH);
  expect(period).toEqual({ ...MARCH, days: 20 });
  const rows = await collect(client.usage.list(MARCH));
  expect(rows).toHaveLength(60);
  expect(formatMoney(addMoney(rows.map((row) => row.cost)))).toBe(summary.total_cost);
  expect(await collect(client.usage.list({ ...MARCH, limit: 7 }))).toEqual(rows);
  expect(await client.usage.export(MARCH).toArray()).toEqual(rows);
  expect(await client.usage.export({ ...MARCH, format: "csv" }).toArray()).toEqual(rows);
  const { items, total } = await client.keys.list();
  expect(items).toHaveLength(total);
  expect(formatMoney(addMoney(items.map(({ stats }) => stats.total_cost)))).toBe(summary.total_cost);
});

test("totals the last 30 days without a range", async () => {
  expect((await client.stats.get()).period).toEqual({ start_date: "2026-02-19", end_date: "2026-03-20", days: 30 });
});

test("a page knows the next one, and the last has none", async () => {
  const first = await client.usage.list({ ...MARCH, limit: 25 });
  expect(first.pagination).toEqual({ page: 1, limit: 25, total: 60, pages: 3 });
  const second = await first.nextPage();
  const third = await second?.nextPage();
  expect(third?.items).toHaveLength(10);
  expect(await third?.nextPage()).toBeNull();
  expect([first, second, third].flatMap((page) => page?.items)).toEqual(await collect(client.usage.list(MARCH)));
});

test("a page is plain data that can be copied", async () => {
  const page = await client.usage.list({ ...MARCH, limit: 25 });
  const { items, pagination, next_cursor, as_of, complete_through } = page;
  expect(structuredClone(page)).toEqual({ items, pagination, next_cursor, as_of, complete_through });
  expect(as_of).toBe("2026-03-20T12:00:00.000Z");
  expect(Object.keys(page)).toEqual(["items", "next_cursor", "pagination", "as_of", "complete_through"]);
});

test("throws a ValidationError for a list without a range", async () => {
  const list = client.usage.list as (input?: object) => ReturnType<typeof client.usage.list>;
  for (const call of [() => collect(list()), () => list(), () => collect(list({}))])
    expect(await failureOf(call())).toMatchObject({
      name: "ValidationError",
      issues: [{ path: "start_date" }, { path: "end_date" }],
    });
});

test("passes filters of keys and models with every call", async () => {
  const filter = {
    ...MARCH,
    api_key_id: [scenario.keyIds[0]!],
    model: ["openai/gpt-5", 'vendor/with "quotes", and commas'],
  };
  const rows = await collect(client.usage.list(filter));
  expect(rows).toHaveLength(20);
  expect(await client.usage.export(filter).toArray()).toEqual(rows);
  expect((await client.usage.list({ ...MARCH, api_key_id: [999_999] })).items).toEqual([]);
});

test("lists and exports sums with group_by, and rows in another order with sort", async () => {
  const grouped = { ...MARCH, group_by: ["vendor" as const, "key" as const], sort: "-cost" as const };
  const sums = await collect(client.usage.list({ ...grouped, limit: 4 }));
  expect(sums).toHaveLength(6);
  expect(sums[0]).toMatchObject({ date: null, model: null, vendor: "vendor", api_key_id: scenario.keyIds[1] });
  expect(await client.usage.export(grouped).toArray()).toEqual(sums);
  const { summary } = await client.stats.get(MARCH);
  expect(formatMoney(addMoney(sums.map(({ cost }) => cost)))).toBe(summary.total_cost);
  const rows = await collect(client.usage.list({ ...MARCH, sort: "cost", limit: 7 }));
  const nanos = rows.map(({ cost }) => parseMoney(cost));
  expect(nanos).toEqual([...nanos].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
  expect(await collect(client.usage.list({ ...MARCH, group_by: [] }))).toHaveLength(60);
});

test("streams an export as CSV or JSON", async () => {
  const read = async (format: "csv" | "json") =>
    new Response(await client.usage.export({ ...MARCH, format }).toStream()).text();
  const csv = await read("csv");
  expect(csv).toMatch(/^\uFEFF?date,api_key_id,api_key_name,model,/);
  expect(csv.trim().split("\r\n")).toHaveLength(61);
  expect(JSON.parse(await read("json"))).toHaveLength(60);
  expect(() => client.usage.export({ ...MARCH, format: "xml" as "csv" })).toThrow(ValidationError);
});

test("yields each row once while usage arrives and a key is renamed during paging", async () => {
  const before = (await collect(client.usage.list(MARCH))).map(identify);
  let requests = 0;
  const busy = scenario.client({
    fetch: async (url, init) => {
      requests += 1;
      if (requests === 2) {
        for (const model of ["new/one", "new/two", "new/three"])
          spend(scenario, scenario.accounts[0]!.key, "2026-03-20", 5n, model);
        await syncAt(scenario, "2026-03-20T13:00:00Z");
      }
      if (requests === 4) await scenario.user.put(`/api/keys/${scenario.keyIds[0]}`, { name: "zzz" });
      return fetch(url, init);
    },
  });
  const during = (await collect(busy.usage.list({ ...MARCH, limit: 8 }))).map(identify);
  expect(requests).toBeGreaterThan(6);
  expect(new Set(during).size).toBe(during.length);
  expect(before.filter((id) => !during.includes(id))).toEqual([]);
});

test("a token revoked during paging throws with the request id after the rows before", async () => {
  const { token, tokenId } = await issueToken(scenario);
  const doomed = scenario.client({ token });
  const rows: unknown[] = [];
  const failure = await failureOf(
    (async () => {
      for await (const row of doomed.usage.list({ ...MARCH, limit: 10 })) {
        rows.push(row);
        if (rows.length === 10) await scenario.user.delete(`/api/tokens/${tokenId}`);
      }
    })(),
  );
  expect(rows).toHaveLength(10);
  expect(failure).toBeInstanceOf(AuthenticationError);
  expect(failure).toMatchObject({ name: "AuthenticationError", status: 401, code: "UNAUTHORIZED" });
  expect(failure).toMatchObject({ reason: "api_token_unknown", params: {} });
  expect(scenario.harness.logged.some((line) => line.request_id === failure.requestId)).toBe(true);
  const stream = await failureOf(doomed.usage.export(MARCH).toStream());
  expect(stream).toMatchObject({ name: "AuthenticationError", status: 401, requestId: expect.any(String) });
});

test("an ApiError names the invalid field and the reason", async () => {
  const typo = await failureOf(client.stats.get({ start_date: "2026-02-30" }));
  expect(typo).toMatchObject({ name: "ValidationError", status: 400, code: "BAD_REQUEST" });
  expect(typo.issues).toMatchObject([{ path: "start_date", reason: "field_not_date" }]);
  expect(typo.requestId).toMatch(/^[\da-f-]{36}$/);
  const reversed = { start_date: "2026-03-02", end_date: "2026-03-01" };
  for (const call of [
    client.stats.get(reversed),
    collect(client.usage.list(reversed)),
    client.usage.export(reversed).toArray(),
  ])
    expect(await failureOf(call)).toMatchObject({
      name: "ValidationError",
      issues: [],
      reason: "range_reversed",
    });
  expect(await failureOf(client.usage.list({ ...MARCH, limit: 1001 }))).toMatchObject({
    issues: [{ path: "limit", reason: "field_too_large", params: { limit: 1000 } }],
  });
});

test("throws a typed error for a misspelled or null filter", async () => {
  const wrong = (filter: object) => ({ ...MARCH, ...filter }) as typeof MARCH;
  for (const filter of [{ models: ["x"] }, { model: null }, { model: [""] }])
    for (const call of [
      () => client.usage.list(wrong(filter)),
      () => collect(client.usage.list(wrong(filter))),
      () => client.usage.export(wrong(filter)).toArray(),
      () => client.usage.export(wrong(filter)).toStream(),
    ])
      expect((await failureOf(call())).name, JSON.stringify(filter)).toBe("ValidationError");
  const misspelt = await failureOf(client.usage.export(wrong({ models: ["x"] })).toArray());
  expect(misspelt).toMatchObject({
    issues: [{ path: "models", reason: "parameter_unknown", params: { parameter: "models", nearest: "model" } }],
  });
  expect(await failureOf(client.stats.get({ days: 7 } as object))).toMatchObject({ issues: [{ path: "days" }] });
});

test("selects nothing with an empty filter", async () => {
  const [id] = scenario.keyIds;
  for (const filter of [{ api_key_id: [] }, { model: [] }, { api_key_id: [id!], model: [] }]) {
    const input = { ...MARCH, ...filter };
    expect(await client.usage.list(input)).toMatchObject({ items: [], pagination: { total: 0 } });
    expect(await collect(client.usage.list(input))).toEqual([]);
    expect(await client.usage.export(input).toArray()).toEqual([]);
    const csv = await new Response(await client.usage.export(input).toStream()).text();
    expect(csv.trim().split("\r\n")).toHaveLength(1);
    expect(await client.breakdowns.get({ ...input, dimension: "hour" })).toMatchObject({
      items: [],
      total: { cost: "0.00" },
    });
  }
});

test("throws a typed error for a filter too long for a URL", async () => {
  const model = Array.from({ length: 200 }, (_, place) => `${"€".repeat(290)}${place}`);
  const failure = await failureOf(client.usage.list({ ...MARCH, model }));
  expect(failure.name).toMatch(/^(ApiError|ConnectionError)$/);
});

test("exposes the rate limit and throws a RateLimitError without waiting when it is exceeded", async () => {
  const limited = await startSdkScenario({ RATE_LIMIT_REQUESTS: "3", RATE_LIMIT_WINDOW: "600" });
  try {
    const reader = limited.client({ maxRetries: 2 });
    expect(reader.rateLimit).toBeNull();
    await reader.keys.list();
    expect(reader.rateLimit).toEqual({ limit: 3, remaining: 2, resetAt: new Date("2026-03-20T12:10:00Z") });
    await reader.usage.export(MARCH).toArray();
    expect(reader.rateLimit?.remaining).toBe(1);
    await reader.keys.list();
    const failure = await failureOf(reader.keys.list());
    expect(failure).toBeInstanceOf(RateLimitError);
    expect(failure).toMatchObject({ name: "RateLimitError", status: 429, retryAfterMs: 600_000 });
    expect(await failureOf(reader.usage.export(MARCH).toStream())).toMatchObject({ retryAfterMs: 600_000 });
  } finally {
    await limited.harness.close();
  }
});

test("revalidates a response it has already and returns the current data", async () => {
  const statuses: number[] = [];
  const reader = scenario.client({
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      statuses.push(response.status);
      return response;
    },
  });
  const first = await reader.stats.get(MARCH);
  const { summary } = first;
  // What a caller does to its copy must not reach the next one.
  first.summary = { ...summary, total_cost: "changed" };
  expect((await reader.stats.get(MARCH)).summary).toEqual(summary);
  await reader.usage.list(MARCH);
  await reader.usage.list({ ...MARCH, page: 2 });
  await reader.usage.list(MARCH);
  expect(statuses).toEqual([200, 304, 200, 200, 304]);
  spend(scenario, scenario.accounts[0]!.key, "2026-03-20", 7n, "openai/gpt-5");
  await syncAt(scenario, "2026-03-20T12:30:00Z");
  const { total_cost } = (await reader.stats.get(MARCH)).summary;
  expect(statuses.at(-1)).toBe(200);
  expect(addMoney([total_cost, `-${summary.total_cost}`])).toBe(7n);
});

test("every operation of the public API has a method that requests it", async () => {
  const requested: string[] = [];
  const reader = scenario.client({
    fetch: (url, init) => {
      requested.push(`${init.method} ${new URL(url).pathname.replace(/\d+$/, "{id}")}`);
      return fetch(url, init);
    },
  });
  await reader.stats.get();
  await reader.usage.list(MARCH);
  await reader.usage.export(MARCH).toArray();
  await (await reader.usage.export(MARCH).toStream()).cancel();
  await reader.usage.breakdown({ ...MARCH, group_by: ["model"] });
  await reader.keys.list();
  await reader.breakdowns.get({ ...MARCH, dimension: "provider" });
  await reader.forecast.get();
  await reader.credits.list();
  await reader.models.list();
  await reader.alerts.list();
  await reader.changes.list();
  await reader.projects.list(MARCH);
  await reader.team.get();
  await reader.version.get();
  await reader.keys.update(scenario.keyIds[0]!, { description: null });
  await reader.sync({ api_key_id: scenario.keyIds[0]! });
  await failureOf(reader.keys.add({ name: "x", key: "not a key" }));
  const documented = Object.entries(readDocument().paths)
    .filter(([path]) => path.startsWith("/api/v1/"))
    .flatMap(([path, item]) =>
      Object.entries(item).map(([method, { deprecated }]) => (deprecated ? [] : `${method.toUpperCase()} ${path}`)),
    )
    .flat();
  expect(requested.sort()).toEqual(documented.sort());
});

test("sums by one or two dimensions to the totals, in one request", async () => {
  const { summary } = await client.stats.get(MARCH);
  for (const by of ["day", "week", "month", "model", "vendor", "key"] as const) {
    const sums = await client.usage.sum({ ...MARCH, by });
    expect(formatMoney(addMoney(sums.map(({ cost }) => cost))), by).toBe(summary.cost);
    expect(sums.reduce((sum, { requests }) => sum + (requests ?? 0), 0)).toBe(summary.requests);
  }
  const paths: string[] = [];
  const counting = scenario.client({
    fetch: (url, init) => {
      paths.push(new URL(url).pathname);
      return fetch(url, init);
    },
  });
  const sums = await counting.usage.sum({ ...MARCH, by: ["month", "model"], model: ["openai/gpt-5"] });
  expect(sums).toMatchObject([{ month: "2026-03", model: "openai/gpt-5", api_key_id: null }]);
  expect(paths).toEqual(["/api/v1/usage/export.json"]);
  const models = await client.usage.sum({ ...MARCH, by: "model" });
  const nanos = models.map(({ cost }) => parseMoney(cost));
  expect(nanos).toEqual([...nanos].sort((a, b) => (a < b ? 1 : -1)));
});

test("rejects sums by unknown dimensions, none, three of them and two periods", async () => {
  for (const by of [[], ["provider"], ["day", "month"], ["day", "model", "key"], undefined, "toString"])
    expect((await failureOf((async () => client.usage.sum({ ...MARCH, by: by as "day" }))())).name, `${by}`).toBe(
      "ValidationError",
    );
});

test("adds a key once although the first attempt got no answer, renames it, turns it off, and syncs", async () => {
  const { secret } = scenario.harness.sim.ledger.addKey(scenario.accounts[0]!.account.id, { name: "another" });
  let attempts = 0;
  const flaky = scenario.client({
    maxRetries: 2,
    fetch: async (url, init) => {
      attempts += 1;
      const response = await fetch(url, init);
      if (attempts === 1) throw new TypeError("fetch failed");
      return response;
    },
  });
  const { data: added, status } = await flaky.keys.add({ name: "Added", key: secret }).withResponse();
  expect([attempts, status, added]).toMatchObject([2, 201, { name: "Added", is_active: true }]);
  const renamed = await client.keys.update(added.id, { name: "Renamed", is_active: false });
  expect(renamed).toMatchObject({ id: added.id, name: "Renamed", is_active: false });
  expect(await failureOf(client.sync({ api_key_id: added.id }))).toMatchObject({ status: 409, code: "CONFLICT" });
  expect(await client.sync()).toMatchObject({ status: "ok", synced_at: expect.any(String) });
  const { token } = await issueToken(scenario, ["read"]);
  const reader = scenario.client({ token });
  for (const call of [reader.sync(), reader.keys.update(added.id, { name: "x" })])
    expect(await failureOf(call)).toMatchObject({ name: "ApiError", status: 403, code: "MISSING_SCOPE" });
  await scenario.user.delete(`/api/keys/${added.id}`);
});

test("the server sends its version to API tokens, and fits the SDK of the same repository", async () => {
  const logger = { debug: () => {}, warn: vi.fn() };
  const { headers } = await scenario.client({ logger }).keys.list().withResponse();
  expect(headers.get("X-Orwatch-Version")).toMatch(/^\d+\.\d+\.\d+/);
  expect(logger.warn).not.toHaveBeenCalled();
  const anonymous = await fetch(`${scenario.harness.url}/api/v1/keys`);
  expect([anonymous.status, anonymous.headers.get("X-Orwatch-Version")]).toEqual([401, null]);
});

test("forecasts all keys or one", async () => {
  const all = await client.forecast.get();
  expect(all).toMatchObject({ today: "2026-03-20", limits: [], credits: expect.any(Array) });
  const one = await client.forecast.get({ api_key_id: scenario.keyIds[0]! });
  expect(parseMoney(one.month?.spent ?? "0.00")).toBeLessThan(parseMoney(all.month?.spent ?? "0.00"));
});

test("accepts base URLs with a trailing slash or copied from the REST documentation", async () => {
  const { url } = scenario.harness;
  for (const baseUrl of [`${url}/`, `${url}/api/v1/`, `${url}/api`, `${url}/trpc`, new URL("/api", url)])
    expect((await createClient({ baseUrl, token: scenario.token }).keys.list()).total).toBe(4);
  const elsewhere = createClient({
    baseUrl: `${scenario.harness.url}/somewhere/else`,
    token: scenario.token,
    maxRetries: 0,
  });
  expect(await failureOf(elsewhere.keys.list())).toMatchObject({
    name: expect.stringMatching(/^(NotFound|Api)Error$/),
  });
});

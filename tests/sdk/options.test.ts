import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import manifest from "../../packages/sdk/package.json" with { type: "json" };
import { type ClientOptions, createClient } from "../../packages/sdk/src/index.ts";
import { type BadServer, json, startBadServer, text } from "./bad-server.ts";
import { failureOf, MARCH } from "./sdk-scenario.ts";

const KEYS = { items: [], total: 0 };
let server: BadServer;
beforeAll(async () => {
  server = await startBadServer();
});
beforeEach(() => void vi.spyOn(Math, "random").mockReturnValue(0.02));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});
afterAll(() => server.close());

const client = (options: ClientOptions = {}) => createClient({ baseUrl: server.url, token: "or_api_test", ...options });

test("every call has its response", async () => {
  const usage = { items: [], pagination: { page: 1, limit: 100, total: 0, pages: 0 } };
  const bodies: Record<string, unknown> = {
    "/api/v1/stats": { summary: {}, period: {} },
    "/api/v1/usage": usage,
    "/api/v1/usage/export.json": [],
    "/api/v1/keys": KEYS,
    "/api/v1/breakdowns": { items: [], total: {} },
    "/api/v1/forecast": { limits: [], credits: [] },
  };
  server.answer((req, res) =>
    json(200, bodies[(req.url ?? "").split("?")[0] as string], { "X-Custom": "yes" })(req, res),
  );
  const file = client().usage.export({ ...MARCH, format: "json" });
  for (const call of [
    client().stats.get(),
    client().usage.list(MARCH),
    client().usage.sum({ ...MARCH, by: "day" }),
    client().breakdowns.get({ ...MARCH, dimension: "hour" }),
    client().forecast.get(),
    client().keys.list(),
    file.toArray(),
    file.toStream(),
  ]) {
    const { data, status, headers, requestId } = await call.withResponse();
    expect([status, requestId, headers.get("X-Custom")]).toEqual([200, "r-1", "yes"]);
    if (data instanceof ReadableStream) await data.cancel();
    else expect(data).toEqual(await call);
  }
});

test("a failed call rejects once, with or without its response", async () => {
  const unhandled = vi.fn();
  process.on("unhandledRejection", unhandled);
  server.answer(json(403, { message: "no", code: "FORBIDDEN" }));
  expect(await failureOf(client().keys.list().withResponse())).toMatchObject({ name: "ApiError", status: 403 });
  expect(await failureOf(client().usage.list(MARCH).withResponse())).toMatchObject({ name: "ApiError", status: 403 });
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

test("sends the caller's headers and its own name, but no other Authorization", async () => {
  const seen: Record<string, unknown>[] = [];
  server.answer((req, res) => {
    seen.push(req.headers);
    json(200, KEYS)(req, res);
  });
  await client({ headers: { "X-Proxy": "a", "X-Both": "client" } }).keys.list({ headers: { "X-Both": "call" } });
  expect(seen[0]).toMatchObject({
    "x-proxy": "a",
    "x-both": "call",
    "user-agent": `orwatch-sdk/${manifest.version}`,
    authorization: "Bearer or_api_test",
  });
  for (const headers of [{ authorization: "Basic x" }, { "X-A": "a\nb" }])
    expect(() => client({ headers })).toThrow(/^headers: /);
});

test("hooks see every attempt, without the token", async () => {
  const events: [string, unknown][] = [];
  const note = (name: string) => async (event: unknown) => void events.push([name, event]);
  server.answer(json(503, { message: "later", code: "LATER" }), json(200, KEYS));
  await client({ onRequest: note("request"), onResponse: note("response"), onRetry: note("retry") }).keys.list();
  const url = `${server.url}/api/v1/keys`;
  expect(events).toMatchObject([
    ["request", { url, attempt: 1 }],
    ["response", { url, attempt: 1, status: 503, requestId: "r-1", durationMs: expect.any(Number) }],
    ["retry", { url, attempt: 1, delayMs: 10, error: { name: "ApiError", code: "LATER" } }],
    ["request", { url, attempt: 2 }],
    ["response", { url, attempt: 2, status: 200 }],
  ]);
  expect(JSON.stringify(events)).not.toContain("or_api_test");
});

test("a hook that throws fails the call with its error", async () => {
  server.answer(json(200, KEYS));
  for (const name of ["onRequest", "onResponse"] as const) {
    const broken = new Error(name);
    const throwing = { [name]: () => Promise.reject(broken) };
    expect(await failureOf(client(throwing).keys.list())).toBe(broken);
  }
});

test("writes responses and retries to the given logger", async () => {
  const logger = { debug: vi.fn(), warn: vi.fn() };
  server.answer(json(503, { message: "later" }), json(200, KEYS));
  await client({ logger }).keys.list();
  const lines = logger.debug.mock.calls.map(([line]) => line as string);
  expect(lines).toEqual([
    expect.stringMatching(/^orwatch: GET \S+\/api\/v1\/keys responded with 503 after \d+ ms \(request r-1\)$/),
    "orwatch: retrying in 10 ms after ApiError: later",
    expect.stringMatching(/responded with 200/),
  ]);
  expect(lines.join("\n")).not.toContain("or_api_test");
  expect(logger.warn).not.toHaveBeenCalled();
});

test("warns once of a server of another version", async () => {
  const warn = vi.fn();
  vi.stubGlobal("console", { warn });
  const logger = { debug: vi.fn(), warn: vi.fn() };
  server.answer(json(200, KEYS, { "X-Orwatch-Version": "97.0.0" }));
  await client().keys.list();
  await client().keys.list();
  await client({ logger }).keys.list();
  expect(warn.mock.calls).toEqual([[expect.stringMatching(/version 97\.0\.0 .*Install the version/)]]);
  server.answer(json(200, KEYS, { "X-Orwatch-Version": "98.0.0" }));
  await client({ logger }).keys.list();
  expect(logger.warn).toHaveBeenCalledTimes(1);
  server.answer(json(200, KEYS, { "X-Orwatch-Version": "96.0.0" }));
  await client({ logger: null }).keys.list();
  expect(warn).toHaveBeenCalledTimes(1);
});

test("a retry policy decides, but not beyond maxRetries", async () => {
  const attempts = async (shouldRetry: ClientOptions["shouldRetry"], status: number) => {
    server.answer(json(status, { message: "no" }));
    await failureOf(client({ shouldRetry, maxRetries: 2 }).keys.list());
    return server.requests.length;
  };
  expect(await attempts(() => true, 403)).toBe(3);
  expect(await attempts(() => false, 503)).toBe(1);
  expect(await attempts(() => undefined, 503)).toBe(3);
  expect(await attempts(() => undefined, 403)).toBe(1);
  expect(await attempts(({ attempt }) => (attempt < 2 ? 0 : false), 403)).toBe(2);
  const seen: unknown[] = [];
  server.answer(json(503, { message: "no" }, { "Retry-After": "0" }));
  await failureOf(client({ shouldRetry: (failed) => void seen.push(failed), maxRetries: 1 }).keys.list());
  expect(seen).toMatchObject([{ attempt: 1, delayMs: 5, error: { status: 503 } }]);
});

test("fails at once when the server asks to wait longer than maxRetryAfterMs", async () => {
  server.answer(json(429, { message: "slow" }, { "Retry-After": "2" }));
  expect(await failureOf(client({ maxRetryAfterMs: 1000 }).keys.list())).toMatchObject({ retryAfterMs: 2000 });
  expect(server.requests).toHaveLength(1);
  server.answer(text(503, "", { "Retry-After": "0" }), json(200, KEYS));
  expect(await client({ maxRetryAfterMs: 0 }).keys.list()).toEqual(KEYS);
});

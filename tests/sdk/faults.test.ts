import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type ClientOptions, createClient } from "../../packages/sdk/src/index.ts";
import { type BadServer, cut, half, json, silence, startBadServer, text } from "./bad-server.ts";
import { collect, failureOf, MARCH } from "./sdk-scenario.ts";

const KEYS = { items: [], total: 0 };
let server: BadServer;
const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);
beforeAll(async () => {
  process.on("unhandledRejection", note);
  server = await startBadServer();
});
beforeEach(() => {
  // Short jitter between retries keeps the tests fast.
  vi.spyOn(Math, "random").mockReturnValue(0.02);
  server.answer(json(200, KEYS));
});
afterAll(async () => {
  vi.restoreAllMocks();
  await server.close();
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", note);
  expect(unhandled).toEqual([]);
});

const client = (options: ClientOptions = {}) => createClient({ baseUrl: server.url, token: "or_api_test", ...options });
const once = () => client({ maxRetries: 0 });

async function timed<T>(promise: Promise<T>): Promise<[T, number]> {
  const began = performance.now();
  return [await promise, performance.now() - began];
}

test("throws a ConnectionError for a closed port after the allowed retries", async () => {
  const dead = await startBadServer();
  await dead.close();
  let tries = 0;
  const reader = client({
    baseUrl: dead.url,
    fetch: (url, init) => {
      tries += 1;
      return fetch(url, init);
    },
  });
  const failure = await failureOf(reader.keys.list());
  expect(failure).toMatchObject({ name: "ConnectionError", status: null, requestId: null, code: "NO_CONNECTION" });
  expect(failure.cause).toMatchObject({ cause: { code: "ECONNREFUSED" } });
  expect(failure.message).not.toContain("or_api_test");
  expect(tries).toBe(3);
});

test("throws a ConnectionError for an unknown host", async () => {
  const failure = await failureOf(client({ baseUrl: "http://orwatch.invalid", maxRetries: 0 }).stats.get());
  expect(failure).toMatchObject({ name: "ConnectionError" });
});

test("retries a dropped connection and an incomplete response", async () => {
  server.answer(cut, half('{"items":[{"i', { isCut: true }), json(200, KEYS));
  expect(await client().keys.list()).toEqual(KEYS);
  expect(server.requests).toHaveLength(3);
  server.answer(half('{"items":[{"i', { isCut: true }));
  expect(await failureOf(once().keys.list())).toMatchObject({ name: "ConnectionError", requestId: "r-half" });
});

test.each([500, 502, 503, 504, 408, 429])("retries %i and then succeeds", async (status) => {
  server.answer(json(status, { message: "later" }), text(status, "<h1>Later</h1>"), json(200, KEYS));
  expect(await client().keys.list()).toEqual(KEYS);
  expect(server.requests).toHaveLength(3);
});

test.each([
  [400, "ValidationError"],
  [401, "AuthenticationError"],
  [403, "ApiError"],
  [404, "NotFoundError"],
  [409, "ApiError"],
  [418, "ApiError"],
])("%i throws %s without a retry", async (status, name) => {
  server.answer(json(status, { message: "no", code: "NO", request_id: "in-the-body" }));
  expect(await failureOf(client().keys.list())).toMatchObject({
    name,
    status,
    code: "NO",
    message: "no",
    requestId: "r-1",
  });
  expect(server.requests).toHaveLength(1);
});

test("throws the last error with status and request id when retries are used up", async () => {
  server.answer(json(500, { message: "broken", code: "INTERNAL_SERVER_ERROR" }));
  const failure = await failureOf(client({ maxRetries: 1 }).keys.list());
  expect(failure).toMatchObject({ name: "ApiError", status: 500, message: "broken", requestId: "r-1" });
  expect(server.requests).toHaveLength(2);
});

test("waits for Retry-After, in seconds or as a date, unless it is longer than a minute", async () => {
  server.answer(json(429, { message: "slow" }, { "Retry-After": "1" }), json(200, KEYS));
  const [, waited] = await timed(client().keys.list());
  expect(waited).toBeGreaterThanOrEqual(1000);
  const soon = new Date(Date.now() + 2000).toUTCString();
  server.answer(json(503, { message: "slow" }, { "Retry-After": soon }), json(200, KEYS));
  expect((await timed(client().keys.list()))[1]).toBeGreaterThanOrEqual(900);
  server.answer(json(429, { message: "slow" }, { "Retry-After": "61" }));
  expect(await failureOf(client().keys.list())).toMatchObject({ name: "RateLimitError", retryAfterMs: 61_000 });
  expect(server.requests).toHaveLength(1);
  server.answer(json(429, { message: "slow" }, { "Retry-After": "soon" }));
  expect(await failureOf(once().keys.list())).toMatchObject({ name: "RateLimitError", retryAfterMs: null });
});

test("throws a TimeoutError without a retry when headers or body stop arriving", async () => {
  server.answer(silence);
  expect(await failureOf(client({ timeoutMs: 100 }).keys.list())).toMatchObject({
    name: "TimeoutError",
    timeoutMs: 100,
  });
  expect(server.requests).toHaveLength(1);
  server.answer(half('{"items":', { isCut: false }));
  // Long enough for the headers, also on a busy machine.
  const patient = client({ timeoutMs: 1000, maxRetries: 0 });
  expect(await failureOf(patient.keys.list())).toMatchObject({ name: "TimeoutError", requestId: "r-half" });
  server.answer(silence);
  expect(await failureOf(once().stats.get({}, { timeoutMs: 50 }))).toMatchObject({ timeoutMs: 50 });
});

test("times out even when fetch ignores the signal", async () => {
  const deaf = client({ fetch: () => new Promise(() => {}), timeoutMs: 50 });
  expect(await failureOf(deaf.keys.list())).toMatchObject({ name: "TimeoutError" });
  const cause = new Error("no network here");
  const broken = client({
    fetch: () => {
      throw cause;
    },
    maxRetries: 0,
  });
  expect(await failureOf(broken.keys.list())).toMatchObject({ name: "ConnectionError", code: "NO_CONNECTION", cause });
});

test("rejects with the signal's reason when aborted before, during and between attempts", async () => {
  const reason = new Error("changed my mind");
  expect(await failureOf(client().keys.list({ signal: AbortSignal.abort(reason) }))).toBe(reason);
  expect(server.requests).toHaveLength(0);
  for (const { answer, isAnswered } of [
    { answer: silence, isAnswered: false },
    { answer: json(503, {}, { "Retry-After": "30" }), isAnswered: true },
    { answer: half("{", { isCut: false }), isAnswered: true },
  ]) {
    server.answer(answer);
    const controller = new AbortController();
    const seen = server.requests.length;
    let answered = 0;
    const reader = client({ fetch: (url, init) => fetch(url, init).finally(() => answered++) });
    const failure = failureOf(reader.keys.list({ signal: controller.signal }));
    await vi.waitFor(() => expect([server.requests.length > seen, answered]).toEqual([true, isAnswered ? 1 : 0]));
    controller.abort(reason);
    expect(await failure).toBe(reason);
  }
});

test("many calls share one listener of a signal", async () => {
  const { signal } = new AbortController();
  const listens = vi.spyOn(signal, "addEventListener");
  await Promise.all(Array.from({ length: 50 }, () => client().keys.list({ signal })));
  expect(listens).toHaveBeenCalledTimes(1);
  expect(server.requests).toHaveLength(50);
  server.answer(silence);
  const controller = new AbortController();
  const calls = Array.from({ length: 20 }, () => failureOf(client().keys.list({ signal: controller.signal })));
  const reason = new Error("enough");
  controller.abort(reason);
  expect(new Set(await Promise.all(calls))).toEqual(new Set([reason]));
});

test("a body that breaks off keeps its request ID", async () => {
  const cutError: typeof silence = (_req, res) => {
    res.writeHead(403, { "Content-Type": "application/json", "X-Request-Id": "r-half" });
    res.write('{"message":', () => setTimeout(() => res.destroy(), 20));
  };
  for (const answer of [half('{"items":', { isCut: true }), cutError]) {
    server.answer(answer);
    expect(await failureOf(once().keys.list())).toMatchObject({ name: "ConnectionError", requestId: "r-half" });
    expect(await failureOf(once().usage.export(MARCH).toArray())).toMatchObject({
      name: "ConnectionError",
      requestId: "r-half",
    });
  }
});

test("paging stops at an abort and at a failed page", async () => {
  const row = { date: "2026-03-09", api_key_id: 1, model: "x", cost: "1.00" };
  const page = { items: [row], pagination: { page: 1, limit: 1, total: 9, pages: 9 } };
  const controller = new AbortController();
  server.answer(json(200, page));
  const failure = await failureOf(
    (async () => {
      for await (const _ of client().usage.list(MARCH, { signal: controller.signal })) controller.abort();
    })(),
  );
  expect(failure.name).toBe("AbortError");
  server.answer(json(200, page), text(502, "<html>"));
  expect(await failureOf(collect(once().usage.list(MARCH)))).toMatchObject({ name: "ApiError", status: 502 });
});

test("throws an ApiError with INVALID_ANSWER for responses without orwatch's JSON", async () => {
  for (const answer of [
    text(200, "<html>Welcome to nginx</html>"),
    text(200, ""),
    json(200, [1, 2]),
    json(200, "hello"),
    json(200, { items: 7, total: 0 }),
    json(200, { ok: true }),
  ]) {
    server.answer(answer);
    const failure = await failureOf(client().keys.list());
    expect(failure).toMatchObject({ name: "ApiError", status: 200, code: "INVALID_ANSWER" });
  }
  server.answer(text(404, "<html>no</html>"));
  expect(await failureOf(client().stats.get())).toMatchObject({ name: "NotFoundError", status: 404, code: "HTTP_404" });
  server.answer(text(200, "not rows"));
  expect(await failureOf(client().usage.export(MARCH).toArray())).toMatchObject({
    name: "ApiError",
    code: "INVALID_ANSWER",
  });
});

test("reports a redirect to another server, and sends it no token", async () => {
  const login = await startBadServer();
  const seen: unknown[] = [];
  try {
    login.answer((req, res) => {
      seen.push(req.headers.authorization);
      const isMoved = req.url?.startsWith("/orwatch/");
      (isMoved ? json(401, { message: "Send an API token." }) : text(200, "<html>Log in</html>"))(req, res);
    });
    const redirect = (place: string) =>
      server.answer((_req, res) => void res.writeHead(302, { Location: login.url + place }).end());
    for (const call of [() => client().keys.list(), () => client().usage.export(MARCH).toStream()]) {
      redirect("/login?state=secret");
      const failure = await failureOf(call());
      expect(failure).toMatchObject({ name: "ApiError", code: "REDIRECTED", status: 200 });
      expect(failure.message).toContain(`redirects to ${login.url}/login. `);
      expect(failure.message).toMatch(/login page, allow requests to \/api\/v1\//);
    }
    redirect("/orwatch/api/v1/keys");
    const moved = await failureOf(client().keys.list());
    expect(moved).toMatchObject({ name: "ApiError", code: "REDIRECTED", status: 401 });
    expect(moved.message).toContain(`Set baseUrl to ${login.url}/orwatch.`);
    expect(seen).toEqual([undefined, undefined, undefined]);
  } finally {
    await login.close();
  }
});

test("rejects a page of a proxy in place of an export before the first byte", async () => {
  const page = text(200, "<html>Log in</html>");
  for (const answer of [
    page,
    (_req, res) => void res.writeHead(302, { Location: "/login" }).end(),
  ] as (typeof page)[]) {
    for (const read of ["toStream", "toArray"] as const) {
      server.answer(answer, page);
      expect(await failureOf(once().usage.export(MARCH)[read]())).toMatchObject({
        name: "ApiError",
        code: "INVALID_ANSWER",
        message: expect.stringContaining("text/html"),
      });
    }
  }
});

test("asks to try again later when a proxy cannot reach the server", async () => {
  for (const status of [502, 503, 504]) {
    server.answer(text(status, "<h1>Bad gateway</h1>"));
    const failure = await failureOf(once().keys.list());
    expect(failure).toMatchObject({ name: "ApiError", status, code: `HTTP_${status}` });
    const { message } = failure;
    expect(message).toMatch(/Try again later/);
    expect(message).not.toMatch(/baseUrl/);
  }
});

test("returns unknown fields of a newer server and omits missing fields of an older one", async () => {
  const newer = { items: [{ id: 1, name: "a", is_active: true, stats: {}, colour: "red" }], total: 1, hint: "new" };
  server.answer(json(200, newer));
  expect(await client().keys.list()).toEqual(newer);
  const older = {
    items: [{ date: "2026-03-01", api_key_id: 1, model: "x", cost: "1.00" }],
    pagination: { page: 1, pages: 1 },
  };
  server.answer(json(200, older));
  expect(await collect(client().usage.list(MARCH))).toEqual(older.items);
  expect(client().rateLimit).toBeNull();
});

test("reads as much as possible of an error in an unknown shape", async () => {
  server.answer(json(400, { message: "odd", code: 7, issues: [{ path: 3 }, "x", { path: "a", message: "is odd" }] }));
  const failure = await failureOf(client().keys.list());
  expect(failure).toMatchObject({ message: "odd", code: "HTTP_400" });
  expect(failure.issues).toEqual([
    { path: "", message: "is not valid", reason: "field_invalid", params: {} },
    { path: "a", message: "is odd", reason: "field_invalid", params: {} },
  ]);
});

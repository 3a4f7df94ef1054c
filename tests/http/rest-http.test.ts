import type { AddressInfo } from "node:net";
import { createServer } from "@orwatch/server/http/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Caller, type Harness, request, startHarness } from "../support/server/harness.ts";
import { sendRaw } from "../support/server/raw.ts";

let harness: Harness;
let user: Caller;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
  user = await harness.createUser();
});
afterAll(() => harness.close());

const call = (method: string, path: string, init: RequestInit = {}) =>
  request(`${harness.url}${path}`, {
    method,
    ...init,
    headers: { authorization: `Bearer ${user.credential}`, ...init.headers },
  });
const json = (body: string, type = "application/json") => ({ body, headers: { "content-type": type } });
const ERROR = {
  message: expect.any(String),
  reason: expect.any(String),
  params: expect.any(Object),
  code: expect.any(String),
  request_id: expect.stringMatching(/^[\da-f-]{36}$/),
};

describe("methods", () => {
  test("HEAD answers as GET, without a body", async () => {
    const [get, head] = [await call("GET", "/api/user"), await call("HEAD", "/api/user")];
    expect([head.status, head.text]).toEqual([200, ""]);
    for (const name of ["content-type", "content-length", "cache-control"])
      expect(head.headers.get(name), name).toBe(get.headers.get(name));
    expect((await request(`${harness.url}/api/user`, { method: "HEAD" })).status, "without a credential").toBe(401);
    expect((await call("HEAD", "/api/nothing")).status).toBe(404);
  });

  test("OPTIONS lists the allowed methods", async () => {
    const allow = async (path: string) => {
      const answer = await request(`${harness.url}${path}`, { method: "OPTIONS" });
      return [answer.status, answer.headers.get("allow")];
    };
    expect(await allow("/api/keys")).toEqual([204, "POST, GET, HEAD, OPTIONS"]);
    expect(await allow("/api/keys/1")).toEqual([204, "GET, PUT, DELETE, HEAD, OPTIONS"]);
    expect(await allow("/api/v1/usage/export")).toEqual([204, "GET, HEAD, OPTIONS"]);
    expect(await allow("/health")).toEqual([204, "GET, HEAD, OPTIONS"]);
    expect((await allow("/api/nothing"))[0]).toBe(404);
  });

  test("answers an unsupported method with 405 and Allow, on every path", async () => {
    for (const [method, path, allow] of [
      ["PATCH", "/api/keys/1", "GET, PUT, DELETE, HEAD, OPTIONS"],
      ["DELETE", "/api/user", "GET, PUT, HEAD, OPTIONS"],
      ["GET", "/api/auth/login", "POST, OPTIONS"],
      ["POST", "/api/usage/export", "GET, HEAD, OPTIONS"],
      ["POST", "/health", "GET, HEAD, OPTIONS"],
      ["PUT", "/health/ready", "GET, HEAD, OPTIONS"],
      ["POST", "/openapi.json", "GET, HEAD, OPTIONS"],
      ["DELETE", "/docs", "GET, HEAD, OPTIONS"],
      ["POST", "/", "GET, HEAD, OPTIONS"],
    ] as const) {
      const answer = await call(method, path);
      expect([answer.status, answer.headers.get("allow")], `${method} ${path}`).toEqual([405, allow]);
      expect(answer.body).toMatchObject({ ...ERROR, code: "METHOD_NOT_SUPPORTED" });
    }
  });
});

describe("paths", () => {
  test("paths ignore a trailing slash but not case", async () => {
    expect((await call("GET", "/api/user/")).status).toBe(200);
    expect((await call("GET", "/api/keys/?limit=3")).status).toBe(200);
    expect((await call("GET", "/health/")).body).toEqual({ status: "healthy" });
    expect((await call("GET", "/api/User")).status).toBe(404);
    expect((await call("GET", "/api//user")).status).toBe(404);
  });

  test("paths are percent-decoded, and rejected with 400 when not UTF-8", async () => {
    expect((await call("GET", "/api/%75ser")).status).toBe(200);
    expect((await call("GET", "/api/keys%2F1")).status, "an encoded slash parts nothing").toBe(404);
    for (const path of ["/api/%zz", "/api/user?x=%ff", "/api/keys?limit=%", "/api/v1/keys?x=%c3%28"])
      expect((await call("GET", path)).status, path).toBe(400);
  });

  test("paths that do not exist are 404 with a JSON error", async () => {
    for (const path of [
      "/api",
      "/api/",
      "/api/nothing",
      "/api/v1",
      "/api/v1/nothing",
      "/api/keys/1/nothing",
      "/trpc",
    ]) {
      const answer = await call("GET", path);
      expect([answer.status, answer.body], path).toEqual([404, { ...ERROR, code: "NOT_FOUND" }]);
    }
  });

  test("paths in absolute form are accepted, as proxies send them", async () => {
    const answer = await sendRaw(
      harness.url,
      `GET ${harness.url}/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    );
    expect([answer.status, answer.body]).toEqual([200, '{"status":"healthy"}']);
  });
});

describe("bodies", () => {
  test("bodies may declare the charset UTF-8 in any spelling", async () => {
    for (const type of [
      "application/json; charset=utf-8",
      "application/JSON;charset=UTF-8",
      'application/json; charset="utf-8"',
    ])
      expect((await call("POST", "/api/tokens", json('{"name":""}', type))).status, type).toBe(400);
    const made = await call("POST", "/api/tokens", json('{"name":"ünï"}', "application/json; charset=utf-8"));
    expect([made.status, made.body.name]).toEqual([201, "ünï"]);
  });

  test("bodies other than JSON in UTF-8 are 415", async () => {
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "application/json; charset=latin1",
      "",
      "json",
    ])
      expect((await call("POST", "/api/tokens", json('{"name":"x"}', type))).status, type).toBe(415);
    const packed = await call("POST", "/api/tokens", {
      body: "{}",
      headers: { "content-type": "application/json", "content-encoding": "gzip" },
    });
    expect(packed.status).toBe(415);
  });

  test("bodies may be empty when no fields are required", async () => {
    const other = await harness.createUser();
    const bare = await request(`${harness.url}/api/auth/logout`, {
      method: "POST",
      headers: { authorization: `Bearer ${other.credential}` },
    });
    expect(bare.status).toBe(200);
    const missing = await call("POST", "/api/tokens");
    expect([missing.status, missing.body.issues]).toMatchObject([400, [{ path: "name", reason: "field_missing" }]]);
  });

  test("bodies with invalid JSON, invalid UTF-8 or JSON other than an object are 400", async () => {
    for (const body of ['{"name":', "[]", "5", "null", '"x"', "{'name':'x'}", '{"name":"x"} {}'])
      expect((await call("POST", "/api/tokens", json(body))).body, body).toMatchObject({
        ...ERROR,
        code: "PARSE_ERROR",
      });
    const broken = new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]);
    expect((await call("POST", "/api/tokens", json(broken as never))).status).toBe(400);
  });

  test("bodies over 64 KiB are 413, with or without Content-Length, and the connection closes", async () => {
    const large = JSON.stringify({ name: "x".repeat(70_000) });
    const withLength = await call("POST", "/api/tokens", json(large));
    expect([withLength.status, withLength.headers.get("connection")]).toEqual([413, "close"]);
    const chunk = "x".repeat(70_000);
    const chunked = await sendRaw(
      harness.url,
      `POST /api/tokens HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${user.credential}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.length.toString(16)}\r\n${chunk}\r\n`,
    );
    expect(chunked.status).toBe(413);
    expect(JSON.parse(chunked.body)).toMatchObject({ ...ERROR, code: "PAYLOAD_TOO_LARGE" });
  });

  test("bodies must not repeat a parameter of the path", async () => {
    expect((await user.put("/api/keys/1", { id: 2, name: "x" })).status).toBe(400);
    expect((await user.put("/api/keys/1", { name: "x" })).status).toBe(404);
  });
});

describe("connections", () => {
  const ended = { timeoutMs: 8_000 };

  test("closes a request that never finishes with 408", async () => {
    const server = createServer(harness.server.app, {
      webFolder: "/nowhere",
      version: "0",
      readiness: () => ({ database: true, jobs: false }),
      requestTimeoutMs: 300,
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const head = "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    const slowBody = await sendRaw(url, `${head}Content-Length: 100\r\n\r\n{`, ended);
    const slowHead = await sendRaw(url, head, ended);
    expect([slowBody.status, slowHead.status]).toEqual([408, 408]);
    expect(JSON.parse(slowHead.body)).toMatchObject({ ...ERROR, code: "TIMEOUT" });
    const ready = await request(`${url}/health/ready`);
    expect([ready.status, ready.body]).toEqual([
      503,
      { status: "not ready", checks: { database: true, jobs: false, clock: true } },
    ]);
    expect((await request(`${url}/`)).status, "no web app was built").toBe(404);
    await new Promise((resolve) => server.close(resolve));
    expect(harness.logged.filter(({ level }) => level === "error")).toEqual([]);
  });

  test("rejects oversized headers with 431", async () => {
    const flood = Array.from({ length: 2000 }, (_, index) => `X-Flood-${index}: ${"y".repeat(60)}\r\n`).join("");
    const flooded = await sendRaw(harness.url, `GET /api/user HTTP/1.1\r\nHost: x\r\n${flood}\r\n`, ended);
    expect(flooded.status).toBe(431);
    expect(JSON.parse(flooded.body)).toMatchObject({ ...ERROR, code: "HEADERS_TOO_LARGE" });
  });

  test("rejects malformed requests with 400", async () => {
    const noise = await sendRaw(harness.url, "hello\r\n\r\n", ended);
    expect([noise.status, JSON.parse(noise.body).code]).toEqual([400, "BAD_REQUEST"]);
  });
});

test.each([
  ["two equal ones", "Host: a.example\r\nHost: a.example\r\n"],
  ["two different ones", "Host: a.example\r\nhost: b.example\r\n"],
  ["an empty and another one", "Host:\r\nHost: b.example\r\n"],
])("rejects a request with %s instead of one Host header with 400", async (_, lines) => {
  const answer = await sendRaw(harness.url, `GET /health HTTP/1.1\r\n${lines}Connection: close\r\n\r\n`);
  expect([answer.status, JSON.parse(answer.body).reason]).toEqual([400, "host_header_repeated"]);
});

test("rejects a missing Host with 400 and an unknown Expect with 417", async () => {
  const hostless = await sendRaw(harness.url, "GET /health HTTP/1.1\r\nConnection: close\r\n\r\n");
  expect([hostless.status, JSON.parse(hostless.body)]).toEqual([400, { ...ERROR, code: "BAD_REQUEST" }]);
  const expecting = await sendRaw(
    harness.url,
    "GET /health HTTP/1.1\r\nHost: x\r\nExpect: tea\r\nConnection: close\r\n\r\n",
  );
  expect([expecting.status, JSON.parse(expecting.body)]).toEqual([417, { ...ERROR, code: "EXPECTATION_FAILED" }]);
});

test("CORS_ORIGINS lets pages of the listed origins call with a token, never with a cookie", async () => {
  await harness.restart({ CORS_ORIGINS: "https://grafana.example.com" });
  const preflight = (origin: string) =>
    request(`${harness.url}/api/v1/keys`, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "GET", "access-control-request-headers": "authorization" },
    });
  const allowed = await preflight("https://grafana.example.com");
  expect([allowed.status, allowed.headers.get("access-control-allow-origin")]).toEqual([
    204,
    "https://grafana.example.com",
  ]);
  expect(allowed.headers.get("access-control-allow-headers")).toContain("Authorization");
  expect(allowed.headers.get("access-control-allow-credentials")).toBeNull();
  const other = await preflight("https://evil.example.com");
  expect(other.headers.get("access-control-allow-origin")).toBeNull();
  expect(other.headers.get("vary")).toContain("Origin");
  const answer = await user.get("/api/v1/keys", { origin: "https://grafana.example.com" });
  expect(answer.headers.get("access-control-expose-headers")).toContain("X-RateLimit-Remaining");
  const beyond = await user.get("/api/user", { origin: "https://grafana.example.com" });
  expect(beyond.headers.get("access-control-allow-origin")).toBeNull();
});

describe("problem details", () => {
  test("errors are problem details (RFC 9457) for clients that accept them", async () => {
    const answer = await call("GET", "/api/keys?limit=x", {
      headers: { accept: "application/problem+json, application/json" },
    });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([
      400,
      "application/problem+json; charset=utf-8",
    ]);
    const { message, request_id } = answer.body;
    expect(answer.body).toMatchObject({
      ...ERROR,
      type: "about:blank",
      title: "Bad Request",
      status: 400,
      detail: message,
      instance: `urn:uuid:${request_id}`,
      issues: [{ path: "limit" }],
    });
    expect(answer.headers.get("vary")).toContain("Accept");
  });

  test("other clients get errors as before", async () => {
    const answer = await call("GET", "/api/keys?limit=x");
    expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(Object.keys(answer.body).sort()).toEqual(["code", "issues", "message", "params", "reason", "request_id"]);
  });
});

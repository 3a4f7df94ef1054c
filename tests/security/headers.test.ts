import { afterAll, beforeAll, expect, test } from "vitest";
import { issueToken } from "../support/openrouter/seed.ts";
import { type Caller, type Harness, PASSWORD, startHarness } from "../support/server/harness.ts";
import { sendRaw } from "../support/server/raw.ts";
import { serveWebApp } from "../support/server/web-app.ts";

const METRICS_TOKEN = "a-token-for-who-reads-the-metrics";
const ORIGIN = "https://evil.example.com";
const RANGE = "start_date=2026-03-01&end_date=2026-03-10";

let harness: Harness;
let user: Caller;
let cookie: string;
let token: string;
/** The same app behind an https:// PUBLIC_URL and with a web app to serve. */
let url: string;
let close: () => Promise<unknown>;

beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" }, env: { METRICS_TOKEN } });
  user = await harness.createUser();
  cookie = `orwatch_session=${user.credential}`;
  token = (await issueToken(user)).token;
  ({ url, close } = await serveWebApp(harness));
});
afterAll(async () => {
  await close();
  await harness.close();
});

const JSON_BODY = { "content-type": "application/json" };
const session = () => ({ authorization: `Bearer ${user.credential}` });
const withToken = () => ({ authorization: `Bearer ${token}` });
const withCookie = () => ({ cookie: `__Host-${cookie}` });

type Kind = "page" | "asset" | "file" | "document" | "secret" | "revalidated" | "plain";
interface Case {
  method?: string;
  path: string;
  kind: Kind;
  status: number;
  init?: () => RequestInit;
}
const get = (path: string, kind: Kind, status = 200, headers?: () => Record<string, string>): Case => ({
  path,
  kind,
  status,
  ...(headers ? { init: () => ({ headers: headers() }) } : {}),
});
const send = (method: string, path: string, status: number, body: unknown, headers = () => ({})): Case => ({
  method,
  path,
  kind: "secret",
  status,
  init: () => ({ headers: { ...JSON_BODY, ...headers() }, body: JSON.stringify(body) }),
});

/** One case for each kind of response. Add new kinds here. */
const CASES: Case[] = [
  get("/", "page"),
  get("/login", "page"),
  get("/keys?limit=10", "page"),
  get("/index.html", "page"),
  get("/docs", "page"),
  get("/redoc", "page"),
  get("/theme.js", "file"),
  get("/assets/app-1a2b.js", "asset"),
  get("/assets/inter.woff2", "asset"),
  get("/docs/start.js", "file"),
  get("/docs/swagger-ui.css", "file"),
  get("/redoc/start.js", "file"),
  get("/openapi.json", "document"),
  get("/health", "secret"),
  get("/health/ready", "secret"),
  get("/metrics", "secret", 401),
  get("/metrics", "secret", 200, () => ({ authorization: `Bearer ${METRICS_TOKEN}` })),
  get("/no-such-file.js", "secret", 404),
  get("/.hidden.js", "secret", 404),
  get("/api", "secret", 404),
  get("/api/nothing", "secret", 404),
  get("/api/user", "secret", 401),
  get("/api/user", "secret", 200, session),
  get("/api/keys", "secret", 200, session),
  get("/api/tokens", "secret", 200, session),
  get("/api/stats/dashboard", "revalidated", 200, session),
  get(`/api/usage?${RANGE}`, "revalidated", 200, session),
  get("/api/usage", "secret", 400, session),
  get(`/api/usage/export?${RANGE}`, "secret", 200, session),
  get("/api/v1/keys", "revalidated", 200, withToken),
  get("/api/v1/stats", "revalidated", 200, withToken),
  get(`/api/v1/usage/export?${RANGE}`, "secret", 200, withToken),
  get("/api/v1/keys", "secret", 401, () => ({ authorization: `Bearer or_api_${"x".repeat(64)}` })),
  get("/api/keys/1", "secret", 404, session),
  get("/api/%zz", "secret", 400),
  send("POST", "/api/auth/login", 401, { email: "nobody@example.com", password: "x" }),
  send("POST", "/api/auth/login", 400, {}),
  send("PUT", "/api/auth/login", 405, {}),
  send("POST", "/api/tokens", 201, { name: "shown once" }, session),
  send("POST", "/api/tokens", 413, { name: "x".repeat(70_000) }, session),
  { method: "POST", path: "/api/tokens", kind: "secret", status: 415, init: () => ({ body: "a", headers: session() }) },
  { method: "OPTIONS", path: "/api/keys", kind: "plain", status: 204 },
  { method: "OPTIONS", path: "/health", kind: "plain", status: 204 },
  { method: "POST", path: "/", kind: "secret", status: 405 },
  get("/trpc/auth.settings", "secret"),
  get("/trpc/auth.me?input=%7B%7D", "secret", 200, withCookie),
  get("/trpc/auth.me?input=%7B%7D", "secret", 401),
  get("/trpc/nothing", "secret", 404),
  get("/trpc/%zz", "secret", 400),
  get("/trpc/v1.keys?input=%7B%7D", "secret", 200, withToken),
  send("POST", "/trpc/auth.signIn", 401, { email: "nobody@example.com", password: "x" }),
  send("POST", "/trpc/tokens.issue", 403, { name: "x" }, () => ({ ...withCookie(), origin: ORIGIN })),
  send("POST", "/trpc/keys.add", 413, { name: "x".repeat(70_000) }, withCookie),
];

const ALWAYS: Record<string, RegExp> = {
  "x-content-type-options": /^nosniff$/,
  "x-frame-options": /^DENY$/,
  "referrer-policy": /^no-referrer$/,
  "cross-origin-opener-policy": /^same-origin$/,
  "cross-origin-resource-policy": /^same-origin$/,
  "permissions-policy": /camera=\(\).*geolocation=\(\).*microphone=\(\)/,
  "strict-transport-security": /^max-age=31536000$/,
  "x-request-id": /^[\da-f-]{36}$/,
};

const CACHED: Record<Kind, RegExp | null> = {
  page: /^no-cache$/,
  asset: /^public, max-age=31536000, immutable$/,
  file: /^no-cache$/,
  document: /^no-cache$/,
  secret: /^no-store$/,
  revalidated: /^private, no-cache$/,
  plain: null,
};

const directivesOf = (policy: string) =>
  new Map(policy.split("; ").map((part) => part.split(/ (.*)/s) as [string, string]));

test.each(CASES.map((it) => [it.method ?? "GET", it.path, it.status, it.kind, it] as const))(
  "%s %s answers %i with every security header: %s",
  async (method, path, status, kind, { init }) => {
    const base = init?.() ?? {};
    const answer = await fetch(`${url}${path}`, {
      ...base,
      method,
      headers: {
        origin: method === "POST" && path.startsWith("/trpc/") ? url.replace("http:", "https:") : ORIGIN,
        ...base.headers,
      },
    });
    const html = await answer.text();
    expect(answer.status, html.slice(0, 200)).toBe(status);
    for (const [name, value] of Object.entries(ALWAYS)) expect(answer.headers.get(name), name).toMatch(value);
    for (const name of ["server", "x-powered-by", "access-control-allow-credentials"])
      expect(answer.headers.get(name), name).toBeNull();
    // Only the OpenAPI document is for every site.
    expect(answer.headers.get("access-control-allow-origin")).toBe(kind === "document" ? "*" : null);
    const cached = CACHED[kind];
    if (cached) expect(answer.headers.get("cache-control")).toMatch(cached);
    if (html !== "")
      expect(answer.headers.get("content-type")).toMatch(/; charset=utf-8|^application\/json$|^font\/woff2$/);
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    const directives = directivesOf(policy);
    expect(directives.get("default-src")).toBe("'none'");
    expect(directives.get("base-uri")).toBe("'none'");
    expect(directives.get("frame-ancestors")).toBe("'none'");
    if (kind !== "page") return;
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(directives.get("script-src")).toBe("'self'");
    expect(directives.get("object-src")).toBe("'none'");
    expect(directives.get("form-action")).toBe("'self'");
    expect(directives.get("style-src")).toMatch(/^'self' 'nonce-[\w-]{22}'( 'sha256-[\w+/]{43}=')*$/);
    expect(html).not.toMatch(/<script(?![^>]* src=)|<style| on\w+=| style=|\{\{/);
  },
);

test("pages have a fresh nonce each time", async () => {
  const nonces = new Set<string>();
  for (const path of ["/", "/", "/redoc", "/redoc", "/keys"]) {
    const answer = await fetch(`${url}${path}`, { headers: { "if-none-match": "*" } });
    expect(answer.headers.get("etag")).toBeNull();
    const nonce = /'nonce-([\w-]+)'/.exec(answer.headers.get("content-security-policy") ?? "")?.[1] ?? "none";
    expect(await answer.text()).toContain(`nonce="${nonce}"`);
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(5);
});

test("sends the security headers with responses to malformed requests", async () => {
  const flood = Array.from({ length: 2000 }, (_, index) => `X-Flood-${index}: ${"y".repeat(60)}\r\n`).join("");
  for (const [bytes, status] of [
    ["hello\r\n\r\n", 400],
    [`GET / HTTP/1.1\r\nHost: x\r\n${flood}\r\n`, 431],
    ["GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400],
    ["GET / HTTP/1.1\r\nHost: x\r\nExpect: tea\r\nConnection: close\r\n\r\n", 417],
  ] as const) {
    const answer = await sendRaw(url, bytes);
    expect(answer.status).toBe(status);
    for (const [name, value] of Object.entries(ALWAYS)) expect(answer.headers[name], name).toMatch(value);
    expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
    expect(answer.headers["cache-control"]).toBe("no-store");
  }
});

test("sends no HSTS over plain HTTP", async () => {
  const answer = await fetch(`${harness.url}/health`);
  expect(answer.headers.get("strict-transport-security")).toBeNull();
});

test("session cookies are HttpOnly, SameSite, and Secure behind HTTPS", async () => {
  const signIn = (base: string) =>
    fetch(`${base}/trpc/auth.signIn`, {
      method: "POST",
      headers: JSON_BODY,
      body: JSON.stringify({ email: user.email, password: PASSWORD }),
    });
  const [plain, secure] = await Promise.all([signIn(harness.url), signIn(url)]);
  expect(plain.headers.getSetCookie()[0]).toMatch(
    /^orwatch_session=\w{40}; HttpOnly; Max-Age=\d+; Path=\/; SameSite=Lax$/,
  );
  expect(secure.headers.getSetCookie()[0]).toMatch(
    /^__Host-orwatch_session=\w{40}; HttpOnly; Max-Age=\d+; Path=\/; SameSite=Lax; Secure$/,
  );
});

test.each([
  ["false", "max-age=31536000"],
  ["true", "max-age=31536000; includeSubDomains"],
])("HSTS_INCLUDE_SUBDOMAINS=%s sends HSTS as %s", async (setting, expected) => {
  const env = { PUBLIC_URL: "https://watch.example.com", HSTS_INCLUDE_SUBDOMAINS: setting };
  const server = await startHarness({ env });
  try {
    const answer = await fetch(`${server.url}/health`);
    expect(answer.headers.get("strict-transport-security")).toBe(expected);
  } finally {
    await server.close();
  }
});

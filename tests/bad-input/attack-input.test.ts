import { mkdirSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { createServer } from "@orwatch/server/http/server";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { parseCsv } from "../support/checks/csv.ts";
import { issueToken, seedUsage } from "../support/openrouter/seed.ts";
import { type Caller, callerOf, type Harness, request, startHarness } from "../support/server/harness.ts";
import { sendRaw } from "../support/server/raw.ts";

const RANGE = "start_date=2026-03-01&end_date=2026-03-10";

let harness: Harness;
let user: Caller;
const tried: Record<string, number> = {};
const count = (what: string, times = 1) => {
  tried[what] = (tried[what] ?? 0) + times;
};

beforeAll(async () => {
  harness = await startHarness({
    sim: { now: "2026-03-10T12:00:00Z" },
    env: { TRUST_PROXY: "127.0.0.1", MAX_API_KEYS_PER_USER: "3", MAX_API_TOKENS_PER_USER: "3" },
  });
  user = await harness.createUser("ada@example.com");
}, 60_000);
beforeEach(() => harness.sim.clock.advance(61_000));
afterAll(async () => {
  const total = Object.values(tried).reduce((sum, times) => sum + times, 0);
  const each = Object.entries(tried).map(([what, times]) => `${what} ${times}`);
  process.stdout.write(`attacks by input: ${total} inputs tried (${each.join(", ")})\n`);
  const faults = harness.logged.filter(({ level }) => level === "error");
  await harness.close();
  expect(faults).toEqual([]);
});

/** Sends a request as if from `address`, through the trusted proxy. */
const from = (address: string, where: string, body: unknown) =>
  request(`${harness.url}${where}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": address },
    body: JSON.stringify(body),
  });
const logIn = (address: string, email: string, password: string) =>
  from(address, "/api/auth/login", { email, password });
const SQL = [
  "' OR '1'='1",
  "' OR 1=1 --",
  "'; DROP TABLE users; --",
  '" OR ""="',
  "1; ATTACH DATABASE '/tmp/x.db' AS x",
  "' UNION SELECT password_hash FROM users --",
  "x' AND (SELECT count(*) FROM users) > 0 --",
  "') OR ('1'='1",
  "'||(SELECT email FROM users LIMIT 1)||'",
  "1 OR randomblob(1000000000)",
  "%' OR name LIKE '%",
  "\\'; PRAGMA writable_schema=1; --",
  "'; SELECT load_extension('x'); --",
  "admin'/*",
  "0x27204f5220313d31",
];

test("treats SQL in inputs as text", async () => {
  const other = await harness.createUser("eve@example.com");
  seedUsage(harness, { email: other.email, keys: ["hers"], models: ["secret-model"], through: "2026-03-10", days: 2 });
  const { reader } = harness.server.app.db;
  const shape = () => reader.prepare("SELECT sql FROM sqlite_master ORDER BY name").pluck().all();
  const users = () => reader.prepare("SELECT count(*) FROM users").pluck().get();
  const [schemaBefore, usersBefore] = [shape(), users()];
  for (const text of SQL) {
    const q = encodeURIComponent(text);
    harness.sim.clock.advance(61_000);
    const answers = [
      await logIn("192.0.2.1", text, text),
      await logIn("192.0.2.1", `${text}@example.com`, text),
      await user.get(`/api/usage?${RANGE}&model=${q}`),
      await user.get(`/api/usage?${RANGE}&api_key_id=${q}`),
      await user.get(`/api/usage/export?${RANGE}&format=json&model=${q}&exclude_model=${q}`),
      await user.get(`/api/usage/export?${RANGE}&sort=${q}`),
      await user.get(`/api/stats/dashboard?model=${q}`),
      await user.get(`/api/stats/dashboard?start_date=${q}&end_date=${q}`),
      await user.get(`/api/keys?skip=${q}&limit=${q}`),
      await user.get(`/api/keys/${q}`),
      await user.delete(`/api/tokens/${q}`),
      await user.post("/api/tokens", { name: text }),
      await user.post("/api/alerts/rules", { name: text, kind: text }),
      await user.get(`/api/inbox?only=${q}`),
    ];
    count("SQL", answers.length);
    for (const answer of answers) {
      expect(answer.status, answer.text).toBeLessThan(500);
      expect(answer.text).not.toMatch(/secret-model|eve@example|\$argon2|SQLITE|syntax error/);
    }
    for (const { id } of (await user.get("/api/tokens")).body) await user.delete(`/api/tokens/${id}`);
  }
  expect([shape(), users()]).toEqual([schemaBefore, usersBefore]);
});

test("no body or query changes a prototype", async () => {
  const bodies = [
    '{"__proto__":{"polluted":1}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '{"name":"x","__proto__":{"polluted":1}}',
    '{"name":{"__proto__":{"polluted":1}}}',
    '[{"__proto__":{"polluted":1}}]',
  ];
  for (const body of bodies)
    for (const where of ["/api/tokens", "/api/keys", "/api/alerts/rules", "/api/channels", "/trpc/tokens.issue"]) {
      const headers = {
        "content-type": "application/json",
        authorization: where.startsWith("/api") ? `Bearer ${user.credential}` : "",
        cookie: `orwatch_session=${user.credential}`,
      };
      expect(
        (await request(`${harness.url}${where}`, { method: "POST", headers, body })).status,
        `${where} ${body}`,
      ).toBe(400);
      count("prototypes");
    }
  for (const query of ["__proto__[polluted]=1", "constructor.prototype.polluted=1", "__proto__=1&__proto__=2"]) {
    expect((await user.get(`/api/keys?${query}`)).status).toBeLessThan(500);
    count("prototypes");
  }
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test("no path escapes the web app's folder", async () => {
  const webFolder = path.join(harness.folder, "site/web");
  mkdirSync(path.join(webFolder, "assets"), { recursive: true });
  writeFileSync(path.join(webFolder, "index.html"), "<!doctype html>the page");
  writeFileSync(path.join(webFolder, "assets/app.js"), "// app");
  for (const name of ["../.env", "../secret.txt", ".env", "assets/.secret"])
    writeFileSync(path.join(webFolder, name), "TOP-SECRET");
  const server = createServer(harness.server.app, {
    webFolder,
    version: "0",
    readiness: () => ({ database: true, jobs: true }),
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ups = ["..", "%2e%2e", "%2E.", "..%00", "....", "..;", "%252e%252e", "%c0%ae%c0%ae", "．．"];
  const slashes = ["/", "%2f", "\\", "%5c", "//", "/./", "%252f"];
  const files = [".env", "site/web/.env"];
  for (const start of ["", "/assets"])
    for (const up of ups)
      for (const slash of slashes)
        for (const file of files) {
          const target = Buffer.from(`${start}/${up}${slash}${up}${slash}${file}`, "utf8");
          const bytes = Buffer.concat([
            Buffer.from("GET "),
            target,
            Buffer.from(" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
          ]);
          const answer = await sendRaw(url, bytes);
          count("paths");
          expect(answer.body, String(target)).not.toMatch(/TOP-SECRET|root:/);
          expect([200, 400, 404], String(target)).toContain(answer.status);
        }
  for (const target of ["/.env", "/assets/.secret", "/assets/", "/assets", "//etc/passwd", "file:///etc/passwd"])
    expect((await sendRaw(url, `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)).body).not.toMatch(
      /TOP-SECRET|root:/,
    );
  await new Promise((resolve) => server.close(resolve));
}, 60_000);

test("escapes CSV cells that a spreadsheet would execute", async () => {
  const formulas = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://evil.example.com")',
    "＝1+1",
    '"=1+1',
    "a\n=1+1",
    "a,=1+1",
  ];
  const person = await harness.createUser("csv@example.com");
  seedUsage(harness, { email: person.email, keys: formulas, models: formulas, through: "2026-03-10", days: 1 });
  const { token } = await issueToken(person);
  for (const file of [
    await person.get(`/api/usage/export?${RANGE}&format=csv&group_by=key&group_by=model`),
    await callerOf(() => harness.url, token).get(`/api/v1/usage/export?${RANGE}&format=csv`),
  ]) {
    expect(file.status).toBe(200);
    const rows = parseCsv(file.text);
    expect(rows.length).toBe(formulas.length ** 2 + 1);
    for (const cell of rows.flat()) {
      count("cells");
      expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠](?!\d+(\.\d+)?$)/);
    }
  }
});

test("no input becomes a response header", async () => {
  const evil = "x\r\nX-Injected: 1\r\nSet-Cookie: a=b";
  const encoded = encodeURIComponent(evil);
  const answers = [
    await user.get(`/api/usage/export?${RANGE}&model=${encoded}&format=csv`),
    await user.get(`/api/usage/export?start_date=${encoded}&end_date=2026-03-10`),
    await user.get(`/api/${encoded}`),
    await user.get(`/${encoded}`),
    await user.post("/api/tokens", { name: evil }),
    await user.post("/api/keys", { name: evil, key: `sk-or-v1-${evil}` }),
    await logIn("192.0.2.9", `${evil}@example.com`, evil),
    await logIn(`192.0.2.9${encoded}`, "a@example.com", "x"),
    await request(`${harness.url}/api/v1/keys`, {
      headers: { origin: "https://x.example.com", authorization: "Bearer x y" },
    }),
  ];
  for (const { headers } of answers) {
    count("headers");
    expect(headers.get("x-injected")).toBeNull();
    expect(headers.get("set-cookie")).toBeNull();
  }
  for (const line of [
    "X-Forwarded-Host: evil.example.com",
    "X-Original-URL: /api/user",
    "X-HTTP-Method-Override: DELETE",
  ]) {
    const answer = await sendRaw(
      harness.url,
      `GET /login HTTP/1.1\r\nHost: evil.example.com\r\n${line}\r\nConnection: close\r\n\r\n`,
    );
    count("headers");
    expect(`${JSON.stringify(answer.headers)}${answer.body}`).not.toContain("evil.example.com");
  }
  const smuggled = await sendRaw(
    harness.url,
    "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\nGET /api/user HTTP/1.1\r\nHost: x\r\n\r\n",
  );
  count("headers");
  expect(smuggled.status).toBe(400);
});

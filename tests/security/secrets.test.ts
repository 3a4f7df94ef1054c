import { createHash } from "node:crypto";
import { backUp } from "@orwatch/server/jobs/backup";
import { validateAll } from "@orwatch/server/keys/validation/validate";
import { syncAll } from "@orwatch/server/sync/service";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { expectNone, readFolder, readLog, textOf } from "../support/checks/secrecy.ts";
import { type Caller, callerOf, type Harness, request, settle, startHarness } from "../support/server/harness.ts";

const ENCRYPTION_KEY = "a-key-for-tests-of-more-than-32-characters";
const METRICS_TOKEN = "a-token-for-who-reads-the-metrics";
const PASSWORD = "Secretive-Horse-12";
const NEW_PASSWORD = "Another-Horse-10";
const WRONG_PASSWORD = "Mistaken-Horse-11";

let harness: Harness;
/** Every response of the server, and the paths that must return a secret because that is their purpose. */
const answers: { url: string; text: string }[] = [];
const mayShow = new Map<string, string>();
const secrets: Record<string, string[]> = { keys: [], tokens: [], sessions: [], passwords: [] };

function record(url: string, response: Response): void {
  if (!url.startsWith(harness.url)) return;
  const copy = response.clone();
  copied.push(copy.text().then((text) => void answers.push({ url, text: `${[...copy.headers].join("\n")}\n${text}` })));
}
const copied: Promise<void>[] = [];

beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" }, env: { METRICS_TOKEN } });
  const { fetch } = globalThis;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const response = await fetch(input, init);
    record(String(input), response);
    return response;
  });
  await liveThroughEverything();
  await Promise.all(copied);
}, 60_000);
afterAll(async () => {
  vi.restoreAllMocks();
  await harness.close();
});

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  request(`${harness.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

async function logIn(email: string, password: string): Promise<Caller> {
  const answer = await post("/api/auth/login", { email, password });
  secrets.sessions?.push(answer.body.access_token);
  mayShow.set(answer.body.access_token, "/api/auth/login");
  return callerOf(() => harness.url, answer.body.access_token, email);
}

async function issueToken(user: Caller): Promise<Caller> {
  const { token } = (await user.post("/api/tokens", { name: "t" })).body;
  secrets.tokens?.push(token);
  mayShow.set(token, "/api/tokens");
  return callerOf(() => harness.url, token);
}

/** Uses every feature once, with the failures that can occur on the way. */
async function liveThroughEverything(): Promise<void> {
  secrets.passwords?.push(PASSWORD, NEW_PASSWORD, WRONG_PASSWORD);
  await post("/api/auth/register", { email: "ada@example.com", password: PASSWORD, password_confirm: PASSWORD });
  await post("/api/auth/register", {
    email: "ada@example.com",
    password: NEW_PASSWORD,
    password_confirm: NEW_PASSWORD,
  });
  await post("/api/auth/register", { email: "x", password: NEW_PASSWORD, password_confirm: PASSWORD });
  for (let turn = 0; turn < 2; turn++)
    await post("/api/auth/login", { email: "ada@example.com", password: WRONG_PASSWORD });
  const user = await logIn("ada@example.com", PASSWORD);
  const cookie = await liveInTheBrowser();
  await liveWithKeys(user);
  const token = await issueToken(user);
  await readWithToken(token);
  await workAlone();
  await readEverything(user);
  await user.put("/api/user/password", {
    current_password: PASSWORD,
    new_password: NEW_PASSWORD,
    new_password_confirm: NEW_PASSWORD,
  });
  await user.put("/api/user/password", {
    current_password: WRONG_PASSWORD,
    new_password: "x",
    new_password_confirm: "y",
  });
  await user.post("/api/auth/logout");
  for (const dead of [user, callerOf(() => harness.url, `or_api_${"x".repeat(64)}`)])
    for (const path of ["/api/user", "/api/keys", "/api/v1/keys"]) await dead.get(path);
  await request(`${harness.url}/trpc/keys.list?input=%7B%7D`, { headers: { cookie } });
}

async function liveInTheBrowser(): Promise<string> {
  const signedIn = await post("/trpc/auth.signIn", { email: "ada@example.com", password: PASSWORD });
  const cookie = signedIn.headers.getSetCookie()[0]?.split(";")[0] as string;
  const sessionId = cookie.split("=")[1] as string;
  secrets.sessions?.push(sessionId);
  mayShow.set(sessionId, "/trpc/auth.signIn");
  await post("/trpc/auth.logout", {}, { cookie, origin: "https://evil.example.com" });
  await post("/trpc/keys.add", { name: "k", key: "sk-or-v1-half" }, { cookie });
  await post("/trpc/keys.add", `{"name":"k","key":"sk-or-v1-half`, { cookie });
  await post("/trpc/no.such", {}, { cookie, authorization: `Bearer ${sessionId}` });
  return cookie;
}

async function liveWithKeys(user: Caller): Promise<void> {
  const { ledger, faults } = harness.sim;
  const account = ledger.addAccount({ creditsNanos: 5_000_000_000n });
  const made = [ledger.addManagementKey(account.id), ...Array.from({ length: 4 }, () => ledger.addKey(account.id))];
  const [manager, used, disabled, down, redirected] = made as [(typeof made)[0], ...typeof made];
  secrets.keys?.push(...made.map(({ secret }) => secret), `sk-or-v1-${"0".repeat(64)}`);
  ledger.spendOnDay("2026-03-09", used!, "m/x", { costNanos: 5n });
  ledger.updateKey(disabled!, { disabled: true });
  faults.add({ match: { keyHash: down!.hash }, kind: "half-json" });
  faults.add({ match: { keyHash: redirected!.hash }, kind: "redirect", location: `${harness.sim.url}/key` });
  const add = (key: unknown) => user.post("/api/keys", { name: "k", key });
  for (const key of [...made, manager!]) await add(key.secret);
  await add(`sk-or-v1-${"0".repeat(64)}`);
  await add([used!.secret]);
  await add(`${used!.secret} `.repeat(5));
  await user.post("/api/keys", { name: used!.secret.slice(0, 5), key: used!.secret, description: 5 });
  await settle(harness);
  for (const { id } of (await user.get("/api/keys")).body.items)
    for (const path of ["", "/validate", "/sync"])
      await (path === "" ? user.get(`/api/keys/${id}`) : user.post(`/api/keys/${id}${path}`));
  faults.add({ match: { path: "/analytics/query" }, kind: "html-200", times: 6 });
  faults.add({ match: { path: "/key" }, kind: "401", times: 4 });
}

async function readWithToken(token: Caller): Promise<void> {
  const range = "start_date=2026-03-01&end_date=2026-03-10";
  for (const path of [
    "stats",
    `usage?${range}`,
    `usage/export?${range}&format=csv`,
    "keys",
    "no-such",
    "usage?start_date=x",
  ])
    await token.get(`/api/v1/${path}`);
  await token.get("/api/keys");
  await request(`${harness.url}/trpc/v1.keys?input=%7B%7D`, {
    headers: { authorization: `Bearer ${token.credential}` },
  });
}

async function workAlone(): Promise<void> {
  const { app } = harness.server;
  await syncAll(app);
  harness.sim.clock.advance(61_000);
  await validateAll(app);
  await backUp(app, "daily");
  await harness.restart({ ENCRYPTION_KEY: "quite another key, as after a lost .env file" });
  await syncAll(harness.server.app);
  await harness.restart({ METRICS_TOKEN });
  const { getCurrentKey } = harness.server.app.openRouter;
  harness.server.app.openRouter.getCurrentKey = async (caller) => {
    throw new Error(`fell over ${caller.secret} with Authorization: Bearer ${caller.secret}`, { cause: caller });
  };
  await syncAll(harness.server.app);
  await validateAll(harness.server.app);
  harness.server.app.openRouter.getCurrentKey = getCurrentKey;
}

async function readEverything(user: Caller): Promise<void> {
  const range = "start_date=2026-03-01&end_date=2026-03-10";
  for (const path of [
    "user",
    "keys",
    "tokens",
    "stats/dashboard",
    `usage?${range}`,
    `usage/export?${range}&format=json`,
  ])
    await user.get(`/api/${path}`);
  for (const path of ["/health", "/health/ready", "/openapi.json", "/metrics", "/docs", "/.env", "/../.env"])
    await request(`${harness.url}${path}`);
  await request(`${harness.url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
  await post("/api/auth/login", `{"password":"${PASSWORD}`);
  await post(
    "/api/keys",
    { key: secrets.keys?.[0] },
    { authorization: `Bearer ${user.credential}`, "content-type": "text/plain" },
  );
}

test("enough secrets, responses and log lines were collected for the searches below", () => {
  for (const [kind, list] of Object.entries(secrets)) expect(list.length, kind).toBeGreaterThan(0);
  expect(answers.length).toBeGreaterThan(60);
  expect(harness.logged.length).toBeGreaterThan(answers.length);
  expect(readLog(harness)).toContain("fell over [redacted]");
  process.stdout.write(
    `secrets: ${Object.values(secrets).flat().length} searched for in ${answers.length} answers and ${harness.logged.length} lines of log\n`,
  );
});

test.each(["keys", "tokens", "sessions", "passwords"])(
  "no response contains %s, except the one that issues them",
  (kind) => {
    for (const secret of secrets[kind] ?? [])
      for (const { url, text } of answers) {
        if (new URL(url).pathname === mayShow.get(secret) && text.includes(secret)) continue;
        expectNone([secret], text, url);
      }
  },
);

test.each(["keys", "tokens", "sessions", "passwords"])("each secret is returned once: %s", (kind) => {
  for (const secret of secrets[kind] ?? []) {
    const shown = answers.filter(({ text }) => text.includes(secret)).length;
    expect(shown).toBe(mayShow.has(secret) ? 1 : 0);
  }
});

test("no line of the log contains a secret or a key of the server", () => {
  const all = [...Object.values(secrets).flat(), ENCRYPTION_KEY, METRICS_TOKEN];
  expectNone(all, readLog(harness), "the log");
});

test("no file in the data folder contains a secret: database, write-ahead log, backup", () => {
  const folder = readFolder(harness);
  expect(folder).toContain(
    createHash("sha256")
      .update(secrets.keys?.[0] ?? "")
      .digest("hex"),
  );
  expectNone([...Object.values(secrets).flat(), ENCRYPTION_KEY], folder, "the folder");
});

test("a key goes to OpenRouter as a bearer credential only, never in an address or a body", () => {
  for (const { path, query, body } of harness.sim.requests)
    expectNone(secrets.keys ?? [], `${path}${JSON.stringify(query)}${JSON.stringify(body)}`, path);
});

test("the search of this test finds secrets in plain, base64 and hex", () => {
  expect(() => expectNone(["secret-word"], "a secret", "here")).not.toThrow();
  for (const text of ["a secret-word b", Buffer.from("secret-word").toString("base64"), "7365637265742d776f7264"])
    expect(() => expectNone(["secret-word"], text, "here")).toThrow();
  expect(textOf({ headers: new Headers({ a: "b" }), text: "c" } as never)).toBe("a,b\nc");
});

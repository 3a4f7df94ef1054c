import { createHash } from "node:crypto";
import Database from "better-sqlite3";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  type Answer,
  callerOf,
  type Harness,
  PASSWORD,
  request,
  settle,
  startHarness,
} from "../support/server/harness.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({
    sim: { now: "2026-03-10T12:00:00Z" },
    env: { SESSION_EXPIRATION_HOURS: "24", SESSION_ABSOLUTE_HOURS: "" },
  });
});
afterAll(() => harness.close());
// Registrations and failed logins are counted per minute.
beforeEach(() => harness.sim.clock.advance(61_000));

const NEW_PASSWORD = "Another-Horse-10";

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  request(`${harness.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
const register = (email: string, password = PASSWORD) =>
  post("/api/auth/register", { email, password, password_confirm: password });
const logIn = (email: string, password = PASSWORD) => post("/api/auth/login", { email, password });

/** Logs in as the web app does and returns the cookie for further requests. */
async function signIn(email: string, password = PASSWORD): Promise<{ answer: Answer; cookie: string }> {
  const answer = await post("/trpc/auth.signIn", { email, password });
  return { answer, cookie: answer.headers.getSetCookie()[0]?.split(";")[0] ?? "" };
}
const meByCookie = (cookie: string) =>
  request(`${harness.url}/trpc/auth.me?input=${encodeURIComponent("{}")}`, { headers: { cookie } });

/** Every value of every table, as text: what a stolen file would reveal. */
function readWholeFile(): string {
  const db = new Database(`${harness.folder}/app.db`, { readonly: true });
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[];
  const text = tables.map((table) => JSON.stringify(db.prepare(`SELECT * FROM "${table}"`).raw().all())).join("\n");
  db.close();
  return text;
}

test("registers, logs in, returns the user and logs out over REST", async () => {
  const registered = await register("ada@example.com");
  expect(registered.status).toBe(201);
  expect(registered.body).toEqual({
    id: expect.any(Number),
    email: "ada@example.com",
    created_at: expect.stringMatching(/^\d{4}-.*Z$/),
    is_active: true,
  });
  const login = await logIn("ada@example.com");
  expect(login.body).toEqual({ access_token: expect.any(String), token_type: "bearer", expires_in: 86_400 });
  const ada = callerOf(() => harness.url, login.body.access_token);
  expect((await ada.get("/api/user")).body).toMatchObject(registered.body);
  expect((await ada.post("/api/auth/logout")).status).toBe(200);
  const after = await ada.get("/api/user");
  expect(after.status).toBe(401);
  expect(after.headers.get("www-authenticate")).toContain("Bearer");
});

test("signs in and out in the browser with a cookie that script cannot read", async () => {
  await register("bea@example.com");
  const { answer, cookie } = await signIn("bea@example.com");
  expect(answer.body.result.data.email).toBe("bea@example.com");
  expect(answer.text).not.toContain(cookie.split("=")[1]);
  const attributes = answer.headers.getSetCookie()[0] as string;
  expect(attributes).toMatch(/^orwatch_session=[^;]{40}; /);
  for (const attribute of ["HttpOnly", "SameSite=Lax", "Path=/"]) expect(attributes).toContain(attribute);
  expect((await meByCookie(cookie)).body.result.data.email).toBe("bea@example.com");
  const out = await post("/trpc/auth.logout", {}, { cookie });
  expect(out.headers.getSetCookie()[0]).toMatch(/^orwatch_session=; .*Max-Age=0/);
  expect((await meByCookie(cookie)).status).toBe(401);
});

test("a session ended over REST is ended over tRPC, and vice versa", async () => {
  await register("cy@example.com");
  const { cookie } = await signIn("cy@example.com");
  const id = cookie.split("=")[1] as string;
  const caller = callerOf(() => harness.url, id);
  expect((await caller.get("/api/user")).status).toBe(200);
  await post("/trpc/auth.logout", {}, { cookie });
  expect((await caller.get("/api/user")).status).toBe(401);
  expect((await meByCookie(cookie)).status).toBe(401);
});

test("stores only the hash of a session id and the password only as Argon2id", async () => {
  await register("dan@example.com");
  const { access_token } = (await logIn("dan@example.com")).body;
  const { cookie } = await signIn("dan@example.com");
  const file = readWholeFile();
  for (const secret of [access_token, cookie.split("=")[1] as string]) {
    expect(file).not.toContain(secret);
    expect(file).toContain(createHash("sha256").update(secret).digest("hex"));
  }
  expect(file).not.toContain(PASSWORD);
  expect(file).toContain("$argon2id$v=19$m=19456,t=2,p=1$");
});

test("the hash of a session id does not work as a session", async () => {
  await register("eli@example.com");
  const { access_token } = (await logIn("eli@example.com")).body;
  const hash = createHash("sha256").update(access_token).digest("hex");
  expect((await callerOf(() => harness.url, hash).get("/api/user")).status).toBe(401);
});

const HOUR = 3_600_000;
const idOf = (cookie: string) => cookie.split("=")[1] as string;

test("ends idle sessions, extends used ones, and renews the cookie", async () => {
  await register("fay@example.com");
  const { access_token } = (await logIn("fay@example.com")).body;
  const { cookie } = await signIn("fay@example.com");
  expect((await meByCookie(cookie)).headers.getSetCookie()).toEqual([]);
  harness.sim.clock.advance(23 * HOUR);
  expect((await meByCookie(cookie)).headers.getSetCookie()[0]).toContain(cookie);
  await settle(harness);
  harness.sim.clock.advance(2 * HOUR);
  expect((await meByCookie(cookie)).status).toBe(200);
  expect((await callerOf(() => harness.url, access_token).get("/api/user")).status).toBe(401);
});

test("a session in use ends at its absolute limit", async () => {
  await register("gil@example.com");
  const { cookie } = await signIn("gil@example.com");
  const began = harness.sim.clock.now().getTime();
  for (let used = 0; used < 719; used += 23) {
    expect((await meByCookie(cookie)).status).toBe(200);
    await settle(harness);
    harness.sim.clock.advance(Math.min(23 * HOUR, began + 719 * HOUR - harness.sim.clock.now().getTime()));
  }
  expect((await meByCookie(cookie)).status).toBe(200);
  harness.sim.clock.advance(HOUR);
  expect((await meByCookie(cookie)).status).toBe(401);
});

test("records the use of a session at most once in five minutes", async () => {
  await register("gia@example.com");
  const { cookie } = await signIn("gia@example.com");
  const id = createHash("sha256").update(idOf(cookie)).digest("hex");
  const lastUse = async () => {
    await settle(harness);
    return (await harness.server.app.db.prisma.session.findUniqueOrThrow({ where: { id } })).lastUsedAt.getTime();
  };
  const began = await lastUse();
  harness.sim.clock.advance(299_000);
  await meByCookie(cookie);
  expect(await lastUse()).toBe(began);
  harness.sim.clock.advance(1_000);
  await Promise.all(Array.from({ length: 8 }, () => meByCookie(cookie)));
  expect(await lastUse()).toBe(began + 300_000);
});

test("a password change ends every other session, and only the new password works", async () => {
  await register("gus@example.com");
  const [one, two] = [(await logIn("gus@example.com")).body, (await logIn("gus@example.com")).body];
  const { cookie } = await signIn("gus@example.com");
  const caller = callerOf(() => harness.url, one.access_token);
  const change = (current_password: string, new_password: string, new_password_confirm = new_password) =>
    caller.put("/api/user/password", { current_password, new_password, new_password_confirm });
  expect((await change("Wrong-Horse-99", NEW_PASSWORD)).status).toBe(400);
  expect((await change(PASSWORD, NEW_PASSWORD, "Different-Horse-1")).status).toBe(400);
  expect((await change(PASSWORD, "weak")).status).toBe(400);
  expect((await callerOf(() => harness.url, two.access_token).get("/api/user")).status).toBe(200);
  expect((await change(PASSWORD, NEW_PASSWORD)).status).toBe(200);
  expect((await caller.get("/api/user")).status).toBe(200);
  expect((await callerOf(() => harness.url, two.access_token).get("/api/user")).status).toBe(401);
  expect((await meByCookie(cookie)).status).toBe(401);
  expect((await logIn("gus@example.com")).status).toBe(401);
  expect((await logIn("gus@example.com", NEW_PASSWORD)).status).toBe(200);
});

test("deleting an account removes its rows from every table and no others", async () => {
  const account = harness.sim.ledger.addAccount();
  const key = harness.sim.ledger.addKey(account.id);
  const manager = harness.sim.ledger.addManagementKey(account.id);
  harness.sim.ledger.spend(new Date("2026-03-09T10:00:00Z"), key, "m/x", { costNanos: 5n });
  const fill = async (email: string) => {
    const user = await harness.createUser(email);
    for (const secret of [manager.secret, key.secret]) await user.post("/api/keys", { name: "k", key: secret });
    await user.post("/api/tokens", { name: "t" });
    await settle(harness);
    return user;
  };
  const counts = () => {
    const count = (table: string) =>
      harness.server.app.db.reader.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    const tables =
      "users sessions api_keys usage_stats usage_days usage_models usage_months counter_baselines api_tokens".split(
        " ",
      );
    return Object.fromEntries(tables.map((table) => [table, count(table)]));
  };
  await fill("hal@example.com");
  const before = counts();
  const ivy = await fill("ivy@example.com");
  for (const [table, count] of Object.entries(counts())) expect(count, table).toBeGreaterThan(before[table] as number);
  const { cookie } = await signIn("ivy@example.com");
  const wrong = await post("/trpc/auth.deleteAccount", { password: "Wrong-Horse-99" }, { cookie });
  expect(wrong.status).toBe(400);
  expect(wrong.headers.getSetCookie()).toEqual([]);
  expect((await ivy.post("/api/user/delete", { password: PASSWORD })).status).toBe(204);
  expect(counts()).toEqual(before);
  expect((await ivy.get("/api/user")).status).toBe(401);
  expect((await logIn("ivy@example.com")).status).toBe(401);
  expect(readWholeFile()).not.toContain("ivy@example.com");
});

test("behind https the cookie is Secure and bound to the host, and PUBLIC_URL is the own origin", async () => {
  await register("jo@example.com");
  const origin = "https://keys.example.com";
  await harness.restart({ PUBLIC_URL: `${origin}/` });
  const signedIn = await post("/trpc/auth.signIn", { email: "jo@example.com", password: PASSWORD }, { origin });
  const attributes = signedIn.headers.getSetCookie()[0] as string;
  expect(attributes).toMatch(/^__Host-orwatch_session=/);
  for (const attribute of ["Secure", "HttpOnly", "Path=/"]) expect(attributes).toContain(attribute);
  expect(attributes).not.toContain("Domain");
  await harness.restart({ PUBLIC_URL: "" });
});

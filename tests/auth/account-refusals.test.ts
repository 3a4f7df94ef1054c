import { makeAdministrator } from "@orwatch/server/admin/service";
import { resetPassword } from "@orwatch/server/auth/service";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { issueToken } from "../support/openrouter/seed.ts";
import { environmentOf, runCommand } from "../support/server/command.ts";
import { callerOf, type Harness, PASSWORD, request, startHarness } from "../support/server/harness.ts";
import { enrol } from "../support/users/authenticator.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
});
afterAll(() => harness.close());
beforeEach(() => harness.sim.clock.advance(61_000));

const post = (where: string, body: unknown, headers: Record<string, string> = {}) =>
  request(`${harness.url}${where}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
const register = (email: string) =>
  post("/api/auth/register", { email, password: PASSWORD, password_confirm: PASSWORD });
const logIn = (email: string, password = PASSWORD) => post("/api/auth/login", { email, password });

test("a wrong password and an unknown address get the same answer in the same time", async () => {
  await register("ada@example.com");
  const times: Record<string, number[]> = { known: [], unknown: [] };
  const answers = new Set<string>();
  for (let round = 0; round < 10; round++) {
    for (const [kind, email] of [
      ["known", "ada@example.com"],
      ["unknown", "nobody@example.com"],
    ] as const) {
      harness.sim.clock.advance(61_000);
      const started = performance.now();
      const answer = await logIn(email, "Wrong-Horse-99");
      times[kind]?.push(performance.now() - started);
      const { request_id, ...rest } = answer.body;
      answers.add(JSON.stringify([answer.status, rest]));
    }
  }
  expect([...answers].map((answer) => JSON.parse(answer))).toMatchObject([
    [401, { code: "UNAUTHORIZED", reason: "credentials_invalid", params: {} }],
  ]);
  // Of the fastest: a busy machine delays single ones.
  const ratio = Math.min(...(times.known ?? [])) / Math.min(...(times.unknown ?? []));
  expect(ratio).toBeGreaterThan(1 / 3);
  expect(ratio).toBeLessThan(3);
});

test.each([
  ["a password hash that is damaged", "$argon2id$v=19$m=19456,t=2,p=1$broken"],
  ["a password hash of another kind", "5f4dcc3b5aa765d61d8327deb882cf99"],
  ["no password hash", ""],
])("rejects a login with %s", async (_, passwordHash) => {
  const email = `hash${passwordHash.length}@example.com`;
  await register(email);
  await harness.server.app.db.prisma.user.update({ where: { email }, data: { passwordHash } });
  // The password is not reported as wrong: the damage is on the server.
  expect(await logIn(email)).toMatchObject({ status: 503, body: { code: "SERVICE_UNAVAILABLE" } });
  expect((await logIn("ada@example.com")).status).not.toBe(503);
});

test("compares e-mail addresses without case and after Unicode normalization", async () => {
  expect((await register("  Bea@Example.COM ")).body.email).toBe("bea@example.com");
  const fullWidth = "ＢＥＡ@example.com";
  const kelvin = "\u212Aim@example.com";
  expect((await register(fullWidth)).status).toBe(409);
  expect((await logIn(fullWidth)).status).toBe(200);
  expect((await register(kelvin)).body.email).toBe("kim@example.com");
  expect(await register("KIM@example.com")).toMatchObject({
    status: 409,
    body: { code: "CONFLICT", reason: "email_taken" },
  });
});

test("five parallel registrations of one address create one user", async () => {
  const answers = await Promise.all(Array.from({ length: 5 }, () => register("race@example.com")));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
});

test("a deactivated user cannot log in and is signed out at once over REST and tRPC", async () => {
  const user = await harness.createUser("off@example.com");
  const token = (await user.post("/api/tokens", { name: "t" })).body.token;
  await harness.server.app.db.prisma.user.update({ where: { email: "off@example.com" }, data: { isActive: false } });
  expect((await user.get("/api/user")).status).toBe(401);
  expect((await callerOf(() => harness.url, token).get("/api/v1/keys")).status).toBe(401);
  expect((await logIn("off@example.com")).status).toBe(403);
  expect((await logIn("off@example.com", "Wrong-Horse-99")).status).toBe(401);
});

test("rejects requests from another site with the visitor's cookie with 403", async () => {
  await register("cy@example.com");
  const signedIn = await post("/trpc/auth.signIn", { email: "cy@example.com", password: PASSWORD });
  const cookie = signedIn.headers.getSetCookie()[0]?.split(";")[0] as string;
  const rename = (headers: Record<string, string>) => post("/trpc/auth.logout", {}, { cookie, ...headers });
  for (const headers of [
    { origin: "https://evil.example.com" },
    { origin: "null" },
    { origin: `${harness.url}.evil.example.com` },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { origin: harness.url, "sec-fetch-site": "cross-site" },
  ] as Record<string, string>[])
    expect(await rename(headers), JSON.stringify(headers)).toMatchObject({ status: 403 });
  const me = `${harness.url}/trpc/auth.me?input=${encodeURIComponent("{}")}`;
  expect((await request(me, { headers: { cookie } })).status).toBe(200);
  expect((await rename({ origin: harness.url, "sec-fetch-site": "same-origin" })).status).toBe(200);
});

test("accepts no cookie under /api and no bearer session in the web app", async () => {
  const user = await harness.createUser("di@example.com");
  const cookie = `orwatch_session=${user.credential}`;
  expect((await request(`${harness.url}/api/user`, { headers: { cookie } })).status).toBe(401);
  const headers = { authorization: `Bearer ${user.credential}` };
  expect((await request(`${harness.url}/trpc/auth.me?input=%7B%7D`, { headers })).status).toBe(401);
  expect((await user.get("/api/v1/keys")).status).toBe(401);
});

test("limits failed logins to five, sends Retry-After, and does not count successes", async () => {
  await register("eve@example.com");
  for (let turn = 0; turn < 8; turn++) expect((await logIn("eve@example.com")).status).toBe(200);
  const statuses = (await Promise.all(Array.from({ length: 9 }, () => logIn("eve@example.com", "Wrong-Horse-99")))).map(
    ({ status }) => status,
  );
  expect(statuses.filter((status) => status === 401)).toHaveLength(5);
  const refused = await logIn("eve@example.com");
  expect(refused.status).toBe(429);
  const seconds = Number(refused.headers.get("retry-after"));
  expect(seconds).toBeGreaterThan(0);
  expect(refused.body).toMatchObject({ reason: "too_many_attempts", params: { seconds } });
  harness.sim.clock.advance(61_000);
  expect((await logIn("eve@example.com")).status).toBe(200);
});

test("limits wrong passwords in a password change like failed logins", async () => {
  const user = await harness.createUser("fay@example.com");
  const guess = () =>
    user.put("/api/user/password", {
      current_password: "Wrong-Horse-99",
      new_password: "Another-Horse-10",
      new_password_confirm: "Another-Horse-10",
    });
  const statuses = (await Promise.all(Array.from({ length: 8 }, guess))).map(({ status }) => status);
  expect(statuses.filter((status) => status === 400)).toHaveLength(5);
  expect(statuses.filter((status) => status === 429)).toHaveLength(3);
  expect((await user.post("/api/user/delete", { password: PASSWORD })).status).toBe(429);
});

test("rejects the sixth registration in a minute with Retry-After", async () => {
  for (let index = 0; index < 5; index++) expect((await register(`n${index}@example.com`)).status).toBe(201);
  const sixth = await register("n5@example.com");
  expect(sixth.status).toBe(429);
  expect(sixth.headers.get("retry-after")).toBe("60");
  expect(sixth.body).toMatchObject({ reason: "too_many_registrations", params: { seconds: 60 } });
});

test("closed registration rejects new users and keeps existing sessions", async () => {
  const user = await harness.createUser("gus@example.com");
  await harness.restart({ ALLOW_REGISTRATION: "false" });
  expect(await register("new@example.com")).toMatchObject({
    status: 403,
    body: { reason: "registration_closed" },
  });
  expect((await user.get("/api/user")).status).toBe(200);
  expect((await request(`${harness.url}/trpc/auth.settings`)).body.result.data.allow_registration).toBe(false);
  await harness.restart();
});

test("a password reset ends every session and only the new password works", async () => {
  const user = await harness.createUser("hal@example.com");
  const { app } = harness.server;
  const reset = (email: string) =>
    resetPassword(app, { email, password: "Another-Horse-10", removeSecondFactor: false });
  expect(await reset("nobody@example.com")).toBeNull();
  expect(await reset("hal@example.com")).toMatchObject({ hasSecondFactor: false });
  expect((await user.get("/api/user")).status).toBe(401);
  expect((await logIn("hal@example.com")).status).toBe(401);
  expect((await logIn("hal@example.com", "Another-Horse-10")).status).toBe(200);
});

/** Runs the command beside the server, on the same file. */
const runBeside = (name: string, ...words: string[]) => runCommand(name, words, environmentOf(harness));

const runReset = (...words: string[]) => runBeside("reset-password", ...words);

test("a password reset keeps two-factor authentication unless it is removed explicitly", async () => {
  const user = await harness.createUser("jan@example.com");
  const phone = await enrol(harness, user);
  const { app } = harness.server;
  const kept = await resetPassword(app, { email: user.email, password: "Another-Horse-10", removeSecondFactor: false });
  expect(kept).toMatchObject({ hasSecondFactor: true });
  expect((await logIn(user.email, "Another-Horse-10")).body.code).toBe("SECOND_FACTOR_REQUIRED");
  const removed = await runBeside("reset-password", "jan@example.com", "--remove-second-factor");
  expect(removed).toMatchObject({ code: 0, error: "" });
  const login = await logIn(user.email, /: (\S+)\n/.exec(removed.out)?.[1] as string);
  expect(login.status).toBe(200);
  const { body } = await callerOf(() => harness.url, login.body.access_token).get("/api/user/activity");
  expect(body.items.map(({ kind, actor }: { kind: string; actor: string }) => `${kind} ${actor}`)).toEqual(
    expect.arrayContaining(["password_reset operator", "second_factor_disabled operator"]),
  );
  expect(JSON.stringify(body)).not.toContain(phone.secret);
}, 60_000);

test("a password reset reports working API tokens and revokes them on request", async () => {
  const user = await harness.createUser("lea@example.com");
  const tokens = [await issueToken(user, "one"), await issueToken(user, "two")];
  const statuses = () =>
    Promise.all(tokens.map(async ({ token }) => (await callerOf(() => harness.url, token).get("/api/v1/keys")).status));
  const kept = await runReset("lea@example.com");
  expect(kept.out).toContain("API tokens that still work: 2. To revoke them, add --revoke-api-tokens.\n");
  expect(await statuses()).toEqual([200, 200]);
  const revoked = await runReset("lea@example.com", "--revoke-api-tokens");
  expect(revoked.out).toContain("API tokens revoked: 2.\n");
  expect(await statuses()).toEqual([401, 401]);
  const events = await harness.server.app.db.prisma.auditEvent.findMany({
    where: { user: { email: "lea@example.com" }, kind: "api_token_revoked" },
  });
  expect(events.map(({ actor, message }) => [actor, JSON.parse(message).params.name]).sort()).toEqual([
    ["operator", "one"],
    ["operator", "two"],
  ]);
}, 60_000);

test("make-administrator makes a user administrator where there is none", async () => {
  const user = await harness.createUser("kay@example.com");
  expect((await user.get("/api/users")).status).toBe(403);
  expect(await makeAdministrator(harness.server.app, { email: "nobody@example.com" })).toBe(false);
  const done = await runBeside("make-administrator", "KAY@example.com");
  expect(done).toMatchObject({ code: 0, out: "kay@example.com is now an administrator.\n" });
  expect((await user.get("/api/users")).status).toBe(200);
}, 60_000);

test("reset-password works beside a running server and reports missing arguments", async () => {
  const user = await harness.createUser("ivy@example.com");
  const done = await runReset("IVY@example.com");
  expect(done).toMatchObject({ code: 0, error: "" });
  const password = /^New password of ivy@example\.com: (\S+)\n/.exec(done.out)?.[1] as string;
  expect((await user.get("/api/user")).status).toBe(401);
  expect((await logIn("ivy@example.com", password)).status).toBe(200);
  const rejected = await Promise.all([runReset("nobody@example.com"), runReset("not an address"), runReset()]);
  expect(rejected.map(({ code }) => code)).toEqual([1, 1, 1]);
  expect(rejected.map(({ error }) => error)).toEqual([
    "There is no user nobody@example.com.\n",
    "not an address is not an email address.\n",
    "Usage: npm run reset-password -- EMAIL [--remove-second-factor] [--revoke-api-tokens]\n",
  ]);
}, 60_000);

test("rejects common passwords with an issue at their field", async () => {
  const refused = await post("/api/auth/register", {
    email: "lou@example.com",
    password: "Password-1234",
    password_confirm: "Password-1234",
  });
  expect([refused.status, refused.body.issues]).toMatchObject([
    400,
    [{ path: "password", reason: "field_password_common" }],
  ]);
  const user = await harness.createUser("lou@example.com");
  const changed = await user.put("/api/user/password", {
    current_password: PASSWORD,
    new_password: "Openrouter-2026",
    new_password_confirm: "Openrouter-2026",
  });
  expect([changed.status, changed.body.issues?.[0]?.path]).toEqual([400, "new_password"]);
  expect((await logIn("lou@example.com")).status).toBe(200);
});

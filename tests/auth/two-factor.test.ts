import { rotateSecrets } from "@orwatch/server/secrets/reencrypt";
import Database from "better-sqlite3";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Caller, type Harness, PASSWORD, settle, startHarness } from "../support/server/harness.ts";
import { enrol, logInAgain, logInWith } from "../support/users/authenticator.ts";
import { codeOf } from "../support/users/totp.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
});
afterAll(() => harness.close());
beforeEach(() => harness.sim.clock.advance(3_601_000));

const logIn = (caller: Caller, code?: string) =>
  logInWith(harness, { email: caller.email, password: PASSWORD, ...(code === undefined ? {} : { code }) });
const kinds = async (caller: Caller) => {
  await settle(harness);
  return (await caller.get("/api/user/activity")).body.items.map(({ kind }: { kind: string }) => kind);
};
const stored = (sql: string) => {
  const db = new Database(`${harness.folder}/app.db`, { readonly: true });
  const rows = db.prepare(sql).all() as Record<string, string>[];
  db.close();
  return rows;
};

test("setup asks for the password and a first code before it takes effect", async () => {
  const user = await harness.createUser();
  expect((await user.post("/api/user/second-factor", { password: "Wrong-Horse-99" })).status).toBe(400);
  const { body } = await user.post("/api/user/second-factor", { password: PASSWORD });
  expect(body.secret).toMatch(/^[A-Z2-7]{32}$/);
  const uri = new URL(body.uri);
  expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual([
    "otpauth:",
    "totp",
    `/orwatch:${user.email}`,
  ]);
  expect(Object.fromEntries(uri.searchParams)).toEqual({ secret: body.secret, issuer: "orwatch" });
  expect((await user.post("/api/user/second-factor/enable", { code: "000000" })).status).toBe(400);
  expect((await logIn(user)).status).toBe(200);
  const other = await logInAgain(harness, user);
  const right = codeOf(body.secret, harness.sim.clock.now());
  const enabled = await user.post("/api/user/second-factor/enable", {
    code: ` ${right.slice(0, 3)} ${right.slice(3)}`,
  });
  expect(enabled.body.recovery_codes).toHaveLength(10);
  expect(new Set(enabled.body.recovery_codes).size).toBe(10);
  expect((await other.get("/api/user")).status).toBe(401);
  expect((await user.get("/api/user/security")).body).toMatchObject({
    second_factor: { recovery_codes_left: 10 },
    confirmed_until: null,
  });
  expect((await user.post("/api/user/second-factor", { password: PASSWORD })).status).toBe(409);
  expect((await user.post("/api/user/second-factor/enable", { code: right })).status).toBe(409);
});

test("an abandoned setup can be restarted", async () => {
  const user = await harness.createUser();
  const { body } = await user.post("/api/user/second-factor", { password: PASSWORD });
  harness.sim.clock.advance(15 * 60_000);
  const late = await user.post("/api/user/second-factor/enable", {
    code: codeOf(body.secret, harness.sim.clock.now()),
  });
  expect([late.status, late.body.reason]).toEqual([400, "two_factor_setup_expired"]);
});

test("login requires the code, returns a specific error without it, and accepts each code once", async () => {
  const user = await harness.createUser();
  const phone = await enrol(harness, user);
  const missing = await logIn(user);
  expect([missing.status, missing.body.code]).toEqual([401, "SECOND_FACTOR_REQUIRED"]);
  // The code used for the setup is no longer valid.
  expect((await logIn(user, phone.show())).status).toBe(401);
  const code = phone.next();
  expect((await logIn(user, code)).status).toBe(200);
  const again = await logIn(user, code);
  expect([again.status, again.body.code]).toEqual([401, "UNAUTHORIZED"]);
  expect((await logIn(user, phone.next())).status).toBe(200);
});

test("accepts codes one step early or late and none before the last one used", async () => {
  const user = await harness.createUser();
  const phone = await enrol(harness, user);
  phone.next();
  const at = (steps: number) => codeOf(phone.secret, new Date(harness.sim.clock.now().getTime() + steps * 30_000));
  for (const steps of [-2, 2]) expect((await logIn(user, at(steps))).status, `${steps} steps`).toBe(401);
  expect((await logIn(user, at(-1))).status).toBe(200);
  expect((await logIn(user, at(1))).status).toBe(200);
  // The present code precedes one that was used.
  expect((await logIn(user, at(0))).status).toBe(401);
});

test("one of five parallel logins with the same code succeeds, also with a recovery code", async () => {
  const user = await harness.createUser();
  const phone = await enrol(harness, user);
  await logIn(user, phone.next());
  for (const code of [phone.next(), phone.recoveryCodes[0] as string]) {
    const tries = await Promise.all(Array.from({ length: 5 }, () => logIn(user, code)));
    expect(tries.filter(({ status }) => status === 200)).toHaveLength(1);
    harness.sim.clock.advance(61_000);
  }
  const { body } = await user.get("/api/user/security");
  expect(body.second_factor.recovery_codes_left).toBe(9);
});

test("each recovery code works once in any spelling, and new ones replace the old", async () => {
  const user = await harness.createUser();
  const phone = await enrol(harness, user);
  const [one, two, three] = phone.recoveryCodes as [string, string, string];
  expect(one).toMatch(/^[a-z2-7]{6}(-[a-z2-7]{6}){3}$/);
  expect((await logIn(user, one.toUpperCase().replaceAll("-", " "))).status).toBe(200);
  expect((await logIn(user, one)).status).toBe(401);
  expect(await kinds(user)).toContain("recovery_code_used");
  await user.post("/api/auth/reauthenticate", { password: PASSWORD, code: two });
  const renewed = await user.post("/api/user/second-factor/recovery-codes", {});
  expect(renewed.body.recovery_codes).toHaveLength(10);
  expect((await logIn(user, three)).status).toBe(401);
  expect((await logIn(user, renewed.body.recovery_codes[9])).status).toBe(200);
});

test("a recovery code works for its own user only", async () => {
  const [ada, bea] = [await harness.createUser(), await harness.createUser()];
  const phone = await enrol(harness, ada);
  await enrol(harness, bea);
  expect((await logIn(bea, phone.recoveryCodes[0] as string)).status).toBe(401);
  expect((await logIn(ada, phone.recoveryCodes[0] as string)).status).toBe(200);
});

const GUARDED: [string, (caller: Caller) => ReturnType<Caller["post"]>][] = [
  ["adding a key", (caller) => caller.post("/api/keys", { name: "k", key: "sk-or-v1-unknown" })],
  ["adding a channel", (caller) => caller.post("/api/channels", { kind: "slack", name: "s", url: "ftp://x" })],
  ["issuing a token", (caller) => caller.post("/api/tokens", { name: "t" })],
  [
    "changing the password",
    (caller) =>
      caller.put("/api/user/password", {
        current_password: "Wrong-Horse-99",
        new_password: "Battery-Staple-7",
        new_password_confirm: "Battery-Staple-7",
      }),
  ],
  ["turning off two-factor authentication", (caller) => caller.post("/api/user/second-factor/disable", {})],
  ["making recovery codes", (caller) => caller.post("/api/user/second-factor/recovery-codes", {})],
  ["deleting the account", (caller) => caller.post("/api/user/delete", { password: "Wrong-Horse-99" })],
];

test.each(GUARDED)("%s asks users with two-factor authentication for confirmation", async (_name, act) => {
  const plain = await harness.createUser();
  expect((await act(plain)).body?.code).not.toBe("REAUTHENTICATE");
  const user = await harness.createUser();
  const phone = await enrol(harness, user);
  const refused = await act(user);
  expect([refused.status, refused.body.code]).toEqual([403, "REAUTHENTICATE"]);
  const confirmed = await user.post("/api/auth/reauthenticate", { password: PASSWORD, code: phone.next() });
  expect(confirmed.status).toBe(200);
  // After confirmation, it fails only because of its input.
  expect((await act(user)).body?.code).not.toBe("REAUTHENTICATE");
});

test("a confirmation lasts ten minutes in its session and uses one code", async () => {
  const user = await harness.createUser();
  const phone = await enrol(harness, user);
  const other = await logInAgain(harness, user, phone.next());
  const confirm = (body: object) => user.post("/api/auth/reauthenticate", body);
  const token = (caller: Caller) => caller.post("/api/tokens", { name: "t" });
  expect((await confirm({ password: PASSWORD })).body.code).toBe("SECOND_FACTOR_REQUIRED");
  expect((await confirm({ password: "Wrong-Horse-99", code: phone.next() })).status).toBe(400);
  expect((await confirm({ password: PASSWORD, code: "123456" })).status).toBe(400);
  const code = phone.next();
  const { confirmed_until } = (await confirm({ password: PASSWORD, code })).body;
  expect(Date.parse(confirmed_until)).toBe(harness.sim.clock.now().getTime() + 600_000);
  expect((await confirm({ password: PASSWORD, code })).status).toBe(400);
  expect((await token(other)).status).toBe(403);
  expect((await token(user)).status).toBe(201);
  harness.sim.clock.advance(599_000);
  expect((await token(user)).status).toBe(201);
  harness.sim.clock.advance(1_000);
  expect((await token(user)).status).toBe(403);
});

test("limits wrong codes to five a minute and twenty an hour and shows them to the owner", async () => {
  const user = await harness.createUser();
  await enrol(harness, user);
  let made = 0;
  for (let minute = 0; minute < 8; minute++) {
    for (let index = 0; index < 6; index++) if ((await logIn(user, "000000")).status === 401) made += 1;
    harness.sim.clock.advance(61_000);
  }
  expect(made).toBe(20);
  const { body } = await user.get("/api/user/activity");
  const failed = body.items.find(({ kind }: { kind: string }) => kind === "second_factor_failed");
  expect(failed).toMatchObject({ actor: "stranger", count: 20, address: "127.0.0.1" });
});

test("stores the secret encrypted and bound to its user, and recovery codes as hashes", async () => {
  const [ada, bea] = [await harness.createUser(), await harness.createUser()];
  const phones = [await enrol(harness, ada), await enrol(harness, bea)];
  const everything = ["users", "recovery_codes", "audit_events"].map((table) => stored(`SELECT * FROM ${table}`));
  const text = JSON.stringify(everything);
  for (const { secret, recoveryCodes } of phones)
    for (const hidden of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll("-", ""))])
      expect(text.toLowerCase()).not.toContain(hidden.toLowerCase());
  const { prisma } = harness.server.app.db;
  const of = (email: string) => prisma.user.findUniqueOrThrow({ where: { email } });
  const [one, two] = [await of(ada.email), await of(bea.email)];
  await prisma.user.update({ where: { id: two.id }, data: { totpSecret: one.totpSecret } });
  const stolen = (phones[0] as { next(): string }).next();
  expect((await logIn(bea, stolen)).status).toBe(401);
  await prisma.user.update({ where: { id: two.id }, data: { totpSecret: two.totpSecret } });
});

test("the password alone is enough after two-factor authentication is switched off", async () => {
  const user = await harness.createUser();
  const phone = await enrol(harness, user);
  await user.post("/api/auth/reauthenticate", { password: PASSWORD, code: phone.next() });
  expect((await user.post("/api/user/second-factor/disable", {})).status).toBe(200);
  expect((await logIn(user)).status).toBe(200);
  expect((await user.get("/api/user/security")).body.second_factor).toBeNull();
  expect((await user.post("/api/user/second-factor/disable", {})).status).toBe(409);
  expect((await user.post("/api/user/second-factor/recovery-codes", {})).status).toBe(409);
  expect(
    stored(`SELECT 1 FROM recovery_codes r JOIN users u ON u.id = r.user_id WHERE u.email = '${user.email}'`),
  ).toEqual([]);
  expect(await kinds(user)).toEqual(expect.arrayContaining(["second_factor_enabled", "second_factor_disabled"]));
});

test("keeps working during and after a rotation of ENCRYPTION_KEY", async () => {
  const user = await harness.createUser();
  const phone = await enrol(harness, user);
  const [key, old] = ["another-key-for-tests-of-more-than-32-chars", "a-key-for-tests-of-more-than-32-characters"];
  await harness.restart({ ENCRYPTION_KEY: key, ENCRYPTION_KEY_PREVIOUS: old });
  expect((await logIn(user, phone.next())).status).toBe(200);
  await rotateSecrets(harness.server.app);
  await harness.restart({ ENCRYPTION_KEY: key });
  expect((await logIn(user, phone.next())).status).toBe(200);
  await harness.restart({ ENCRYPTION_KEY: old, ENCRYPTION_KEY_PREVIOUS: key });
  await rotateSecrets(harness.server.app);
  await harness.restart();
});

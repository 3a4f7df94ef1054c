import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type Answer,
  type Caller,
  type Harness,
  PASSWORD,
  request,
  settle,
  startHarness,
} from "../support/server/harness.ts";
import { enrol, logInWith } from "../support/users/authenticator.ts";
import { addPasskey, callAt, cookieOf, createAuthenticator, siteOf } from "../support/users/passkey.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
});
afterAll(() => harness.close());
beforeEach(() => harness.sim.clock.advance(3_601_000));

const call = (name: string, input: unknown, headers: Record<string, string> = {}) =>
  callAt(harness, { name, input, headers });
const asUser = (caller: Caller, name: string, input: unknown) => call(name, input, cookieOf(caller));
const dataOf = (answer: Answer) => {
  expect(answer.status, answer.text).toBe(200);
  return answer.body.result.data;
};
const errorOf = ({ status, body }: Answer) => [status, body.error.data.reason];
const beginUse = async (headers: Record<string, string> = {}) => dataOf(await call("passkeys.beginUse", {}, headers));
const signIn = (credential: object, headers: Record<string, string> = {}) =>
  call("passkeys.signIn", { credential }, headers);
const kinds = async (caller: Caller) => {
  await settle(harness);
  return (await caller.get("/api/user/activity")).body.items.map(({ kind }: { kind: string }) => kind);
};

describe("adding a passkey", () => {
  test("needs a confirmed identity, turns on two-factor authentication and returns recovery codes", async () => {
    const user = await harness.createUser();
    expect(errorOf(await asUser(user, "passkeys.begin", {}))).toEqual([403, "confirmation_required"]);
    const other = await logInWith(harness, { email: user.email, password: PASSWORD });
    const { recoveryCodes } = await addPasskey(harness, user);
    expect(recoveryCodes).toHaveLength(10);
    expect((await user.get("/api/user/security")).body.second_factor).toMatchObject({
      recovery_codes_left: 10,
      has_authenticator: false,
      passkeys: 1,
    });
    expect(
      (await harness.server.app.db.prisma.session.findMany({ where: { user: { email: user.email } } })).length,
    ).toBe(1);
    expect(other.status).toBe(200);
    expect(await kinds(user)).toEqual(expect.arrayContaining(["passkey_added", "second_factor_enabled"]));
    const titles = harness.server.app.db.reader
      .prepare("SELECT title FROM notifications n JOIN users u ON u.id = n.user_id WHERE u.email = ?")
      .pluck()
      .all(user.email);
    expect(titles.join()).toContain("passkey_added");
  });

  test("a second one keeps recovery codes and sessions and has the same user handle", async () => {
    const user = await harness.createUser();
    await addPasskey(harness, user);
    const begun = dataOf(await asUser(user, "passkeys.begin", {}));
    expect(begun.excludeCredentials).toHaveLength(1);
    const { recoveryCodes } = await addPasskey(harness, user);
    expect(recoveryCodes).toEqual([]);
    const stored = await harness.server.app.db.prisma.passkey.findMany({ where: { user: { email: user.email } } });
    expect(stored).toHaveLength(2);
    expect(new Set(stored.map(({ userHandle }) => userHandle)).size).toBe(1);
  });

  test("rejects another origin, another site, a missing user verification and a response of another kind", async () => {
    const user = await harness.createUser();
    await user.post("/api/auth/reauthenticate", { password: PASSWORD });
    const lies = [
      { origin: "https://evil.example" },
      { origin: "http://localhost" },
      { host: "evil.example" },
      { flags: 1 },
      { type: "webauthn.get" },
    ];
    for (const lie of lies) {
      const begun = dataOf(await asUser(user, "passkeys.begin", {}));
      const credential = createAuthenticator(siteOf(harness)).create(begun, lie);
      const answer = await asUser(user, "passkeys.add", { credential });
      expect(errorOf(answer), JSON.stringify(lie)).toEqual([400, "passkey_not_created"]);
    }
    expect(dataOf(await callAt(harness, { name: "passkeys.beginUse", input: {} }))).toMatchObject({
      rpId: "localhost",
    });
    expect(await harness.server.app.db.prisma.passkey.count({ where: { user: { email: user.email } } })).toBe(0);
  });

  test("a challenge works once, for five minutes, for its user and for its purpose", async () => {
    const [ada, bea] = [await harness.createUser(), await harness.createUser()];
    for (const caller of [ada, bea]) await caller.post("/api/auth/reauthenticate", { password: PASSWORD });
    const create = (options: { challenge: string; user: { id: string } }) => ({
      credential: createAuthenticator(siteOf(harness)).create(options),
    });
    const begin = async () => dataOf(await asUser(ada, "passkeys.begin", {}));
    expect(errorOf(await asUser(bea, "passkeys.add", create(await begin())))).toEqual([400, "passkey_not_created"]);
    const late = create(await begin());
    harness.sim.clock.advance(300_000);
    expect(errorOf(await asUser(ada, "passkeys.add", late))).toEqual([400, "passkey_challenge_expired"]);
    const used = await begin();
    expect((await asUser(ada, "passkeys.add", create(used))).status).toBe(200);
    expect(errorOf(await asUser(ada, "passkeys.add", create(used)))).toEqual([400, "passkey_challenge_expired"]);
    const { challenge } = await beginUse();
    expect(errorOf(await asUser(ada, "passkeys.add", create({ challenge, user: { id: "aWQ" } })))).toEqual([
      400,
      "passkey_challenge_expired",
    ]);
  });

  test("is not possible at an IP address", async () => {
    const answer = await request(`${harness.url}/trpc/passkeys.beginUse`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: harness.url },
      body: "{}",
    });
    expect(errorOf(answer)).toEqual([400, "passkey_needs_host_name"]);
  });
});

describe("signing in with a passkey", () => {
  test("needs neither password nor code and sets the cookie of a session", async () => {
    const user = await harness.createUser();
    const { authenticator } = await addPasskey(harness, user);
    const answer = await signIn(authenticator.use(await beginUse()));
    expect(dataOf(answer).email).toBe(user.email);
    const [session] = answer.headers.getSetCookie();
    expect(session).toMatch(/^orwatch_session=[^;]{40}; .*HttpOnly/);
    const [passkey] = dataOf(await fetchList(user));
    expect(passkey.last_used_at).toBe(harness.sim.clock.now().toISOString());
  });

  test("rejects a replayed response, whatever it was used for first", async () => {
    const user = await harness.createUser();
    const { authenticator } = await addPasskey(harness, user);
    const credential = authenticator.use(await beginUse());
    dataOf(await signIn(credential));
    expect(errorOf(await signIn(credential))).toEqual([400, "passkey_challenge_expired"]);
    const confirmation = authenticator.use(await beginUse());
    dataOf(await asUser(user, "passkeys.confirm", { credential: confirmation }));
    expect(errorOf(await signIn(confirmation))).toEqual([400, "passkey_challenge_expired"]);
  });

  test("rejects another origin or site, another key, a missing verification, and a challenge that is not open", async () => {
    const user = await harness.createUser();
    const { authenticator } = await addPasskey(harness, user);
    const key = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
    for (const lie of [
      { origin: "https://evil.example" },
      { host: "evil.example" },
      { key },
      { flags: 1 },
      { type: "webauthn.create" },
    ]) {
      harness.sim.clock.advance(61_000);
      const answer = await signIn(authenticator.use(await beginUse(), lie));
      expect(errorOf(answer), JSON.stringify(Object.keys(lie))).toEqual([401, "passkey_not_accepted"]);
    }
    const late = authenticator.use(await beginUse());
    harness.sim.clock.advance(300_000);
    expect(errorOf(await signIn(late))).toEqual([400, "passkey_challenge_expired"]);
    expect(errorOf(await signIn(authenticator.use({ challenge: "bWFkZSB1cA" })))).toEqual([
      400,
      "passkey_challenge_expired",
    ]);
    expect(await kinds(user)).toContain("passkey_rejected");
  });

  test("rejects a copy of a passkey, whose counter is not higher than that of the last use", async () => {
    const user = await harness.createUser();
    const { authenticator } = await addPasskey(harness, user);
    dataOf(await signIn(authenticator.use(await beginUse(), { counter: 7 })));
    for (const counter of [7, 6, 0])
      expect(errorOf(await signIn(authenticator.use(await beginUse(), { counter })))).toEqual([
        401,
        "passkey_not_accepted",
      ]);
    dataOf(await signIn(authenticator.use(await beginUse(), { counter: 8 })));
  });

  test("accepts authenticators that do not count", async () => {
    const user = await harness.createUser();
    const { authenticator } = await addPasskey(harness, user);
    for (let index = 0; index < 2; index++) dataOf(await signIn(authenticator.use(await beginUse(), { counter: 0 })));
  });

  test("rejects an unknown, removed or deactivated user's passkey", async () => {
    const user = await harness.createUser();
    const { authenticator, id } = await addPasskey(harness, user);
    const stranger = createAuthenticator(siteOf(harness));
    expect(errorOf(await signIn(stranger.use(await beginUse())))).toEqual([401, "passkey_not_accepted"]);
    const { prisma } = harness.server.app.db;
    await prisma.user.update({ where: { email: user.email }, data: { isActive: false } });
    expect(errorOf(await signIn(authenticator.use(await beginUse())))).toEqual([403, "user_turned_off"]);
    await prisma.user.update({ where: { email: user.email }, data: { isActive: true } });
    await asUser(user, "passkeys.confirm", { credential: authenticator.use(await beginUse()) });
    dataOf(await asUser(user, "passkeys.remove", { id }));
    expect(errorOf(await signIn(authenticator.use(await beginUse())))).toEqual([401, "passkey_not_accepted"]);
  });

  test("limits checks to twenty a minute per address", async () => {
    const stranger = createAuthenticator(siteOf(harness));
    const tries: number[] = [];
    for (let index = 0; index < 22; index++) tries.push((await signIn(stranger.use(await beginUse()))).status);
    expect(tries.filter((status) => status === 401)).toHaveLength(20);
    expect(tries.slice(-2)).toEqual([429, 429]);
  });
});

async function fetchList(caller: Caller): Promise<Answer> {
  const { origin } = siteOf(harness);
  const response = await fetch(`${origin}/trpc/passkeys.list?input=%7B%7D`, { headers: cookieOf(caller) });
  return { status: response.status, headers: response.headers, text: "", body: await response.json() };
}

describe("a passkey as second factor", () => {
  const logIn = (caller: Caller, fields: object = {}) =>
    call("auth.signIn", { email: caller.email, password: PASSWORD, ...fields });

  test("the password requires it, or a recovery code", async () => {
    const user = await harness.createUser();
    const { authenticator, recoveryCodes } = await addPasskey(harness, user);
    expect(errorOf(await logIn(user))).toEqual([401, "two_factor_passkey_required"]);
    dataOf(await logIn(user, { passkey: authenticator.use(await beginUse()) }));
    dataOf(await logIn(user, { code: recoveryCodes[0] }));
    expect(errorOf(await logIn(user, { code: "000000" }))).toEqual([401, "two_factor_code_used"]);
  });

  test("with an authenticator app, either is enough", async () => {
    const user = await harness.createUser();
    const { authenticator } = await addPasskey(harness, user);
    expect((await user.post("/api/user/second-factor", { password: PASSWORD })).status).toBe(200);
    const phone = await enrol(harness, user);
    expect(errorOf(await logIn(user))).toEqual([401, "two_factor_code_or_passkey_required"]);
    dataOf(await logIn(user, { code: phone.next() }));
    dataOf(await logIn(user, { passkey: authenticator.use(await beginUse()) }));
  });

  test("another user's passkey does not help, and neither does a wrong password", async () => {
    const [ada, bea] = [await harness.createUser(), await harness.createUser()];
    await addPasskey(harness, ada);
    const { authenticator } = await addPasskey(harness, bea);
    expect(errorOf(await logIn(ada, { passkey: authenticator.use(await beginUse()) }))).toEqual([
      401,
      "passkey_not_accepted",
    ]);
    const wrong = await logIn(bea, { password: "Wrong-Horse-99", passkey: authenticator.use(await beginUse()) });
    expect(errorOf(wrong)).toEqual([401, "credentials_invalid"]);
  });
});

describe("confirming the identity", () => {
  test("a passkey confirms for ten minutes, another user's does not", async () => {
    const [ada, bea] = [await harness.createUser(), await harness.createUser()];
    const { authenticator } = await addPasskey(harness, ada);
    const other = await addPasskey(harness, bea);
    harness.sim.clock.advance(600_000);
    const token = () => ada.post("/api/tokens", { name: "t" });
    expect((await token()).body.code).toBe("REAUTHENTICATE");
    const foreign = other.authenticator.use(await beginUse());
    expect(errorOf(await asUser(ada, "passkeys.confirm", { credential: foreign }))).toEqual([
      400,
      "passkey_not_accepted",
    ]);
    const options = await beginUse(cookieOf(ada));
    expect(options.allowCredentials.map(({ id }: { id: string }) => id)).toEqual([authenticator.id]);
    // A challenge for Ada's session is for Ada only.
    expect(errorOf(await asUser(bea, "passkeys.confirm", { credential: other.authenticator.use(options) }))).toEqual([
      400,
      "passkey_not_accepted",
    ]);
    dataOf(await asUser(ada, "passkeys.confirm", { credential: authenticator.use(await beginUse(cookieOf(ada))) }));
    expect((await token()).status).toBe(201);
    harness.sim.clock.advance(600_000);
    expect((await token()).status).toBe(403);
  });

  test("adding an authenticator app beside passkeys needs it", async () => {
    const user = await harness.createUser();
    await addPasskey(harness, user);
    harness.sim.clock.advance(600_000);
    expect((await user.post("/api/user/second-factor", { password: PASSWORD })).body.code).toBe("REAUTHENTICATE");
  });
});

describe("removing second factors", () => {
  const confirm = async (caller: Caller, { use }: { use(options: object): object }) =>
    dataOf(await asUser(caller, "passkeys.confirm", { credential: use(await beginUse()) }));

  test("removing the last one turns off two-factor authentication and deletes the recovery codes", async () => {
    const user = await harness.createUser();
    const { authenticator, id, recoveryCodes } = await addPasskey(harness, user);
    harness.sim.clock.advance(600_000);
    expect(errorOf(await asUser(user, "passkeys.remove", { id }))).toEqual([403, "confirmation_required"]);
    await confirm(user, authenticator as never);
    dataOf(await asUser(user, "passkeys.remove", { id }));
    expect((await user.get("/api/user/security")).body.second_factor).toBeNull();
    expect(await kinds(user)).toEqual(expect.arrayContaining(["passkey_removed", "second_factor_disabled"]));
    expect((await logInWith(harness, { email: user.email, password: PASSWORD })).status).toBe(200);
    const left = await harness.server.app.db.prisma.recoveryCode.count({ where: { user: { email: user.email } } });
    expect([left, recoveryCodes.length]).toEqual([0, 10]);
  });

  test("without the authenticator app, passkeys and recovery codes stay", async () => {
    const user = await harness.createUser();
    const { authenticator, id } = await addPasskey(harness, user);
    const phone = await enrol(harness, user);
    expect((await user.post("/api/user/second-factor/disable", {})).status).toBe(200);
    expect((await user.get("/api/user/security")).body.second_factor).toEqual({
      enabled_at: expect.any(String),
      recovery_codes_left: 10,
      has_authenticator: false,
      passkeys: 1,
    });
    expect(
      (await logInWith(harness, { email: user.email, password: PASSWORD, code: phone.recoveryCodes[0] })).status,
    ).toBe(200);
    dataOf(await signIn(authenticator.use(await beginUse())));
    expect(id).toBeGreaterThan(0);
  });

  test("a user can rename and remove only their own passkeys", async () => {
    const [ada, bea] = [await harness.createUser(), await harness.createUser()];
    const { id } = await addPasskey(harness, ada);
    await addPasskey(harness, bea);
    for (const [name, input] of [
      ["passkeys.rename", { id, name: "mine" }],
      ["passkeys.remove", { id }],
    ] as const)
      expect(errorOf(await asUser(bea, name, input))).toEqual([404, "passkey_not_found"]);
    expect(dataOf(await asUser(ada, "passkeys.rename", { id, name: "Key ring" })).name).toBe("Key ring");
    expect(dataOf(await fetchList(ada)).map(({ name }: { name: string }) => name)).toEqual(["Key ring"]);
  });

  test("the only way to sign in stays until there is a password", async () => {
    const user = await harness.createUser();
    const { id } = await addPasskey(harness, user);
    const { prisma } = harness.server.app.db;
    const where = { email: user.email };
    const { passwordHash } = await prisma.user.findUniqueOrThrow({ where });
    await prisma.user.update({ where, data: { passwordHash: "none" } });
    expect(errorOf(await asUser(user, "passkeys.remove", { id }))).toEqual([409, "passkey_last_way"]);
    expect(dataOf(await fetchList(user))).toHaveLength(1);
    await prisma.user.update({ where, data: { passwordHash } });
    dataOf(await asUser(user, "passkeys.remove", { id }));
  });

  test("works over REST, too, as do renaming and listing", async () => {
    const [ada, bea] = [await harness.createUser(), await harness.createUser()];
    const { authenticator, id } = await addPasskey(harness, ada);
    const where = `/api/user/passkeys/${id}`;
    expect((await ada.get("/api/user/passkeys")).body).toEqual([
      { id, name: expect.any(String), host: "localhost", created_at: expect.any(String), last_used_at: null },
    ]);
    expect((await bea.get("/api/user/passkeys")).body).toEqual([]);
    expect((await ada.put(where, { name: "Key ring" })).body).toMatchObject({ id, name: "Key ring" });
    expect((await ada.put(where, { name: "" })).status).toBe(400);
    expect((await bea.put(where, { name: "mine" })).body.reason).toBe("passkey_not_found");
    expect((await bea.delete(where)).body.reason).toBe("passkey_not_found");
    harness.sim.clock.advance(600_000);
    expect((await ada.delete(where)).body.code).toBe("REAUTHENTICATE");
    await confirm(ada, authenticator as never);
    expect((await ada.delete(where)).status).toBe(204);
    expect((await ada.get("/api/user/security")).body.second_factor).toBeNull();
  });
});

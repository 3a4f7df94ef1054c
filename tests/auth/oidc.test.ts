import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openBrowser } from "../support/oidc/browser.ts";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  type Claims,
  type Faults,
  type IdentityProvider,
  startIdentityProvider,
} from "../support/oidc/identity-provider.ts";
import { callerOf, type Harness, PASSWORD, startHarness } from "../support/server/harness.ts";
import { enrol } from "../support/users/authenticator.ts";

let harness: Harness;
let provider: IdentityProvider;
beforeAll(async () => {
  provider = await startIdentityProvider();
  harness = await startHarness({
    sim: { now: "2026-03-10T12:00:00Z" },
    env: {
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: CLIENT_ID,
      OIDC_CLIENT_SECRET: CLIENT_SECRET,
      OIDC_NAME: "Acme",
      OIDC_ALLOWED_DOMAINS: "example.com, Example.org",
      PUBLIC_URL: "https://orwatch.example.com",
    },
  });
  // The first user of a server is registered in another way: tests/auth/oidc-server.test.ts.
  await harness.createUser("first@example.com");
});
afterAll(async () => {
  await harness.close();
  await provider.close();
});
beforeEach(() => harness.sim.clock.advance(61_000));
afterEach(() => provider.fail());

let people = 0;
/** Someone new at the provider, who signs in from now on. */
function meet(claims: Partial<Claims> = {}) {
  people += 1;
  const person = { sub: `sub-${people}`, email: `person${people}@example.com`, email_verified: true, ...claims };
  provider.be(person);
  return { sub: person.sub, email: String(person.email) };
}
const browse = (headers?: Record<string, string>) => openBrowser(() => harness.url, headers);
const prisma = () => harness.server.app.db.prisma;
const kindsOf = async (email: string) =>
  (await prisma().auditEvent.findMany({ where: { user: { email } }, orderBy: { id: "asc" } })).map(({ kind }) => kind);

describe("sign-in", () => {
  test("registers a new person without a password and signs them in again as the same user", async () => {
    const { email, sub } = meet();
    const browser = browse();
    expect(await browser.signIn({ redirect: "/keys?page=2" })).toBe("/keys?page=2");
    expect(await browser.user()).toBe(email);
    expect((await browser.query("auth.security")).body).toMatchObject({ has_password: false, second_factor: null });
    const again = browse();
    expect(await again.signIn()).toBe("/dashboard");
    expect(await again.user()).toBe(email);
    const users = await prisma().user.findMany({ where: { email }, include: { identities: true, personalTeam: true } });
    expect(users).toMatchObject([
      {
        passwordHash: "none",
        isActive: true,
        identities: [{ issuer: provider.issuer, subject: sub, email }],
        personalTeam: { name: email },
      },
    ]);
    expect(await kindsOf(email)).toEqual(["account_opened", "logged_in_with_provider"]);
    // A user without a password cannot log in with one.
    const login = await browse().call("auth.signIn", { email, password: "none" });
    expect(login).toMatchObject({ status: 401, body: { reason: "credentials_invalid" } });
  });

  test("sends code challenge, state, nonce and the callback of PUBLIC_URL, and keeps its secrets in an HttpOnly cookie", async () => {
    meet();
    const response = await fetch(`${harness.url}/trpc/oidc.begin`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ purpose: "login" }),
    });
    const url = new URL(((await response.json()) as { result: { data: { url: string } } }).result.data.url);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: CLIENT_ID,
      redirect_uri: "https://orwatch.example.com/auth/oidc/callback",
      response_type: "code",
      scope: "openid email",
      code_challenge_method: "S256",
    });
    for (const name of ["state", "nonce", "code_challenge"]) expect(url.searchParams.get(name)).toMatch(/^[\w-]{43}$/);
    const cookies = response.headers.getSetCookie();
    expect(cookies).toHaveLength(1);
    expect(cookies[0]).toMatch(/^__Host-orwatch_oidc=v1\./);
    for (const attribute of ["HttpOnly", "SameSite=Lax", "Secure", "Path=/", "Max-Age=600"])
      expect(cookies[0]).toContain(attribute);
    expect(cookies[0]).not.toContain(url.searchParams.get("state") ?? "");
  });

  test.each<[what: string, faults: Faults, claims: Partial<Claims>, reason: string]>([
    [
      "a token of another issuer",
      { idToken: (token) => ({ ...token, iss: "http://127.0.0.1:1" }) },
      {},
      "oidc_response_refused",
    ],
    ["a token for another client", { idToken: (token) => ({ ...token, aud: "other" }) }, {}, "oidc_response_refused"],
    [
      "a token for several clients, issued to another one",
      { idToken: (token) => ({ ...token, aud: [CLIENT_ID, "other"], azp: "other" }) },
      {},
      "oidc_response_refused",
    ],
    [
      "an expired token",
      { idToken: (token) => ({ ...token, exp: (token.iat as number) - 120, iat: (token.iat as number) - 300 }) },
      {},
      "oidc_response_refused",
    ],
    [
      "a token that is not valid yet",
      { idToken: (token) => ({ ...token, nbf: (token.iat as number) + 300 }) },
      {},
      "oidc_response_refused",
    ],
    ["a signature by another key", { signsWithOtherKey: true }, {}, "oidc_response_refused"],
    ["a token of another visit", { idToken: (token) => ({ ...token, nonce: "other" }) }, {}, "oidc_response_refused"],
    ["a token without nonce", { idToken: ({ nonce: _, ...token }) => token }, {}, "oidc_response_refused"],
    ["a token without subject", { idToken: ({ sub: _, ...token }) => token }, {}, "oidc_response_refused"],
    ["a person who cancelled", { error: "access_denied" }, {}, "oidc_denied"],
    ["an error of the provider", { error: "server_error" }, {}, "oidc_response_refused"],
    ["an unverified address", {}, { email_verified: false }, "oidc_email_unverified"],
    ["an address that may be unverified", {}, { email_verified: undefined }, "oidc_email_unverified"],
    ["a text that is not true", {}, { email_verified: "false" }, "oidc_email_unverified"],
    ["no address", {}, { email: undefined }, "oidc_email_missing"],
    ["what is not an address", {}, { email: "person" }, "oidc_email_missing"],
    ["another domain", {}, { email: "person@example.net" }, "oidc_domain_refused"],
    ["a subdomain", {}, { email: "person@mail.example.com" }, "oidc_domain_refused"],
    ["a domain that ends alike", {}, { email: "person@notexample.com" }, "oidc_domain_refused"],
  ])("rejects %s", async (_, faults, claims, reason) => {
    const before = await prisma().user.count();
    meet(claims);
    provider.fail(faults);
    const browser = browse();
    expect(await browser.signIn({ redirect: "/keys" })).toBe(`/login?error=${reason}&redirect=%2Fkeys`);
    expect([...browser.jar.keys()]).toEqual([]);
    expect(await prisma().user.count()).toBe(before);
    // Nothing is wrong with the same person otherwise.
    provider.fail();
    meet();
    expect(await browser.signIn()).toBe("/dashboard");
  });

  test("tolerates clocks that differ by less than a minute", async () => {
    meet();
    provider.fail({
      idToken: (token) => ({ ...token, iat: (token.iat as number) + 45, nbf: (token.iat as number) + 45 }),
    });
    expect(await browse().signIn()).toBe("/dashboard");
  });

  test("reads an address that only the userinfo endpoint has", async () => {
    const { email } = meet({ email_verified: "true" });
    provider.fail({ usesUserinfo: true });
    const browser = browse();
    expect(await browser.signIn()).toBe("/dashboard");
    expect(await browser.user()).toBe(email);
    expect(provider.asked).toContain("/userinfo");
  });

  test("a person whose address changes stays the same user, also if the address is that of another user", async () => {
    const bob = await harness.createUser("bob@example.com");
    const { sub, email } = meet();
    await browse().signIn();
    for (const changed of ["renamed@example.org", bob.email]) {
      provider.be({ sub, email: changed, email_verified: true });
      const browser = browse();
      expect(await browser.signIn()).toBe("/dashboard");
      expect(await browser.user()).toBe(email);
      expect((await browser.query("oidc.identities")).body).toMatchObject([{ name: "Acme", email: changed }]);
    }
    provider.be({ sub, email, email_verified: false });
    expect(await browse().signIn()).toBe("/login?error=oidc_email_unverified");
  });

  test("a deactivated user cannot sign in", async () => {
    const { email } = meet();
    await browse().signIn();
    await prisma().user.updateMany({ where: { email: email }, data: { isActive: false } });
    const browser = browse();
    expect(await browser.signIn()).toBe("/login?error=user_turned_off");
    expect([...browser.jar.keys()]).toEqual([]);
  });

  test("registers five people a minute from one address, and says how long the next one must wait", async () => {
    for (let n = 0; n < 5; n += 1) {
      meet();
      expect(await browse().signIn()).toBe("/dashboard");
    }
    const { email } = meet();
    expect(await browse().signIn()).toMatch(/^\/login\?error=too_many_registrations&seconds=\d+$/);
    expect(await prisma().user.findUnique({ where: { email } })).toBeNull();
  });

  test("never redirects to another site", async () => {
    for (const redirect of ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", "x"]) {
      meet();
      expect(await browse().signIn({ redirect })).toBe("/dashboard");
    }
  });
});

describe("state", () => {
  test("a state works once, also with the cookie of the first time", async () => {
    meet();
    const browser = browse();
    const query = await browser.visit();
    const cookies = new Map(browser.jar);
    expect(await browser.comeBack(query)).toBe("/dashboard");
    const thief = browse();
    for (const [name, value] of cookies) thief.jar.set(name, value);
    expect(await thief.comeBack(query)).toBe("/login?error=oidc_state_invalid");
    expect(await thief.user()).toBeNull();
  });

  test("a visit is only completed by the browser that began it, within ten minutes, with its own state", async () => {
    meet();
    const query = await browse().visit();
    expect(await browse().comeBack(query)).toBe("/login?error=oidc_state_invalid");
    const other = browse();
    await other.visit();
    expect(await other.comeBack(query)).toBe("/login?error=oidc_response_refused");
    const late = browse();
    const lateQuery = await late.visit();
    harness.sim.clock.advance(600_000);
    expect(await late.comeBack(lateQuery)).toBe("/login?error=oidc_state_invalid");
    const forged = browse();
    const forgedQuery = await forged.visit();
    for (const [name, value] of forged.jar) forged.jar.set(name, `${value.slice(0, -2)}AA`);
    expect(await forged.comeBack(forgedQuery)).toBe("/login?error=oidc_state_invalid");
    expect(await browse().comeBack("")).toBe("/login?error=oidc_state_invalid");
  });

  test("the callback takes GET only, and no cookie of a visit opens anything else", async () => {
    const response = await fetch(`${harness.url}/auth/oidc/callback`, { method: "POST" });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, OPTIONS"]);
    meet();
    const browser = browse();
    await browser.visit();
    expect(await browser.user()).toBeNull();
  });
});

describe("a user with the same address", () => {
  test("is signed in only after their password was entered once", async () => {
    const user = await harness.createUser("cleo@example.com");
    const { sub } = meet({ email: "CLEO@example.com" });
    const browser = browse();
    expect(await browser.signIn({ redirect: "/keys" })).toBe("/continue");
    expect(await browser.user()).toBeNull();
    expect((await browser.query("oidc.pending")).body).toEqual({
      purpose: "login",
      needs: "password",
      email: user.email,
      name: "Acme",
      redirect: "/keys",
      has_passkeys: false,
    });
    for (const password of [undefined, "Wrong-Horse-99"])
      expect(await browser.call("oidc.finish", password ? { password } : {})).toMatchObject({
        status: 400,
        body: { reason: "password_wrong" },
      });
    expect(await prisma().identity.count({ where: { subject: sub } })).toBe(0);
    expect(await browser.call("oidc.finish", { password: PASSWORD })).toMatchObject({ status: 200 });
    expect(await browser.user()).toBe(user.email);
    expect((await browser.query("oidc.pending")).body).toBeNull();
    const next = browse();
    expect(await next.signIn()).toBe("/dashboard");
    expect(await next.user()).toBe(user.email);
    expect(await kindsOf(user.email)).toContain("identity_connected");
    const told = await prisma().notification.findMany({ where: { user: { email: user.email }, kind: "account" } });
    expect(told.map(({ title }) => JSON.parse(title).params.change)).toEqual(["identity_connected"]);
  });

  test("counts wrong passwords like failed logins", async () => {
    await harness.createUser("dora@example.com");
    meet({ email: "dora@example.com" });
    const browser = browse();
    await browser.signIn();
    const statuses: number[] = [];
    for (let turn = 0; turn < 6; turn++)
      statuses.push((await browser.call("oidc.finish", { password: "Wrong-Horse-99" })).status);
    expect(statuses).toEqual([400, 400, 400, 400, 400, 429]);
  });

  test("needs the two-factor code too, when connecting and at every sign-in", async () => {
    const user = await harness.createUser("elif@example.com");
    const phone = await enrol(harness, user);
    meet({ email: user.email });
    const browser = browse();
    expect(await browser.signIn()).toBe("/continue");
    const withPassword = { password: PASSWORD };
    expect(await browser.call("oidc.finish", withPassword)).toMatchObject({ body: { code: "SECOND_FACTOR_REQUIRED" } });
    expect(await browser.call("oidc.finish", { ...withPassword, code: "000000" })).toMatchObject({ status: 400 });
    expect(await browser.call("oidc.finish", { ...withPassword, code: phone.next() })).toMatchObject({ status: 200 });
    const next = browse();
    expect(await next.signIn()).toBe("/continue");
    expect((await next.query("oidc.pending")).body).toMatchObject({ needs: "code" });
    expect(await next.user()).toBeNull();
    expect(await next.call("oidc.finish", {})).toMatchObject({ status: 401, body: { code: "SECOND_FACTOR_REQUIRED" } });
    expect(await next.call("oidc.finish", { code: phone.next() })).toMatchObject({ status: 200 });
    expect(await next.user()).toBe(user.email);
  });

  test("without a password is asked to sign in as usual", async () => {
    const { email } = meet();
    await browse().signIn();
    meet({ email });
    const browser = browse();
    expect(await browser.signIn()).toBe("/continue");
    expect(await browser.call("oidc.finish", { password: "none" })).toMatchObject({
      status: 409,
      body: { reason: "oidc_email_taken" },
    });
  });

  test("a pending sign-in ends after ten minutes", async () => {
    const user = await harness.createUser("fred@example.com");
    meet({ email: user.email });
    const browser = browse();
    await browser.signIn();
    harness.sim.clock.advance(600_000);
    expect((await browser.query("oidc.pending")).body).toBeNull();
    expect(await browser.call("oidc.finish", { password: PASSWORD })).toMatchObject({
      status: 400,
      body: { reason: "oidc_state_invalid" },
    });
  });
});

describe("connecting and disconnecting", () => {
  const logIn = async (email: string) => {
    const browser = browse();
    await browser.call("auth.signIn", { email, password: PASSWORD });
    return browser;
  };

  test("a session connects a person with any address, who then signs in as this user", async () => {
    const user = await harness.createUser("gina@example.com");
    const { email } = meet();
    const browser = await logIn(user.email);
    expect(await browser.signIn({ purpose: "connect", redirect: "/profile" })).toBe("/profile");
    expect((await browser.query("oidc.identities")).body).toMatchObject([
      { name: "Acme", email, is_configured: true, is_last_way: false, last_used_at: null },
    ]);
    const next = browse();
    await next.signIn();
    expect(await next.user()).toBe(user.email);
    const [identity] = (await browser.query("oidc.identities")).body;
    expect(await browser.call("oidc.disconnect", { id: identity.id })).toMatchObject({ status: 200 });
    // The session of the removed identity ended, that of the password did not.
    expect([await next.user(), await browser.user()]).toEqual([null, user.email]);
    expect(await browser.call("oidc.disconnect", { id: identity.id })).toMatchObject({ status: 404 });
    const stranger = browse();
    await stranger.signIn();
    expect(await stranger.user()).toBe(email);
  });

  test("a person who is connected to another user is not connected again", async () => {
    const { email } = meet();
    await browse().signIn();
    const user = await harness.createUser("hugo@example.com");
    const browser = await logIn(user.email);
    expect(await browser.signIn({ purpose: "connect", redirect: "/profile" })).toBe(
      "/profile?error=oidc_identity_taken",
    );
    const next = browse();
    await next.signIn();
    expect(await next.user()).toBe(email);
  });

  test("needs a session, and that of the same user when coming back", async () => {
    const [first, second] = [await harness.createUser("ida@example.com"), await harness.createUser("jon@example.com")];
    meet();
    expect(await browse().call("oidc.begin", { purpose: "connect" })).toMatchObject({ status: 401 });
    const browser = await logIn(first.email);
    const query = await browser.visit({ purpose: "connect" });
    await browser.call("auth.signIn", { email: second.email, password: PASSWORD });
    expect(await browser.comeBack(query)).toBe("/profile?error=session_expired");
    expect(await prisma().identity.count({ where: { user: { email: { in: [first.email, second.email] } } } })).toBe(0);
  });

  test("connecting and disconnecting need a confirmed identity with two-factor authentication", async () => {
    const user = await harness.createUser("kim2@example.com");
    const phone = await enrol(harness, user);
    const browser = browse();
    await browser.call("auth.signIn", { email: user.email, password: PASSWORD, code: phone.next() });
    expect(await browser.call("oidc.begin", { purpose: "connect" })).toMatchObject({
      body: { code: "REAUTHENTICATE" },
    });
    expect(await browser.call("oidc.disconnect", { id: 1 })).toMatchObject({ body: { code: "REAUTHENTICATE" } });
  });

  test("over REST, connections are listed and removed", async () => {
    const user = await harness.createUser("lou@example.com");
    const other = await harness.createUser("lou2@example.com");
    meet({ email: "at-work@example.com" });
    const browser = browse();
    await browser.call("auth.signIn", { email: user.email, password: PASSWORD });
    expect(await browser.signIn({ purpose: "connect", redirect: "/profile" })).toBe("/profile");
    const { body } = await user.get("/api/user/identities");
    expect(body).toEqual([
      {
        id: expect.any(Number),
        name: "Acme",
        email: "at-work@example.com",
        is_configured: true,
        is_last_way: false,
        created_at: expect.any(String),
        last_used_at: null,
      },
    ]);
    expect((await other.get("/api/user/identities")).body).toEqual([]);
    expect((await other.delete(`/api/user/identities/${body[0].id}`)).body.reason).toBe("identity_not_found");
    expect((await user.delete(`/api/user/identities/${body[0].id}`)).status).toBe(204);
    expect((await user.get("/api/user/identities")).body).toEqual([]);
  });

  test("the last way to sign in cannot be disconnected until there is a password", async () => {
    meet();
    const browser = browse();
    await browser.signIn();
    const [identity] = (await browser.query("oidc.identities")).body;
    expect(identity).toMatchObject({ is_last_way: true });
    expect(await browser.call("oidc.disconnect", { id: identity.id })).toMatchObject({
      status: 409,
      body: { reason: "identity_last_way" },
    });
    const password = { new_password: "Another-Horse-10", new_password_confirm: "Another-Horse-10" };
    expect(await browser.call("auth.changePassword", password)).toMatchObject({ body: { code: "REAUTHENTICATE" } });
    expect(await browser.signIn({ purpose: "confirm", redirect: "/returned" })).toBe("/returned");
    expect(await browser.call("auth.changePassword", password)).toMatchObject({ status: 200 });
    expect(await browser.call("oidc.disconnect", { id: identity.id })).toMatchObject({ status: 200 });
    // A password that exists now must be entered.
    expect(await browser.call("auth.changePassword", password)).toMatchObject({
      status: 400,
      body: { issues: [{ path: "current_password", reason: "field_missing" }] },
    });
  });

  test("of two connections, parallel requests disconnect only one", async () => {
    meet();
    const browser = browse();
    await browser.signIn();
    meet();
    expect(await browser.signIn({ purpose: "connect" })).toBe("/dashboard");
    const ids = (await browser.query("oidc.identities")).body.map(({ id }: { id: number }) => id);
    const answers = await Promise.all(ids.map((id: number) => browser.call("oidc.disconnect", { id })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test("a connection of an earlier provider can always be removed and is no way to sign in", async () => {
    const { email } = meet();
    const browser = browse();
    await browser.signIn();
    const user = await prisma().user.findUniqueOrThrow({ where: { email: email } });
    const { id } = await prisma().identity.create({
      data: {
        userId: user.id,
        issuer: "https://old.example.com/x",
        subject: "1",
        email: "old@example.com",
        createdAt: new Date(0),
      },
    });
    expect((await browser.query("oidc.identities")).body).toMatchObject([
      { name: "Acme", is_last_way: true },
      { name: "old.example.com", is_configured: false, is_last_way: false },
    ]);
    expect(await browser.call("oidc.disconnect", { id })).toMatchObject({ status: 200 });
  });
});

describe("confirming the identity", () => {
  test("a user without a password confirms at the provider before deleting their user", async () => {
    const { email } = meet();
    const browser = browse();
    await browser.signIn();
    const remove = () => browser.call("auth.deleteAccount", {});
    expect(await remove()).toMatchObject({
      status: 403,
      body: { code: "REAUTHENTICATE", reason: "new_sign_in_required" },
    });
    const begun = await browser.call("oidc.begin", { purpose: "confirm" });
    expect(Object.fromEntries(new URL(begun.body.url).searchParams)).toMatchObject({ prompt: "login", max_age: "0" });
    expect(await browser.signIn({ purpose: "confirm", redirect: "/returned" })).toBe("/returned");
    expect((await browser.query("auth.security")).body.confirmed_until).toBe(
      new Date(harness.sim.clock.nowMs() + 600_000).toISOString(),
    );
    harness.sim.clock.advance(600_000);
    expect(await remove()).toMatchObject({ status: 403 });
    await browser.signIn({ purpose: "confirm" });
    expect(await remove()).toMatchObject({ status: 200 });
    expect(await prisma().user.count({ where: { email: email } })).toBe(0);
    expect(await prisma().identity.count({ where: { email: email } })).toBe(0);
  });

  test.each<[string, Faults]>([
    ["is older", { idToken: (token) => ({ ...token, auth_time: (token.iat as number) - 120 }) }],
    ["has no time", { idToken: ({ auth_time: _, ...token }) => token }],
  ])("a sign-in that %s does not confirm", async (_, faults) => {
    meet();
    const browser = browse();
    await browser.signIn();
    provider.fail(faults);
    expect(await browser.signIn({ purpose: "confirm", redirect: "/returned" })).toBe(
      "/returned?error=oidc_response_refused",
    );
    expect((await browser.query("auth.security")).body.confirmed_until).toBeNull();
  });

  test("another person does not confirm, connected to another user or not", async () => {
    meet();
    await browse().signIn();
    const { email } = meet();
    const browser = browse();
    await browser.signIn();
    for (const sub of ["nobody", "sub-1"]) {
      provider.be({ sub, email, email_verified: true });
      expect(await browser.signIn({ purpose: "confirm" })).toBe("/returned?error=oidc_other_person");
    }
    expect((await browser.query("auth.security")).body.confirmed_until).toBeNull();
    expect(await browse().call("oidc.begin", { purpose: "confirm" })).toMatchObject({ status: 401 });
  });

  test("with two-factor authentication, the code is needed too", async () => {
    const { email } = meet();
    const browser = browse();
    await browser.signIn();
    await browser.signIn({ purpose: "confirm" });
    const begun = await browser.call("auth.beginSecondFactor", {});
    const { codeOf } = await import("../support/users/totp.ts");
    const code = () => codeOf(begun.body.secret, harness.sim.clock.now());
    expect(await browser.call("auth.enableSecondFactor", { code: code() })).toMatchObject({ status: 200 });
    harness.sim.clock.advance(660_000);
    expect(await browser.call("auth.disableSecondFactor", {})).toMatchObject({ body: { code: "REAUTHENTICATE" } });
    expect(await browser.signIn({ purpose: "confirm", redirect: "/returned" })).toBe("/continue");
    expect(await browser.call("auth.disableSecondFactor", {})).toMatchObject({ body: { code: "REAUTHENTICATE" } });
    expect(await browser.call("oidc.finish", { code: code() })).toMatchObject({ status: 200 });
    expect(await browser.call("auth.disableSecondFactor", {})).toMatchObject({ status: 200 });
    expect(await browser.user()).toBe(email);
  });
});

test("limits visits of an address to 30 a minute", async () => {
  meet();
  const browser = browse();
  const statuses: number[] = [];
  for (let turn = 0; turn < 31; turn++) statuses.push((await browser.call("oidc.begin", { purpose: "login" })).status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(30);
  expect(statuses.at(-1)).toBe(429);
});

test("the export of a user contains their connections, and the log neither codes nor secrets of a visit", async () => {
  const { email, sub } = meet();
  const browser = browse();
  const query = await browser.visit();
  await browser.comeBack(query);
  const { body } = await browser.query("auth.exportData", undefined);
  expect(body.identities).toMatchObject([{ issuer: provider.issuer, subject: sub, email }]);
  const log = JSON.stringify(harness.logged);
  for (const [, value] of new URLSearchParams(query)) expect(log).not.toContain(value);
  expect(log).not.toContain(CLIENT_SECRET);
});

test("a session over REST has no way to the provider, and its bearer token is no cookie", async () => {
  const user = await harness.createUser("rest@example.com");
  const caller = callerOf(() => harness.url, user.credential);
  expect((await caller.get("/api/user")).status).toBe(200);
  expect(
    (await browse({ authorization: `Bearer ${user.credential}` }).call("oidc.begin", { purpose: "connect" })).status,
  ).toBe(401);
});

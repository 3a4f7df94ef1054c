import type { Role } from "@orwatch/domain/permissions";
import type { JWTPayload } from "jose";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openBrowser } from "../support/oidc/browser.ts";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  type IdentityProvider,
  startIdentityProvider,
} from "../support/oidc/identity-provider.ts";
import { callerOf, type Harness, PASSWORD, request, startHarness } from "../support/server/harness.ts";

/** Settings of the server, and the provider when it does not work. */

let harness: Harness;
let provider: IdentityProvider;
const TEAM = 900;
beforeAll(async () => {
  provider = await startIdentityProvider();
  harness = await startHarness({
    sim: { now: "2026-03-10T12:00:00Z" },
    env: {
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: CLIENT_ID,
      OIDC_CLIENT_SECRET: CLIENT_SECRET,
      PUBLIC_URL: "http://orwatch.example.com",
    },
  });
});
afterAll(async () => {
  await harness.close();
  await provider.close();
});
beforeEach(() => harness.sim.clock.advance(61_000));
afterEach(() => provider.fail());

let people = 0;
function meet(claims: Record<string, unknown> = {}) {
  people += 1;
  const person = { sub: `sub-${people}`, email: `person${people}@example.com`, email_verified: true, ...claims };
  provider.be(person);
  return person;
}
const browse = (headers?: Record<string, string>) => openBrowser(() => harness.url, headers);
const prisma = () => harness.server.app.db.prisma;
const settings = async () => (await request(`${harness.url}/trpc/auth.settings`)).body.result.data;

test("the first user from another machine needs the set-up code, and becomes administrator", async () => {
  const { email } = meet();
  const elsewhere = browse({ "x-forwarded-for": "203.0.113.7" });
  expect(await elsewhere.call("oidc.begin", { purpose: "login" })).toMatchObject({
    status: 403,
    body: { reason: "setup_code_required" },
  });
  expect(await elsewhere.call("oidc.begin", { purpose: "login", setup_code: "wrong" })).toMatchObject({
    status: 403,
    body: { reason: "setup_code_wrong" },
  });
  expect(await elsewhere.signIn({ setup_code: harness.server.app.memory.setup.code })).toBe("/dashboard");
  expect(await prisma().user.findMany()).toMatchObject([{ email, isAdmin: true }]);
  meet();
  expect(await browse({ "x-forwarded-for": "203.0.113.7" }).signIn()).toBe("/dashboard");
  expect(await prisma().user.count({ where: { isAdmin: true } })).toBe(1);
});

describe("without a provider", () => {
  test("the paths and procedures of the provider do not exist", async () => {
    const plain = await startHarness();
    try {
      const browser = openBrowser(() => plain.url);
      expect(await browser.call("oidc.begin", { purpose: "login" })).toMatchObject({
        status: 404,
        body: { reason: "oidc_not_configured" },
      });
      const logout = await fetch(`${plain.url}/auth/oidc/backchannel-logout`, { method: "POST" });
      expect(logout.status).toBe(405);
      expect((await request(`${plain.url}/trpc/auth.settings`)).body.result.data).toMatchObject({
        password_login: true,
        oidc: null,
      });
    } finally {
      await plain.close();
    }
  });
});

describe("a provider that is down", () => {
  test("stops neither the start nor other sign-ins, and works as soon as it is back", async () => {
    const user = await harness.createUser("ann@example.com");
    await provider.down();
    await harness.restart();
    expect((await request(`${harness.url}/health/ready`)).status).toBe(200);
    const browser = browse();
    expect(await browser.call("oidc.begin", { purpose: "login" })).toMatchObject({
      status: 502,
      body: { code: "BAD_GATEWAY", reason: "oidc_unreachable" },
    });
    expect(await browser.call("auth.signIn", { email: user.email, password: PASSWORD })).toMatchObject({ status: 200 });
    await provider.up();
    // Not asked again at once, so that an unreachable provider keeps nobody waiting.
    const before = provider.asked.length;
    expect(await browser.call("oidc.begin", { purpose: "login" })).toMatchObject({ status: 502 });
    expect(provider.asked).toHaveLength(before);
    harness.sim.clock.advance(10_000);
    meet();
    expect(await browse().signIn()).toBe("/dashboard");
  });

  test("is reported when it fails in the middle of a visit", async () => {
    meet();
    const browser = browse();
    const query = await browser.visit();
    await provider.down();
    expect(await browser.comeBack(query)).toBe("/login?error=oidc_unreachable");
    await provider.up();
    expect(await browser.signIn()).toBe("/dashboard");
  });

  test.each([500, 404])("a discovery document with status %i is not accepted", async (status) => {
    provider.fail({ status });
    await harness.restart();
    expect(await browse().call("oidc.begin", { purpose: "login" })).toMatchObject({ status: 502 });
    const why = harness.logged.filter(({ event }) => event === "oidc.discovery").at(-1)?.why;
    expect(why).toContain("unexpected HTTP response status code");
    provider.fail();
    await harness.restart();
  });

  test("discovery is shared, kept for an hour, and a known one is used while the provider is down", async () => {
    await harness.restart();
    const discoveries = () => provider.asked.filter((path) => path.startsWith("/.well-known")).length;
    const before = discoveries();
    const begin = () => browse().call("oidc.begin", { purpose: "login" });
    await Promise.all([begin(), begin(), begin()]);
    expect(discoveries()).toBe(before + 1);
    harness.sim.clock.advance(3_599_000);
    await begin();
    expect(discoveries()).toBe(before + 1);
    harness.sim.clock.advance(2_000);
    await begin();
    expect(discoveries()).toBe(before + 2);
    await provider.down();
    harness.sim.clock.advance(3_601_000);
    expect(await begin()).toMatchObject({ status: 200 });
    harness.sim.clock.advance(24 * 3_600_000);
    expect(await begin()).toMatchObject({ status: 502 });
    await provider.up();
  });
});

describe("back-channel logout", () => {
  const send = (token: string) =>
    fetch(`${harness.url}/auth/oidc/backchannel-logout`, {
      method: "POST",
      body: new URLSearchParams({ logout_token: token }),
    });
  /** Two sessions of one person, as the provider numbers them. */
  async function signInTwice() {
    const person = meet({ sid: "s1" });
    const [first, second] = [browse(), browse()];
    await first.signIn();
    provider.be({ ...person, sid: "s2" });
    await second.signIn();
    return { ...person, first, second };
  }

  test("ends all sessions of a person, and leaves API tokens and other people alone", async () => {
    meet({ sid: "s1" });
    const other = browse();
    await other.signIn();
    const { sub, email, first, second } = await signInTwice();
    const { body } = await first.call("tokens.issue", { name: "t" });
    const response = await send(await provider.logoutToken({ sub }));
    expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect([await first.user(), await second.user()]).toEqual([null, null]);
    expect(await other.user()).not.toBeNull();
    const headers = { authorization: `Bearer ${body.token}` };
    expect((await request(`${harness.url}/api/v1/keys`, { headers })).status).toBe(200);
    const event = await prisma().auditEvent.findFirstOrThrow({ where: { user: { email }, kind: "provider_logout" } });
    expect([event.actor, JSON.parse(event.message).params]).toEqual(["server", { ended: 2 }]);
  });

  test("ends one session that it names", async () => {
    const { sub, email, first, second } = await signInTwice();
    expect((await send(await provider.logoutToken({ sub, sid: "s1" }))).status).toBe(200);
    expect([await first.user(), await second.user()]).toEqual([null, email]);
    expect((await send(await provider.logoutToken({ sid: "s2" }))).status).toBe(200);
    expect(await second.user()).toBeNull();
  });

  test("says nothing about whether it knows a person", async () => {
    const response = await send(await provider.logoutToken({ sub: "nobody" }));
    expect([response.status, await response.text()]).toEqual([200, ""]);
  });

  test.each<[string, JWTPayload, string?]>([
    ["of another issuer", { iss: "http://127.0.0.1:1" }],
    ["for another client", { aud: "other" }],
    ["that has expired", { exp: 1_000_000 }],
    ["of an hour ago", { iat: Math.floor(Date.now() / 1000) - 3600 }],
    ["without a time", { iat: undefined as never }],
    ["without an ID", { jti: undefined as never }],
    ["without the event", { events: {} }],
    ["with a nonce, as an ID token has", { nonce: "n" }],
    ["of another type", {}, "at+jwt"],
    ["about nobody", { sub: undefined as never }],
  ])("rejects a token %s", async (_, claims, type) => {
    const { sub, email, first } = await signInTwice();
    const response = await send(await provider.logoutToken({ sub, ...claims }, type));
    expect([response.status, ((await response.json()) as { reason: string }).reason]).toEqual([
      400,
      "oidc_logout_refused",
    ]);
    expect(await first.user()).toBe(email);
  });

  test("rejects a token that was used, one signed with another key, and what is no token", async () => {
    const { sub, email, first } = await signInTwice();
    const token = await provider.logoutToken({ sub: "nobody", jti: "once" });
    expect([(await send(token)).status, (await send(token)).status]).toEqual([200, 400]);
    provider.fail({ signsWithOtherKey: true });
    expect((await send(await provider.logoutToken({ sub }))).status).toBe(400);
    const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from(JSON.stringify({ sub })).toString("base64url")}.`;
    for (const wrong of ["", "x", unsigned, "x".repeat(20_000)]) expect((await send(wrong)).status).toBe(400);
    expect(await first.user()).toBe(email);
    const get = await fetch(`${harness.url}/auth/oidc/backchannel-logout`);
    expect([get.status, get.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
  });

  test("limits wrong tokens of an address", async () => {
    const statuses: number[] = [];
    for (let turn = 0; turn < 32; turn++) statuses.push((await send("x")).status);
    expect(statuses.filter((status) => status === 400)).toHaveLength(30);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe("PASSWORD_LOGIN=false", () => {
  test("rejects passwords for login, registration and change, and still connects a user by theirs", async () => {
    const user = await harness.createUser("ben@example.com");
    await harness.restart({ PASSWORD_LOGIN: "false" });
    expect(await settings()).toMatchObject({ password_login: false, oidc: { name: "SSO" } });
    const off = { status: 403, body: { reason: "password_login_off" } };
    const credentials = { email: user.email, password: PASSWORD };
    const browser = browse();
    expect(await browser.call("auth.signIn", credentials)).toMatchObject(off);
    const post = (path: string, body: object) =>
      request(`${harness.url}/api/auth/${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    expect(await post("login", credentials)).toMatchObject(off);
    expect(
      await post("register", { ...credentials, email: "new@example.com", password_confirm: PASSWORD }),
    ).toMatchObject(off);
    meet({ email: user.email });
    expect(await browser.signIn()).toBe("/continue");
    expect(await browser.call("oidc.finish", { password: PASSWORD })).toMatchObject({ status: 200 });
    expect(await browser.user()).toBe(user.email);
    expect((await browser.query("auth.security")).body).toMatchObject({ has_password: false });
    expect((await browser.query("oidc.identities")).body).toMatchObject([{ is_last_way: true }]);
    expect(await browser.call("auth.reauthenticate", { password: PASSWORD })).toMatchObject(off);
    const change = {
      current_password: PASSWORD,
      new_password: "Another-Horse-10",
      new_password_confirm: "Another-Horse-10",
    };
    expect(await browser.call("auth.changePassword", change)).toMatchObject(off);
    await harness.restart();
    expect(await browse().call("auth.signIn", credentials)).toMatchObject({ status: 200 });
  });
});

describe("new people", () => {
  test("are not registered with OIDC_AUTO_REGISTER=false, nor by default while registration is closed", async () => {
    for (const env of [{ OIDC_AUTO_REGISTER: "false" }, { ALLOW_REGISTRATION: "false" }]) {
      await harness.restart(env);
      meet();
      expect(await browse().signIn()).toBe("/login?error=oidc_not_registered");
    }
    await harness.restart({ ALLOW_REGISTRATION: "false", OIDC_AUTO_REGISTER: "true" });
    expect(await browse().signIn()).toBe("/dashboard");
    expect((await settings()).oidc).toEqual({ name: "SSO", auto_register: true });
    await harness.restart();
  });

  test("are registered with an invitation, as members of its team, also with OIDC_AUTO_REGISTER=false", async () => {
    await harness.restart({ OIDC_AUTO_REGISTER: "false" });
    const owner = await harness.createUser("inviter@example.com");
    const { id } = (await owner.post("/api/teams", { name: "Research" })).body;
    const invite = async (body: object) => (await owner.post(`/api/teams/${id}/invitations`, body)).body.token;
    const comeWith = (invitation: string) => browse().signIn({ invitation, redirect: "/invite" });

    const { email } = meet();
    const token = await invite({ role: "editor" });
    const browser = browse();
    expect(await browser.signIn({ invitation: token, redirect: "/invite" })).toBe("/dashboard");
    expect((await browser.query("auth.me")).body).toMatchObject({
      email,
      team: { id, name: "Research", role: "editor" },
      default_team_id: id,
    });
    const events = await prisma().auditEvent.findMany({ where: { user: { email } }, orderBy: { id: "asc" } });
    expect(events.map(({ kind }) => kind)).toEqual(["account_opened", "team_joined", "logged_in_with_provider"]);

    const before = await prisma().user.count();
    meet();
    expect(await comeWith(token), "used").toBe("/login?error=invitation_not_found&redirect=%2Finvite");
    const expired = await invite({ role: "viewer" });
    harness.sim.clock.advance(7 * 86_400_000);
    meet();
    expect(await comeWith(expired), "expired").toBe("/login?error=invitation_not_found&redirect=%2Finvite");
    const login = await owner.post("/api/auth/login", { email: owner.email, password: PASSWORD });
    const again = callerOf(() => harness.url, login.body.access_token);
    const { token: bound } = (
      await again.post(`/api/teams/${id}/invitations`, { role: "viewer", email: "invited@example.com" })
    ).body;
    meet({ email: "other@example.com" });
    expect(await comeWith(bound)).toBe("/login?error=invitation_for_other_address&redirect=%2Finvite");
    expect(await prisma().user.count()).toBe(before);
    meet({ email: "Invited@example.com" });
    expect(await comeWith(bound)).toBe("/dashboard");
    // An invitation does not help a person whose address the server does not accept.
    meet({ email_verified: false });
    expect(await comeWith((await again.post(`/api/teams/${id}/invitations`, { role: "viewer" })).body.token)).toBe(
      "/login?error=oidc_email_unverified&redirect=%2Finvite",
    );
    await harness.restart();
  });

  test("who are known accept an invitation on its page when they are back", async () => {
    await harness.restart();
    const owner = await harness.createUser("second-inviter@example.com");
    const { email } = meet();
    await browse().signIn();
    const { id } = (await owner.post("/api/teams", { name: "Finance" })).body;
    const { token } = (await owner.post(`/api/teams/${id}/invitations`, { role: "viewer" })).body;
    const browser = browse();
    expect(await browser.signIn({ invitation: token, redirect: "/invite" })).toBe("/invite");
    expect(await browser.user()).toBe(email);
    expect((await browser.call("invitations.accept", { token })).body).toEqual({ team_id: id, role: "viewer" });
  });

  test("with OIDC_TRUST_EMAIL=true, an address counts as verified unless the provider says that it is not", async () => {
    await harness.restart({ OIDC_TRUST_EMAIL: "true" });
    meet({ email_verified: undefined });
    expect(await browse().signIn()).toBe("/dashboard");
    meet({ email_verified: false });
    expect(await browse().signIn()).toBe("/login?error=oidc_email_unverified");
    await harness.restart();
  });
});

describe("the role in a team", () => {
  const roleOf = async (email: string) =>
    (await prisma().membership.findFirst({ where: { teamId: TEAM, user: { email } } }))?.role ?? null;
  const openTeam = async () => {
    const owner = await harness.createUser("owner@example.com");
    const { id } = await prisma().user.findUniqueOrThrow({ where: { email: owner.email } });
    await prisma().team.create({
      data: {
        id: TEAM,
        name: "Research",
        createdAt: new Date(0),
        memberships: { create: { userId: id, role: "owner", createdAt: new Date(0) } },
      },
    });
    return owner;
  };

  test("everyone joins the team of OIDC_TEAM_ID as a viewer, and keeps the role that they get there", async () => {
    await openTeam();
    await harness.restart({ OIDC_TEAM_ID: String(TEAM) });
    const { email } = meet();
    const browser = browse();
    await browser.signIn();
    expect(await roleOf(email)).toBe("viewer");
    const user = await prisma().user.findUniqueOrThrow({ where: { email } });
    expect(user.defaultTeamId).toBe(TEAM);
    await prisma().membership.updateMany({ where: { userId: user.id, teamId: TEAM }, data: { role: "editor" } });
    await browser.signIn();
    expect(await roleOf(email)).toBe("editor");
  });

  test("follows OIDC_ROLE_CLAIM at every sign-in, and the membership ends with the role", async () => {
    await harness.restart({ OIDC_TEAM_ID: String(TEAM), OIDC_ROLE_CLAIM: "realm_access.roles" });
    const person = meet();
    const browser = browse();
    const steps: [unknown, Role | null][] = [
      [["offline_access", "orwatch-admin", "orwatch-viewer"], "admin"],
      [["orwatch-editor"], "editor"],
      ["viewer", "viewer"],
      [["offline_access"], null],
      [["orwatch-admin"], "admin"],
    ];
    for (const [roles, expected] of steps) {
      provider.be({ ...person, realm_access: { roles } });
      await browser.signIn();
      expect(await roleOf(person.email)).toBe(expected);
    }
    const { body } = await browser.call("tokens.issue", { name: "t" });
    provider.be({ ...person, realm_access: {} });
    await browser.signIn();
    const headers = { authorization: `Bearer ${body.token}` };
    expect((await request(`${harness.url}/api/v1/keys`, { headers })).status).toBe(401);
    const events = await prisma().auditEvent.findMany({
      where: { user: { email: person.email }, kind: "provider_role" },
      orderBy: { id: "asc" },
    });
    expect(events.map(({ message }) => JSON.parse(message).params.role)).toEqual([
      "admin",
      "editor",
      "viewer",
      "none",
      "admin",
      "none",
    ]);
  });

  test("never takes the last owner away, and never changes a personal team", async () => {
    await harness.restart({ OIDC_TEAM_ID: String(TEAM), OIDC_ROLE_CLAIM: "role" });
    meet({ email: "owner@example.com", role: "viewer" });
    const browser = browse();
    await browser.signIn();
    expect(await browser.call("oidc.finish", { password: PASSWORD })).toMatchObject({ status: 200 });
    expect(await roleOf("owner@example.com")).toBe("owner");
    const personal = await prisma().team.findFirstOrThrow({ where: { personalUser: { email: "owner@example.com" } } });
    await harness.restart({ OIDC_TEAM_ID: String(personal.id), OIDC_ROLE_CLAIM: "role" });
    const { email } = meet({ role: "admin" });
    expect(await browse().signIn()).toBe("/dashboard");
    expect(await prisma().membership.count({ where: { teamId: personal.id, user: { email } } })).toBe(0);
    expect(harness.logged.at(-1) && harness.logged.some(({ event }) => event === "oidc.team")).toBe(true);
    await harness.restart();
  });
});

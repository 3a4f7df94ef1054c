import { message } from "@orwatch/messages/message";
import { runJobNow } from "@orwatch/server/jobs/service";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addChannel, deliveriesOf, notify } from "../support/alerts/channels.ts";
import { startReceiver } from "../support/alerts/receivers.ts";
import { add, createAccount, keyOf, type Scenario, startScenario, syncAt } from "../support/openrouter/scenario.ts";
import { issueToken } from "../support/openrouter/seed.ts";
import { type Caller, callerOf, PASSWORD } from "../support/server/harness.ts";
import { join, leave, setRole, teamOf } from "../support/users/team.ts";

let scenario: Scenario;
let ada: Caller;
let grace: Caller;
let keyId: number;
let teamId: number;
beforeEach(async () => {
  scenario = await startScenario("2026-03-10T12:00:00Z", { env: { ALLOW_PRIVATE_WEBHOOKS: "127.0.0.0/8" } });
  ada = scenario.user;
  grace = await scenario.harness.createUser("grace@example.com");
  keyId = await add(scenario, createAccount(scenario).key);
  teamId = teamOf(app(), ada.email);
});
afterEach(() => scenario.harness.close());
const app = () => scenario.harness.server.app;
const joinAda = () => join(app(), { email: grace.email, teamId, role: "admin" });
const leaveAda = () => leave(app(), { email: grace.email, teamId });
const setActive = (user: Caller, isActive: boolean) =>
  app().db.prisma.user.updateMany({ where: { email: user.email }, data: { isActive } });

describe("access", () => {
  test("every new user owns a personal team", async () => {
    const memberships = await app().db.prisma.membership.findMany({
      include: { team: true, user: true },
      orderBy: { teamId: "asc" },
    });
    expect(memberships.map(({ role, team, user }) => [role, team.name, team.personalUserId === user.id])).toEqual([
      ["owner", ada.email, true],
      ["owner", grace.email, true],
    ]);
  });

  test("a member sees the keys of the team, and their own again after leaving", async () => {
    expect((await grace.get(`/api/keys/${keyId}`)).status).toBe(404);
    await joinAda();
    expect((await grace.get(`/api/keys/${keyId}`)).body.id).toBe(keyId);
    expect((await grace.get("/api/keys")).body.total).toBe(1);
    await leaveAda();
    expect((await grace.get(`/api/keys/${keyId}`)).status).toBe(404);
    expect((await grace.get("/api/keys")).body.total).toBe(0);
  });

  test("an API token reads the team it was issued for and ends with the membership of its issuer", async () => {
    const own = callerOf(() => scenario.harness.url, (await issueToken(grace)).token);
    await joinAda();
    const { token } = await issueToken(grace);
    const ofTeam = callerOf(() => scenario.harness.url, token);
    expect((await ofTeam.get("/api/v1/keys")).body.items).toMatchObject([{ id: keyId }]);
    expect((await own.get("/api/v1/keys")).body.items).toEqual([]);
    await leaveAda();
    expect((await ofTeam.get("/api/v1/keys")).status).toBe(401);
    expect((await own.get("/api/v1/keys")).status).toBe(200);
    await joinAda();
    expect((await ofTeam.get("/api/v1/keys")).status).toBe(401);
  });

  test("an ETag is of the team: its members share it, and another team has another", async () => {
    const tagWith = async (user: Caller) => {
      const token = callerOf(() => scenario.harness.url, (await issueToken(user)).token);
      return (await token.get("/api/v1/stats?start_date=2026-03-01&end_date=2026-03-10")).headers.get("etag");
    };
    const own = await tagWith(grace);
    await joinAda();
    expect(await tagWith(grace)).toBe(await tagWith(ada));
    expect(await tagWith(grace)).not.toBe(own);
  });
});

describe("jobs", () => {
  const lastSync = async () => (await keyOf(scenario, keyId, grace)).last_synced_at;

  test("keys are synced while the team has an active member", async () => {
    await joinAda();
    await setActive(ada, false);
    await syncAt(scenario, "2026-03-10T13:00:00Z");
    expect(await lastSync()).toBe("2026-03-10T13:00:00.000Z");
    await setActive(grace, false);
    await syncAt(scenario, "2026-03-10T14:00:00Z");
    await setActive(grace, true);
    expect(await lastSync()).toBe("2026-03-10T13:00:00.000Z");
  });

  test("the alerts job counts teams, not members", async () => {
    await joinAda();
    await runJobNow(app(), "alerts", true);
    const run = await app().db.prisma.jobRun.findFirstOrThrow({ where: { job: "alerts" }, orderBy: { id: "desc" } });
    expect(JSON.parse(run.counts)).toMatchObject({ users: 1 });
  });
});

describe("notifications", () => {
  const unread = async (user: Caller) => (await user.get("/api/inbox?only=unread")).body.unread;

  test("each member marks notifications of the team as read for themselves", async () => {
    await joinAda();
    const id = await notify(scenario.harness, ada, "first");
    await notify(scenario.harness, ada, "second");
    expect([await unread(ada), await unread(grace)]).toEqual([2, 2]);
    expect((await ada.post(`/api/inbox/${id}/read`)).body.read_at).toBe("2026-03-10T12:00:00.000Z");
    expect([await unread(ada), await unread(grace)]).toEqual([1, 2]);
    expect((await grace.post("/api/inbox/read", { up_to: id })).body).toEqual({ read: 1 });
    expect([await unread(ada), await unread(grace)]).toEqual([1, 1]);
  });

  test("only the user sees a notification about their own account", async () => {
    await joinAda();
    const password = `${PASSWORD} again`;
    const change = { current_password: PASSWORD, new_password: password, new_password_confirm: password };
    expect((await ada.put("/api/user/password", change)).status).toBe(200);
    const titles = async (user: Caller) =>
      (await user.get("/api/inbox")).body.items.map(({ message: title }: { message: unknown }) => title);
    expect(await titles(ada)).toEqual([message("account_changed_title", { change: "password_changed" })]);
    expect(await titles(grace)).toEqual([]);
  });

  test("quiet hours of the user whose team it is apply to its channels, those of other members do not", async () => {
    const receiver = await startReceiver();
    try {
      await addChannel(ada, { kind: "webhook", url: receiver.url });
      await joinAda();
      const settings = { quiet_from: "11:00", quiet_to: "15:00", time_zone: "UTC" };
      await grace.put("/api/alerts/settings", settings);
      expect((await ada.get("/api/alerts/settings")).body).toMatchObject({ quiet_from: null });
      await notify(scenario.harness, ada, "queued", { deliverAt: new Date("2026-03-10T13:00:00Z") });
      const next = async () => (await deliveriesOf(ada))[0].next_try_at;
      await grace.put("/api/alerts/settings", { ...settings, max_per_day: 3 });
      expect(await next()).toBe("2026-03-10T13:00:00.000Z");
      expect((await ada.get("/api/alerts/settings")).body).toMatchObject({ quiet_from: null, max_per_day: 3 });
      await ada.put("/api/alerts/settings", settings);
      expect(await next()).toBe("2026-03-10T15:00:00.000Z");
    } finally {
      await receiver.close();
    }
  });
});

describe("a deleted user", () => {
  test("takes along the teams of which they are the only member, and no others", async () => {
    await joinAda();
    const own = teamOf(app(), grace.email);
    expect((await grace.post("/api/user/delete", { password: PASSWORD })).status).toBe(204);
    const teams = await app().db.prisma.team.findMany();
    expect(teams.map(({ id }) => id)).toEqual([teamId]);
    expect(teams[0]?.id).not.toBe(own);
    expect((await ada.get(`/api/keys/${keyId}`)).status).toBe(200);
  });

  test("leaves their personal team to its other members, one of whom is an owner", async () => {
    await joinAda();
    const refused = await ada.post("/api/user/delete", { password: PASSWORD });
    expect([refused.status, refused.body.reason]).toEqual([409, "teams_need_owner"]);
    await setRole(app(), { email: grace.email, teamId, role: "owner" });
    expect((await ada.post("/api/user/delete", { password: PASSWORD })).status).toBe(204);
    expect((await grace.get(`/api/keys/${keyId}`)).body.id).toBe(keyId);
  });
});

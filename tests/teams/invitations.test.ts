import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startMailServer } from "../support/alerts/channels.ts";
import { type Caller, type Harness, PASSWORD, request, startHarness } from "../support/server/harness.ts";
import { logInWith } from "../support/users/authenticator.ts";
import { accept, callInTeam, createTeam, idOf, invite, join, registerWith, teamOf } from "../support/users/team.ts";

let harness: Harness;
let mail: Awaited<ReturnType<typeof startMailServer>>;
let users = 0;
let ada: Caller;
let teamId: number;
beforeAll(async () => {
  mail = await startMailServer();
  harness = await startHarness({
    sim: { now: "2026-03-10T12:00:00Z" },
    env: {
      SMTP_URL: mail.url,
      MAIL_FROM: "orwatch@example.com",
      PUBLIC_URL: "http://orwatch.example.com",
      ALLOW_INSECURE_HTTP: "true",
    },
  });
  ada = await createUser();
  teamId = await createTeam(ada, "Research & <b>Development</b>");
});
afterAll(async () => {
  await harness.close();
  await mail.close();
});

const app = () => harness.server.app;

async function createUser(email = `person${++users}@example.com`): Promise<Caller> {
  // Registrations and lookups are limited per minute.
  harness.sim.clock.advance(61_000);
  return harness.createUser(email);
}

const preview = (token: string, headers: Record<string, string> = {}) =>
  request(`${harness.url}/trpc/invitations.preview`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ token }),
  });
const pending = async () => (await ada.get(`/api/teams/${teamId}/invitations`)).body.items;

describe("an invitation", () => {
  test("returns its token and link once, and is stored hashed", async () => {
    const created = await ada.post(`/api/teams/${teamId}/invitations`, { role: "viewer" });
    expect([created.status, created.body]).toEqual([
      201,
      {
        id: expect.any(Number),
        role: "viewer",
        email: null,
        token: expect.stringMatching(/^or_inv_[\w-]{43}$/),
        url: `http://orwatch.example.com/invite#${created.body.token}`,
        is_emailed: false,
        expires_at: new Date(app().clock.now().getTime() + 7 * 86_400_000).toISOString(),
      },
    ]);
    const { id, token } = created.body;
    const one = await ada.get(`/api/teams/${teamId}/invitations/${id}`);
    expect(one.body).toMatchObject({ id, role: "viewer", created_by: { email: ada.email } });
    expect(one.text + JSON.stringify(await pending())).not.toContain(token);
    expect(JSON.stringify(await app().db.prisma.invitation.findMany())).not.toContain(token);
  });

  test("makes its user a member, once", async () => {
    const token = await invite(ada, teamId, { role: "editor" });
    const [grace, third] = [await createUser(), await createUser()];
    const accepted = await accept(grace, token);
    expect([accepted.status, accepted.body]).toEqual([200, { team_id: teamId, role: "editor" }]);
    expect((await grace.get(`/api/user?team_id=${teamId}`)).body.team).toMatchObject({ id: teamId, role: "editor" });
    for (const again of [await accept(third, token), await accept(grace, token)])
      expect([again.status, again.body.reason]).toEqual([404, "invitation_not_found"]);
  });

  test("makes one of two users a member who accept it at once", async () => {
    const token = await invite(ada, teamId);
    const both = [await createUser(), await createUser()];
    const answers = await Promise.all(both.map((user) => accept(user, token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
  });

  test("is not used up by a member", async () => {
    const token = await invite(ada, teamId);
    const refused = await accept(ada, token);
    expect([refused.status, refused.body.reason, refused.body.params]).toEqual([
      409,
      "already_member",
      { team_id: teamId, team: "Research & <b>Development</b>" },
    ]);
    expect((await accept(await createUser(), token)).status).toBe(200);
  });

  test("for an address is for the user with that address", async () => {
    const token = await invite(ada, teamId, { role: "viewer", email: "Invited@Example.com" });
    const refused = await accept(await createUser(), token);
    expect([refused.status, refused.body.reason, refused.body.params]).toEqual([
      403,
      "invitation_for_other_address",
      {},
    ]);
    expect((await accept(await createUser("invited@example.com"), token)).status).toBe(200);
    const known = await ada.post(`/api/teams/${teamId}/invitations`, { role: "viewer", email: "invited@example.com" });
    expect([known.status, known.body.reason]).toEqual([409, "member_already_added"]);
  });

  test("is created by owners and admins, and by owners only for an owner", async () => {
    const grace = await createUser();
    await join(app(), { email: grace.email, teamId, role: "editor" });
    const path = `/api/teams/${teamId}/invitations`;
    expect((await grace.post(path, { role: "viewer" })).status).toBe(403);
    expect((await grace.get(path)).status).toBe(403);
    await ada.put(`/api/teams/${teamId}/members/${await idOf(grace)}`, { role: "admin" });
    const refused = await grace.post(path, { role: "owner" });
    expect([refused.status, refused.body.params]).toEqual([403, { role: "owner" }]);
    expect((await grace.post(path, { role: "admin" })).status).toBe(201);
    const ofOwner = await ada.post(path, { role: "owner" });
    expect((await grace.delete(`${path}/${ofOwner.body.id}`)).status).toBe(403);
    const stranger = await createUser();
    expect((await stranger.post(path, { role: "viewer" })).body.reason).toBe("team_not_found");
    expect((await stranger.delete(`${path}/${ofOwner.body.id}`)).status).toBe(404);
    expect((await ada.delete(`${path}/${ofOwner.body.id}`)).status).toBe(204);
  });

  test("belongs to its team: in another it is not found", async () => {
    const other = await createTeam(ada, "Other");
    const { body } = await ada.post(`/api/teams/${teamId}/invitations`, { role: "viewer" });
    expect((await ada.get(`/api/teams/${other}/invitations/${body.id}`)).status).toBe(404);
    expect((await ada.delete(`/api/teams/${other}/invitations/${body.id}`)).status).toBe(404);
    expect((await ada.get(`/api/teams/${teamId}/invitations/${body.id}`)).status).toBe(200);
  });

  test("cannot be accepted after seven days, and is listed no longer", async () => {
    const token = await invite(ada, teamId);
    const grace = await createUser();
    const listed = (await pending()).length;
    harness.sim.clock.advance(7 * 86_400_000 - 61_000);
    expect((await preview(token)).status).toBe(404);
    expect((await accept(grace, token)).body.reason).toBe("invitation_not_found");
    expect((await pending()).length).toBeLessThan(listed);
  });

  test("with the same Idempotency-Key is another one in another team", async () => {
    const other = await createTeam(ada, "With the same key");
    const create = (id: number) =>
      request(`${harness.url}/api/teams/${id}/invitations`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${ada.credential}`,
          "content-type": "application/json",
          "idempotency-key": "one-key",
        },
        body: JSON.stringify({ role: "viewer" }),
      });
    const [first, again, elsewhere] = [await create(teamId), await create(teamId), await create(other)];
    expect([again.body, again.headers.get("idempotency-replayed")]).toEqual([first.body, "true"]);
    expect([elsewhere.status, elsewhere.body.reason]).toEqual([409, "idempotency_key_reused"]);
  });

  test("of a deactivated user works again once they are activated", async () => {
    const token = await invite(ada, teamId);
    const setActive = (isActive: boolean) =>
      app().db.prisma.user.updateMany({ where: { email: ada.email }, data: { isActive } });
    await setActive(false);
    expect((await preview(token)).status).toBe(404);
    expect((await accept(await createUser(), token)).status).toBe(404);
    await setActive(true);
    expect((await preview(token)).status).toBe(200);
  });

  test("is one of at most 100", async () => {
    const id = await createTeam(ada, "Many");
    for (let n = 0; n < 100; n += 1)
      await app().db.prisma.invitation.create({
        data: {
          teamId: id,
          role: "viewer",
          tokenHash: `many${n}`,
          createdById: await idOf(ada),
          createdAt: app().clock.now(),
          expiresAt: new Date(app().clock.now().getTime() + 1000),
        },
      });
    const refused = await ada.post(`/api/teams/${id}/invitations`, { role: "viewer" });
    expect([refused.status, refused.body.reason]).toEqual([409, "invitation_limit_reached"]);
    harness.sim.clock.advance(1000);
    expect((await ada.post(`/api/teams/${id}/invitations`, { role: "viewer" })).status).toBe(201);
  });
});

describe("the preview for a visitor", () => {
  test("says which team and role, and whether it is for an address, but not which", async () => {
    const open = await preview(await invite(ada, teamId, { role: "viewer" }));
    expect(open.body.result.data).toEqual({
      team_name: "Research & <b>Development</b>",
      role: "viewer",
      is_for_email: false,
      expires_at: expect.any(String),
    });
    harness.sim.clock.advance(61_000);
    const closed = await preview(await invite(ada, teamId, { role: "admin", email: "secret@example.com" }));
    expect(closed.body.result.data).toMatchObject({ role: "admin", is_for_email: true });
    expect(closed.text).not.toContain("secret@example.com");
  });

  test("is the same for tokens that are unknown, used, revoked or expired", async () => {
    const used = await invite(ada, teamId);
    await accept(await createUser(), used);
    const revoked = await ada.post(`/api/teams/${teamId}/invitations`, { role: "viewer" });
    await ada.delete(`/api/teams/${teamId}/invitations/${revoked.body.id}`);
    const expired = await ada.post(`/api/teams/${teamId}/invitations`, { role: "viewer" });
    await app().db.prisma.invitation.update({ where: { id: expired.body.id }, data: { expiresAt: new Date(0) } });
    const answers = [];
    for (const token of [used, revoked.body.token, expired.body.token, `or_inv_${"x".repeat(43)}`, "x"]) {
      const { status, body } = await preview(token);
      const { request_id: _, path: __, ...data } = body.error.data;
      answers.push({ status, message: body.error.message, data });
    }
    expect(answers[0]).toMatchObject({ status: 404, data: { reason: "invitation_not_found" } });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  test("is limited per address", async () => {
    const statuses = new Set<number>();
    for (let n = 0; n < 31; n += 1) statuses.add((await preview("x")).status);
    expect([...statuses]).toEqual([404, 429]);
    harness.sim.clock.advance(61_000);
    expect((await preview("x")).status).toBe(404);
  });
});

describe("registration with an invitation", () => {
  test("works where registration is closed, and the team is the user's default", async () => {
    await harness.restart({ ALLOW_REGISTRATION: "false" });
    harness.sim.clock.advance(61_000);
    expect((await registerWith(harness, { email: "closed@example.com" })).body.reason).toBe("registration_closed");
    const made = await registerWith(harness, { email: "closed@example.com", invitation: `or_inv_${"x".repeat(43)}` });
    expect([made.status, made.body.reason]).toEqual([404, "invitation_not_found"]);
    const invitation = await invite(ada, teamId, { role: "editor" });
    const registered = await registerWith(harness, { email: "new@example.com", invitation });
    expect(registered.status).toBe(201);
    const login = await logInWith(harness, { email: "new@example.com", password: PASSWORD });
    const headers = { authorization: `Bearer ${login.body.access_token}` };
    const { body } = await request(`${harness.url}/api/user`, { headers });
    expect(body).toMatchObject({ default_team_id: teamId, team: { id: teamId, role: "editor", is_personal: false } });
    expect(body.teams).toHaveLength(2);
    const again = await registerWith(harness, { email: "newer@example.com", invitation });
    expect(again.body.reason).toBe("invitation_not_found");
    expect(await app().db.prisma.user.count({ where: { email: "newer@example.com" } })).toBe(0);
    await harness.restart();
  });

  test("is for the invited address, and a taken address uses nothing up", async () => {
    harness.sim.clock.advance(61_000);
    const invitation = await invite(ada, teamId, { role: "viewer", email: "wanted@example.com" });
    const other = await registerWith(harness, { email: "other@example.com", invitation });
    expect([other.status, other.body.reason]).toEqual([403, "invitation_for_other_address"]);
    await createUser("wanted@example.com");
    const taken = await registerWith(harness, { email: "wanted@example.com", invitation });
    expect([taken.status, taken.body.reason]).toEqual([409, "email_taken"]);
    expect((await preview(invitation)).status).toBe(200);
  });

  test("of two with one invitation at once, one gets in and the other leaves nothing behind", async () => {
    harness.sim.clock.advance(61_000);
    const invitation = await invite(ada, teamId);
    const emails = ["first@example.com", "second@example.com"];
    const answers = await Promise.all(emails.map((email) => registerWith(harness, { email, invitation })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 404]);
    expect(await app().db.prisma.user.count({ where: { email: { in: emails } } })).toBe(1);
  });
});

describe("the email", () => {
  const mailsTo = (address: string) => mail.mails.filter(({ to }) => to.includes(address));

  test.each([
    ["en", "Accept the invitation"],
    ["it", "Accetta"],
  ])("has the link and plain text of the names, in %s", async (language, words) => {
    const address = `mailed-${language}@example.com`;
    const created = await ada.post(`/api/teams/${teamId}/invitations`, { role: "admin", email: address, language });
    expect(created.body.is_emailed).toBe(true);
    await vi.waitFor(() => expect(mailsTo(address)).toHaveLength(1));
    const source = mailsTo(address)[0]?.source ?? "";
    expect(source).toContain(created.body.url);
    expect(source).toContain(words);
    expect(source).toContain("&lt;b&gt;Development");
  });

  test("is limited per user and per mailbox", async () => {
    harness.sim.clock.advance(3_600_000);
    const send = (n: number) =>
      ada.post(`/api/teams/${teamId}/invitations`, { role: "viewer", email: `same+${n}@example.com` });
    const statuses = [];
    for (let n = 0; n < 6; n += 1) statuses.push((await send(n)).status);
    expect(statuses).toEqual([201, 201, 201, 201, 201, 429]);
    await vi.waitFor(() => expect(mail.mails.filter(({ to }) => to[0]?.startsWith("same+"))).toHaveLength(5));
  });
});

test("a personal team can be shared, and its user stays an owner", async () => {
  const [owner, guest] = [await createUser(), await createUser()];
  const personal = teamOf(app(), owner.email);
  expect((await accept(guest, await invite(owner, personal, { role: "owner" }))).status).toBe(200);
  const { body } = await callInTeam(harness, guest, { name: "auth.account", team: personal });
  expect(body.result.data.team).toMatchObject({ id: personal, role: "owner", is_personal: false });
});

test("expired invitations are deleted by the cleanup job", async () => {
  const { cleanUp } = await import("@orwatch/server/jobs/cleanup");
  await app().db.prisma.invitation.updateMany({ data: { expiresAt: new Date(0) } });
  expect((await cleanUp(app())).invitations).toBeGreaterThan(0);
  expect(await app().db.prisma.invitation.count()).toBe(0);
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { issueToken } from "../support/openrouter/seed.ts";
import { ACCESS } from "../support/server/access-table.ts";
import { type Answer, type Caller, callerOf, type Harness, PASSWORD, startHarness } from "../support/server/harness.ts";
import { listProcedures } from "../support/server/procedures.ts";
import { enrol } from "../support/users/authenticator.ts";
import { addPasskey, callAt, cookieOf } from "../support/users/passkey.ts";
import { callProcedure } from "../support/users/person.ts";
import { join } from "../support/users/team.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" }, env: { REQUIRE_2FA: "true" } });
});
afterAll(() => harness.close());
beforeEach(() => harness.sim.clock.advance(3_601_000));

const reasonOf = ({ body }: Answer) => body.error?.data.reason ?? null;

describe("on a server that requires two-factor authentication", () => {
  test("users without it can set it up and leave, and nothing else", async () => {
    const user = await harness.createUser();
    const open: string[] = [];
    for (const { name, type } of listProcedures()) {
      if (!["session", "owner", "filtered", "admin"].includes(ACCESS[name]?.kind ?? "")) continue;
      // Invalid inputs: nothing is changed, and who may call it is checked first.
      const answer = await callProcedure(harness, {
        name,
        isQuery: type === "query",
        input: { nonsense: 1 },
        headers: cookieOf(user),
      });
      if (reasonOf(answer) === "second_factor_setup_required") {
        expect([answer.status, answer.body.error.data.code, answer.body.error.data.params]).toEqual([
          403,
          "SECOND_FACTOR_SETUP_REQUIRED",
          { by: "server" },
        ]);
      } else open.push(name);
    }
    expect(open.sort()).toEqual(
      [
        ...["account", "beginSecondFactor", "changePassword", "deleteAccount", "enableSecondFactor", "endAllSessions"],
        ...["endOtherSessions", "endSession", "logout", "me", "reauthenticate", "renewRecoveryCodes", "security"],
        "sessions",
      ]
        .map((name) => `auth.${name}`)
        .concat(["passkeys.add", "passkeys.begin", "passkeys.confirm", "passkeys.list"])
        .sort(),
    );
    expect((await user.get("/api/user/security")).body).toMatchObject({ second_factor: null, required_by: "server" });
  });

  test("an ETag of earlier responses gets no 304, and nothing to compare with", async () => {
    await harness.restart({ REQUIRE_2FA: "false" });
    const user = await harness.createUser();
    const places = ["/api/stats/dashboard", "/api/usage?start_date=2026-03-01&end_date=2026-03-10"];
    const etags = [];
    for (const where of places) {
      const before = await user.get(where);
      etags.push(before.headers.get("etag") ?? "");
      expect((await user.get(where, { "if-none-match": etags.at(-1) ?? "" })).status, where).toBe(304);
    }
    await harness.restart();
    for (const [index, where] of places.entries())
      for (const value of [etags[index] ?? "", "*"]) {
        const answer = await user.get(where, { "if-none-match": value });
        expect([answer.status, answer.body.code, answer.headers.get("etag")], where).toEqual([
          403,
          "SECOND_FACTOR_SETUP_REQUIRED",
          null,
        ]);
      }
  });

  test("exports with the cookie are closed, too", async () => {
    const user = await harness.createUser();
    const where = `${harness.url}/api/usage/export.csv?start_date=2026-03-01&end_date=2026-03-10`;
    const headers = { ...cookieOf(user), "sec-fetch-site": "same-origin" };
    expect((await fetch(where, { headers })).status).toBe(403);
    await enrol(harness, user);
    expect((await fetch(where, { headers })).status).toBe(200);
  });

  test("an authenticator app or a passkey opens everything, and the last one cannot be removed", async () => {
    const user = await harness.createUser();
    expect((await user.get("/api/keys")).body.code).toBe("SECOND_FACTOR_SETUP_REQUIRED");
    const phone = await enrol(harness, user);
    expect((await user.get("/api/keys")).status).toBe(200);
    await user.post("/api/auth/reauthenticate", { password: PASSWORD, code: phone.next() });
    const refused = await user.post("/api/user/second-factor/disable", {});
    expect([refused.status, refused.body.reason]).toEqual([409, "second_factor_needed"]);
    expect((await user.get("/api/user/security")).body.second_factor).toMatchObject({ recovery_codes_left: 10 });

    const other = await harness.createUser();
    const { id } = await addPasskey(harness, other);
    expect((await other.get("/api/keys")).status).toBe(200);
    const answer = await callAt(harness, { name: "passkeys.remove", input: { id }, headers: cookieOf(other) });
    expect([answer.status, reasonOf(answer)]).toEqual([409, "second_factor_needed"]);
  });

  test("API tokens keep working: they are not logins", async () => {
    await harness.restart({ REQUIRE_2FA: "false" });
    const user: Caller = await harness.createUser();
    const { token } = await issueToken(user, "ci");
    await harness.restart();
    expect((await user.get("/api/keys")).status).toBe(403);
    expect((await callerOf(() => harness.url, token).get("/api/v1/stats")).status).toBe(200);
  });
});

describe("a team that requires two-factor authentication", () => {
  test("keeps members without it out of the team only, at the next request", async () => {
    await harness.restart({ REQUIRE_2FA: "false" });
    const [owner, member] = [await harness.createUser(), await harness.createUser()];
    await enrol(harness, owner);
    const { id } = (await owner.post("/api/teams", { name: "Finance" })).body;
    const { app } = harness.server;
    await join(app, { email: member.email, teamId: id, role: "admin" });
    expect((await member.get("/api/keys")).status).toBe(200);
    expect((await owner.put(`/api/teams/${id}`, { requires_second_factor: true })).status).toBe(200);
    const places = ["/api/keys", `/api/keys?team_id=${id}`, `/api/teams/${id}/members`, `/api/teams/${id}/audit`];
    for (const where of places) {
      const refused = await member.get(where);
      expect([refused.status, refused.body.code, refused.body.params], where).toEqual([
        403,
        "SECOND_FACTOR_SETUP_REQUIRED",
        { by: "team" },
      ]);
    }
    expect((await member.get("/api/user/security")).body.required_by).toBe("team");
    const personal = (await member.get("/api/teams")).body.items.find(
      (team: { is_personal: boolean }) => team.is_personal,
    );
    expect((await member.get(`/api/keys?team_id=${personal.id}`)).status).toBe(200);
    const seen = (await owner.get(`/api/teams/${id}/members`)).body.items;
    expect(seen.map((it: { has_second_factor: boolean }) => it.has_second_factor)).toEqual([true, false]);

    const { id: passkeyId } = await addPasskey(harness, member);
    for (const where of places) expect((await member.get(where)).status, where).toBe(200);
    expect((await owner.get(`/api/teams/${id}/members`)).body.items[1].has_second_factor).toBe(true);
    const remove = { name: "passkeys.remove", input: { id: passkeyId }, headers: cookieOf(member) };
    expect(reasonOf(await callAt(harness, remove))).toBe("second_factor_needed");
    expect((await member.delete(`/api/teams/${id}/members/me`)).status).toBe(204);
    expect((await callAt(harness, remove)).status).toBe(200);
    await harness.restart();
  });
});

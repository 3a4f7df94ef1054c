import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { issueToken, seedUsage } from "../support/openrouter/seed.ts";
import { type Caller, callerOf, type Harness, request, startHarness } from "../support/server/harness.ts";
import { callInTeam, createTeam, join, teamOf } from "../support/users/team.ts";

let harness: Harness;
let ada: Caller;
let grace: Caller;
/** Ada owns it, Grace is a viewer. */
let teamId: number;
let keyId: number;
/** Only Ada is in it. */
let foreign: number;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
  ada = await harness.createUser("ada@example.com");
  grace = await harness.createUser("grace@example.com");
  const seeded = seedUsage(harness, {
    email: ada.email,
    keys: ["production"],
    models: ["m"],
    through: "2026-03-10",
    days: 2,
  });
  keyId = seeded.keyIds[0] as number;
  teamId = seeded.teamId;
  await join(harness.server.app, { email: grace.email, teamId, role: "viewer" });
  await grace.put("/api/user", { default_team_id: null });
  foreign = await createTeam(ada, "Foreign");
});
afterAll(() => harness.close());

const RANGE = "start_date=2026-03-01&end_date=2026-03-10";

describe("team_id over REST", () => {
  test("selects the team, of reads and of changes", async () => {
    expect((await grace.get("/api/keys")).body.total).toBe(0);
    expect((await grace.get(`/api/keys?team_id=${teamId}`)).body.items).toMatchObject([{ id: keyId }]);
    expect((await grace.get(`/api/keys/${keyId}`)).status).toBe(404);
    expect((await grace.get(`/api/keys/${keyId}?team_id=${teamId}`)).status).toBe(200);
    const rule = { name: "r", kind: "key_invalid" };
    const created = await ada.post(`/api/alerts/rules?team_id=${foreign}`, rule);
    expect(created.status).toBe(201);
    expect((await ada.get(`/api/alerts/rules/${created.body.id}`)).status).toBe(404);
    expect((await ada.put(`/api/alerts/rules/${created.body.id}?team_id=${foreign}`, { name: "s" })).status).toBe(200);
    expect((await ada.delete(`/api/alerts/rules/${created.body.id}`)).status).toBe(404);
    expect((await ada.delete(`/api/alerts/rules/${created.body.id}?team_id=${foreign}`)).status).toBe(204);
  });

  test("decides the role", async () => {
    const refused = await grace.post(`/api/alerts/rules?team_id=${teamId}`, { name: "r", kind: "key_invalid" });
    expect([refused.status, refused.body.code, refused.body.params]).toEqual([
      403,
      "FORBIDDEN_ROLE",
      { role: "editor" },
    ]);
    expect((await grace.post("/api/alerts/rules", { name: "r", kind: "key_invalid" })).status).toBe(201);
  });

  test("selects the team of exports, with a session and with the cookie of a page", async () => {
    const path = `/api/usage/export.csv?${RANGE}&team_id=`;
    expect((await grace.get(path + teamId)).text).toContain("production");
    expect((await grace.get(path + foreign)).status).toBe(404);
    const headers = { cookie: `orwatch_session=${grace.credential}`, "sec-fetch-site": "same-origin" };
    expect((await request(`${harness.url}${path}${teamId}`, { headers })).text).toContain("production");
    expect((await request(`${harness.url}${path}${foreign}`, { headers })).status).toBe(404);
  });

  test("of a team that the user is not in is 404, as that of a team that does not exist", async () => {
    for (const path of ["/api/keys", "/api/user", `/api/usage/export.csv?${RANGE}`, "/api/alerts/rules"])
      for (const id of [foreign, 999_999, 0, "123456789012345"]) {
        const answer = await grace.get(`${path}${path.includes("?") ? "&" : "?"}team_id=${id}`);
        expect([answer.status, answer.body.reason], `${path} ${id}`).toEqual([404, "team_not_found"]);
      }
    expect((await grace.post(`/api/auth/logout?team_id=${foreign}`)).status).toBe(404);
  });

  test.each([
    ["", "field_no_value"],
    ["abc", "field_not_whole_number"],
    ["-1", "field_not_whole_number"],
    ["1.5", "field_not_whole_number"],
    ["1&team_id=1", "field_repeated"],
  ])("must be one ID: %s", async (text, reason) => {
    for (const answer of [
      await ada.get(`/api/keys?team_id=${text}`),
      await ada.put(`/api/keys/${keyId}?team_id=${text}`, { name: "x" }),
      await ada.get(`/api/usage/export.csv?${RANGE}&team_id=${text}`),
    ])
      expect([answer.status, answer.body.issues]).toMatchObject([400, [{ path: "team_id", reason }]]);
  });

  test("is not read without a session, and not of a public operation", async () => {
    expect((await callerOf(() => harness.url, "").get(`/api/keys?team_id=${foreign}`)).status).toBe(401);
    const login = await callerOf(() => harness.url, "").post("/api/auth/login?team_id=1", {
      email: "a@b.cd",
      password: "x",
    });
    expect([login.status, login.body.issues[0].reason]).toEqual([400, "parameter_unknown_of"]);
  });
});

describe("X-Team-Id over /trpc", () => {
  test("selects the team", async () => {
    const names = async (team?: number) =>
      (await callInTeam(harness, grace, { name: "keys.names", ...(team && { team }) })).body;
    expect(JSON.stringify(await names(teamId))).toContain("production");
    expect(JSON.stringify(await names())).not.toContain("production");
  });

  test.each([["foreign"], ["999999"], ["abc"], ["-1"], ["1, 2"]])("of no team of the user is 404: %s", async (text) => {
    const team = text === "foreign" ? foreign : text;
    const { status, body } = await callInTeam(harness, grace, { name: "keys.names", team });
    expect([status, body.error.data.reason]).toEqual([404, "team_not_found"]);
  });

  test("leaves what is about no team possible, so that the app can say so and switch", async () => {
    const { body } = await callInTeam(harness, grace, { name: "auth.account", team: foreign });
    expect(body.result.data).toMatchObject({
      email: grace.email,
      team: null,
      teams: [{ is_personal: true }, { id: teamId }],
    });
    const here = await callInTeam(harness, grace, { name: "auth.account", team: teamId });
    expect(here.body.result.data.team).toEqual({
      id: teamId,
      name: ada.email,
      role: "viewer",
      is_personal: false,
      requires_second_factor: false,
    });
  });
});

describe("an API token", () => {
  test("has the team it was created in", async () => {
    const { token } = (await ada.post(`/api/tokens?team_id=${foreign}`, { name: "t" })).body;
    const ofToken = callerOf(() => harness.url, token);
    expect((await ofToken.get("/api/v1/team")).body).toEqual({ id: foreign, name: "Foreign" });
    expect((await ofToken.get("/api/v1/keys")).body.items).toEqual([]);
  });

  test("reads no other team, also one of its issuer", async () => {
    const { token } = await issueToken(ada);
    const ofToken = callerOf(() => harness.url, token);
    expect((await ofToken.get(`/api/v1/keys?team_id=${teamOf(harness.server.app, ada.email)}`)).status).toBe(200);
    for (const path of ["/api/v1/keys", `/api/v1/stats?${RANGE}`, `/api/v1/usage/export.csv?${RANGE}`]) {
      const refused = await ofToken.get(`${path}${path.includes("?") ? "&" : "?"}team_id=${foreign}`);
      expect([refused.status, refused.body.reason]).toEqual([404, "team_not_found"]);
    }
    const over = await request(`${harness.url}/trpc/v1.keys?input=%7B%7D`, {
      headers: { authorization: `Bearer ${token}`, "x-team-id": String(foreign) },
    });
    expect([over.status, over.body.error.data.reason]).toEqual([404, "team_not_found"]);
  });

  test("of a deactivated issuer or of a team without them is unknown", async () => {
    const { token } = (await ada.post(`/api/tokens?team_id=${foreign}`, { name: "u" })).body;
    await ada.delete(`/api/teams/${foreign}`);
    expect((await callerOf(() => harness.url, token).get("/api/v1/team")).status).toBe(401);
  });
});

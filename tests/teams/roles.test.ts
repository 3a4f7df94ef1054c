import { ROLES, type Role } from "@orwatch/domain/permissions";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Caller, type Harness, request, startHarness } from "../support/server/harness.ts";
import { listProcedures } from "../support/server/procedures.ts";
import { join, leave, setRole, teamOf } from "../support/users/team.ts";

/** Changes by the least role that may make them. All other procedures of a team are for every member. */
const NEEDED: Record<Exclude<Role, "viewer">, string[]> = {
  editor: [
    "keys.validate",
    "accounts.sync",
    "sync.key",
    "sync.all",
    ...of("alerts", "createRule updateRule deleteRule snoozeRule"),
    ...of("views", "create update delete"),
    ...of("annotations", "create update delete"),
    ...of("projects", "create update delete setKeys moveKey"),
  ],
  admin: [
    ...of("keys", "add update delete"),
    ...of("accounts", "add update delete replaceKey setKey"),
    ...of("tokens", "issue revoke"),
    ...of("channels", "create update delete confirm sendCode rotateSecret test retry"),
    ...of("shares", "create list revoke"),
  ],
  owner: [],
};
/** Changes that every member may make: their own. */
const OWN = ["alerts.updateSettings", "alerts.snooze", "inbox.read", "inbox.readAll"];
/** About the user, the server or the team that the input names, not about the team of the request. */
const NO_TEAM = /^(auth\.(?!exportData)|oidc\.|passkeys\.|audit\.|users\.|jobs\.|teams\.|invitations\.|share\.)/;

function of(router: string, names: string): string[] {
  return names.split(" ").map((name) => `${router}.${name}`);
}

const neededFor = (name: string): Role =>
  (Object.entries(NEEDED) as [Role, string[]][]).find(([, names]) => names.includes(name))?.[0] ?? "viewer";

const OF_SESSIONS = listProcedures().filter(({ name }) => !NO_TEAM.test(name) && !name.startsWith("v1."));

let harness: Harness;
let member: Caller;
let teamId: number;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
  const owner = await harness.createUser("owner@example.com");
  member = await harness.createUser("member@example.com");
  teamId = teamOf(harness.server.app, owner.email);
  await join(harness.server.app, { email: member.email, teamId, role: "viewer" });
});
afterAll(() => harness.close());

/** Calls a procedure with an input that it rejects, so that it changes nothing. */
async function call(name: string, isQuery: boolean, team: Record<string, string> = {}) {
  const input = JSON.stringify({ made_up: true });
  const headers = { cookie: `orwatch_session=${member.credential}`, "content-type": "application/json", ...team };
  const url = `${harness.url}/trpc/${name}`;
  const { body } = isQuery
    ? await request(`${url}?input=${encodeURIComponent(input)}`, { headers })
    : await request(url, { method: "POST", headers, body: input });
  return body.error?.data as { code: string; reason: string; params: object };
}

test("every change is in the table of this test", () => {
  const listed = [...Object.values(NEEDED).flat(), ...OWN].filter((name) => name !== "shares.list");
  const changes = OF_SESSIONS.filter(({ type }) => type === "mutation").map(({ name }) => name);
  expect(changes.sort()).toEqual([...listed].sort());
});

describe.each(ROLES)("as %s", (role) => {
  test("procedures above the role are FORBIDDEN_ROLE, all others are not", async () => {
    await setRole(harness.server.app, { email: member.email, teamId, role });
    const wrong: string[] = [];
    for (const { name, type } of OF_SESSIONS) {
      const needed = neededFor(name);
      const isForbidden = ROLES.indexOf(role) > ROLES.indexOf(needed);
      const answer = await call(name, type === "query");
      if (isForbidden)
        expect(answer, name).toMatchObject({
          code: "FORBIDDEN_ROLE",
          reason: "role_required",
          params: { role: needed },
        });
      else if (answer?.code !== "BAD_REQUEST") wrong.push(`${name}: ${answer?.code}`);
    }
    expect(wrong).toEqual([]);
    expect(OF_SESSIONS.length).toBeGreaterThan(60);
  });
});

describe("in a team that the user is not in", () => {
  const callAll = async (team: number) => {
    const allowed: string[] = [];
    for (const { name, type } of OF_SESSIONS) {
      const answer = await call(name, type === "query", { "x-team-id": String(team) });
      if (answer?.code !== "NOT_FOUND" || answer.reason !== "team_not_found") allowed.push(`${name}: ${answer?.code}`);
    }
    return allowed;
  };

  test("every procedure is 404, as in a team that does not exist", async () => {
    const other = await harness.createUser("other@example.com");
    expect(await callAll(teamOf(harness.server.app, other.email))).toEqual([]);
    expect(await callAll(999_999)).toEqual([]);
  });

  test("every procedure is 404 from the request on that follows the end of the membership", async () => {
    await setRole(harness.server.app, { email: member.email, teamId, role: "admin" });
    expect((await callAll(teamId)).length).toBe(OF_SESSIONS.length);
    await leave(harness.server.app, { email: member.email, teamId });
    expect(await callAll(teamId)).toEqual([]);
    await join(harness.server.app, { email: member.email, teamId, role: "viewer" });
  });
});

test("a viewer changes their quiet hours but not the daily limit of the team", async () => {
  await setRole(harness.server.app, { email: member.email, teamId, role: "viewer" });
  expect((await member.put("/api/alerts/settings", { time_zone: "Europe/Rome" })).status).toBe(200);
  const refused = await member.put("/api/alerts/settings", { max_per_day: 3 });
  expect([refused.status, refused.body.code, refused.body.params]).toEqual([403, "FORBIDDEN_ROLE", { role: "editor" }]);
});

test("a change of role counts from the next request on", async () => {
  const add = () => member.post("/api/alerts/rules", { name: "r", kind: "key_invalid" });
  await setRole(harness.server.app, { email: member.email, teamId, role: "editor" });
  expect((await add()).status).toBe(201);
  await setRole(harness.server.app, { email: member.email, teamId, role: "viewer" });
  expect((await add()).status).toBe(403);
});

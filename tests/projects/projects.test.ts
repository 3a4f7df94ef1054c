import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createClient } from "../../packages/sdk/src/index.ts";
import { issueToken, seedUsage } from "../support/openrouter/seed.ts";
import { type Caller, callerOf, type Harness, startHarness } from "../support/server/harness.ts";
import { createTeam, join, setRole } from "../support/users/team.ts";

const MARCH = { start_date: "2026-03-01", end_date: "2026-03-10" };
const RANGE = `start_date=${MARCH.start_date}&end_date=${MARCH.end_date}`;

let harness: Harness;
let ada: Caller;
let reader: Caller;
let teamId: number;
let keys: [shop: number, chat: number];
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
  ada = await harness.createUser("ada@example.com");
  const seeded = seedUsage(harness, {
    email: ada.email,
    keys: ["shop", "chat", "unassigned"],
    models: ["openai/gpt-5", "anthropic/claude"],
    through: "2026-03-10",
    days: 20,
  });
  teamId = seeded.teamId;
  keys = [seeded.keyIds[0]!, seeded.keyIds[1]!];
  reader = callerOf(() => harness.url, (await issueToken(ada)).token);
});
afterAll(() => harness.close());
beforeEach(async () => {
  await harness.server.app.db.prisma.project.deleteMany();
  await harness.server.app.db.prisma.projectAssignment.deleteMany();
});

const create = async (name: string, more = {}) =>
  (await ada.post("/api/projects", { name, ...more })).body.id as number;
const setKeys = (id: number, list: object[]) => ada.put(`/api/projects/${id}/keys`, { keys: list });
const daysOf = async (id: number) =>
  (await ada.get(`/api/projects/${id}`)).body.keys.map((key: { from: string; to: string | null }) => [
    key.from,
    key.to,
  ]);
const lastEvent = async () => (await ada.get(`/api/teams/${teamId}/audit?limit=1`)).body.items[0];
const costs = async (query = RANGE) => {
  const { body } = await reader.get(`/api/v1/projects?${query}`);
  return new Map<string, string>(body.items.map((item: { name: string; cost: string }) => [item.name, item.cost]));
};
const nanos = (cost: string) => BigInt(Math.round(Number(cost) * 1e9));

describe("projects", () => {
  test("are created, changed, archived and deleted, each once in the activity log", async () => {
    const created = await ada.post("/api/projects", { name: " Acme ", color: "#25AAEB", markup_percent: 12.55 });
    expect([created.status, created.body]).toEqual([
      201,
      {
        id: expect.any(Number),
        name: "Acme",
        color: "#25aaeb",
        description: null,
        reference: null,
        markup_percent: 12.55,
        archived_at: null,
        created_at: harness.server.app.clock.now().toISOString(),
        keys: [],
      },
    ]);
    expect(await lastEvent()).toMatchObject({ kind: "project_created", detail: { name: "Acme" } });
    const { id } = created.body;
    const changed = await ada.put(`/api/projects/${id}`, { reference: "Customer 7", markup_percent: null });
    expect(changed.body).toEqual({ ...created.body, reference: "Customer 7", markup_percent: null });
    const archived = await ada.put(`/api/projects/${id}`, { archived: true });
    expect(archived.body.archived_at).toBe(harness.server.app.clock.now().toISOString());
    expect((await ada.put(`/api/projects/${id}`, { archived: false })).body.archived_at).toBeNull();
    expect((await ada.delete(`/api/projects/${id}`)).status).toBe(204);
    expect(await lastEvent()).toMatchObject({ kind: "project_deleted", detail: { name: "Acme" } });
    const gone = await ada.get(`/api/projects/${id}`);
    expect([gone.status, gone.body.reason]).toEqual([404, "project_not_found"]);
  });

  test("are listed by name, archived ones last", async () => {
    const last = await create("A");
    for (const name of ["c", "B", "مشروع 🚀", "=1+1"]) await create(name);
    await ada.put(`/api/projects/${last}`, { archived: true });
    const { items } = (await ada.get("/api/projects")).body;
    expect(items.map(({ name }: { name: string }) => name)).toEqual(["=1+1", "B", "c", "مشروع 🚀", "A"]);
  });

  test("have different names in a team", async () => {
    await create("Acme");
    const other = await create("Other");
    for (const taken of [
      await ada.post("/api/projects", { name: "Acme" }),
      await ada.put(`/api/projects/${other}`, { name: "Acme" }),
    ])
      expect([taken.status, taken.body.reason, taken.body.params]).toEqual([
        409,
        "project_name_taken",
        { project: "Acme" },
      ]);
  });

  test.each([
    ["an empty name", { name: " " }],
    ["a color that is none", { name: "x", color: "red" }],
    ["a negative markup", { name: "x", markup_percent: -1 }],
    ["a markup with three decimals", { name: "x", markup_percent: 1.005 }],
    ["a key as name", { name: `sk-or-v1-${"0".repeat(64)}` }],
  ])("are refused with %s", async (_, body) => {
    expect((await ada.post("/api/projects", body)).status).toBe(400);
  });

  test("are changed by editors, and only seen by viewers", async () => {
    const grace = await harness.createUser("grace@example.com");
    const team = await createTeam(ada);
    await join(harness.server.app, { email: grace.email, teamId: team, role: "viewer" });
    const { id } = (await ada.post(`/api/projects?team_id=${team}`, { name: "Acme" })).body;
    expect((await grace.get(`/api/projects/${id}`)).status).toBe(200);
    const change = async () => (await grace.put(`/api/projects/${id}`, { name: "Acme 2" })).status;
    expect(await change()).toBe(403);
    await setRole(harness.server.app, { email: grace.email, teamId: team, role: "editor" });
    expect(await change()).toBe(200);
    expect((await ada.get(`/api/projects/${id}`)).status).toBe(404);
  });
});

describe("keys of a project", () => {
  test("are set with their days, also for the past", async () => {
    const id = await create("Acme");
    const set = await setKeys(id, [
      { api_key_id: keys[0], from: "2026-03-01", to: "2026-03-05" },
      { api_key_id: keys[1], from: "2026-03-02", to: null },
    ]);
    expect(set.body.keys).toEqual([
      { api_key_id: keys[1], api_key_name: "chat", from: "2026-03-02", to: null },
      { api_key_id: keys[0], api_key_name: "shop", from: "2026-03-01", to: "2026-03-05" },
    ]);
    expect(await lastEvent()).toMatchObject({ kind: "project_keys_changed", detail: { from_date: "2026-03-01" } });
    await setKeys(id, [
      { api_key_id: keys[0], from: "2026-03-01", to: "2026-03-05" },
      { api_key_id: keys[1], from: "2026-03-04", to: null },
    ]);
    expect(await lastEvent()).toMatchObject({ kind: "project_keys_changed", detail: { from_date: "2026-03-02" } });
    expect((await setKeys(id, [])).body.keys).toEqual([]);
  });

  test("have one project on a day: an overlap is 409 with the names", async () => {
    const [acme, other] = [await create("Acme"), await create("Other")];
    await setKeys(acme, [{ api_key_id: keys[0], from: "2026-03-01", to: "2026-03-05" }]);
    const overlap = await setKeys(other, [{ api_key_id: keys[0], from: "2026-03-04", to: null }]);
    expect([overlap.status, overlap.body.reason, overlap.body.params]).toEqual([
      409,
      "project_keys_overlap",
      { key: "shop", project: "Acme", other: "Other", from: "2026-03-04" },
    ]);
    expect(await daysOf(other)).toEqual([]);
    expect((await setKeys(other, [{ api_key_id: keys[0], from: "2026-03-05", to: null }])).status).toBe(200);
    const twice = { api_key_id: keys[1], from: "2026-03-01", to: null };
    expect((await setKeys(other, [twice, twice])).status).toBe(409);
  });

  test("are moved from a day on, and the days before stay", async () => {
    const [acme, other] = [await create("Acme"), await create("Other")];
    await setKeys(acme, [{ api_key_id: keys[0], from: "2026-02-01", to: null }]);
    const move = (id: number, body: object) => ada.post(`/api/projects/${id}/keys/${keys[0]}/move`, body);
    expect((await move(acme, { from_date: "2026-03-05", to_project_id: other })).status).toBe(200);
    expect(await daysOf(acme)).toEqual([["2026-02-01", "2026-03-05"]]);
    expect(await daysOf(other)).toEqual([["2026-03-05", null]]);
    expect(await lastEvent()).toMatchObject({
      kind: "project_key_moved",
      detail: { name: "Acme", key: "shop", from_date: "2026-03-05", to: "Other" },
    });
    await move(other, { from_date: "2026-03-08", to_project_id: null });
    expect(await daysOf(other)).toEqual([["2026-03-05", "2026-03-08"]]);
    const missing = await move(acme, { from_date: "2026-03-05", to_project_id: null });
    expect([missing.status, missing.body.reason]).toEqual([409, "project_without_key"]);
    expect((await move(other, { from_date: "2026-03-06", to_project_id: 2 ** 30 })).status).toBe(404);
  });

  test("are of the team, and end after they begin", async () => {
    const id = await create("Acme");
    const unknown = await setKeys(id, [{ api_key_id: 2 ** 30, from: "2026-03-01", to: null }]);
    expect([unknown.status, unknown.body.reason]).toEqual([404, "key_not_found"]);
    const empty = await setKeys(id, [{ api_key_id: keys[0], from: "2026-03-01", to: "2026-03-01" }]);
    expect([empty.status, empty.body.issues[0]]).toMatchObject([400, { path: "keys.0.to", reason: "field_not_after" }]);
  });
});

describe("costs by project", () => {
  test("sum to the total of the team, and follow a key on the day it moves", async () => {
    const [acme, other] = [await create("Acme"), await create("Other")];
    await setKeys(acme, [
      { api_key_id: keys[0], from: "2026-03-01", to: "2026-03-05" },
      { api_key_id: keys[1], from: "2020-01-01", to: null },
    ]);
    await setKeys(other, [{ api_key_id: keys[0], from: "2026-03-05", to: null }]);
    const stats = async (query: string) => (await reader.get(`/api/v1/stats?${query}`)).body.summary.cost as string;
    const ofKey = (key: number, from: string, to: string) =>
      stats(`start_date=${from}&end_date=${to}&api_key_id=${key}`).then(nanos);
    const byName = await costs();
    expect(nanos(byName.get("Other")!)).toBe(await ofKey(keys[0], "2026-03-05", "2026-03-10"));
    expect(nanos(byName.get("Acme")!)).toBe(
      (await ofKey(keys[0], "2026-03-01", "2026-03-04")) + (await ofKey(keys[1], "2026-03-01", "2026-03-10")),
    );
    expect([...byName.values()].map(nanos).reduce((a, b) => a + b)).toBe(nanos(await stats(RANGE)));
  });

  test("end with usage without a project, and include projects without usage unless they are archived", async () => {
    const [empty, archived] = [await create("Empty"), await create("Archived")];
    await ada.put(`/api/projects/${archived}`, { archived: true });
    const client = createClient({ baseUrl: harness.url, token: reader.credential });
    const { items, total } = await client.projects.list(MARCH);
    expect(items).toMatchObject([
      { id: empty, name: "Empty", cost: "0.00", requests: null },
      { id: null, name: "No project", cost: total.cost, requests: total.requests },
    ]);
  });

  test("change with the days of a key, also for clients that have the response already", async () => {
    const id = await create("Acme");
    const before = await reader.get(`/api/v1/projects?${RANGE}`);
    await setKeys(id, [{ api_key_id: keys[0], from: "2026-03-01", to: null }]);
    const after = await fetch(`${harness.url}/api/v1/projects?${RANGE}`, {
      headers: { authorization: `Bearer ${reader.credential}`, "if-none-match": before.headers.get("etag") ?? "" },
    });
    expect(after.status).toBe(200);
  });
});

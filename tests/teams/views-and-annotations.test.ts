import { withoutTeam } from "@orwatch/server/views/service";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Caller, type Harness, PASSWORD, startHarness } from "../support/server/harness.ts";
import { callInTeam, createTeam, idOf, join, setRole } from "../support/users/team.ts";

let harness: Harness;
let ada: Caller;
let grace: Caller;
let teamId: number;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
  ada = await harness.createUser("ada@example.com");
  grace = await harness.createUser("grace@example.com");
  teamId = await createTeam(ada);
  await join(app(), { email: grace.email, teamId, role: "viewer" });
});
afterAll(() => harness.close());

const app = () => harness.server.app;
const at = (path: string) => `${path}${path.includes("?") ? "&" : "?"}team_id=${teamId}`;
const saveView = (body: object, by = ada) => by.post(at("/api/views"), body);
const views = async (by = ada) => (await by.get(at("/api/views"))).body.items;
const annotate = (body: object, by = ada) => by.post(at("/api/annotations"), body);
const annotations = async (range = "start_date=2026-03-01&end_date=2026-03-31", by = ada) =>
  (await by.get(at(`/api/annotations?${range}`))).body.items;
const events = async () =>
  (await ada.get(`/api/teams/${teamId}/audit`)).body.items.map((event: { kind: string }) => event.kind);
async function empty(): Promise<void> {
  await app().db.prisma.savedView.deleteMany();
  await app().db.prisma.annotation.deleteMany();
}

describe("saved views", () => {
  test("are shared by the team, pinned ones first, and without the team of the address", async () => {
    await empty();
    const created = await saveView({ name: "Cost by model", query: "?group=model&team=9&days=30" });
    expect([created.status, created.body]).toEqual([
      201,
      {
        id: expect.any(Number),
        name: "Cost by model",
        query: "group=model&days=30",
        pinned: false,
        created_by: { user_id: await idOf(ada), email: ada.email },
        created_at: app().clock.now().toISOString(),
      },
    ]);
    await saveView({ name: "and keys", query: "", pinned: true });
    await saveView({ name: "all", query: "" });
    expect((await views(grace)).map(({ name }: { name: string }) => name)).toEqual([
      "and keys",
      "all",
      "Cost by model",
    ]);
    expect((await grace.get("/api/views")).body.items).toEqual(await views());
    expect((await ada.get("/api/views")).body.items).toEqual([]);
  });

  test("are changed and deleted, each once in the activity log of the team", async () => {
    await empty();
    const { id } = (await saveView({ name: "Before", query: "a=1", pinned: true })).body;
    const changed = await ada.put(at(`/api/views/${id}`), { name: "After", query: "b=2&team=4" });
    expect(changed.body).toMatchObject({ id, name: "After", query: "b=2", pinned: true });
    expect((await ada.put(at(`/api/views/${id}`), { pinned: false })).body).toEqual({ ...changed.body, pinned: false });
    expect((await ada.delete(at(`/api/views/${id}`))).status).toBe(204);
    expect(await views()).toEqual([]);
    expect((await events()).slice(0, 4)).toEqual(["view_deleted", "view_changed", "view_changed", "view_created"]);
    for (const gone of [
      await ada.delete(at(`/api/views/${id}`)),
      await ada.put(at(`/api/views/${id}`), { pinned: true }),
    ])
      expect([gone.status, gone.body.reason]).toEqual([404, "view_not_found"]);
  });

  test("have different names in a team", async () => {
    await empty();
    const { id } = (await saveView({ name: "Cost", query: "" })).body;
    const { id: other } = (await saveView({ name: "Requests", query: "" })).body;
    for (const taken of [
      await saveView({ name: " Cost ", query: "x=1" }),
      await ada.put(at(`/api/views/${other}`), { name: "Cost" }),
    ])
      expect([taken.status, taken.body.reason, taken.body.params]).toEqual([409, "view_name_taken", { view: "Cost" }]);
    expect((await ada.put(at(`/api/views/${id}`), { name: "Cost", pinned: true })).status).toBe(200);
    expect((await ada.post("/api/views", { name: "Cost", query: "" })).status).toBe(201);
  });

  test("of a team are at most 100", async () => {
    await empty();
    const rows = Array.from({ length: 99 }, (_, n) => ({ name: `view ${n}`, query: "", isPinned: false }));
    await app().db.prisma.savedView.createMany({
      data: rows.map((row) => ({ ...row, teamId, createdAt: app().clock.now() })),
    });
    expect((await saveView({ name: "100", query: "" })).status).toBe(201);
    const refused = await saveView({ name: "101", query: "" });
    expect([refused.status, refused.body.reason]).toEqual([409, "view_limit_reached"]);
  });

  test.each([
    ["an empty name", { name: " ", query: "" }],
    ["a long name", { name: "x".repeat(81), query: "" }],
    ["a long query", { name: "x", query: "x".repeat(2001) }],
    ["no query", { name: "x" }],
    ["a key as name", { name: `sk-or-v1-${"0".repeat(64)}`, query: "" }],
    ["an unknown field", { name: "x", query: "", team_id: 1 }],
  ])("are refused with %s", async (_, body) => {
    expect((await saveView(body)).status).toBe(400);
  });

  test("keep every part of the query but the team", () => {
    const part = fc.tuple(
      fc.constantFrom("team", "teams", "key", "q"),
      fc.string({ unit: fc.constantFrom(..."aé%= +?") }),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const write = (list: typeof parts) => list.map(([name, value]) => `${name}=${value}`).join("&");
        expect(withoutTeam(`?${write(parts)}`)).toBe(write(parts.filter(([name]) => name !== "team")));
      }),
    );
  });
});

describe("annotations", () => {
  test("of a range are listed by day", async () => {
    await empty();
    for (const date of ["2026-03-31", "2026-03-01", "2026-02-28", "2026-04-01"])
      expect((await annotate({ date, text: `release of ${date}` })).status).toBe(201);
    const listed = await annotations(undefined, grace);
    expect(listed).toEqual([
      {
        id: expect.any(Number),
        date: "2026-03-01",
        text: "release of 2026-03-01",
        created_by: { user_id: await idOf(ada), email: ada.email },
        created_at: app().clock.now().toISOString(),
      },
      expect.objectContaining({ date: "2026-03-31" }),
    ]);
    const reversed = await ada.get("/api/annotations?start_date=2026-03-02&end_date=2026-03-01");
    expect([reversed.status, reversed.body.reason]).toEqual([400, "range_reversed"]);
  });

  test("are changed and deleted, each once in the activity log of the team", async () => {
    await empty();
    const { id } = (await annotate({ date: "2026-03-02", text: "Release" })).body;
    expect((await ada.put(at(`/api/annotations/${id}`), { text: "Release 2" })).body).toMatchObject({
      id,
      date: "2026-03-02",
      text: "Release 2",
    });
    expect((await ada.put(at(`/api/annotations/${id}`), { date: "2026-03-03" })).body).toMatchObject({
      date: "2026-03-03",
      text: "Release 2",
    });
    expect((await ada.delete(at(`/api/annotations/${id}`))).status).toBe(204);
    expect(await annotations()).toEqual([]);
    const [deleted, ...before] = (await ada.get(`/api/teams/${teamId}/audit?limit=4`)).body.items;
    expect(deleted).toMatchObject({
      kind: "annotation_deleted",
      detail: { annotation_id: id, date: "2026-03-03", name: "Release 2" },
    });
    expect(before.map(({ kind }: { kind: string }) => kind)).toEqual([
      "annotation_changed",
      "annotation_changed",
      "annotation_created",
    ]);
    for (const gone of [
      await ada.delete(at(`/api/annotations/${id}`)),
      await ada.put(at(`/api/annotations/${id}`), { text: "x" }),
    ])
      expect([gone.status, gone.body.reason]).toEqual([404, "annotation_not_found"]);
  });

  test("of a team are at most 1,000", async () => {
    await empty();
    const row = { teamId, date: "2026-03-01", text: "x", createdAt: app().clock.now() };
    await app().db.prisma.annotation.createMany({ data: Array.from({ length: 999 }, () => row) });
    expect((await annotate({ date: "2026-03-01", text: "1000" })).status).toBe(201);
    const refused = await annotate({ date: "2026-03-01", text: "1001" });
    expect([refused.status, refused.body.reason]).toEqual([409, "annotation_limit_reached"]);
  });

  test.each([
    ["an empty text", { date: "2026-03-01", text: " " }],
    ["a long text", { date: "2026-03-01", text: "x".repeat(201) }],
    ["a day that does not exist", { date: "2026-02-30", text: "x" }],
    ["no day", { text: "x" }],
    ["an unknown field", { date: "2026-03-01", text: "x", color: "red" }],
  ])("are refused with %s", async (_, body) => {
    expect((await annotate(body)).status).toBe(400);
  });
});

describe("both", () => {
  test("are changed by editors, and only seen by viewers and others", async () => {
    await empty();
    const view = (await saveView({ name: "Cost", query: "" })).body;
    const annotation = (await annotate({ date: "2026-03-01", text: "Release" })).body;
    const attempts = async () => [
      (await saveView({ name: "Grace", query: "" }, grace)).status,
      (await grace.put(`/api/views/${view.id}`, { pinned: true })).status,
      (await annotate({ date: "2026-03-02", text: "Grace" }, grace)).status,
      (await grace.put(`/api/annotations/${annotation.id}`, { text: "x" })).status,
      (await grace.delete(`/api/views/${view.id}`)).status,
      (await grace.delete(`/api/annotations/${annotation.id}`)).status,
    ];
    expect(await attempts()).toEqual([403, 403, 403, 403, 403, 403]);
    await setRole(app(), { email: grace.email, teamId, role: "editor" });
    expect(await attempts()).toEqual([201, 200, 201, 200, 204, 204]);
  });

  test("are in the export of a user's data, stay when a user is deleted, and go with the team", async () => {
    await empty();
    const [view, annotation] = [
      (await saveView({ name: "Cost", query: "days=7" })).body,
      (await annotate({ date: "2026-03-01", text: "Release" })).body,
    ];
    const exported = await callInTeam(harness, ada, { name: "auth.exportData", team: teamId });
    const { created_at } = view;
    expect(exported.body.result.data).toMatchObject({
      views: [{ id: view.id, name: "Cost", query: "days=7", pinned: false, created_at }],
      annotations: [{ id: annotation.id, date: "2026-03-01", text: "Release", created_at }],
    });
    await setRole(app(), { email: grace.email, teamId, role: "owner" });
    expect((await ada.post("/api/user/delete", { password: PASSWORD })).status).toBe(204);
    expect(await views(grace)).toEqual([{ ...view, created_by: null }]);
    expect(await annotations(undefined, grace)).toEqual([{ ...annotation, created_by: null }]);
    expect((await grace.delete(`/api/teams/${teamId}`)).status).toBe(204);
    expect([await app().db.prisma.savedView.count(), await app().db.prisma.annotation.count()]).toEqual([0, 0]);
  });
});

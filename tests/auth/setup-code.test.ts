import { afterEach, beforeEach, expect, test } from "vitest";
import { callerOf, type Harness, PASSWORD, request, settle, startHarness } from "../support/server/harness.ts";

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
});
afterEach(() => harness.close());

const REMOTE = { "x-forwarded-for": "203.0.113.7" };

const register = (fields: object = {}, headers: Record<string, string> = REMOTE) =>
  request(`${harness.url}/api/auth/register`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ email: "ada@example.com", password: PASSWORD, password_confirm: PASSWORD, ...fields }),
  });
const needsCode = async (headers: Record<string, string> = REMOTE) =>
  (await request(`${harness.url}/trpc/auth.settings`, { headers })).body.result.data.needs_setup_code;
const countUsers = () => harness.server.app.db.prisma.user.count();

test("the first user from another machine needs the set-up code, later ones do not", async () => {
  const code = harness.server.setupCode as string;
  expect(code).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
  expect(await needsCode()).toBe(true);
  expect(await register()).toMatchObject({ status: 403, body: { code: "FORBIDDEN", reason: "setup_code_required" } });
  expect(await register({ setup_code: code.replace(/.$/, "0") })).toMatchObject({
    status: 403,
    body: { reason: "setup_code_wrong" },
  });
  expect(await countUsers()).toBe(0);
  expect((await register({ setup_code: ` ${code.toUpperCase().replaceAll("-", " ")} ` })).status).toBe(201);
  expect(await needsCode()).toBe(false);
  expect((await register({ email: "bea@example.com" })).status).toBe(201);
  expect((await register({ email: "cy@example.com", setup_code: "whatever" })).status).toBe(201);
  const users = await harness.server.app.db.prisma.user.findMany({ orderBy: { id: "asc" } });
  expect(users.map(({ isAdmin }) => isAdmin)).toEqual([true, false, false]);
});

test("the administrator sees how the server was set up and how many wrong codes there were", async () => {
  await register({ setup_code: "wrong" });
  await register({ setup_code: "wrong again" });
  expect(harness.logged).toContainEqual(
    expect.objectContaining({ event: "auth.failed", address: "127.0.0.1", what: "setup_code" }),
  );
  await register({ setup_code: harness.server.setupCode });
  await settle(harness);
  const { body } = await request(`${harness.url}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: "ada@example.com", password: PASSWORD }),
  });
  const activity = await callerOf(() => harness.url, body.access_token).get("/api/user/activity");
  expect(activity.body.items).toContainEqual(
    expect.objectContaining({ kind: "server_set_up", detail: { way: "code", wrong_codes: 2 } }),
  );
});

test("limits guesses of the set-up code to five a minute per address", async () => {
  const tries = [];
  for (let index = 0; index < 7; index++) tries.push((await register({ setup_code: `guess-${index}` })).status);
  expect(tries).toEqual([403, 403, 403, 403, 403, 429, 429]);
});

test.each([
  ["the peer is a proxy", { "x-forwarded-for": "127.0.0.1" }],
  ["a header of a proxy is present", { forwarded: "for=127.0.0.1" }],
])("asks for the code if %s", async (_what, headers) => {
  expect(await needsCode(headers)).toBe(true);
  expect((await register({}, headers)).body.reason).toBe("setup_code_required");
});

test("this machine needs no code, whatever user registers at the same time", async () => {
  expect(await needsCode({})).toBe(false);
  const all = await Promise.all([
    register({}, {}),
    register({ email: "bea@example.com" }),
    register({ email: "cy@example.com" }),
  ]);
  expect(all[0]?.status).toBe(201);
  const admins = await harness.server.app.db.prisma.user.findMany({ where: { isAdmin: true } });
  expect(admins.map(({ email }) => email)).toEqual(["ada@example.com"]);
});

test("the code is needed again after the last user was deleted, and it is a new one", async () => {
  const first = harness.server.setupCode as string;
  const user = await harness.createUser("ada@example.com");
  expect(harness.server.setupCode, "still the one of the start").toBe(first);
  expect((await user.post("/api/user/delete", { password: PASSWORD })).status).toBe(204);
  expect((await register({ setup_code: first })).body.reason).toBe("setup_code_wrong");
  const line = harness.logged.find(({ event }) => event === "setup.required") as { message: string };
  const [, code] = /Set-up code: (\S+)$/.exec(line.message) ?? [];
  expect((await register({ setup_code: code })).status).toBe(201);
  await harness.restart();
  expect(harness.server.setupCode).toBeNull();
});

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { issueToken } from "../support/openrouter/seed.ts";
import {
  type Caller,
  callerOf,
  type Harness,
  PASSWORD,
  request,
  settle,
  startHarness,
} from "../support/server/harness.ts";
import { enrol, logInAgain, logInWith } from "../support/users/authenticator.ts";

let harness: Harness;
let admin: Caller;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
  admin = await harness.createUser("root@example.com");
});
afterAll(() => harness.close());
beforeEach(() => harness.sim.clock.advance(61_000));

const idOf = async (caller: Caller): Promise<number> => (await caller.get("/api/user")).body.id;
const setActive = (id: number, is_active: boolean, by = admin) => by.put(`/api/users/${id}`, { is_active });
async function addKey(caller: Caller) {
  const account = harness.sim.ledger.addAccount();
  const key = harness.sim.ledger.addKey(account.id);
  const { body } = await caller.post("/api/keys", { name: "mine", key: key.secret });
  await settle(harness);
  return { id: body.id as number, key };
}

test("one of ten parallel registrations on an empty server becomes the administrator", async () => {
  const fresh = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" }, env: { TRUST_PROXY: "127.0.0.1" } });
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      request(`${fresh.url}/api/auth/register`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-forwarded-for": `203.0.113.${index}` },
        body: JSON.stringify({
          email: `u${index}@example.com`,
          password: PASSWORD,
          password_confirm: PASSWORD,
          setup_code: fresh.server.setupCode,
        }),
      }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201));
  expect(fresh.server.app.db.reader.prepare("SELECT id FROM users WHERE is_admin").pluck().all()).toEqual([1]);
  await fresh.close();
});

test("an administrator sees the users and their number of keys, and no other data", async () => {
  const user = await harness.createUser();
  await addKey(user);
  const { body, text } = await admin.get("/api/users?limit=100");
  expect(body.total).toBe(body.items.length);
  expect(body.items[0]).toMatchObject({ email: "root@example.com", is_admin: true });
  expect(body.items.at(-1)).toEqual({
    id: await idOf(user),
    email: user.email,
    created_at: harness.sim.clock.now().toISOString(),
    last_login_at: harness.sim.clock.now().toISOString(),
    is_active: true,
    is_admin: false,
    keys: 1,
  });
  expect(text).not.toMatch(/sk-or|argon2|mine/);
  const [first] = (await admin.get("/api/users?skip=1&limit=1")).body.items;
  expect(first.id).toBe(body.items[1].id);
});

test("other users can neither list nor manage users", async () => {
  const user = await harness.createUser();
  const victim = await harness.createUser();
  const id = await idOf(victim);
  const token = callerOf(() => harness.url, (await issueToken(admin)).token);
  for (const caller of [user, token, callerOf(() => harness.url, "")])
    for (const answer of [
      await caller.get("/api/users"),
      await setActive(id, false, caller),
      await caller.post(`/api/users/${id}/end-sessions`, {}),
    ])
      expect(answer.status).toBe(caller === user ? 403 : 401);
  expect((await victim.get("/api/user")).status).toBe(200);
});

test("deactivating a user ends sessions, tokens and syncs; reactivating restores all but the sessions", async () => {
  const user = await harness.createUser();
  const id = await idOf(user);
  const { id: keyId, key } = await addKey(user);
  const token = callerOf(() => harness.url, (await issueToken(user)).token);
  expect((await token.get("/api/v1/keys")).status).toBe(200);
  const off = await setActive(id, false);
  expect([off.status, off.body.is_active]).toEqual([200, false]);
  expect((await user.get("/api/user")).status).toBe(401);
  expect((await token.get("/api/v1/keys")).status).toBe(401);
  const refused = await logInWith(harness, { email: user.email, password: PASSWORD });
  expect([refused.status, refused.body.reason]).toEqual([403, "user_turned_off"]);
  // The deactivation is not disclosed without the password.
  expect((await logInWith(harness, { email: user.email, password: "Wrong-Horse-99" })).status).toBe(401);
  harness.sim.ledger.spend(harness.sim.clock.now(), key, "m/x", { costNanos: 5n });
  const syncedAt = () =>
    harness.server.app.db.reader.prepare("SELECT last_synced_at FROM api_keys WHERE id = ?").pluck().get(keyId);
  const before = syncedAt();
  const runJob = (name: string) => callJob(name, admin);
  harness.sim.clock.advance(3_600_000);
  await runJob("sync");
  expect(syncedAt()).toBe(before);
  await setActive(id, true);
  expect((await user.get("/api/user")).status).toBe(401);
  expect((await token.get("/api/v1/keys")).status).toBe(200);
  await runJob("sync");
  expect(syncedAt()).not.toBe(before);
  expect((await logInAgain(harness, user)).credential).toBeTruthy();
});

/** Jobs are on /trpc only, where the session is a cookie. */
async function callJob(name: string, caller: Caller) {
  const answer = await request(`${harness.url}/trpc/jobs.runNow`, {
    method: "POST",
    headers: { "content-type": "application/json", cookie: `orwatch_session=${caller.credential}` },
    body: JSON.stringify({ name }),
  });
  await settle(harness);
  return answer;
}

test("only an administrator runs the server's jobs; others sync their own keys", async () => {
  const user = await harness.createUser();
  const refused = await callJob("sync", user);
  expect([refused.status, refused.body.error.data.reason]).toEqual([403, "administrator_required"]);
  expect((await callJob("sync", admin)).status).toBe(200);
  const { id } = await addKey(user);
  expect((await user.post(`/api/keys/${id}/sync`, {})).status).toBe(200);
});

test("an administrator with two-factor authentication confirms their identity before changing anything", async () => {
  const fresh = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
  const [root, user] = [await fresh.createUser(), await fresh.createUser()];
  const id = await idOf(user);
  const phone = await enrol(fresh, root);
  const acts = [
    () => setActive(id, false, root),
    () => root.post(`/api/users/${id}/end-sessions`, {}),
    () =>
      request(`${fresh.url}/trpc/jobs.runNow`, {
        method: "POST",
        headers: { "content-type": "application/json", cookie: `orwatch_session=${root.credential}` },
        body: '{"name":"cleanup"}',
      }),
  ];
  for (const act of acts) {
    const { status, body } = await act();
    expect([status, body.code ?? body.error.data.code]).toEqual([403, "REAUTHENTICATE"]);
  }
  expect((await user.get("/api/user")).status).toBe(200);
  expect((await root.get("/api/users")).status).toBe(200);
  await root.post("/api/auth/reauthenticate", { password: PASSWORD, code: phone.next() });
  for (const act of acts) expect((await act()).status).toBe(200);
  expect((await setActive(id, false, user)).status).toBe(401);
  await settle(fresh);
  await fresh.close();
});

test("an administrator ends a user's sessions and cannot deactivate themselves", async () => {
  const user = await harness.createUser();
  await logInAgain(harness, user);
  const id = await idOf(user);
  expect((await admin.post(`/api/users/${id}/end-sessions`, {})).body).toEqual({ ended: 2 });
  expect((await user.get("/api/user")).status).toBe(401);
  expect((await setActive(await idOf(admin), false)).status).toBe(409);
  expect((await setActive(999_999, false)).status).toBe(404);
  expect((await admin.post("/api/users/999999/end-sessions", {})).status).toBe(404);
});

test("an administrator's action is in both logs, with the address in the administrator's only", async () => {
  const user = await harness.createUser();
  const id = await idOf(user);
  await setActive(id, false);
  await setActive(id, true);
  await setActive(id, true);
  const again = await logInAgain(harness, user);
  const theirs = (await again.get("/api/user/activity")).body.items.filter(
    ({ actor }: { actor: string }) => actor === "administrator",
  );
  expect(theirs.map(({ kind, address }: { kind: string; address: string }) => [kind, address])).toEqual([
    ["account_switched_on", null],
    ["account_switched_off", null],
  ]);
  const ours = (await admin.get("/api/user/activity")).body.items.slice(0, 2);
  expect(ours).toMatchObject([
    { kind: "user_switched_on", address: "127.0.0.1", detail: { user_id: id, email: user.email } },
    { kind: "user_switched_off", detail: { user_id: id } },
  ]);
});

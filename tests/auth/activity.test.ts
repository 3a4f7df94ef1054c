import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { issueToken } from "../support/openrouter/seed.ts";
import { type Caller, type Harness, PASSWORD, request, settle, startHarness } from "../support/server/harness.ts";
import { logInAgain, logInWith } from "../support/users/authenticator.ts";

let harness: Harness;
let admin: Caller;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" }, env: { TRUST_PROXY: "127.0.0.1" } });
  admin = await harness.createUser("root@example.com");
});
afterAll(() => harness.close());
beforeEach(() => harness.sim.clock.advance(61_000));

interface Event {
  id: number;
  kind: string;
  last_at: string;
  count: number;
  address: string | null;
  detail: Record<string, unknown>;
}
async function activityOf(
  caller: Caller,
  query = "?limit=100",
): Promise<{ items: Event[]; total: number; text: string }> {
  await settle(harness);
  const { body, text } = await caller.get(`/api/user/activity${query}`);
  return { ...body, text };
}
const failFrom = (email: string, address: string) =>
  request(`${harness.url}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": address },
    body: JSON.stringify({ email, password: "Wrong-Horse-99" }),
  });

test("lists every account event, newest first, without secrets", async () => {
  const user = await harness.createUser();
  const key = harness.sim.ledger.addKey(harness.sim.ledger.addAccount().id);
  await failFrom(user.email, "198.51.100.9");
  const added = await user.post("/api/keys", { name: "Shop", key: key.secret });
  await settle(harness);
  await user.post(`/api/keys/${added.body.id}/validate`);
  await user.delete(`/api/keys/${added.body.id}`);
  const { id, token } = await issueToken(user, "Grafana");
  await user.delete(`/api/tokens/${id}`);
  await user.put("/api/user/password", {
    current_password: PASSWORD,
    new_password: "Battery-Staple-7",
    new_password_confirm: "Battery-Staple-7",
  });
  await user.post("/api/user/delete", { password: "Wrong-Horse-99" });
  await user.post("/api/user/sessions/end-others", {});
  const { items, text } = await activityOf(user);
  expect(new Set(items.map(({ kind }) => kind))).toEqual(
    new Set([
      "account_opened",
      "logged_in",
      "log_in_failed",
      "key_added",
      "key_sent",
      "key_removed",
      "api_token_issued",
      "api_token_revoked",
      "password_changed",
      "password_check_failed",
      "sessions_ended",
    ]),
  );
  const times = items.map(({ last_at }) => last_at);
  expect(times).toEqual([...times].sort().reverse());
  const of = (kind: string) => items.find((event) => event.kind === kind);
  expect(of("log_in_failed")).toMatchObject({ actor: "stranger", address: "198.51.100.9" });
  expect(of("key_removed")).toMatchObject({ actor: "owner", detail: { name: "Shop", label: added.body.label } });
  const { id: keyId, label } = added.body;
  expect(of("key_sent")).toMatchObject({
    detail: { api_key_id: keyId },
    message: { code: "event_key_sent", params: { api_key_id: keyId, name: "Shop", label } },
  });
  expect(of("api_token_issued")).toMatchObject({
    detail: { name: "Grafana" },
    device: { app: "Node.js", system: null },
  });
  for (const secret of [key.secret, token, PASSWORD, "Battery-Staple-7", "Wrong-Horse-99", user.credential])
    expect(text).not.toContain(secret);
});

test("shows no events of another user", async () => {
  const [ada, bea] = [await harness.createUser(), await harness.createUser()];
  await issueToken(ada, "only Ada's");
  expect((await activityOf(bea)).text).not.toContain("only Ada's");
});

test("lists every event on exactly one page", async () => {
  const user = await harness.createUser();
  for (let index = 0; index < 5; index++) await user.delete(`/api/tokens/${(await issueToken(user, `t${index}`)).id}`);
  const { items, total } = await activityOf(user);
  expect(total).toBe(items.length);
  const paged: Event[] = [];
  for (let skip = 0; skip < total; skip += 4) paged.push(...(await activityOf(user, `?skip=${skip}&limit=4`)).items);
  expect(paged).toEqual(items);
});

test("records a key sent to OpenRouter once a day", async () => {
  const user = await harness.createUser();
  const key = harness.sim.ledger.addKey(harness.sim.ledger.addAccount().id);
  const { id } = (await user.post("/api/keys", { name: "Shop", key: key.secret })).body;
  const sent = async () => (await activityOf(user)).items.filter(({ kind }) => kind === "key_sent").length;
  for (let index = 0; index < 3; index++) await user.post(`/api/keys/${id}/sync`);
  expect(await sent()).toBe(1);
  harness.sim.clock.advance(86_400_000);
  for (let index = 0; index < 3; index++) await user.post(`/api/keys/${id}/sync`);
  expect(await sent()).toBe(2);
});

test("groups similar events of an hour, and ends a flood from many addresses with a counting entry", async () => {
  const user = await harness.createUser();
  for (let index = 0; index < 3; index++) await failFrom(user.email, "198.51.100.1");
  for (let minute = 0; minute < 30; minute++) {
    harness.sim.clock.advance(61_000);
    const round = Array.from({ length: 4 }, (_, index) => failFrom(user.email, `203.0.${minute}.${index}`));
    await Promise.all(round);
  }
  const pages = await Promise.all([activityOf(user), activityOf(user, "?skip=100&limit=100")]);
  const failed = pages.flatMap(({ items }) => items).filter(({ kind }) => kind === "log_in_failed");
  expect(failed.reduce((sum, { count }) => sum + count, 0)).toBe(123);
  expect(failed.length).toBeLessThanOrEqual(150);
  // The last of them is in the entry that counts the rest.
  expect(failed[0]).toMatchObject({ address: expect.stringMatching(/^203\.0\.29\./) });
  // The owner's own events are still listed individually.
  harness.sim.clock.advance(1000);
  const again = await logInAgain(harness, user);
  expect((await activityOf(again)).items[0]).toMatchObject({ kind: "logged_in", address: "127.0.0.1" });
}, 240_000);

test("logs an attempt for an unknown address on the server only, without the address", async () => {
  const before = harness.server.app.db.reader.prepare("SELECT count(*) FROM audit_events").pluck().get();
  await failFrom("nobody@example.com", "198.51.100.77");
  await settle(harness);
  expect(harness.server.app.db.reader.prepare("SELECT count(*) FROM audit_events").pluck().get()).toBe(before);
  const line = harness.logged.findLast(({ event }) => event === "auth.failed");
  expect(line).toMatchObject({ address: "198.51.100.77", user_id: null });
  expect(JSON.stringify(harness.logged)).not.toContain("nobody@example.com");
});

test("remembers the owner's address after a restart, so that unknown clients cannot lock it out", async () => {
  const user = await harness.createUser();
  await harness.restart();
  for (let index = 0; index < 8; index++) await failFrom(user.email, `203.0.113.${index}`);
  expect((await failFrom(user.email, "203.0.113.99")).status).toBe(429);
  expect((await logInWith(harness, { email: user.email, password: PASSWORD })).status).toBe(200);
});

test("keeps events for a year and includes them in the account export", async () => {
  const user = await harness.createUser();
  const root = await logInAgain(harness, admin);
  const cleanUp = async () => {
    const { status } = await request(`${harness.url}/trpc/jobs.runNow`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie: `orwatch_session=${root.credential}` },
      body: '{"name":"cleanup"}',
    });
    expect(status).toBe(200);
    await settle(harness);
  };
  const exported = await request(`${harness.url}/trpc/auth.exportData`, {
    headers: { cookie: `orwatch_session=${user.credential}` },
  });
  expect(exported.body.result.data.activity.map(({ kind }: Event) => kind)).toEqual([
    "account_opened",
    "logged_in",
    "data_exported",
  ]);
  harness.sim.clock.advance(364 * 86_400_000);
  await cleanUp();
  expect((await activityOf(user)).total).toBe(3);
  harness.sim.clock.advance(2 * 86_400_000);
  await cleanUp();
  expect((await activityOf(user)).total).toBe(0);
});

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  type Caller,
  callerOf,
  type Harness,
  PASSWORD,
  request,
  settle,
  startHarness,
} from "../support/server/harness.ts";
import { logInAgain } from "../support/users/authenticator.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({
    sim: { now: "2026-03-10T12:00:00Z" },
    env: { TRUST_PROXY: "127.0.0.1", SESSION_EXPIRATION_HOURS: "24", SESSION_ABSOLUTE_HOURS: "48" },
  });
});
afterAll(() => harness.close());
beforeEach(() => harness.sim.clock.advance(61_000));

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0";

async function logInFrom(user: Caller, headers: Record<string, string>): Promise<Caller> {
  const { body } = await request(`${harness.url}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ email: user.email, password: PASSWORD }),
  });
  return callerOf(() => harness.url, body.access_token, user.email);
}
const listOf = async (caller: Caller) => (await caller.get("/api/user/sessions")).body;

test("lists the user's own sessions with device, address and last use", async () => {
  const user = await harness.createUser();
  await harness.createUser();
  await logInFrom(user, { "user-agent": FIREFOX, "x-forwarded-for": "203.0.113.7" });
  const list = await listOf(user);
  expect(list).toHaveLength(2);
  expect(list).toContainEqual({
    id: expect.any(Number),
    is_current: false,
    created_at: harness.sim.clock.now().toISOString(),
    last_used_at: harness.sim.clock.now().toISOString(),
    expires_at: new Date(harness.sim.clock.now().getTime() + 24 * 3_600_000).toISOString(),
    address: "203.0.113.7",
    device: { app: "Firefox", system: "Linux" },
  });
  expect(list.filter((session: { is_current: boolean }) => session.is_current)).toHaveLength(1);
});

test("updates last use and address of a session", async () => {
  const user = await harness.createUser();
  harness.sim.clock.advance(3_600_000);
  await user.get("/api/user", { "x-forwarded-for": "2001:db8:1:2:3::4", "user-agent": "curl/8.14.1" });
  await settle(harness);
  const [session] = await listOf(user);
  expect(session).toMatchObject({
    last_used_at: harness.sim.clock.now().toISOString(),
    address: "2001:db8:1:2::/64",
    device: { app: "curl", system: null },
  });
});

test("ends one session by its id and never returns its credential", async () => {
  const user = await harness.createUser();
  const other = await logInAgain(harness, user);
  const { text } = await user.get("/api/user/sessions");
  for (const { credential } of [user, other]) expect(text).not.toContain(credential);
  expect(text).not.toMatch(/[0-9a-f]{64}/);
  const stale = JSON.parse(text).find(({ is_current }: { is_current: boolean }) => !is_current);
  const otherUser = await harness.createUser();
  expect((await otherUser.delete(`/api/user/sessions/${stale.id}`)).status).toBe(404);
  expect((await other.get("/api/user")).status).toBe(200);
  expect((await user.delete(`/api/user/sessions/${stale.id}`)).status).toBe(204);
  expect((await other.get("/api/user")).status).toBe(401);
  expect((await user.delete(`/api/user/sessions/${stale.id}`)).status).toBe(404);
});

test("ends all other sessions, or all", async () => {
  const user = await harness.createUser();
  const others = [await logInAgain(harness, user), await logInAgain(harness, user)];
  const otherUser = await harness.createUser();
  expect((await user.post("/api/user/sessions/end-others", {})).body).toEqual({ ended: 2 });
  for (const other of others) expect((await other.get("/api/user")).status).toBe(401);
  expect(await listOf(user)).toHaveLength(1);
  const again = await logInAgain(harness, user);
  expect((await user.delete("/api/user/sessions")).status).toBe(204);
  for (const gone of [user, again]) expect((await gone.get("/api/user")).status).toBe(401);
  expect((await otherUser.get("/api/user")).status).toBe(200);
});

test("a login never adopts a session id sent by the client", async () => {
  const user = await harness.createUser();
  const cookie = "orwatch_session=chosenbysomebodyelsechosenbysomebodyelse";
  const { headers } = await request(`${harness.url}/trpc/auth.signIn`, {
    method: "POST",
    headers: { "content-type": "application/json", cookie },
    body: JSON.stringify({ email: user.email, password: PASSWORD }),
  });
  expect(headers.getSetCookie()[0]).toMatch(/^orwatch_session=\w{40};/);
  expect(headers.getSetCookie()[0]).not.toContain("chosen");
});

test("omits expired sessions, and cleanup removes them", async () => {
  const user = await harness.createUser();
  await logInAgain(harness, user);
  for (let hour = 0; hour < 47; hour += 23) {
    await user.get("/api/user");
    await settle(harness);
    harness.sim.clock.advance(23 * 3_600_000);
  }
  const later = await logInAgain(harness, user);
  expect(await listOf(later)).toHaveLength(1);
  expect((await user.get("/api/user")).status).toBe(401);
});

test("a session ends at its absolute limit, which the login returns", async () => {
  const user = await harness.createUser();
  await harness.restart({ SESSION_EXPIRATION_HOURS: "24", SESSION_ABSOLUTE_HOURS: "1" });
  const { body } = await request(`${harness.url}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: user.email, password: PASSWORD }),
  });
  expect(body.expires_in).toBe(3600);
  harness.sim.clock.advance(3_600_000);
  expect((await callerOf(() => harness.url, body.access_token).get("/api/user")).status).toBe(401);
  await harness.restart({});
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { issueToken } from "../support/openrouter/seed.ts";
import { callerOf, type Harness, PASSWORD, request, settle, startHarness } from "../support/server/harness.ts";
import { enrol } from "../support/users/authenticator.ts";

const HOUR_MS = 3_600_000;

let harness: Harness;
let back = 0;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
});
afterAll(() => harness.close());
beforeEach(() => {
  harness.moveWallClock(back);
  back = 0;
  harness.sim.clock.advance(HOUR_MS);
});
/** Sets the clock as an administrator or a time server does; undone before the next test. */
function setClockBack() {
  harness.moveWallClock(-3 * HOUR_MS);
  back += 3 * HOUR_MS;
}

describe("with the clock set back three hours", () => {
  test("with the clock set back, a rate limit ends after its window", async () => {
    const anonymous = callerOf(() => harness.url, "");
    const ask = () => anonymous.get("/api/v1/keys");
    for (let index = 0; index < 30; index++) expect((await ask()).status).toBe(401);
    setClockBack();
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeLessThanOrEqual(60);
    harness.sim.clock.advance(61_000);
    expect((await ask()).status).toBe(401);
  });

  test("with the clock set back, failed logins are forgotten after a minute", async () => {
    const { email } = await harness.createUser();
    const logIn = (password: string) =>
      request(`${harness.url}/api/auth/login`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ email, password }),
      });
    for (let index = 0; index < 5; index++) expect((await logIn("Wrong-Horse-99")).status).toBe(401);
    setClockBack();
    expect((await logIn(PASSWORD)).status).toBe(429);
    harness.sim.clock.advance(61_000);
    expect((await logIn(PASSWORD)).status).toBe(200);
  });

  test("with the clock set back, keys are validated within a minute", async () => {
    const user = await harness.createUser();
    const key = harness.sim.ledger.addKey(harness.sim.ledger.addAccount().id);
    const { id } = (await user.post("/api/keys", { name: "k", key: key.secret })).body;
    await settle(harness);
    harness.sim.clock.advance(61_000);
    for (let index = 0; index < 64; index++) await user.post(`/api/keys/${id}/validate`, {});
    setClockBack();
    const before = harness.sim.clock.nowMs();
    expect((await user.post(`/api/keys/${id}/validate`, {})).status).toBe(200);
    expect(harness.sim.clock.nowMs() - before).toBeLessThanOrEqual(61_000);
  });

  test("with the clock set back, an identity confirmation does not last longer", async () => {
    const user = await harness.createUser();
    const phone = await enrol(harness, user);
    await user.post("/api/auth/reauthenticate", { password: PASSWORD, code: phone.next() });
    expect((await user.get("/api/user/security")).body.confirmed_until).not.toBeNull();
    setClockBack();
    harness.sim.clock.advance(11 * 60_000);
    expect((await user.get("/api/user/security")).body.confirmed_until).toBeNull();
    expect((await user.post("/api/tokens", { name: "t" })).body.code).toBe("REAUTHENTICATE");
  });

  test("with the clock set back, the last use of sessions and API tokens is recorded", async () => {
    const user = await harness.createUser();
    const { token } = await issueToken(user);
    const caller = callerOf(() => harness.url, token);
    const used = async () => {
      expect((await caller.get("/api/v1/keys")).status).toBe(200);
      await user.get("/api/user");
      await settle(harness);
      const [session] = (await user.get("/api/user/sessions")).body;
      const [listed] = (await user.get("/api/tokens")).body;
      return [session.last_used_at, listed.last_used_at];
    };
    await used();
    setClockBack();
    harness.sim.clock.advance(10 * 60_000);
    const now = new Date(harness.sim.clock.nowMs() - 3 * HOUR_MS).toISOString();
    expect(await used()).toEqual([now, now]);
  });

  test("with the clock set back, a key becomes invalid with its second rejection", async () => {
    const user = await harness.createUser();
    const key = harness.sim.ledger.addKey(harness.sim.ledger.addAccount().id);
    const { id } = (await user.post("/api/keys", { name: "k", key: key.secret })).body;
    await settle(harness);
    key.disabled = true;
    await user.post(`/api/keys/${id}/validate`, {});
    setClockBack();
    harness.sim.clock.advance(2 * 60_000);
    expect((await user.post(`/api/keys/${id}/validate`, {})).body.status).toBe("invalid");
  });
});

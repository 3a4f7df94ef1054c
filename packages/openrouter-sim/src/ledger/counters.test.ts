import { afterEach, beforeEach, expect, test } from "vitest";
import { type Sim, startSim } from "../sim.ts";
import { ask } from "../test-support.ts";
import { usd } from "./money.ts";
import type { LedgerKey } from "./types.ts";

let sim: Sim;
let key: LedgerKey;
let management: LedgerKey;

beforeEach(async () => {
  sim = await startSim({ now: "2026-11-20T12:00:00Z", seed: 1 });
  const account = sim.ledger.addAccount({ creditsNanos: usd("100") });
  management = sim.ledger.addManagementKey(account.id, { name: "boss" });
  key = sim.ledger.addKey(account.id, { name: "one" });
});

afterEach(() => sim.close());

test("counters include spend after the lag only", async () => {
  sim.ledger.spend(sim.clock.now(), key, "m", { costNanos: 2_835n });
  expect((await ask(sim, "/key", key.secret)).body.data.usage).toBe(0);
  sim.clock.advance(44_000);
  expect((await ask(sim, "/key", key.secret)).body.data.usage).toBe(0);
  sim.clock.advance(1_000);
  expect((await ask(sim, "/key", key.secret)).body.data.usage).toBe(0.000002835);
});

test("the daily counter shows yesterday shortly after midnight and then resets", async () => {
  sim.ledger.spend(new Date("2026-11-22T22:00:00Z"), key, "m", { costNanos: usd("3") });
  sim.clock.set("2026-11-23T00:00:30Z");
  const before = await ask(sim, "/key", key.secret);
  expect(before.headers.get("date")).toBe("Mon, 23 Nov 2026 00:00:30 GMT");
  expect(before.body.data).toMatchObject({ usage: 3, usage_daily: 3, usage_weekly: 3, usage_monthly: 3 });
  sim.clock.set("2026-11-23T00:00:45Z");
  expect((await ask(sim, "/key", key.secret)).body.data).toMatchObject({
    usage: 3,
    usage_daily: 0,
    usage_weekly: 0,
    usage_monthly: 3,
  });
});

test("prints amounts below a millionth of a dollar with an exponent", async () => {
  sim.ledger.spend(new Date("2026-11-20T11:00:00Z"), key, "m", { costNanos: 283n });
  expect((await ask(sim, "/key", key.secret)).text).toContain('"usage":2.83e-7');
});

test("the remaining limit follows its reset window, may be negative, and includes BYOK only if configured", async () => {
  sim.ledger.spend(new Date("2026-11-10T11:00:00Z"), key, "m", { costNanos: usd("40") });
  sim.ledger.spend(new Date("2026-11-20T11:00:00Z"), key, "m", { costNanos: usd("3"), byokNanos: usd("5") });
  const remaining = async (patch: Parameters<Sim["ledger"]["updateKey"]>[1]) => {
    sim.ledger.updateKey(key, patch);
    return (await ask(sim, "/key", key.secret)).body.data.limit_remaining;
  };
  expect(await remaining({})).toBeNull();
  expect(await remaining({ limitNanos: usd("10"), limitReset: "daily" })).toBe(7);
  expect(await remaining({ includeByokInLimit: true })).toBe(2);
  expect(await remaining({ limitReset: "monthly" })).toBe(-38);
  expect(await remaining({ limitReset: null, includeByokInLimit: false })).toBe(-33);
});

test("rejects unknown, deleted, disabled and expired keys", async () => {
  const status = async (secret: string | null) => {
    const { status, body } = await ask(sim, "/key", secret);
    return [status, body.error.code, body.error.message];
  };
  expect(await status(null)).toEqual([401, 401, "Missing Authentication header"]);
  expect(await status(`sk-or-v1-${"0".repeat(64)}`)).toEqual([401, 401, "User not found."]);
  sim.ledger.updateKey(key, { disabled: true });
  expect((await status(key.secret))[0]).toBe(401);
  sim.ledger.updateKey(key, { disabled: false, expiresAt: new Date("2026-11-20T12:00:00Z") });
  expect((await status(key.secret))[0]).toBe(401);
  sim.ledger.updateKey(key, { expiresAt: null });
  expect((await ask(sim, "/key", key.secret)).status).toBe(200);
  sim.ledger.deleteKey(key);
  expect(await status(key.secret)).toEqual([401, 401, "User not found."]);
});

test("a management key identifies itself and has no spend", async () => {
  sim.ledger.spend(new Date("2026-11-20T11:00:00Z"), key, "m", { costNanos: usd("3") });
  expect((await ask(sim, "/key", management.secret)).body.data).toMatchObject({
    is_management_key: true,
    is_provisioning_key: true,
    usage: 0,
    usage_daily: 0,
  });
});

test("credits include the whole account, deleted keys and chat room, a minute behind", async () => {
  sim.ledger.spend(new Date("2026-11-20T11:59:00Z"), key, "m", { costNanos: usd("3"), byokNanos: usd("50") });
  sim.ledger.spend(new Date("2026-11-20T11:59:00Z"), sim.ledger.chatroom(key.accountId), "m", { costNanos: usd("4") });
  sim.ledger.spend(new Date("2026-11-20T11:59:01Z"), key, "m", { costNanos: usd("1") });
  sim.ledger.deleteKey(key);
  expect((await ask(sim, "/credits", management.secret)).body).toEqual({
    data: { total_credits: 100, total_usage: 7 },
  });
});

test("credits include usage without a key", async () => {
  sim.ledger.useCredits(key.accountId, usd("0.5"));
  expect((await ask(sim, "/credits", management.secret)).body.data.total_usage).toBe(0.5);
  expect((await ask(sim, "/key", key.secret)).body.data.usage).toBe(0);
});

test("can accept or reject an inference key for credits", async () => {
  const refused = await ask(sim, "/credits", key.secret);
  expect([refused.status, refused.body.error.message]).toEqual([
    403,
    "Only management keys can perform this operation",
  ]);
  sim.options.creditsWithInferenceKey = 200;
  expect((await ask(sim, "/credits", key.secret)).body.data.total_credits).toBe(100);
});

test("counts free requests per day and account", async () => {
  const other = sim.ledger.addKey(key.accountId);
  sim.ledger.spend(new Date("2026-11-20T01:00:00Z"), other, "x/y:free", { costNanos: 0n, requests: 12 });
  expect((await ask(sim, "/key", key.secret)).body.data.free_model_daily_requests).toEqual({
    limit: 1000,
    used: 12,
    remaining: 988,
  });
});

test("rounding of doubles stays below half a nano-dollar", async () => {
  sim.ledger.spend(new Date("2026-11-20T01:00:00Z"), key, "m", { costNanos: 41_773_100_001n });
  sim.options.floatNoise = true;
  const seen = new Set<number>();
  for (let i = 0; i < 12; i++) seen.add((await ask(sim, "/key", key.secret)).body.data.usage);
  expect(seen.size).toBeGreaterThan(1);
  for (const usage of seen) expect(Math.abs(usage - 41.773100001)).toBeLessThan(1e-12);
});

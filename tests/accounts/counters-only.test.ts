import { type LedgerKey, usd } from "@orwatch/openrouter-sim";
import { syncAll } from "@orwatch/server/sync/service";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { expectIntact } from "../support/checks/integrity.ts";
import { createRemote, type Remote, watchRemote } from "../support/openrouter/openrouter-account.ts";
import { type Scenario, startScenario } from "../support/openrouter/scenario.ts";
import { settle } from "../support/server/harness.ts";

const START = "2026-03-10T12:00:00Z";
const TODAY = "2026-03-10";
const RUNS = Number(process.env.EVENT_RUNS ?? 5);

let scenario: Scenario;
let remote: Remote;
beforeEach(async () => {
  scenario = await startScenario(START, { sim: { creditsLagMs: 0 } });
  remote = createRemote(scenario, usd("1000"));
});
afterEach(async () => {
  expectIntact(scenario.harness);
  await scenario.harness.close();
});

const sim = () => scenario.harness.sim;

async function later(minutes: number): Promise<void> {
  sim().clock.advance(minutes * 60_000);
  await syncAll(scenario.harness.server.app);
}

function spend(key: LedgerKey, costNanos: bigint, byokNanos = 0n, model = "maker/a"): void {
  const amounts = { costNanos, byokNanos, byokRequests: byokNanos > 0n ? 1 : 0, requests: 1, promptTokens: 10 };
  sim().ledger.spend(sim().clock.now(), key, model, amounts);
}

/** Analytics fails, so that only the counters of keys show new usage. */
const breakAnalytics = () => sim().faults.add({ match: { path: "/analytics/query" }, kind: "500" });

async function setWatched(id: number, key: LedgerKey, isWatched: boolean): Promise<void> {
  await scenario.user.put(`/api/accounts/${id}/keys/${key.hash}`, { is_watched: isWatched });
  await settle(scenario.harness);
}

interface Amounts {
  cost: bigint;
  byok: bigint;
}

/** Stored amounts of all keys and residuals of a day, by the name of the key; `unattributed` is the part known from counters only. */
function storedOn(date: string): Record<string, Amounts & { unattributed: Amounts }> {
  const rows = scenario.harness.server.app.db.reader
    .prepare(
      `SELECT k.name, s.model = '(unattributed)' AS isCounted, s.cost, s.byok_cost AS byok FROM api_keys k
       JOIN usage_stats s ON s.api_key_id = k.id WHERE s.date = ?`,
    )
    .safeIntegers(true)
    .all(date) as { name: string; isCounted: bigint; cost: bigint; byok: bigint }[];
  const all: Record<string, Amounts & { unattributed: Amounts }> = {};
  for (const { name, isCounted, cost, byok } of rows) {
    all[name] ??= { cost: 0n, byok: 0n, unattributed: { cost: 0n, byok: 0n } };
    const one = all[name];
    const part = isCounted === 1n ? one.unattributed : one;
    part.cost += cost;
    part.byok += byok;
  }
  return all;
}

const none = { cost: 0n, byok: 0n };

/** Expects the stored amounts of a day to be those of OpenRouter's ledger for the whole account. */
function expectDay(date: string): void {
  const stored = Object.values(storedOn(date)).flatMap((one) => [one, one.unattributed]);
  const truth = sim().ledger.totals({ accountId: remote.id, from: date, to: date });
  expect({
    date,
    cost: stored.reduce((sum, { cost }) => sum + cost, 0n),
    byok: stored.reduce((sum, { byok }) => sum + byok, 0n),
  }).toEqual({ date, cost: truth.costNanos, byok: truth.byokNanos });
}

describe("usage known only from counters", () => {
  test.each([
    ["is no longer watched", "Not watched", (id: number, key: LedgerKey) => setWatched(id, key, false)],
    ["is deleted at OpenRouter", "Deleted keys", async (_: number, key: LedgerKey) => sim().ledger.deleteKey(key)],
  ] as const)("moves to the residual of its account when its key %s", async (_, residual, leave) => {
    const key = remote.addKey("key");
    spend(key, 100n, 10n);
    const { id } = await watchRemote(scenario, remote);
    breakAnalytics();
    spend(key, 2_000n, 300n);
    await later(60);
    expect(storedOn(TODAY).key).toEqual({ cost: 100n, byok: 10n, unattributed: { cost: 2_000n, byok: 300n } });
    await leave(id, key);
    sim().faults.clear();
    await later(60);
    expect(storedOn(TODAY)).toEqual({
      key: { cost: 100n, byok: 10n, unattributed: none },
      [residual]: { cost: 2_000n, byok: 300n, unattributed: none },
    });
    expectDay(TODAY);
  });

  test("of BYOK alone moves to the residual", async () => {
    const key = remote.addKey("key");
    spend(key, 100n);
    const { id } = await watchRemote(scenario, remote);
    breakAnalytics();
    spend(key, 0n, 300n);
    await later(60);
    expect(storedOn(TODAY).key?.unattributed).toEqual({ cost: 0n, byok: 300n });
    await setWatched(id, key, false);
    sim().faults.clear();
    await later(60);
    expect(storedOn(TODAY)).toMatchObject({
      key: { unattributed: none },
      "Not watched": { cost: 0n, byok: 300n },
    });
    expectDay(TODAY);
  });

  test.each([
    ["credits", 2_000n, 0n],
    ["BYOK", 0n, 300n],
  ])("stays with its key as long as analytics has less %s than the counters", async (_, cost, byok) => {
    const key = remote.addKey("key");
    spend(key, 100n, 10n);
    const { id } = await watchRemote(scenario, remote);
    sim().options.analyticsLagMs = 4 * 3_600_000;
    spend(key, cost, byok);
    await later(60);
    expect(storedOn(TODAY)).toEqual({ key: { ...none, unattributed: { cost: 100n + cost, byok: 10n + byok } } });
    await setWatched(id, key, false);
    await later(60);
    expect(storedOn(TODAY).key?.unattributed).toEqual({ cost: 100n + cost, byok: 10n + byok });
    sim().options.analyticsLagMs = 0;
    await later(60);
    expect(storedOn(TODAY)["Not watched"]).toMatchObject({ cost: 100n + cost, byok: 10n + byok });
    expectDay(TODAY);
  });

  test("stays with its key while only other usage of the account arrives in analytics", async () => {
    const key = remote.addKey("key");
    const other = remote.addKey("other");
    const { id } = await watchRemote(scenario, remote);
    await setWatched(id, other, false);
    sim().options.analyticsLagMs = 2 * 3_600_000;
    spend(sim().ledger.chatroom(remote.id), 5_000n);
    spend(other, 900n);
    await later(90);
    spend(key, 500n);
    await later(60);
    await setWatched(id, key, false);
    // What the chatroom spent has arrived; what the key spent has not.
    await later(15);
    expect(storedOn(TODAY)).toMatchObject({
      key: { unattributed: { cost: 500n } },
      Chatroom: { cost: 5_000n },
      "Not watched": { cost: 900n },
    });
    expectDay(TODAY);
    await later(120);
    expect(storedOn(TODAY)).toEqual({
      Chatroom: { cost: 5_000n, byok: 0n, unattributed: none },
      "Not watched": { cost: 1_400n, byok: 0n, unattributed: none },
    });
    expectDay(TODAY);
  });

  test("is counted once while a part of it has arrived in analytics", async () => {
    const key = remote.addKey("key");
    const { id } = await watchRemote(scenario, remote);
    sim().options.analyticsLagMs = 2 * 3_600_000;
    spend(key, 2_000n);
    await later(90);
    spend(key, 1_500n);
    await later(10);
    expect(storedOn(TODAY).key?.unattributed.cost).toBe(3_500n);
    await setWatched(id, key, false);
    for (const minutes of [25, 10, 5]) {
      await later(minutes);
      expect(storedOn(TODAY)).toMatchObject({ key: { unattributed: { cost: 3_500n } } });
      expectDay(TODAY);
    }
    await later(120);
    expect(storedOn(TODAY)).toEqual({ "Not watched": { cost: 3_500n, byok: 0n, unattributed: none } });
    expectDay(TODAY);
  });

  test("is read for the key itself when it is watched again", async () => {
    const key = remote.addKey("key");
    const { id } = await watchRemote(scenario, remote);
    breakAnalytics();
    spend(key, 2_000n, 300n);
    await later(60);
    await setWatched(id, key, false);
    sim().faults.clear();
    await later(60);
    expect(storedOn(TODAY)).toMatchObject({ "Not watched": { cost: 2_000n, byok: 300n } });
    await setWatched(id, key, true);
    await later(60);
    expect(storedOn(TODAY)).toEqual({ key: { cost: 2_000n, byok: 300n, unattributed: none } });
    expectDay(TODAY);
  });
});

type Step =
  | { kind: "spend"; key: number; nanos: number; byok: number }
  | { kind: "hours"; hours: number }
  | { kind: "break" | "repair" }
  | { kind: "unwatch" | "watch"; key: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("spend" as const),
      key: fc.nat(2),
      nanos: fc.nat(5_000),
      byok: fc.oneof(fc.constant(0), fc.nat(900)),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("hours" as const), hours: fc.integer({ min: 1, max: 15 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("break" as const, "repair" as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom("unwatch" as const, "watch" as const), key: fc.nat(2) }) },
);

test(
  "credits and BYOK of every day equal OpenRouter's after keys were unwatched and watched again while analytics failed",
  async () => {
    let moves = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 25, size: "max" }), async (steps) => {
        const user = await scenario.harness.createUser();
        remote = createRemote(scenario, usd("1000"));
        const keys = ["one", "two", "three"].map((name) => remote.addKey(name));
        const { id } = await watchRemote(scenario, remote, user);
        const began = sim().clock.now().toISOString().slice(0, 10);
        for (const one of steps) {
          const key = keys["key" in one ? one.key : 0] as LedgerKey;
          if (one.kind === "spend") spend(key, BigInt(one.nanos), BigInt(one.byok), `maker/m-${one.nanos % 3}`);
          else if (one.kind === "hours") await later(one.hours * 60);
          else if (one.kind === "break") breakAnalytics();
          else if (one.kind === "repair") sim().faults.clear();
          else {
            moves += 1;
            await user.put(`/api/accounts/${id}/keys/${key.hash}`, { is_watched: one.kind === "watch" });
            await settle(scenario.harness);
          }
          sim().clock.advance(1000);
        }
        sim().faults.clear();
        for (const hours of [1, 1, 24, 24 * 8, 1]) await later(hours * 60);
        const { body } = await user.get("/api/accounts");
        expect(body.items[0]).toMatchObject({ last_sync_error: null, total_error: null });
        const days = scenario.harness.server.app.db.reader
          .prepare(
            `SELECT d.date, sum(d.cost) AS cost, sum(d.byok_cost) AS byok FROM api_keys k JOIN usage_days d ON d.api_key_id = k.id
             WHERE k.account_id = ? AND d.date >= ? GROUP BY d.date`,
          )
          .safeIntegers(true)
          .all(id, began) as { date: string; cost: bigint; byok: bigint }[];
        for (const { date, cost, byok } of days) {
          const truth = sim().ledger.totals({ accountId: remote.id, from: date, to: date });
          expect({ date, cost, byok }).toEqual({ date, cost: truth.costNanos, byok: truth.byokNanos });
        }
        await user.delete(`/api/accounts/${id}?delete_usage=true`);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
    process.stdout.write(`usage of counters only: ${RUNS} histories with ${moves} changes of what is watched\n`);
    expect(moves).toBeGreaterThan(0);
  },
  60_000 + RUNS * 30_000,
);

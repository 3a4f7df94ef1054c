import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { add, type Scenario, startScenario } from "../support/openrouter/scenario.ts";
import { costByDay, expectExact } from "../support/openrouter/truth.ts";
import { type Account, type AccountEvent, accountEvents, applyEvents } from "./random-events.ts";

const RUNS = Number(process.env.EVENT_RUNS ?? 8);

let scenario: Scenario;
beforeAll(async () => {
  scenario = await startScenario("2024-01-03T12:00:00Z", { sim: { lagMs: 45_000 }, openRouterTimeoutMs: 10_000 });
});
afterAll(() => scenario.harness.close());

let accounts = 0;

async function openAccount(): Promise<Account> {
  const { ledger, clock } = scenario.harness.sim;
  clock.advance(120_000);
  accounts += 1;
  const user = await scenario.harness.createUser();
  const own = ledger.addAccount();
  const foreign = ledger.addAccount();
  const manager = ledger.addManagementKey(own.id, { name: `manager-${accounts}` });
  const covered: Account["covered"] = [];
  for (const name of ["one", "two"]) {
    const key = ledger.addKey(own.id, { name: `${name}-${accounts}` });
    covered.push({ key, id: await add(scenario, key, user) });
  }
  const key = ledger.addKey(foreign.id, { name: `lone-${accounts}` });
  const lone = [{ key, id: await add(scenario, key, user), firstPoll: clock.now() }];
  return { user, covered, lone, manager, managerId: null };
}

/** Expects keys on counters to be exact over all polls, and on every day with known baselines. */
function expectCountersExact(account: Account): void {
  const { ledger, clock } = scenario.harness.sim;
  for (const { key, id, firstPoll } of account.lone) {
    const total = Object.values(costByDay(scenario.harness, id)).reduce((a, b) => a + b, 0n);
    const first = ledger.counterAt(key, firstPoll);
    expect(total).toBe(ledger.counterAt(key, clock.now()).usage - (first.usage - first.daily));
    const rows = scenario.harness.server.app.db.reader
      .prepare("SELECT date, spent FROM counter_baselines WHERE api_key_id = ? AND exact")
      .safeIntegers(true)
      .all(id) as { date: string; spent: bigint }[];
    for (const { date, spent } of rows)
      expect({ date, spent }).toEqual({
        date,
        spent: ledger.totals({ keyHash: key.hash, from: date, to: date }).costNanos,
      });
  }
}

async function applyAndCompare(events: AccountEvent[]): Promise<void> {
  const account = await openAccount();
  try {
    await applyEvents(scenario, account, events);
    for (const { key, id } of account.covered) expectExact(scenario.harness, { keyId: id, keyHash: key.hash });
    expectCountersExact(account);
  } finally {
    scenario.harness.sim.faults.clear();
    for (const { id } of [...account.covered, ...account.lone]) await account.user.delete(`/api/keys/${id}`);
    if (account.managerId) await account.user.delete(`/api/keys/${account.managerId}`);
  }
}

test(
  "after random events, covered keys equal OpenRouter's ledger and the others are exact between polls",
  async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(accountEvents, async (events) => {
        count += events.length;
        await applyAndCompare(events);
      }),
      // Shrinking takes longer than the test may run, so seed and events are printed at once.
      { numRuns: RUNS, endOnFailure: process.env.EVENT_SHRINK === undefined },
    );
    process.stdout.write(`random events: ${RUNS} accounts, ${count} events\n`);
  },
  RUNS * 20_000,
);

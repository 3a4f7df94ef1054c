import type { LedgerKey } from "@orwatch/openrouter-sim";
import { syncAll } from "@orwatch/server/sync/service";
import { expect } from "vitest";
import { type Caller, type Harness, settle, startHarness } from "../server/harness.ts";

/** Starts a harness with one user and many keys allowed, on a clock that stands still until advanced. */
export async function startScenario(now: string, options: Parameters<typeof startHarness>[0] = {}): Promise<Scenario> {
  const harness = await startHarness({
    ...options,
    sim: { now, analyticsPerMinute: Number.POSITIVE_INFINITY, ...options.sim },
    env: { MAX_API_KEYS_PER_USER: "1000", ...options.env },
  });
  return { harness, user: await harness.createUser() };
}

export interface Scenario {
  harness: Harness;
  user: Caller;
}

/** Adds a key of the simulator to the user's keys, waits for its first sync, and returns its id. */
export async function add(scenario: Scenario, key: LedgerKey, user: Caller = scenario.user): Promise<number> {
  const answer = await user.post("/api/keys", { name: key.name, key: key.secret });
  expect(answer.status, answer.text).toBe(201);
  await settle(scenario.harness);
  return answer.body.id as number;
}

/** Sets the clock and runs the hourly sync as the job does. */
export async function syncAt(scenario: Scenario, instant: string | Date) {
  scenario.harness.sim.clock.set(new Date(instant));
  return syncAll(scenario.harness.server.app);
}

/** The key as returned by the API. */
export const keyOf = async (scenario: Scenario, id: number, user: Caller = scenario.user) =>
  (await user.get(`/api/keys/${id}`)).body;

/** The most requests in any minute. */
export function busiestMinute(requests: readonly { at: Date }[]): number {
  const times = requests.map(({ at }) => at.getTime());
  let [most, first] = [0, 0];
  for (const [last, at] of times.entries()) {
    while (at - (times[first] as number) >= 60_000) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

let accounts = 0;
/** Creates an OpenRouter account with one inference key and one management key, not yet added to orwatch. */
export function createAccount({ harness }: Scenario) {
  const account = harness.sim.ledger.addAccount();
  accounts += 1;
  return {
    account,
    key: harness.sim.ledger.addKey(account.id, { name: `app-${accounts}` }),
    manager: harness.sim.ledger.addManagementKey(account.id, { name: `manager-${accounts}` }),
  };
}

/** Spends at noon of a day; amounts in nano-dollars. */
export function spend(scenario: Scenario, key: LedgerKey, at: string, costNanos: bigint, model = "openai/gpt-5") {
  scenario.harness.sim.ledger.spend(new Date(at.length === 10 ? `${at}T12:00:00Z` : at), key, model, {
    costNanos,
    requests: 1,
    promptTokens: 100,
    completionTokens: 20,
    reasoningTokens: 5,
    cachedTokens: 30,
    upstreamNanos: costNanos + 2n,
    cacheNanos: -2n,
  });
}

import type { LedgerKey } from "@orwatch/openrouter-sim";
import { syncAll } from "@orwatch/server/sync/service";
import { expect } from "vitest";
import { type Bench, type Caller, settle, startBench } from "./harness.ts";

/** A bench with one user, on a clock that stands still until moved, with room for many keys. */
export async function startWatch(now: string, options: Parameters<typeof startBench>[0] = {}): Promise<Watch> {
  const bench = await startBench({
    ...options,
    sim: { now, analyticsPerMinute: Number.POSITIVE_INFINITY, ...options.sim },
    env: { MAX_API_KEYS_PER_USER: "1000", ...options.env },
  });
  return { bench, user: await bench.createUser() };
}

export interface Watch {
  bench: Bench;
  user: Caller;
}

/** Adds a key of the simulator to the user's keys and waits for its first sync; its id here. */
export async function add(watch: Watch, key: LedgerKey, user: Caller = watch.user): Promise<number> {
  const answer = await user.post("/api/keys", { name: key.name, key: key.secret });
  expect(answer.status, answer.text).toBe(201);
  await settle(watch.bench);
  return answer.body.id as number;
}

/** Moves the clock to an instant and runs the hourly sync, as the job does. */
export async function syncAt(watch: Watch, instant: string | Date) {
  watch.bench.sim.clock.set(new Date(instant));
  return syncAll(watch.bench.server.app);
}

/** The key as the API shows it. */
export const keyOf = async (watch: Watch, id: number, user: Caller = watch.user) =>
  (await user.get(`/api/keys/${id}`)).body;

let accounts = 0;
/** A fresh account with one inference key and one management key, not yet watched. */
export function createAccount({ bench }: Watch) {
  const account = bench.sim.ledger.addAccount();
  accounts += 1;
  return {
    account,
    key: bench.sim.ledger.addKey(account.id, { name: `app-${accounts}` }),
    manager: bench.sim.ledger.addManagementKey(account.id, { name: `manager-${accounts}` }),
  };
}

/** Spends on a day at noon; amounts in nano-dollars. */
export function spend(watch: Watch, key: LedgerKey, at: string, costNanos: bigint, model = "openai/gpt-5") {
  watch.bench.sim.ledger.spend(new Date(at.length === 10 ? `${at}T12:00:00Z` : at), key, model, {
    costNanos,
    requests: 1,
    promptTokens: 100,
    completionTokens: 20,
  });
}

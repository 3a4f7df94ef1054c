import type { LedgerKey } from "@orwatch/openrouter-sim";
import { syncAll } from "@orwatch/server/sync/service";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectIntact } from "../support/checks/integrity.ts";
import { add, type Scenario, startScenario } from "../support/openrouter/scenario.ts";
import { costByDay, expectExact, storedRows, trueRows } from "../support/openrouter/truth.ts";
import type { Caller } from "../support/server/harness.ts";

// 3 users with 6 keys each, 20 models, 400 days. SCALE=full: 12 keys each, every key uses every model every day, and 120 syncs.
const IS_FULL = process.env.SCALE === "full";
const DAYS = 400;
const KEYS = IS_FULL ? 12 : 6;
const MODELS = 20;
const MODELS_A_DAY = IS_FULL ? MODELS : 1;
const SYNCS = IS_FULL ? 120 : 10;
const START = Date.parse("2025-01-20T09:30:00Z");
const DAY_MS = 86_400_000;

let seed = 20_250_120;
/** Deterministic numbers in [0, 1). */
function random(): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
}

interface Watched {
  key: LedgerKey;
  id: number;
  user: Caller;
  isCovered: boolean;
  firstPoll: Date;
}

let scenario: Scenario;
beforeAll(async () => {
  scenario = await startScenario(new Date(START).toISOString(), { sim: { lagMs: 45_000 }, openRouterTimeoutMs: 1000 });
});
afterAll(() => scenario.harness.close());

/**
 * Per user: 2 keys (8 in full) covered from the start, 2 whose management key is added on day 150, and 2 of an account without one;
 * a management key of another account is added and must change nothing.
 */
async function settleIn(): Promise<{ keys: Watched[]; late: { secret: LedgerKey; user: Caller }[] }> {
  const { ledger, clock } = scenario.harness.sim;
  const keys: Watched[] = [];
  const late: { secret: LedgerKey; user: Caller }[] = [];
  for (let n = 0; n < 3; n++) {
    clock.advance(60_000);
    const user = await scenario.harness.createUser();
    const [own, later, foreign] = [ledger.addAccount(), ledger.addAccount(), ledger.addAccount()] as const;
    await add(scenario, ledger.addManagementKey(own.id, { name: "manager" }), user);
    late.push({ secret: ledger.addManagementKey(later.id, { name: "late manager" }), user });
    for (let k = 0; k < KEYS; k++) {
      const account = k < KEYS - 4 ? own : k < KEYS - 2 ? later : foreign;
      // Two keys share one name: only the hash distinguishes them.
      const key = ledger.addKey(account.id, { name: k < 2 ? "twin" : `key-${n}-${k}` });
      keys.push({ key, id: await add(scenario, key, user), user, isCovered: k < KEYS - 2, firstPoll: clock.now() });
    }
  }
  return { keys, late };
}

function liveOneDay(day: number, keys: Watched[]): void {
  const { ledger } = scenario.harness.sim;
  for (const { key } of keys) {
    for (let n = 0; n < MODELS_A_DAY; n++) {
      const model = IS_FULL ? n : Math.floor(random() * MODELS);
      const at = new Date(START + day * DAY_MS + Math.floor(random() * 0.95 * DAY_MS));
      ledger.spend(at, key, `maker/model-${model}`, {
        costNanos: BigInt(Math.floor(random() * 900_000_000) + 1),
        byokNanos: random() < 0.05 ? BigInt(Math.floor(random() * 1_000_000)) : 0n,
        requests: 1 + Math.floor(random() * 40),
        promptTokens: Math.floor(random() * 100_000),
        completionTokens: Math.floor(random() * 20_000),
      });
    }
  }
}

const FAULTS = ["429", "500", "502-html", "cut", "half-json", "truncated-body", "403", "401"] as const;

test(
  `3 users, ${KEYS} keys each, 20 models and 400 days with faults, restarts and gaps equal the ledger`,
  async () => {
    const { keys, late } = await settleIn();
    const { sim } = scenario.harness;
    const instants = Array.from({ length: SYNCS }, (_, n) => START + (DAYS * DAY_MS * (n + random())) / SYNCS).sort(
      (a, b) => a - b,
    );
    // Syncs more often around midnights, the end of a month and a Monday.
    for (const edge of ["2025-03-31", "2025-06-01", "2025-08-31"])
      for (const minutes of [-30, 1, 3, 30]) instants.push(Date.parse(`${edge}T00:00:00Z`) + DAY_MS + minutes * 60_000);
    instants.sort((a, b) => a - b);
    let day = 0;
    for (const [n, instant] of instants.entries()) {
      for (; START + day * DAY_MS < instant && day < DAYS; day++) liveOneDay(day, keys);
      sim.clock.set(new Date(instant));
      if (late.length > 0 && instant > START + 150 * DAY_MS)
        for (const { secret, user } of late.splice(0)) await add(scenario, secret, user);
      if (n % 5 === 2)
        sim.faults.add({ kind: FAULTS[n % FAULTS.length] as (typeof FAULTS)[number], probability: 0.3, times: 40 });
      if (n % 9 === 4) {
        const cut = syncAll(scenario.harness.server.app).catch(() => {});
        await new Promise((resolve) => setTimeout(resolve, 60));
        await scenario.harness.restart();
        await cut;
      }
      await syncAll(scenario.harness.server.app);
      sim.faults.clear();
    }
    for (; day < DAYS; day++) liveOneDay(day, keys);
    for (const days of [DAYS, DAYS + 8, DAYS + 9]) {
      sim.clock.set(new Date(START + days * DAY_MS));
      await syncAll(scenario.harness.server.app);
    }
    let rows = 0;
    for (const { key, id, isCovered, firstPoll } of keys) {
      rows += storedRows(scenario.harness, id).length;
      if (isCovered) expectExact(scenario.harness, { keyId: id, keyHash: key.hash });
      else {
        const first = sim.ledger.counterAt(key, firstPoll);
        const total = Object.values(costByDay(scenario.harness, id)).reduce((a, b) => a + b, 0n);
        expect(total).toBe(sim.ledger.counterAt(key, sim.clock.now()).usage - (first.usage - first.daily));
      }
    }
    expectIntact(scenario.harness);
    process.stdout.write(
      `sync at scale: ${keys.length} keys, ${rows} rows, ${instants.length} syncs equal the ledger\n`,
    );
    expect(trueRows(sim, (keys[0] as Watched).key.hash).length).toBeGreaterThan((DAYS * MODELS_A_DAY) / 2);
  },
  IS_FULL ? 3_600_000 : 240_000,
);

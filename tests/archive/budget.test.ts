import { type LedgerKey, usd } from "@orwatch/openrouter-sim";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRemote, watchRemote } from "../support/openrouter/openrouter-account.ts";
import { spend, startScenario, syncAt } from "../support/openrouter/scenario.ts";
import { type Archive, collect, storedRows } from "./archive.ts";

const isFull = process.env.SCALE === "full";
const [KEYS, USED, ACTIVE] = isFull ? [1000, 400, 60] : [40, 20, 6];
/** Requests of an hour: of all keys the list, of active ones their usage. */
const MAX_HOURLY = isFull ? 200 : 40;
const START = "2026-03-10T12:00:00Z";
const MINUTE_MS = 60_000;
const HOURS = 26;
const HOUR_DIMENSION = 5;

let archive: Archive;
let keys: LedgerKey[];
beforeAll(async () => {
  // At OpenRouter's pace: the clock is the simulator's, so waiting takes no time.
  const scenario = await startScenario(START, { sim: { analyticsPerMinute: 64, creditsLagMs: 0 } });
  archive = { scenario, remote: createRemote(scenario, usd("100000")) };
  keys = Array.from({ length: KEYS }, (_, index) => archive.remote.addKey(`key-${index}`));
  for (const [index, key] of keys.slice(0, USED).entries())
    for (const day of ["2026-02-20", "2026-03-05", "2026-03-09"])
      for (let model = 0; model < 3; model++)
        spend(scenario, key, `${day}T0${index % 10}:00:00Z`, BigInt(1_000 + index), `maker/m-${model}`);
}, 120_000);
afterAll(() => archive.scenario.harness.close());

const sim = () => archive.scenario.harness.sim;

/** The most analytics queries in any minute of the simulated clock. */
function busiestMinute(): number {
  const times = sim().requests.map(({ at }) => at.getTime());
  let [most, first] = [0, 0];
  for (const [last, at] of times.entries()) {
    while (at - (times[first] as number) >= MINUTE_MS) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

async function collectAt(instant: number) {
  if (sim().clock.nowMs() < instant) sim().clock.set(new Date(instant));
  return collect(archive);
}

test(`an hour of an account of ${KEYS} keys takes at most ${MAX_HOURLY} requests with its breakdowns, and 60 a minute`, async () => {
  await watchRemote(archive.scenario, archive.remote);
  const began = sim().clock.nowMs();
  sim().clearRequests();
  let runs = 0;
  while ((await collectAt(began + runs * 15 * MINUTE_MS)).breakdowns > 0) runs += 1;
  const backfill = { requests: sim().requests.length, minutes: (sim().clock.nowMs() - began) / MINUTE_MS };
  expect(busiestMinute()).toBeLessThanOrEqual(60);
  const start = Math.ceil(sim().clock.nowMs() / 3_600_000) * 3_600_000;
  const hourly: number[] = [];
  for (let hour = 0; hour < HOURS; hour++) {
    const at = start + hour * 3_600_000;
    for (const key of keys.slice(0, ACTIVE)) spend(archive.scenario, key, new Date(at - 1_800_000).toISOString(), 7n);
    sim().clearRequests();
    await syncAt(archive.scenario, new Date(at));
    for (let quarter = 1; quarter <= 3; quarter++)
      expect(await collectAt(at + quarter * 15 * MINUTE_MS)).toMatchObject({ failed: 0 });
    hourly.push(sim().requests.length);
    expect(busiestMinute()).toBeLessThanOrEqual(60);
    expect(sim().requests.filter(({ status }) => status === 429)).toEqual([]);
  }
  process.stdout.write(
    `breakdowns of ${KEYS} keys: ${backfill.requests} requests in ${backfill.minutes.toFixed(0)} min at first, then ${Math.min(...hourly)} to ${Math.max(...hourly)} requests an hour with the sync\n`,
  );
  expect(Math.max(...hourly)).toBeLessThanOrEqual(MAX_HOURLY);
  const spent = storedRows(archive, HOUR_DIMENSION).reduce((sum, { cost }) => sum + cost, 0n);
  const ledger = sim().ledger.totals({ accountId: archive.remote.id, from: "2026-02-10" });
  expect(spent).toBe(ledger.costNanos);
}, 600_000);

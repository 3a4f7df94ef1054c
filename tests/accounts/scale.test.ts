import { usd } from "@orwatch/openrouter-sim";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRemote, type Remote, watchRemote } from "../support/openrouter/openrouter-account.ts";
import { type Scenario, spend, startScenario, syncAt } from "../support/openrouter/scenario.ts";

const [KEYS, USED, ACTIVE] = [1000, 400, 60];
const START = "2026-03-10T12:00:00Z";
const MINUTE_MS = 60_000;

let scenario: Scenario;
let remote: Remote;
beforeAll(async () => {
  // At OpenRouter's pace: the clock is the simulator's, so waiting takes no time.
  scenario = await startScenario(START, { sim: { analyticsPerMinute: 64, creditsLagMs: 0 } });
  remote = createRemote(scenario, usd("100000"));
  for (let index = 0; index < KEYS; index++) {
    const key = remote.addKey(`key-${index}`);
    if (index >= USED) continue;
    for (let month = 1; month <= 10; month++)
      spend(
        scenario,
        key,
        `2025-${String(month + 2).padStart(2, "0")}-11`,
        BigInt(1_000 + index),
        `maker/m-${month % 5}`,
      );
    if (index < ACTIVE) spend(scenario, key, "2026-03-09", BigInt(5_000 + index));
  }
}, 120_000);
afterAll(() => scenario.harness.close());

const requests = () => scenario.harness.sim.requests;

/** The most requests in any minute of the simulated clock. */
function busiestMinute(): number {
  const times = requests().map(({ at }) => at.getTime());
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + MINUTE_MS).length));
}

// Half a minute of CPU: `npm run prove:sync` runs it.
test.runIf(process.env.SCALE === "full")(
  "an account of 1,000 keys is synced in 25 minutes, with at most 200 requests an hour and 60 a minute afterwards",
  async () => {
    const { clock } = scenario.harness.sim;
    scenario.harness.sim.clearRequests();
    await watchRemote(scenario, remote);
    const minutes = (clock.nowMs() - Date.parse(START)) / MINUTE_MS;
    const first = requests().length;
    expect(minutes).toBeLessThanOrEqual(25);
    expect(busiestMinute()).toBeLessThanOrEqual(64);
    const account = (await scenario.user.get("/api/accounts")).body.items[0];
    expect(account).toMatchObject({
      keys_total: KEYS,
      backfill: { recent: USED, done: USED, total: USED },
      last_sync_error: null,
    });
    const hourly: number[] = [];
    const cpu: number[] = [];
    const keys = scenario.harness.sim.ledger.keysOf(remote.id).filter(({ name }) => name.startsWith("key-"));
    for (let hour = 1; hour <= 26; hour++) {
      const at = new Date(Date.parse(START) + (hour + 1) * 3_600_000);
      for (const key of keys.slice(0, ACTIVE))
        spend(scenario, key, new Date(at.getTime() - 1_800_000).toISOString(), 7n);
      scenario.harness.sim.clearRequests();
      const before = process.cpuUsage();
      await syncAt(scenario, at);
      const used = process.cpuUsage(before);
      hourly.push(requests().length);
      cpu.push((used.user + used.system) / 1e6);
    }
    process.stdout.write(
      `account of ${KEYS} keys: first sync ${first} requests in ${minutes.toFixed(1)} min, hourly ${Math.min(...hourly)} to ${Math.max(...hourly)} requests, ` +
        `${Math.max(...cpu).toFixed(1)} s of CPU at most (with the simulator)\n`,
    );
    expect(Math.max(...hourly)).toBeLessThanOrEqual(200);
    const { body } = await scenario.user.get("/api/stats/dashboard?start_date=2025-04-01&end_date=2026-03-11");
    const { costNanos } = scenario.harness.sim.ledger.totals({
      accountId: remote.id,
      from: "2025-04-01",
      to: "2026-03-11",
    });
    expect(BigInt(Math.round(Number(body.summary.total_cost) * 1e9))).toBe(costNanos);
  },
  300_000,
);

import { addDays, listDays, toDay } from "@orwatch/domain/day";
import { type LedgerKey, usd } from "@orwatch/openrouter-sim";
import { collectBreakdowns } from "@orwatch/server/sync/breakdowns/collect";
import { DIMENSION_IDS } from "@orwatch/server/usage/breakdowns/dimensions";
import { afterAll, beforeAll, expect, test } from "vitest";
import { storedRows } from "../archive/archive.ts";
import { createRemote, type Remote, watchRemote } from "../support/openrouter/openrouter-account.ts";
import { busiestMinute, type Scenario, startScenario, syncAt } from "../support/openrouter/scenario.ts";
import { expectAccountExact, expectExact } from "../support/openrouter/truth.ts";

interface Scale {
  keys: number;
  used: number;
  active: number;
  models: number;
  /** Maximum number of rows in a response of analytics. */
  maxRows: number;
  maxRequestsAnHour: number;
  /** Hours between two syncs. */
  everyHours: number;
}

/** The small account has as many splits of responses as the large one, because its responses are smaller. */
const SCALE: Scale =
  process.env.SCALE === "full"
    ? { keys: 1000, used: 400, active: 60, models: 20, maxRows: 10_000, maxRequestsAnHour: 200, everyHours: 1 }
    : { keys: 40, used: 20, active: 12, models: 2, maxRows: 1_000, maxRequestsAnHour: 54, everyHours: 6 };
/** All weekly queries are due at least once. */
const DAYS = Number(process.env.DAYS ?? 8);
const START = Date.parse("2026-03-10T12:00:00Z");
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const QUARTER_MS = 15 * MINUTE_MS;
const TODAY = toDay(new Date(START));
const FIRST_DAY = addDays(TODAY, -364);

let scenario: Scenario;
let remote: Remote;
let keys: LedgerKey[];
let chatroom: LedgerKey;

const models = Array.from({ length: SCALE.models }, (_, index) => `maker/m-${index}`);
const sim = () => scenario.harness.sim;
const amounts = (costNanos: bigint) => ({ costNanos, requests: 1, promptTokens: 100, completionTokens: 20 });

beforeAll(async () => {
  // At OpenRouter's pace: the clock is the simulator's, so waiting takes no time.
  scenario = await startScenario(new Date(START).toISOString(), {
    sim: { analyticsPerMinute: 64, creditsLagMs: 0, analyticsMaxRows: SCALE.maxRows },
    openRouterTimeoutMs: 60_000,
  });
  remote = createRemote(scenario, usd("100000"));
  keys = Array.from({ length: SCALE.keys }, (_, index) => remote.addKey(`key-${index}`));
  chatroom = sim().ledger.chatroom(remote.id);
  for (const day of listDays(FIRST_DAY, addDays(TODAY, -1))) {
    for (const [index, key] of keys.slice(0, SCALE.active).entries())
      for (const model of models) sim().ledger.spendOnDay(day, key, model, amounts(BigInt(1_000 + index)));
    sim().ledger.spendOnDay(day, chatroom, "maker/m-0", amounts(11n));
  }
  for (const [index, key] of keys.slice(SCALE.active, SCALE.used).entries())
    for (const day of listDays(addDays(TODAY, -300), addDays(TODAY, -290)))
      for (const model of models) sim().ledger.spendOnDay(day, key, model, amounts(BigInt(2_000 + index)));
}, 300_000);
afterAll(() => scenario.harness.close());

function spendInHour(start: number) {
  const at = new Date(start + HOUR_MS / 2);
  for (const key of keys.slice(0, SCALE.active))
    for (const model of models) sim().ledger.spend(at, key, model, amounts(7n));
  sim().ledger.spend(at, chatroom, "maker/m-0", amounts(3n));
}

const busiest = () => busiestMinute(sim().requests);
const refused = () => sim().requests.filter(({ status }) => status === 429);

async function collectAt(instant: number) {
  if (sim().clock.nowMs() < instant) sim().clock.set(new Date(instant));
  return collectBreakdowns(scenario.harness.server.app);
}

test(`an account of ${SCALE.keys} keys stays within its request budget in every hour and minute of ${DAYS} days`, async () => {
  const { id } = await watchRemote(scenario, remote);
  const first = { requests: sim().requests.length, minutes: (sim().clock.nowMs() - START) / MINUTE_MS };
  expect(first.minutes).toBeLessThanOrEqual(25);
  expect(busiest()).toBeLessThanOrEqual(60);
  expect(refused()).toEqual([]);
  const { body } = await scenario.user.get("/api/accounts");
  const backfill = { done: SCALE.used, total: SCALE.used };
  const noErrors = { last_sync_error: null, total_error: null };
  expect(body.items[0]).toMatchObject({ id, keys_total: SCALE.keys, backfill, ...noErrors });

  sim().clearRequests();
  const began = sim().clock.nowMs();
  let runs = 0;
  while ((await collectAt(began + runs * QUARTER_MS)).breakdowns > 0) runs += 1;
  const archive = { requests: sim().requests.length, minutes: (sim().clock.nowMs() - began) / MINUTE_MS };
  expect(busiest()).toBeLessThanOrEqual(60);

  const start = Math.ceil(sim().clock.nowMs() / HOUR_MS) * HOUR_MS;
  const hours: { requests: number; minute: number; cpuSeconds: number }[] = [];
  for (let hour = start; hour < start + DAYS * 24 * HOUR_MS; hour += SCALE.everyHours * HOUR_MS) {
    spendInHour(hour - HOUR_MS);
    sim().clearRequests();
    const before = process.cpuUsage();
    await syncAt(scenario, new Date(hour));
    const used = process.cpuUsage(before);
    for (let quarter = 0; quarter <= 3; quarter += 1)
      expect(await collectAt(hour + quarter * QUARTER_MS)).toMatchObject({ failed: 0 });
    expect(refused()).toEqual([]);
    hours.push({
      requests: sim().requests.length,
      minute: busiest(),
      cpuSeconds: (used.user + used.system) / 1e6,
    });
  }
  const most = (of: (hour: (typeof hours)[number]) => number) => Math.max(...hours.map(of));
  const sorted = hours.map(({ requests }) => requests).sort((a, b) => a - b);
  process.stdout.write(
    `account of ${SCALE.keys} keys: first sync ${first.requests} requests in ${first.minutes.toFixed(1)} min, ` +
      `first breakdowns ${archive.requests} in ${archive.minutes.toFixed(0)} min, then ${sorted[0]} to ${sorted.at(-1)} requests an hour ` +
      `(median ${sorted[sorted.length >> 1]}), ${most(({ minute }) => minute)} in the busiest minute, ` +
      `${most(({ cpuSeconds }) => cpuSeconds).toFixed(1)} s of CPU at most for a sync, with the simulator\n`,
  );
  expect(most(({ requests }) => requests)).toBeLessThanOrEqual(SCALE.maxRequestsAnHour);
  expect(most(({ minute }) => minute)).toBeLessThanOrEqual(60);

  const watched = scenario.harness.server.app.db.reader
    .prepare("SELECT id, key_hash AS hash FROM api_keys WHERE account_id = ? AND kind = 'inference'")
    .safeIntegers(false)
    .all(id) as { id: number; hash: string }[];
  expect(watched).toHaveLength(SCALE.keys);
  for (const key of watched) expectExact(scenario.harness, { keyId: key.id, keyHash: key.hash });
  expectAccountExact(scenario.harness, { accountId: id, ledgerId: remote.id });
  const inHours = storedRows({ scenario, remote }, DIMENSION_IDS.hour).reduce((sum, { cost }) => sum + cost, 0n);
  const from = addDays(TODAY, -30);
  const spent = (query: object) => sim().ledger.totals({ from, ...query }).costNanos;
  expect(inHours).toBe(spent({ accountId: remote.id }) - spent({ keyHash: chatroom.hash }));
}, 3_600_000);

import { type LedgerKey, usd } from "@orwatch/openrouter-sim";
import { syncAll } from "@orwatch/server/sync/service";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectIntact } from "../support/checks/integrity.ts";
import { createRemote, type Json, type Remote } from "../support/openrouter/openrouter-account.ts";
import { type Scenario, spend, startScenario } from "../support/openrouter/scenario.ts";
import { expectExact } from "../support/openrouter/truth.ts";
import { type Caller, settle } from "../support/server/harness.ts";

const RUNS = Number(process.env.EVENT_RUNS ?? 6);
const FAULTS = ["429", "500", "502-html", "cut", "truncated-body", "half-json", "403", "401", "html-200"] as const;
const PATHS = ["/key", "/keys", "/workspaces", "/credits", "/analytics/meta", "/analytics/query"] as const;

/** What may happen in an account; keys and workspaces by index, modulo their number. */
type Event =
  | { kind: "spend"; key: number; model: number; nanos: number }
  | { kind: "chat"; nanos: number }
  | { kind: "pass"; minutes: number }
  | { kind: "sync" }
  | { kind: "restart" }
  | { kind: "new key" }
  | { kind: "new management key" }
  | { kind: "cut off"; afterMs: number }
  | { kind: "fault"; fault: (typeof FAULTS)[number]; path: (typeof PATHS)[number]; times: number }
  | { kind: "restate"; key: number; daysBack: number; nanos: number }
  | { kind: "rename" | "move" | "disable" | "delete" | "restore" | "unwatch" | "watch" | "paste"; key: number };

const index = fc.nat(7);
const nanos = fc.integer({ min: 1, max: 3_000_000_000 });
const one = <K extends string>(kind: K) => fc.constant({ kind });
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({ kind: fc.constant("spend" as const), key: index, model: fc.nat(3), nanos }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("chat" as const), nanos }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("pass" as const),
      minutes: fc.oneof(fc.integer({ min: 1, max: 180 }), fc.integer({ min: 600, max: 4000 })),
    }),
  },
  { weight: 6, arbitrary: one("sync" as const) },
  { weight: 1, arbitrary: one("restart" as const) },
  { weight: 1, arbitrary: one("new key" as const) },
  { weight: 1, arbitrary: one("new management key" as const) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("cut off" as const), afterMs: fc.nat(40) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("fault" as const),
      fault: fc.constantFrom(...FAULTS),
      path: fc.constantFrom(...PATHS),
      times: fc.integer({ min: 1, max: 6 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("restate" as const),
      key: index,
      daysBack: fc.integer({ min: 1, max: 30 }),
      nanos,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom("rename", "move", "disable", "delete", "restore", "unwatch", "watch", "paste"),
      key: index,
    }) as fc.Arbitrary<Event>,
  },
);

let scenario: Scenario;
beforeAll(async () => {
  scenario = await startScenario("2024-01-03T12:00:00Z", {
    sim: { lagMs: 45_000, deletedHashResolves: true },
    openRouterTimeoutMs: 10_000,
  });
});
afterAll(() => scenario.harness.close());

interface World {
  user: Caller;
  remote: Remote;
  id: number;
  keys: LedgerKey[];
  spaces: string[];
  manager: LedgerKey;
  serial: number;
}

async function open(): Promise<World> {
  scenario.harness.sim.clock.advance(120_000);
  const user = await scenario.harness.createUser();
  const remote = createRemote(scenario, usd("100000"));
  const keys = ["one", "two", "three"].map((name) => remote.addKey(name));
  const answer = await user.post("/api/accounts", { name: "Acme", key: remote.manager.secret });
  expect(answer.status, answer.text).toBe(201);
  await settle(scenario.harness);
  const spaces = [remote.defaultSpace, remote.addSpace("Research")];
  return { user, remote, id: answer.body.id, keys, spaces, manager: remote.manager, serial: 0 };
}

async function apply(world: World, now: Event): Promise<void> {
  const { harness } = scenario;
  const { clock, ledger, faults } = harness.sim;
  const { user, id, remote } = world;
  const keyOf = ({ key }: { key: number }) => world.keys[key % world.keys.length] as LedgerKey;
  const at = clock.now().toISOString();
  const sync = () => syncAll(harness.server.app);
  const set = (key: LedgerKey, is_watched: boolean) =>
    user.put(`/api/accounts/${id}/keys/${key.hash}`, { is_watched }).then(() => settle(harness));
  world.serial += 1;
  if (now.kind === "spend") {
    const key = keyOf(now);
    if (!key.deleted) spend(scenario, key, at, BigInt(now.nanos), `maker/model-${now.model}`);
  } else if (now.kind === "chat") spend(scenario, ledger.chatroom(remote.id), at, BigInt(now.nanos));
  else if (now.kind === "pass") clock.advance(now.minutes * 60_000);
  else if (now.kind === "sync") await sync();
  else if (now.kind === "restart") await harness.restart();
  else if (now.kind === "cut off") {
    const running = sync().catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, now.afterMs));
    await harness.restart();
    await running;
  } else if (now.kind === "fault") faults.add({ match: { path: now.path }, kind: now.fault, times: now.times });
  else if (now.kind === "new key") world.keys.push(remote.addKey(`key-${world.serial}`));
  else if (now.kind === "new management key") {
    ledger.deleteKey(world.manager);
    world.manager = ledger.addManagementKey(remote.id, { name: `manager-${world.serial}` });
    await sync();
    await user.put(`/api/accounts/${id}/key`, { key: world.manager.secret });
    await settle(harness);
  } else if (now.kind === "restate") {
    const day = new Date(clock.nowMs() - now.daysBack * 86_400_000).toISOString().slice(0, 10);
    if (isShown(world, keyOf(now), day))
      ledger.restate(keyOf(now), day, "late/model", { deltaNanos: BigInt(now.nanos), requestsDelta: 1 });
  } else if (now.kind === "rename") ledger.updateKey(keyOf(now), { name: `name-${world.serial % 3}` });
  else if (now.kind === "move")
    ledger.updateKey(keyOf(now), { workspaceId: world.spaces[world.serial % world.spaces.length] as string });
  else if (now.kind === "disable") ledger.updateKey(keyOf(now), { disabled: !keyOf(now).disabled });
  else if (now.kind === "delete") ledger.deleteKey(keyOf(now));
  else if (now.kind === "restore") ledger.restoreKey(keyOf(now));
  else if (now.kind === "unwatch") await set(keyOf(now), false);
  else if (now.kind === "watch") await set(keyOf(now), true);
  else {
    await user.post("/api/keys", { name: "pasted", key: keyOf(now).secret });
    await settle(harness);
  }
  clock.advance(1000);
}

/** Whether analytics has shown a day in full: before that, a correction cannot be distinguished from spend that it does not show. */
function isShown({ id }: World, { hash }: LedgerKey, date: string): boolean {
  const { server, sim } = scenario.harness;
  const stored = server.app.db.reader
    .prepare(
      `SELECT d.attributed, coalesce(sum(s.cost), 0) AS cost FROM api_keys k JOIN usage_days d ON d.api_key_id = k.id AND d.date = ?
       LEFT JOIN usage_stats s ON s.api_key_id = k.id AND s.date = d.date AND s.model <> '(unattributed)'
       WHERE k.account_id = ? AND k.key_hash = ? GROUP BY d.date`,
    )
    .safeIntegers(true)
    .get(date, id, hash) as { attributed: bigint; cost: bigint } | undefined;
  return (
    stored?.attributed === 1n && stored.cost === sim.ledger.totals({ keyHash: hash, from: date, to: date }).costNanos
  );
}

/** Everything works again, and two weeks pass. */
async function recover(world: World): Promise<void> {
  const { harness } = scenario;
  harness.sim.faults.clear();
  await syncAll(harness.server.app);
  const spare = harness.sim.ledger.addManagementKey(world.remote.id, { name: "last" });
  harness.sim.clock.advance(61_000);
  await world.user.put(`/api/accounts/${world.id}/key`, { key: spare.secret });
  await settle(harness);
  for (const hours of [1, 23, 24, 24 * 8, 24, 72, 1]) {
    harness.sim.clock.advance(hours * 3_600_000);
    await syncAll(harness.server.app);
  }
}

async function compare(world: World): Promise<void> {
  const { harness } = scenario;
  const { ledger } = harness.sim;
  const today = harness.sim.clock.now().toISOString().slice(0, 10);
  const { items } = (await world.user.get(`/api/accounts/${world.id}/keys?limit=1000`)).body;
  for (const key of items as Json[]) {
    const real = ledger.key(key.hash);
    if (!key.is_watched || real.deleted || key.deleted_at !== null) continue;
    expectExact(harness, { keyId: key.api_key_id, keyHash: key.hash });
  }
  const start = "2024-01-03";
  const from = new Date(Math.max(Date.parse(start), Date.parse(today) - 364 * 86_400_000)).toISOString().slice(0, 10);
  const { body } = await world.user.get(`/api/stats/dashboard?start_date=${from}&end_date=${today}`);
  for (const { date, cost } of body.by_date) {
    const { costNanos } = ledger.totals({ accountId: world.remote.id, from: date, to: date });
    expect({ date, nanos: nanosOf(cost ?? "0") }).toEqual({ date, nanos: costNanos });
  }
  compareDetails(world);
  expectIntact(harness);
}

let [knownDays, allDays] = [0, 0];

/** Expects details of all keys and residuals to add up to those of the account, on days on which all of them are known. */
function compareDetails(world: World): void {
  const { server, sim } = scenario.harness;
  const days = server.app.db.reader
    .prepare(
      `SELECT s.date, sum(s.cached_tokens) AS cached, sum(s.upstream_cost) AS upstream,
         count(*) = min(count(s.cached_tokens), count(s.upstream_cost)) AS known
       FROM api_keys k JOIN usage_stats s ON s.api_key_id = k.id WHERE k.account_id = ? GROUP BY s.date`,
    )
    .safeIntegers(true)
    .all(world.id) as { date: string; cached: bigint; upstream: bigint; known: bigint }[];
  allDays += days.length;
  for (const { date, cached, upstream } of days.filter(({ known }) => known === 1n)) {
    const truth = sim.ledger.totals({ accountId: world.remote.id, from: date, to: date });
    expect({ date, cached, upstream }).toEqual({
      date,
      cached: BigInt(truth.cachedTokens),
      upstream: truth.upstreamNanos,
    });
    knownDays += 1;
  }
}

const nanosOf = (text: string): bigint => {
  const [whole = "0", rest = ""] = text.replace("-", "").split(".");
  return (text.startsWith("-") ? -1n : 1n) * (BigInt(whole) * 1_000_000_000n + BigInt(rest.padEnd(9, "0")));
};

test(
  "after random events the keys and the total of an account equal OpenRouter's ledger",
  async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 30, size: "max" }), async (events) => {
        count += events.length;
        const world = await open();
        for (const now of events) await apply(world, now);
        await recover(world);
        await compare(world);
        await world.user.delete(`/api/accounts/${world.id}`);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
    process.stdout.write(`account events: ${count} in ${RUNS} histories; details of ${knownDays} of ${allDays} days\n`);
    expect(knownDays).toBeGreaterThan(allDays / 2);
  },
  RUNS * 60_000,
);

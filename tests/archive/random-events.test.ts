import { addDays, toDay } from "@orwatch/domain/day";
import { parseMoney } from "@orwatch/domain/money";
import type { LedgerKey } from "@orwatch/openrouter-sim";
import { syncAll } from "@orwatch/server/sync/service";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectIntact } from "../support/checks/integrity.ts";
import { createRemote, type Json, watchRemote } from "../support/openrouter/openrouter-account.ts";
import { PASSWORD } from "../support/server/harness.ts";
import { type Archive, collect, expectSum, spendOf, startArchive } from "./archive.ts";

const RUNS = Number(process.env.EVENT_RUNS ?? 4);
const FAULTS = ["429", "500", "502-html", "cut", "half-json", "403", "html-200", "empty-object"] as const;
const PROVIDERS = ["Azure", "OpenAI", "Groq"];
const DIMENSIONS = ["provider", "app", "finish_reason", "hour", "weekday_hour", "user", "workspace"];
/** Days whose breakdowns must be exact in the end: those before may be older than 31 days when they are first requested. */
const EXACT_DAYS = 20;

type Event =
  | { kind: "spend"; key: number; provider: number; model: number; nanos: number }
  | { kind: "restate"; key: number; model: number; daysBack: number; nanos: number }
  | { kind: "pass"; minutes: number }
  | { kind: "fault"; fault: (typeof FAULTS)[number]; times: number; after: number }
  | { kind: "rename"; key: number }
  | { kind: "sync" | "collect" | "new key" | "stop while collecting" };

const nanos = fc.integer({ min: 1, max: 3_000_000_000 });
const key = fc.nat(5);
const model = fc.nat(2);
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({ kind: fc.constant("spend" as const), key, provider: fc.nat(2), model, nanos }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("restate" as const),
      key,
      model,
      daysBack: fc.integer({ min: 1, max: 15 }),
      nanos,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("pass" as const),
      minutes: fc.oneof(fc.integer({ min: 1, max: 180 }), fc.integer({ min: 600, max: 2500 })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("fault" as const),
      fault: fc.constantFrom(...FAULTS),
      times: fc.integer({ min: 1, max: 6 }),
      after: fc.nat(6),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("rename" as const), key }) },
  { weight: 5, arbitrary: fc.constant<Event>({ kind: "sync" }) },
  { weight: 6, arbitrary: fc.constant<Event>({ kind: "collect" }) },
  { weight: 1, arbitrary: fc.constant<Event>({ kind: "new key" }) },
  { weight: 1, arbitrary: fc.constant<Event>({ kind: "stop while collecting" }) },
);

let base: Archive;
let checked = 0;
beforeAll(async () => {
  base = await startArchive();
});
afterAll(async () => {
  process.stdout.write(`breakdowns after random events: ${checked} compared with their total\n`);
  await base.scenario.harness.close();
});

const harness = () => base.scenario.harness;
const today = () => toDay(harness().sim.clock.now());

async function expectSums(archive: Archive): Promise<void> {
  for (const dimension of DIMENSIONS) {
    const range = `start_date=${addDays(today(), -40)}&end_date=${today()}`;
    const { status, body } = await archive.scenario.user.get(`/api/breakdowns?${range}&dimension=${dimension}`);
    expect(status).toBe(200);
    expectSum(body);
    checked += 1;
  }
}

function createWorld(archive: Archive) {
  const keys: LedgerKey[] = [];
  const keyAt = (index: number) => keys[index % keys.length] as LedgerKey;
  const { sim } = harness();
  const addKey = () => void keys.push(archive.remote.addKey(keys.length % 3 === 2 ? "twin" : `key-${keys.length}`));
  for (let n = 0; n < 3; n++) addKey();
  const run = async (happening: Event): Promise<void> => {
    switch (happening.kind) {
      case "spend": {
        const provider = PROVIDERS[happening.provider] as string;
        const spent = { provider, model: `maker/${happening.model}`, nanos: BigInt(happening.nanos) };
        return spendOf(archive, keyAt(happening.key), sim.clock.now().toISOString(), spent);
      }
      case "restate": {
        const day = addDays(today(), -happening.daysBack);
        const deltaNanos = BigInt(happening.nanos);
        return sim.ledger.restate(keyAt(happening.key), day, `maker/${happening.model}`, { deltaNanos });
      }
      case "pass":
        return void sim.clock.advance(happening.minutes * 60_000);
      case "fault":
        return void sim.faults.add({
          match: { path: "/analytics/query" },
          kind: happening.fault,
          times: happening.times,
          after: happening.after,
        });
      case "rename":
        return void sim.ledger.updateKey(keyAt(happening.key), { name: `renamed-${sim.clock.nowMs()}` });
      case "new key":
        return addKey();
      case "sync":
        await syncAll(harness().server.app);
        return;
      case "collect":
        await collect(archive);
        return expectSums(archive);
      case "stop while collecting": {
        const collected = collect(archive);
        await harness().restart();
        await collected.catch(() => {});
        return;
      }
    }
  };
  return { keys, run };
}

/** Two quiet days with a sync and a collection late on each. */
async function settleDown(archive: Archive): Promise<void> {
  harness().sim.faults.clear();
  for (let n = 0; n < 2; n++) {
    harness().sim.clock.set(new Date(`${addDays(today(), 1)}T23:30:00Z`));
    await syncAll(harness().server.app);
    harness().sim.clock.set(new Date(`${today()}T23:59:00Z`));
    await collect(archive);
  }
}

async function expectExact(archive: Archive, keys: LedgerKey[], names: Map<LedgerKey, number>): Promise<void> {
  const [from, through] = [addDays(today(), -EXACT_DAYS), addDays(today(), -1)];
  for (const key of keys) {
    // Spend that only counters know of is in no breakdown.
    const models = [0, 1, 2].map((model) => `&model=maker/${model}`).join("");
    const query = `start_date=${from}&end_date=${through}&api_key_id=${names.get(key)}${models}`;
    const get = async (dimension: string): Promise<Json> =>
      (await archive.scenario.user.get(`/api/breakdowns?${query}&dimension=${dimension}`)).body;
    const total = (traits: object, range = { from, to: through }) =>
      harness().sim.ledger.totals({ keyHash: key.hash, traits, ...range }).costNanos;
    for (const { value, cost } of (await get("provider")).items)
      expect({ value, cost: parseMoney(cost) }).toEqual({ value, cost: total({ provider: value }) });
    for (const { value, cost } of (await get("hour")).items) {
      expect(value).not.toBeNull();
      const day = { from: value.slice(0, 10), to: value.slice(0, 10) };
      expect({ value, cost: parseMoney(cost) }).toEqual({
        value,
        cost: total({ hour: new Date(value).getUTCHours() }, day),
      });
    }
  }
}

test("breakdowns sum to the usage after any events, and equal the ledger once OpenRouter answers again", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 10, maxLength: 40 }), async (events) => {
      const archive: Archive = {
        scenario: { harness: harness(), user: await harness().createUser() },
        remote: createRemote(base.scenario, 10n ** 15n),
      };
      const world = createWorld(archive);
      await watchRemote(archive.scenario, archive.remote);
      for (const happening of events) await world.run(happening);
      await settleDown(archive);
      await expectSums(archive);
      const hashes = new Map<string, number>(
        (
          harness()
            .server.app.db.reader.prepare(
              "SELECT k.key_hash, k.id FROM api_keys k JOIN teams t ON t.id = k.team_id JOIN users u ON u.id = t.personal_user_id WHERE u.email = ?",
            )
            .raw()
            .all(archive.scenario.user.email) as [string, number][]
        ).map(([hash, id]) => [hash, Number(id)]),
      );
      const ids = new Map(world.keys.map((one) => [one, hashes.get(one.hash) as number]));
      await expectExact(archive, world.keys, ids);
      expectIntact(harness());
      // Collections of later runs are about their own account.
      await archive.scenario.user.post("/api/user/delete", { password: PASSWORD });
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
}, 600_000);

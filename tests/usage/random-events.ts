import type { LedgerKey } from "@orwatch/openrouter-sim";
import { syncAll } from "@orwatch/server/sync/service";
import fc from "fast-check";
import { add, type Scenario, spend } from "../support/openrouter/scenario.ts";
import { type Caller, settle } from "../support/server/harness.ts";

/** An event in an account; keys and management keys by index, modulo their number. */
export type AccountEvent =
  | { kind: "spend"; key: number; model: number; nanos: number }
  | { kind: "pass"; minutes: number }
  | { kind: "sync" }
  | { kind: "sync, cut off by a restart"; afterMs: number }
  | { kind: "restart" }
  | { kind: "fault"; fault: FaultKind; path: (typeof PATHS)[number]; times: number }
  | { kind: "metrics"; option: (typeof METRIC_OPTIONS)[number]; metric: (typeof METRICS)[number] | null }
  | { kind: "restate"; key: number; daysBack: number; nanos: number; countersFollow: boolean }
  | { kind: "late day"; daysBack: number; forHours: number }
  | { kind: "manager comes" }
  | { kind: "manager is switched off for"; hours: number };

const FAULTS = ["429", "500", "502-html", "cut", "truncated-body", "half-json", "403", "401", "html-200"] as const;
const PATHS = ["/key", "/analytics/meta", "/analytics/query", "/activity"] as const;
const METRIC_OPTIONS = ["unlistedMetrics", "unknownMetrics", "missingColumns", "sparseColumns"] as const;
const METRICS = ["reasoning_tokens", "cached_tokens", "usage_upstream", "usage_cache"] as const;
type FaultKind = (typeof FAULTS)[number];

const index = fc.nat(11);
const event: fc.Arbitrary<AccountEvent> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("spend" as const),
      key: index,
      model: fc.nat(4),
      nanos: fc.integer({ min: 1, max: 3_000_000_000 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("pass" as const),
      minutes: fc.oneof(
        fc.integer({ min: 1, max: 180 }),
        fc.integer({ min: 600, max: 1500 }),
        fc.integer({ min: 1500, max: 9000 }),
      ),
    }),
  },
  { weight: 6, arbitrary: fc.constant({ kind: "sync" as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("sync, cut off by a restart" as const), afterMs: fc.nat(40) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "restart" as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("fault" as const),
      fault: fc.constantFrom(...FAULTS),
      path: fc.constantFrom(...PATHS),
      times: fc.integer({ min: 1, max: 6 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("metrics" as const),
      option: fc.constantFrom(...METRIC_OPTIONS),
      metric: fc.constantFrom(...METRICS, null),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("restate" as const),
      key: index,
      daysBack: fc.integer({ min: 1, max: 40 }),
      nanos: fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
      countersFollow: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("late day" as const),
      daysBack: fc.nat(1),
      forHours: fc.integer({ min: 1, max: 100 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "manager comes" as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("manager is switched off for" as const),
      hours: fc.integer({ min: 1, max: 200 }),
    }),
  },
);

/** Up to 40 events, from quiet days to weeks of failures. */
export const accountEvents = fc.array(event, { minLength: 1, maxLength: 40, size: "max" });

export interface Account {
  user: Caller;
  /** Covered by `manager` once it is added. */
  covered: { key: LedgerKey; id: number }[];
  /** Keys of another account, whose only management key is not added. */
  lone: { key: LedgerKey; id: number; firstPoll: Date }[];
  manager: LedgerKey;
  managerId: number | null;
}

/** Applies the events to an account; afterwards everything at OpenRouter works again and two weeks pass. */
export async function applyEvents(scenario: Scenario, account: Account, events: AccountEvent[]): Promise<void> {
  const { harness } = scenario;
  const { clock, ledger, faults, options } = harness.sim;
  const all = [...account.covered, ...account.lone];
  const wake: { at: number; what: () => void }[] = [];
  const pass = (ms: number) => {
    clock.advance(ms);
    for (const item of wake.filter(({ at }) => at <= clock.nowMs())) {
      wake.splice(wake.indexOf(item), 1);
      item.what();
    }
  };
  const sync = () => syncAll(harness.server.app);
  for (const now of events) {
    if (now.kind === "spend") {
      const { key } = all[now.key % all.length] as { key: LedgerKey };
      spend(scenario, key, clock.now().toISOString(), BigInt(now.nanos), `maker/model-${now.model}`);
    } else if (now.kind === "pass") pass(now.minutes * 60_000);
    else if (now.kind === "sync") await sync();
    else if (now.kind === "restart") await harness.restart();
    else if (now.kind === "sync, cut off by a restart") {
      const running = sync().catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, now.afterMs));
      await harness.restart();
      await running;
    } else if (now.kind === "fault") faults.add({ match: { path: now.path }, kind: now.fault, times: now.times });
    else if (now.kind === "metrics") options[now.option] = now.metric === null ? [] : [now.metric];
    else if (now.kind === "restate") {
      restate(scenario, account.covered[now.key % account.covered.length] as { key: LedgerKey; id: number }, now);
    } else if (now.kind === "late day") {
      const day = new Date(clock.nowMs() - now.daysBack * 86_400_000).toISOString().slice(0, 10);
      const keyHashes = account.covered.map(({ key }) => key.hash);
      const until = new Date(clock.nowMs() + now.forHours * 3_600_000);
      options.lateDays = [...options.lateDays, ...keyHashes.map((keyHash) => ({ day, until, keyHash }))];
    } else if (now.kind === "manager comes") account.managerId ??= await addManager(scenario, account);
    else if (now.kind === "manager is switched off for") {
      ledger.updateKey(account.manager, { disabled: true });
      wake.push({
        at: clock.nowMs() + now.hours * 3_600_000,
        what: () => ledger.updateKey(account.manager, { disabled: false }),
      });
    }
    pass(1000);
  }
  faults.clear();
  options.lateDays = [];
  for (const option of METRIC_OPTIONS) options[option] = [];
  for (const { what } of wake.splice(0)) what();
  account.managerId ??= await add(scenario, account.manager, account.user);
  await account.user.post(`/api/keys/${account.managerId}/validate`);
  // Money missing from a response is removed after up to three days.
  for (const hours of [1, 23, 24, 24 * 8, 24, 72]) {
    pass(hours * 3_600_000);
    await sync();
  }
}

/** Adds the management key and returns its id, or `null` when OpenRouter rejects it at the time. */
async function addManager(scenario: Scenario, { user, manager }: Account): Promise<number | null> {
  const answer = await user.post("/api/keys", { name: manager.name, key: manager.secret });
  await settle(scenario.harness);
  return answer.status === 201 ? answer.body.id : null;
}

/**
 * Changes the spend of a past day and model; a day without spend gets some. Only for days that analytics has shown in full:
 * before that, a correction of a past day cannot be distinguished from spend that analytics does not show.
 */
function restate(
  { harness: { sim, server } }: Scenario,
  { key, id }: { key: LedgerKey; id: number },
  change: { daysBack: number; nanos: number; countersFollow: boolean },
): void {
  const day = new Date(sim.clock.nowMs() - change.daysBack * 86_400_000).toISOString().slice(0, 10);
  const stored = server.app.db.reader
    .prepare(
      `SELECT d.attributed, coalesce(sum(s.cost), 0) AS cost FROM usage_days d LEFT JOIN usage_stats s
         ON s.api_key_id = d.api_key_id AND s.date = d.date AND s.model <> '(unattributed)'
       WHERE d.api_key_id = ? AND d.date = ? GROUP BY d.date`,
    )
    .safeIntegers(true)
    .get(id, day) as { attributed: bigint; cost: bigint } | undefined;
  if (
    stored?.attributed !== 1n ||
    stored.cost !== sim.ledger.totals({ keyHash: key.hash, from: day, to: day }).costNanos
  )
    return;
  const row = sim.ledger.byDayModel(key.hash, { from: day, to: day })[0];
  const nanos = BigInt(change.nanos);
  const deltaNanos = row ? (nanos < -row.costNanos ? -row.costNanos : nanos) : nanos < 0n ? -nanos : nanos;
  const { countersFollow } = change;
  sim.ledger.restate(
    key,
    day,
    row?.model ?? "late/model",
    { deltaNanos, requestsDelta: row ? 0 : 1 },
    { countersFollow },
  );
}

import type { Connection } from "@orwatch/db";
import { addDays, type Day, listDays } from "@orwatch/domain/day";
import fc from "fast-check";
import type { App } from "../../app.ts";
import type { UsageDetails } from "../../openrouter/usage-details.ts";
import { book } from "../../usage/record-findings.ts";
import { removeUsageOfKey } from "../../usage/removal.ts";
import { removeUsage } from "../../usage/retention.ts";
import { addTeam, NOW, type Scratch, TODAY } from "./scratch.ts";

export const SPAN = 12;
export const KEYS = 6;
export const DAYS = listDays(addDays(TODAY, 1 - SPAN), TODAY);
/** More than the number shown by name. */
export const MODELS = Array.from({ length: 13 }, (_, index) => `author/model-${index}`);

// Small amounts cause ties; sums of large ones exceed the precision of a double.
const amount = fc.oneof(
  fc.constant(0n),
  fc.bigInt({ min: 0n, max: 5n }),
  fc.bigInt({ min: 0n, max: 4_000_000_000_000_000n }),
);
const dayIndex = fc.nat({ max: SPAN - 1 });
const someCount = fc.option(fc.nat({ max: 1_000_000 }), { nil: null });
const someAmount = fc.option(fc.bigInt({ min: -4_000_000_000_000n, max: 4_000_000_000_000n }), { nil: null });
/** Of each it is known or not. */
export const details: fc.Arbitrary<UsageDetails> = fc.record({
  reasoningTokens: someCount,
  cachedTokens: someCount,
  byokRequests: someCount,
  upstreamCost: someAmount,
  cacheSaving: someAmount,
  dataDiscount: someAmount,
  webSearchCost: someAmount,
});
export const usage = fc.record({
  day: dayIndex,
  model: fc.constantFrom(...MODELS),
  cost: amount,
  byokCost: amount,
  requests: fc.nat({ max: 1000 }),
  tokensInput: fc.nat({ max: 1_000_000 }),
  tokensOutput: fc.nat({ max: 1_000_000 }),
  details,
});
const analytics = fc.record({
  kind: fc.constant("analytics" as const),
  key: fc.nat({ max: KEYS }),
  ends: fc.tuple(dayIndex, dayIndex),
  rows: fc.array(usage, { maxLength: 60 }),
});
const poll = fc.record({
  kind: fc.constant("poll" as const),
  key: fc.nat({ max: KEYS }),
  day: dayIndex,
  spent: amount,
  today: amount,
});
const removal = fc.record({ kind: fc.constant("removal" as const), key: fc.nat({ max: KEYS - 1 }) });
const retention = fc.record({ kind: fc.constant("retention" as const), oldest: dayIndex });
/**
 * What can happen to usage, in any order: responses of analytics (also about the same days again) and polls of counters, and that all of a
 * key's usage or all old usage is removed.
 */
export const life = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: analytics },
    { weight: 8, arbitrary: poll },
    { weight: 1, arbitrary: removal },
    { weight: 1, arbitrary: retention },
  ),
  { minLength: 1, maxLength: 14 },
);
export const filters = fc.record({
  range: fc.tuple(dayIndex, dayIndex),
  keys: fc.option(fc.uniqueArray(fc.nat({ max: KEYS }), { maxLength: KEYS + 1 }), { nil: null }),
  models: fc.option(fc.uniqueArray(fc.constantFrom(...MODELS, "(unattributed)", "no/such"), { maxLength: 13 }), {
    nil: null,
  }),
});

/** Records random usage. The last of `keyIds` belongs to another team. */
export async function live(scratch: Scratch, events: typeof life extends fc.Arbitrary<infer T> ? T : never) {
  const mine = await addTeam(scratch, KEYS);
  const other = await addTeam(scratch, 1);
  const keyIds = [...mine.keyIds, ...other.keyIds];
  const counters = keyIds.map(() => 0n);
  for (const event of events) {
    if (event.kind === "retention") await removeOld(scratch, DAYS[event.oldest] as string);
    else await scratch.db.write((connection) => apply(connection, event));
  }
  return { teamId: mine.teamId, keyIds };

  function apply(connection: Connection, event: Exclude<(typeof events)[number], { kind: "retention" }>): void {
    const { teamId } = event.key < KEYS ? mine : other;
    const apiKeyId = keyIds[event.key] as number;
    const findings = { apiKeyId, teamId, now: NOW, oldestDay: null };
    if (event.kind === "removal") removeUsageOfKey(connection, { teamId, id: apiKeyId });
    else if (event.kind === "poll") {
      const total = (counters[event.key] as bigint) + event.spent + event.today;
      counters[event.key] = total;
      const counted = { day: DAYS[event.day] as string, usage: total, daily: event.today, weekly: null, monthly: null };
      book(connection, { ...findings, poll: counted, analytics: null });
    } else {
      const [from, through] = event.ends.toSorted((a, b) => a - b) as [number, number];
      const rows = event.rows.map(({ day, ...row }) => ({ ...row, date: DAYS[day] as string }));
      book(connection, { ...findings, poll: null, analytics: { days: DAYS.slice(from, through + 1), rows } });
    }
  }
}

/** As the job does. */
const removeOld = (scratch: Scratch, oldest: Day) =>
  removeUsage({ ...scratch, stopping: new AbortController().signal } as unknown as App, oldest);

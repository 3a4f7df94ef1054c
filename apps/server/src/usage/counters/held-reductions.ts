import type { ApiKey, Connection } from "@orwatch/db";
import type { Day } from "@orwatch/domain/day";
import { type AnyMessage, type Message, message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import type { UsageRow } from "../../openrouter/schema.ts";
import { storedInstant, usageNow } from "../../platform/clock.ts";
import { UNATTRIBUTED } from "../ledger/ledger.ts";
import type { DayOfAnalytics } from "./counters.ts";
import { compareWithCounters, findReductions, type HeldDay, holdReductions } from "./reductions.ts";

interface Held {
  days: HeldDay[];
  /** Message for the user. */
  problem: Message;
}

/** A finished day whose usage OpenRouter has reduced, and since when it has reported that. */
export interface ConfirmedReduction {
  date: Day;
  lost: bigint;
  since: Date;
}

/** A response of OpenRouter: whole days with all their rows, and why other days are not included. */
interface Answer {
  days: Day[];
  rows: UsageRow[];
  problem: AnyMessage | null;
}

const SHOWN_DAYS = 3;

/**
 * Holds reductions of finished days until they have been reported unchanged for long enough, because a complete response can be wrong.
 * @param input.allTime all-time usage from /key, if there was a poll that counts
 * @returns the response without the held days, and the held days; `null` if none
 */
export function holdBack<Fetched extends Answer>(
  app: App,
  input: { key: ApiKey; fetched: Fetched; allTime: bigint | null; today: Day },
): { fetched: Fetched; held: Held | null; confirmed: ConfirmedReduction[] } {
  const { key, fetched, today } = input;
  const [first] = fetched.days.toSorted();
  if (first === undefined) return { fetched, held: null, confirmed: [] };
  const before = readStored(app, key.id, first);
  const after = sumAnswer(fetched);
  const reductions = findReductions({ before, after, today });
  const [firstReduced] = reductions;
  if (!firstReduced) return { fetched, held: null, confirmed: [] };
  const lost = reductions.reduce((sum, reduction) => sum + reduction.lost, 0n);
  const baseline = readBaseline(app, key.id, firstReduced.date);
  const answered = sumFrom(new Map([...before, ...after]), firstReduced.date);
  const counted = input.allTime === null || baseline === null ? null : input.allTime - baseline;
  const known = readHeld(app, key.id);
  const days = holdReductions({
    reductions,
    after,
    held: known,
    comparison: compareWithCounters({ counted, answered, lost }),
    now: usageNow(app.clock),
  });
  const isHeld = new Set(days.map(({ date }) => date));
  const confirmed = reductions
    .filter(({ date }) => !isHeld.has(date))
    .map((reduction) => ({ ...reduction, since: known.get(reduction.date)?.since ?? usageNow(app.clock) }));
  if (days.length === 0) return { fetched, held: null, confirmed };
  const kept = reductions.filter(({ date }) => isHeld.has(date));
  const problem = message("openrouter_usage_reduced", {
    amount: String(kept.reduce((sum, reduction) => sum + reduction.lost, 0n)),
    days: kept.slice(0, SHOWN_DAYS).map(({ date }) => date),
    more: Math.max(0, kept.length - SHOWN_DAYS),
  });
  const rest: Answer = {
    days: fetched.days.filter((day) => !isHeld.has(day)),
    rows: fetched.rows.filter((row) => !isHeld.has(row.date)),
    problem: fetched.problem ?? problem,
  };
  return { fetched: { ...fetched, ...rest }, held: { days, problem }, confirmed };
}

/** Stores the held reductions and removes those that are no longer held, inside the caller's transaction. */
export function noteHeld(connection: Connection, input: { keyId: number; answered: Day[]; held: HeldDay[] }): void {
  const { keyId, answered, held } = input;
  const dates = held.map(({ date }) => date);
  connection
    .prepare(
      "DELETE FROM held_days WHERE api_key_id = ? AND date IN (SELECT value FROM json_each(?)) AND date NOT IN (SELECT value FROM json_each(?))",
    )
    .run(keyId, JSON.stringify(answered), JSON.stringify(dates));
  const put = connection.prepare(
    `INSERT INTO held_days (api_key_id, date, cost, since) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET cost = excluded.cost, since = excluded.since`,
  );
  for (const { date, cost, since } of held) put.run(keyId, date, cost, storedInstant(since));
}

/** Amounts from analytics on the days since `from` that it has returned. */
function readStored(app: App, keyId: number, from: Day): Map<Day, DayOfAnalytics> {
  const rows = app.db.reader
    .prepare(
      `SELECT d.date, coalesce(sum(s.cost), 0) AS cost, count(s.id) AS rows FROM usage_days d
       LEFT JOIN usage_stats s ON s.api_key_id = d.api_key_id AND s.date = d.date AND s.model <> ?
       WHERE d.api_key_id = ? AND d.date >= ? AND d.attributed GROUP BY d.date`,
    )
    .safeIntegers(true)
    .all(UNATTRIBUTED, keyId, from) as { date: Day; cost: bigint; rows: bigint }[];
  return new Map(rows.map(({ date, cost, rows }) => [date, { cost, rows: Number(rows) }]));
}

function sumAnswer({ days, rows }: Answer): Map<Day, DayOfAnalytics> {
  const sums = new Map<Day, DayOfAnalytics>(days.map((day) => [day, { cost: 0n, rows: 0 }]));
  for (const row of rows) {
    const sum = sums.get(row.date);
    if (!sum) continue;
    sum.cost += row.cost;
    sum.rows += 1;
  }
  return sums;
}

function sumFrom(days: Map<Day, DayOfAnalytics>, from: Day): bigint {
  let sum = 0n;
  for (const [day, { cost }] of days) if (day >= from) sum += cost;
  return sum;
}

function readHeld(app: App, keyId: number): Map<Day, HeldDay> {
  const rows = app.db.reader
    .prepare("SELECT date, cost, since FROM held_days WHERE api_key_id = ?")
    .safeIntegers(true)
    .all(keyId) as { date: Day; cost: bigint; since: string }[];
  return new Map(rows.map((row) => [row.date, { ...row, since: new Date(row.since) }]));
}

/** All-time usage by counters at the start of a day; `null` if unknown because of a gap between polls. */
function readBaseline(app: App, keyId: number, day: Day): bigint | null {
  const usage = app.db.reader
    .prepare("SELECT usage FROM counter_baselines WHERE api_key_id = ? AND date = ? AND since IS NULL")
    .pluck()
    .safeIntegers(true)
    .get(keyId, day) as bigint | undefined;
  return usage ?? null;
}

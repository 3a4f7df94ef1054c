import { type Day, toDay } from "@orwatch/domain/day";
import { divideHalfUp, formatNanos, parseMoney } from "@orwatch/domain/money";
import { formatMoney } from "../../rpc/wire.ts";
import { getBreakdown } from "../../stats/breakdowns/breakdown.ts";
import { findUsual } from "../../stats/dashboard/unusual.ts";
import { knownDays, type Reading, type SelectedKey, type Selection } from "../../stats/selection.ts";
import { doubledMedian, LEAST_KNOWN, sameWeekdaysBefore } from "../../stats/usual.ts";
import type { OverviewOutput } from "./schema.ts";

type DayOverview = OverviewOutput["day"];

/** Hours of nine days are read for each key: of more keys, only whole days are compared. */
const MOST_KEYS = 100;

interface Question {
  selection: Selection;
  keys: SelectedKey[];
  today: Day;
  cost: bigint | null;
  /** Time of the oldest last sync of a selected key. */
  asOf: string | null;
}

/** Cost of today, and what is usual on its weekday: until the hour of the last sync where hours are known, and of the whole day. */
export async function getDay(app: Reading, question: Question): Promise<DayOverview> {
  const { selection, today, cost } = question;
  const found = findUsual(app, selection, today);
  return {
    date: today,
    cost: formatMoney(cost),
    usual: found && formatNanos(divideHalfUp(found.doubledUsual, 2n)),
    until: await compareHours(app, question),
  };
}

async function compareHours(app: Reading, question: Question): Promise<DayOverview["until"]> {
  const { selection, keys, today, asOf } = question;
  const at = asOf === null ? null : new Date(asOf);
  if (at === null || toDay(at) !== today || keys.length > MOST_KEYS) return null;
  const hour = at.getUTCHours();
  if (hour === 0) return null;
  const cost = await sumUntil(app, { selection, date: today, hour });
  if (cost === null) return null;
  const before: bigint[] = [];
  for (const date of sameWeekdaysBefore(today)) {
    const sum = await sumUntil(app, { selection, date, hour });
    if (sum !== null) before.push(sum);
  }
  if (before.length < LEAST_KNOWN) return null;
  return { hour, cost: formatNanos(cost), usual: formatNanos(divideHalfUp(doubledMedian(before), 2n)) };
}

/** Cost of a day until the start of an hour; `null` unless all of the day is known by hour. */
async function sumUntil(
  app: Reading,
  { selection, date, hour }: { selection: Selection; date: Day; hour: number },
): Promise<bigint | null> {
  const { teamId, keyIds, models } = selection;
  const period = { from: date, through: date, days: 1 };
  if (knownDays(app, { ...selection, period }).length === 0) return null;
  const { items } = await getBreakdown(app, {
    teamId,
    dimension: "hour",
    start_date: date,
    end_date: date,
    api_key_id: keyIds ?? undefined,
    model: models ?? undefined,
    limit: 1,
  });
  let sum = 0n;
  for (const { value, cost } of items) {
    if (value === null) return null;
    if (new Date(value).getUTCHours() < hour) sum += parseMoney(cost) ?? 0n;
  }
  return sum;
}

import { addDays, type Day } from "@orwatch/domain/day";
import { divideHalfUp, formatNanos } from "@orwatch/domain/money";
import { currentDay } from "../../platform/clock.ts";
import { selectFrom } from "../filters.ts";
import { keysOf, modelsOf, parametersOf, type Reading, type Selection, select } from "../selection.ts";
import type { UnusualInput, UnusualOutput } from "./unusual-schema.ts";

/** Weeks looked back: the same weekday that often is "usual". */
const WEEKS = 4;
const LEAST_RATIO = 2;
/** An excess below this part of the last four weeks' cost is noise. */
const LEAST_PART = 100n;
const LEAST_NANOS = 10_000_000n;

/**
 * The day, today or else yesterday, that cost of the selected keys and models at least twice what the same weekday usually does: the median of the last four of them.
 * Only keys whose cost is known on all five days are compared, so that a key added lately is no rise. `null` when nothing is unusual.
 */
export function findUnusualDay(app: Reading, input: UnusualInput & { userId: number }): UnusualOutput {
  const today = currentDay(app.clock);
  const { selection } = selectFrom(app, { ...input, days: 7 * WEEKS + 2 });
  return (
    judgeDay(app, { selection, day: today, today }) ?? judgeDay(app, { selection, day: addDays(today, -1), today })
  );
}

function judgeDay(app: Reading, input: { selection: Selection; day: Day; today: Day }): UnusualOutput {
  const { selection, day, today } = input;
  const { userId } = selection;
  const before = Array.from({ length: WEEKS }, (_, week) => addDays(day, -7 * (week + 1)));
  const parameters = {
    ...parametersOf(selection),
    userId,
    day,
    today,
    days: JSON.stringify([day, ...before]),
    count: WEEKS + 1,
  };
  const keys = select<[bigint, bigint]>(app, comparable(selection), parameters, "arrays");
  if (keys.length === 0) return null;
  const keyIds = keys.map(([id]) => Number(id));
  const rows = select<[Day, bigint]>(
    app,
    `SELECT date, sum(cost) FROM ${selection.models === null ? "usage_days" : "usage_stats"}
     WHERE api_key_id IN (SELECT value FROM json_each(:keyIds)) AND date BETWEEN :from AND :day ${modelsOf(selection, "model")}
     GROUP BY date`,
    { ...parametersOf(selection), keyIds: JSON.stringify(keyIds), from: addDays(day, -7 * WEEKS), day },
    "arrays",
  );
  const costs = new Map(rows);
  const cost = costs.get(day) ?? 0n;
  const usual = median(before.map((date) => costs.get(date) ?? 0n));
  const recent = rows.reduce((sum, [date, spent]) => (date === day ? sum : sum + spent), 0n);
  const excess = cost - usual;
  if (cost < usual * BigInt(LEAST_RATIO) || excess < LEAST_NANOS || excess * LEAST_PART < recent) return null;
  return {
    date: day,
    cost: formatNanos(cost),
    usual: formatNanos(usual),
    times: usual === 0n ? null : Number(divideHalfUp(cost * 10n, usual)) / 10,
    api_key_ids: keyIds,
    is_all_keys: select<[bigint]>(app, spenders(selection), parameters, "arrays").length === keyIds.length,
  };
}

// A day between polls that lie apart may miss a part, or hold that of other days.
const comparable = (selection: Selection) => `SELECT api_key_id, count(*) FROM usage_days
  WHERE api_key_id IN (${keysOf(selection)})
    AND date IN (SELECT value FROM json_each(:days)) AND (attributed OR exact OR date = :today)
  GROUP BY api_key_id HAVING count(*) = :count`;

const spenders = (selection: Selection) =>
  `SELECT DISTINCT api_key_id FROM usage_days WHERE api_key_id IN (${keysOf(selection)}) AND date = :day`;

/** Of an even number: the mean of the middle two. */
function median(amounts: bigint[]): bigint {
  const sorted = amounts.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const middle = sorted.length / 2;
  return divideHalfUp((sorted[middle - 1] as bigint) + (sorted[middle] as bigint), 2n);
}

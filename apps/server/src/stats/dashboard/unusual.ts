import { addDays, type Day, listDays } from "@orwatch/domain/day";
import { divideHalfUp, formatNanos } from "@orwatch/domain/money";
import { currentDay } from "../../platform/clock.ts";
import { selectFrom } from "../filters.ts";
import { keysOf, modelsOf, parametersOf, type Reading, type Selection, select } from "../selection.ts";
import { compareWithUsual, type SpendAndUsual, sameWeekdaysBefore, USUAL_WEEKS } from "../usual.ts";
import type { UnusualDay, UnusualInput, UnusualOutput } from "./schema.ts";

const LEAST_RATIO = 2n;
/** A difference below this share of the last four weeks' cost is noise. */
const LEAST_PART = 100n;
const RECENT_DAYS = 28;
const LEAST_NANOS = 10_000_000n;

/**
 * Today or, if that is not unusual, yesterday, if the selected keys and models cost at least twice as much as usual on this weekday, calculated
 * as in alert rules. `null` if neither is unusual.
 */
export function findUnusualDay(app: Reading, input: UnusualInput & { teamId: number }): UnusualOutput {
  const today = currentDay(app.clock);
  const { selection } = selectFrom(app, { ...input, days: RECENT_DAYS + 2 });
  return checkDay(app, selection, today) ?? checkDay(app, selection, addDays(today, -1));
}

/** Spend of the selected keys and models on a day, and their usual spend on its weekday. `null` if there is too little data. */
export const findUsual = (app: Reading, selection: Selection, day: Day): SpendAndUsual | null =>
  compareWithUsual(readCosts(app, selection, [day, ...sameWeekdaysBefore(day)]), day);

function checkDay(app: Reading, selection: Selection, day: Day): UnusualOutput {
  const keys = readCosts(app, selection, [day, ...sameWeekdaysBefore(day)]);
  const found = compareWithUsual(keys, day);
  if (!found || !isUnusual(found, () => readRecentCost(app, { selection, keyIds: found.keyIds, day }))) return null;
  return {
    ...toUnusualDay(day, found),
    api_key_ids: found.keyIds,
    is_all_keys: [...keys].filter(([, days]) => days.has(day)).length === found.keyIds.length,
  };
}

function isUnusual({ spent, doubledUsual }: SpendAndUsual, recentCost: () => bigint): boolean {
  const doubledExcess = 2n * spent - doubledUsual;
  if (2n * spent < LEAST_RATIO * doubledUsual || doubledExcess < 2n * LEAST_NANOS) return false;
  return doubledExcess * LEAST_PART >= 2n * recentCost();
}

const toUnusualDay = (day: Day, { spent, doubledUsual }: SpendAndUsual): UnusualDay => ({
  date: day,
  cost: formatNanos(spent),
  usual: formatNanos(divideHalfUp(doubledUsual, 2n)),
  times: doubledUsual === 0n ? null : Number(divideHalfUp(spent * 20n, doubledUsual)) / 10,
});

const MAX_UNUSUAL_DAYS = 5;

/** The days of the period that are unusual for one key, by the same rule: those with the largest excess, newest first. */
export function listUnusualDays(app: Reading, selection: Selection & { keyIds: [number] }): UnusualDay[] {
  const { from, through } = selection.period;
  const days = listDays(from, through);
  const keys = readCosts(app, selection, listDays(addDays(from, -7 * USUAL_WEEKS), through));
  const costs = keys.get(selection.keyIds[0]);
  const recentCost = (day: Day) => {
    let sum = 0n;
    for (let back = 1; back <= RECENT_DAYS; back++) sum += costs?.get(addDays(day, -back))?.cost ?? 0n;
    return sum;
  };
  return days
    .flatMap((day) => {
      const found = compareWithUsual(keys, day);
      return found && isUnusual(found, () => recentCost(day)) ? { day, found } : [];
    })
    .sort((a, b) => compareExcess(b.found, a.found))
    .slice(0, MAX_UNUSUAL_DAYS)
    .sort((a, b) => (a.day < b.day ? 1 : -1))
    .map(({ day, found }) => toUnusualDay(day, found));
}

function compareExcess(a: SpendAndUsual, b: SpendAndUsual): number {
  const [left, right] = [2n * a.spent - a.doubledUsual, 2n * b.spent - b.doubledUsual];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Cost of the known `days` for the selected keys and models. */
function readCosts(app: Reading, selection: Selection, days: Day[]) {
  const ofModels = `(SELECT coalesce(sum(s.cost), 0) FROM usage_stats s
    WHERE s.api_key_id = d.api_key_id AND s.date = d.date ${modelsOf(selection, "s.model")})`;
  const rows = select<[bigint, Day, bigint, bigint]>(
    app,
    `SELECT d.api_key_id, d.date, ${selection.models === null ? "d.cost" : ofModels}, d.attributed OR d.exact FROM usage_days d
     WHERE d.api_key_id IN (${keysOf(selection)}) AND d.date IN (SELECT value FROM json_each(:days)) ORDER BY 1`,
    { ...parametersOf(selection), days: JSON.stringify(days) },
    "arrays",
  );
  const keys = new Map<number, Map<Day, { cost: bigint; isWhole: boolean }>>();
  for (const [id, date, cost, isWhole] of rows) {
    const costs = keys.get(Number(id)) ?? new Map<Day, { cost: bigint; isWhole: boolean }>();
    keys.set(Number(id), costs.set(date, { cost, isWhole: isWhole !== 0n }));
  }
  return keys;
}

/** Cost of the four weeks before a day. */
function readRecentCost(app: Reading, input: { selection: Selection; keyIds: number[]; day: Day }): bigint {
  const { selection, keyIds, day } = input;
  const [row] = select<[bigint]>(
    app,
    `SELECT coalesce(sum(cost), 0) FROM ${selection.models === null ? "usage_days" : "usage_stats"}
     WHERE api_key_id IN (SELECT value FROM json_each(:keyIds)) AND date >= :from AND date < :day ${modelsOf(selection, "model")}`,
    {
      ...parametersOf(selection),
      keyIds: JSON.stringify(keyIds),
      from: addDays(day, -RECENT_DAYS),
      day,
    },
    "arrays",
  );
  return row?.[0] ?? 0n;
}

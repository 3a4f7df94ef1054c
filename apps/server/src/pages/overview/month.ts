import { addDays, type Day, firstOfMonth, lastOfMonth, listDays, minDay } from "@orwatch/domain/day";
import { formatNanos } from "@orwatch/domain/money";
import { expectedThrough, forecastMonth, paceOf } from "../../forecasts/pace.ts";
import { formatMoney } from "../../rpc/wire.ts";
import type { Period } from "../../stats/period.ts";
import { knownDays, type Reading, type Selection, type Source, sumByDayAndModel } from "../../stats/selection.ts";
import { sameDaysOfMonths } from "../month.ts";
import type { OverviewOutput } from "./schema.ts";

type Month = OverviewOutput["month"];
/** In nano-dollars. A day without an entry is unknown. */
type CostByDay = ReadonlyMap<Day, bigint>;

interface Question {
  /** From the first day of the month before through today. */
  selection: Selection;
  source: Source;
  today: Day;
  /** Last day that is final for all selected keys; `null` if unknown. */
  completeThrough: Day | null;
}

/** Cost of the month of `today` with its forecast, beside the month before. */
export function getMonth(
  app: Reading,
  { selection, source, today, completeThrough }: Question,
): Month & { costs: CostByDay } {
  const start = firstOfMonth(today);
  const costs = readCostByDay(app, selection, source);
  const before = { from: firstOfMonth(addDays(start, -1)), through: addDays(start, -1) };
  return {
    costs,
    start_date: start,
    end_date: lastOfMonth(today),
    cost: formatMoney(sumKnown(costs, { from: start, through: today })),
    comparison: compare(costs, today, completeThrough),
    forecast: forecast(costs, today),
    days: toDays(costs, { from: start, through: today }),
    previous_days: toDays(costs, before),
  };
}

function readCostByDay(app: Reading, selection: Selection, source: Source): CostByDay {
  const known = knownDays(app, selection);
  if (selection.models === null) return new Map(known.map(([date, cost]) => [date, cost]));
  const costs = new Map(known.map(([date]) => [date, 0n]));
  for (const [date, , cost] of sumByDayAndModel(app, selection, { source, named: selection.models }))
    costs.set(date, (costs.get(date) ?? 0n) + cost);
  return costs;
}

const toDays = (costs: CostByDay, { from, through }: Pick<Period, "from" | "through">): Month["days"] =>
  listDays(from, through).map((date) => ({ date, cost: formatMoney(costs.get(date) ?? null) }));

/** `null` if no day is known. */
function sumKnown(costs: CostByDay, { from, through }: Pick<Period, "from" | "through">): bigint | null {
  const known = listDays(from, through).flatMap((date) => costs.get(date) ?? []);
  return known.length === 0 ? null : known.reduce((sum, cost) => sum + cost, 0n);
}

/** As the dashboard compares ranges: if a key has not completely synced any day of the month, all days before today count. */
function compare(costs: CostByDay, today: Day, completeThrough: Day | null): Month["comparison"] {
  const yesterday = addDays(today, -1);
  const isUsable = completeThrough !== null && completeThrough >= firstOfMonth(today);
  const months = sameDaysOfMonths(today, isUsable ? minDay(yesterday, completeThrough) : yesterday);
  if (!months) return null;
  const { current, previous } = months;
  const [now, then] = [sumKnown(costs, current), sumKnown(costs, previous)];
  if (now === null || then === null) return null;
  return {
    start_date: current.from,
    end_date: current.through,
    previous_start_date: previous.from,
    previous_end_date: previous.through,
    current: formatNanos(now),
    previous: formatNanos(then),
  };
}

function forecast(costs: CostByDay, today: Day): Month["forecast"] {
  const pace = paceOf(costs, today);
  if (!pace) return null;
  const { spent, ...whole } = forecastMonth(pace, costs, today);
  const spentToday = costs.get(today) ?? 0n;
  return {
    ...toWire(whole),
    days: listDays(today, lastOfMonth(today)).map((date) => {
      const { low, middle, high } = expectedThrough(pace, { today, last: date, spentToday });
      return { date, ...toWire({ low: spent + low, middle: spent + middle, high: spent + high }) };
    }),
  };
}

const toWire = ({ low, middle, high }: Record<"low" | "middle" | "high", bigint>) => ({
  low: formatNanos(low),
  middle: formatNanos(middle),
  high: formatNanos(high),
});

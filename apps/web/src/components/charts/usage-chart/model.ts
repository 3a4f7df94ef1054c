import type { Day } from "@orwatch/domain/day";
import type { Dashboard } from "../../../lib/api/trpc.ts";
import { parseMoney, toMoney } from "../../../lib/format/money.ts";
import { isRest } from "../series-colours.ts";

/** A day of a chart: its cost, also by series. */
export interface SeriesDay {
  date: Day;
  /** `null` if no key covers the day, which differs from no spend. */
  cost: string | null;
  parts: { id: string; cost: string }[];
}

/** How series are shown. */
export interface SeriesDisplay {
  nameOf: (id: string) => string;
  colourOf: (id: string) => string;
}

export const byModel = (days: Dashboard["by_date"]): SeriesDay[] =>
  days.map(({ date, cost, by_model }) => ({
    date,
    cost,
    parts: by_model.map(({ model, cost }) => ({ id: model, cost })),
  }));

interface Part {
  id: string;
  cost: string;
  /** For drawing only; negative for a refund. */
  dollars: number;
}

export interface ChartDay {
  date: Day;
  cost: string | null;
  /** For drawing only: sum of costs, sum of refunds, and net cost. */
  top: number;
  bottom: number;
  net: number;
  /** Parts of the day, in the order of the series. */
  parts: Part[];
  /** Cost of the same day of the previous period; `undefined` if not compared, `null` if unknown. */
  before?: string | null | undefined;
  /** Label of a day that stands out. */
  mark?: string | undefined;
}

/** Labels of days that stand out. */
export type Marks = ReadonlyMap<Day, string>;

/** Series of the range, most expensive first, combined ones last. */
export function rankSeries(days: readonly SeriesDay[]): string[] {
  const totals = new Map<string, bigint>();
  for (const { parts } of days)
    for (const { id, cost } of parts) totals.set(id, (totals.get(id) ?? 0n) + parseMoney(cost));
  return [...totals.keys()].sort((left, right) => {
    if (isRest(left) !== isRest(right)) return isRest(left) ? 1 : -1;
    const [a, b] = [totals.get(left) ?? 0n, totals.get(right) ?? 0n];
    return a === b ? left.localeCompare(right) : a < b ? 1 : -1;
  });
}

interface BuildDays {
  series: readonly SeriesDay[];
  ranked: readonly string[];
  hidden: ReadonlySet<string>;
  /** Costs of the previous period by day. */
  before?: readonly (string | null)[] | undefined;
  marks?: Marks | undefined;
}

/** The stacks to draw, without hidden series. Each sum is exactly that of its parts. */
export function buildDays({ series, ranked, hidden, before, marks }: BuildDays): ChartDay[] {
  const rank = new Map(ranked.map((id, index) => [id, index]));
  return series.map(({ date, cost, parts: all }, index) => {
    let nanos = 0n;
    const parts: Part[] = [];
    for (const part of all) {
      const size = parseMoney(part.cost);
      if (hidden.has(part.id) || size === 0n) continue;
      nanos += size;
      parts.push({ ...part, dollars: Number(size) / 1e9 });
    }
    parts.sort((left, right) => (rank.get(left.id) ?? 0) - (rank.get(right.id) ?? 0));
    return {
      date,
      cost: cost === null ? null : toMoney(nanos),
      top: parts.reduce((sum, { dollars }) => sum + Math.max(0, dollars), 0),
      bottom: parts.reduce((sum, { dollars }) => sum + Math.min(0, dollars), 0),
      net: Number(nanos) / 1e9,
      parts,
      before: before ? (before[index] ?? null) : undefined,
      mark: marks?.get(date),
    };
  });
}

/** Runs of days without data, as [first, last] indices. */
export function findGaps(days: readonly ChartDay[]): [number, number][] {
  const gaps: [number, number][] = [];
  days.forEach((day, index) => {
    if (day.cost !== null) return;
    const last = gaps.at(-1);
    if (last && last[1] === index - 1) last[1] = index;
    else gaps.push([index, index]);
  });
  return gaps;
}

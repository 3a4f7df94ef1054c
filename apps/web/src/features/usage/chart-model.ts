import type { Day } from "../../lib/day.ts";
import { parseMoney, toMoney } from "../../lib/format.ts";
import { isRest } from "../../lib/palette.ts";
import type { Dashboard } from "../../lib/trpc.ts";

export type DayCost = Dashboard["by_date"][number];

export interface Part {
  model: string;
  cost: string;
  /** For drawing only. */
  dollars: number;
}

export interface ChartDay {
  date: Day;
  /** `null`: no key covers the day, which is not the same as nothing spent. */
  cost: string | null;
  dollars: number;
  /** What was spent on, dearest model of the range first. */
  parts: Part[];
}

/** Models of the range, dearest first; the groups that are no model come last. */
export function rankModels(byDate: readonly DayCost[]): string[] {
  const totals = new Map<string, bigint>();
  for (const { by_model } of byDate) {
    for (const { model, cost } of by_model) totals.set(model, (totals.get(model) ?? 0n) + parseMoney(cost));
  }
  return [...totals.keys()].sort((left, right) => {
    if (isRest(left) !== isRest(right)) return isRest(left) ? 1 : -1;
    const [a, b] = [totals.get(left) ?? 0n, totals.get(right) ?? 0n];
    return a === b ? left.localeCompare(right) : a < b ? 1 : -1;
  });
}

interface BuildDays {
  byDate: readonly DayCost[];
  ranked: readonly string[];
  hidden: ReadonlySet<string>;
}

/** The stacks to draw: without hidden models, each sum exactly that of its parts. */
export function buildDays({ byDate, ranked, hidden }: BuildDays): ChartDay[] {
  const rank = new Map(ranked.map((model, index) => [model, index]));
  return byDate.map(({ date, cost, by_model }) => {
    let nanos = 0n;
    const parts: Part[] = [];
    for (const part of by_model) {
      const size = parseMoney(part.cost);
      if (hidden.has(part.model) || size === 0n) continue;
      nanos += size;
      parts.push({ ...part, dollars: Math.max(0, Number(size) / 1e9) });
    }
    parts.sort((left, right) => (rank.get(left.model) ?? 0) - (rank.get(right.model) ?? 0));
    return {
      date,
      cost: cost === null ? null : toMoney(nanos),
      dollars: parts.reduce((sum, part) => sum + part.dollars, 0),
      parts,
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

import { addDays, type Day, listDays, toDay } from "@orwatch/domain/day";
import type { HourCosts } from "../../stats/breakdowns/hours.ts";
import type { CostByDay } from "../../stats/usual.ts";
import { type Assessment, type Facts, type ItemContent, LASTING, type RuleScope } from "./define.ts";
import type { Group } from "./spend-scope.ts";

/** Hours that are assessed: those of a downtime of this length are not missed. */
const LOOKBACK_HOURS = 36;
const HOUR_MS = 3_600_000;

/** An hour of the clock (UTC). */
export interface Hour {
  day: Day;
  /** 0 to 23. */
  hour: number;
  start: Date;
}

/** Days that the assessed hours are on. */
export const daysOfHours = (today: Day): Day[] => listDays(addDays(today, -Math.ceil(LOOKBACK_HOURS / 24)), today);

/** The hour as stored in the window of an alert, and in an item. */
const nameOf = ({ start }: Hour): string => `${start.toISOString().slice(0, 16)}Z`;

/** Cost of a key in an hour of each day. What is not completely known is not whole. */
export const costInHour = (days: ReadonlyMap<Day, HourCosts> | undefined, hour: number): CostByDay => {
  const get = (day: Day) => {
    const known = days?.get(day);
    const cost = known?.costs.get(hour);
    if (!known || (cost === undefined && hour >= known.through)) return undefined;
    return { cost: cost ?? 0n, isWhole: hour < known.through };
  };
  return { get, has: (day) => get(day) !== undefined };
};

/** Keys that are turned on: the spend of others is not read any more, and not waited for. */
export const watchedIn = (ids: number[], { keys }: Facts): number[] =>
  ids.filter((id) => keys.find((key) => key.id === id)?.isActive);

/** What is known of an hour. */
export interface HourState {
  /** `false` only if all of its spend is known. `null`: not known. */
  isAbove: boolean | null;
  spent: bigint;
  alert(): Omit<ItemContent, "threshold" | "window" | "days">;
  resolved(): Omit<ItemContent, "threshold" | "window" | "days">;
}

/**
 * An alert for hours above a threshold. Consecutive hours are one occurrence, and so are hours between which nothing is known; it fires once
 * and is resolved by an hour that is not above. An occurrence that ended before anybody looked is reported, too. Pure.
 */
export function assessHours(input: {
  rule: RuleScope;
  group: Group;
  threshold: string;
  now: Date;
  stateOf: (hour: Hour) => HourState | null;
}): Assessment[] {
  const { rule, group, threshold, stateOf } = input;
  const subject = { subject: group.subject, key: group.key, period: LASTING };
  const hours = listHours(input.now).map((hour) => ({ ...hour, state: stateOf(hour) }));
  const isAbove = hours.map(({ state }) => state?.isAbove ?? null);
  // Nothing is known any more, so there is nothing that could resolve it.
  if (isAbove.every((above) => above === null)) return [{ ...subject, window: LASTING, levels: [] }];
  const [lastAbove, lastBelow] = [isAbove.lastIndexOf(true), isAbove.lastIndexOf(false)];
  const before = isAbove.slice(0, lastAbove + 1).lastIndexOf(false);
  const run = hours.slice(before + 1, lastAbove + 1).filter(({ state }) => state?.isAbove);
  const recent = run.filter(({ start }) => start.getTime() + HOUR_MS > rule.since.getTime());
  const isOver = lastBelow > lastAbove;
  // Hours before the rule began say nothing about whether it is resolved.
  if (!isOver && recent.length === 0) return [];
  // Of an occurrence whose beginning is too long ago, it is not known whether it has fired.
  const [first, oldest] = [run[0], hours[0]];
  const isWholeRun = before >= 0 || (first && oldest && first.start >= rule.since && oldest.start <= rule.since);
  const contentOf = (hour: (typeof hours)[number], kind: "alert" | "resolved"): ItemContent => ({
    ...(hour.state as HourState)[kind](),
    threshold,
    window: nameOf(hour),
    days: { from: hour.day, through: hour.day },
  });
  const windows = run.map((hour) => `${LASTING}/${nameOf(hour)}`);
  return [
    {
      ...subject,
      window: windows[0] ?? LASTING,
      sameAs: windows,
      levels: [
        {
          threshold,
          isFiring: !isOver,
          wasFiring: isOver && recent.length > 0 && isWholeRun === true,
          alert: () => contentOf(highestOf(recent), "alert"),
          resolved: () => contentOf(hours[lastBelow] as (typeof hours)[number], "resolved"),
        },
      ],
    },
  ];
}

const highestOf = <H extends { state: HourState | null }>(hours: H[]): H =>
  hours.reduce((highest, hour) => ((hour.state?.spent ?? 0n) > (highest.state?.spent ?? 0n) ? hour : highest));

function listHours(now: Date): Hour[] {
  const current = Math.floor(now.getTime() / HOUR_MS);
  return Array.from({ length: LOOKBACK_HOURS }, (_, index) => {
    const start = new Date((current - LOOKBACK_HOURS + 1 + index) * HOUR_MS);
    return { start, day: toDay(start), hour: start.getUTCHours() };
  });
}

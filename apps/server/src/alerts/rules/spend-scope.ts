import { addDays, type Day, startOf, toDay } from "@orwatch/domain/day";
import { FIRST_DAY, type Span } from "../../keys/current.ts";
import { type Facts, type KeyFacts, type RuleScope, WITHOUT_KEY } from "./define.ts";

/** Keys whose spend is summed. */
export interface Group {
  subject: string;
  key: KeyFacts | null;
  /** Keys of `facts.days`. */
  ids: number[];
}

/** Spend of all keys combined includes usage of their accounts that belongs to no key, as on the dashboard. */
export function groupsOf(input: { rule: RuleScope; keys: KeyFacts[]; eachKey: boolean; facts: Facts }): Group[] {
  const { rule, keys, facts } = input;
  if (input.eachKey) return keys.map((key) => ({ subject: `key:${key.id}`, key, ids: [key.id] }));
  const others = rule.keys === null && facts.days.has(WITHOUT_KEY) ? [WITHOUT_KEY] : [];
  const ids = [...keys.map(({ id }) => id), ...others];
  return [{ subject: "all", key: ids.length === 1 ? (keys[0] ?? null) : null, ids }];
}

export const subjectsOfGroups = (keys: KeyFacts[]): string[] => ["all", ...keys.map(({ id }) => `key:${id}`)];

/** Scope of the spend in a message. */
export const scopeOf = (rule: RuleScope, { key }: Group) =>
  key
    ? ({ kind: "key", id: key.id, name: key.name } as const)
    : rule.keys === null
      ? ({ kind: "all" } as const)
      : ({ kind: "selected", count: rule.keys.length } as const);

/** Name of a period in an item. */
export const periodName = {
  day: (from: Day) => from,
  week: (from: Day) => `week of ${from}`,
  month: (from: Day) => from.slice(0, 7),
};

export interface Period {
  from: Day;
  through: Day;
}

/** A period is evaluated this long after its end, because its last hours are recorded by the first syncs of the next one. */
const LATE_MS = 36 * 3_600_000;

/** The current period, and the previous one while late spend may be recorded. */
export function periodsOf(span: Span, since: Date, now: Date): Period[] {
  const today = toDay(now);
  const from = FIRST_DAY[span](today);
  const current = { from, through: today };
  const ended = startOf(from);
  if (now.getTime() - ended.getTime() >= LATE_MS || since >= ended) return [current];
  const before = addDays(from, -1);
  return [{ from: FIRST_DAY[span](before), through: before }, current];
}

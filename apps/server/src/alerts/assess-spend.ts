import type { Day } from "@orwatch/domain/day";
import { formatNanos } from "@orwatch/domain/money";
import { type CostByDay, compareWithUsual } from "../stats/usual.ts";
import type { Assessment, Facts, KeyFacts } from "./assessment.ts";
import type { Terms } from "./rule.ts";
import type { Period } from "./spans.ts";

/** Keys that are looked at together. */
export interface Group {
  subject: string;
  key: KeyFacts | null;
  keys: KeyFacts[];
}

export const groupsOf = (keys: KeyFacts[], eachKey: boolean): Group[] =>
  eachKey
    ? keys.map((key) => ({ subject: `key:${key.id}`, key, keys: [key] }))
    : [{ subject: "all", key: keys.length === 1 ? (keys[0] as KeyFacts) : null, keys }];

export function spendIn(
  group: Group,
  facts: Facts,
  terms: Extract<Terms, { kind: "spend" }>,
  period: Period,
): Assessment[] {
  let amount = 0n;
  let isKnown = false;
  for (const key of group.keys)
    for (const [day, { cost }] of facts.days.get(key.id) ?? [])
      if (day >= period.from && day <= period.through) {
        amount += cost;
        isKnown = true;
      }
  if (!isKnown) return [];
  return [
    {
      ...group,
      period: period.from,
      window: period.from,
      levels: [{ threshold: formatNanos(terms.amount), isOver: amount > terms.amount }],
      recovers: false,
      found: { amount, span: terms.span },
    },
  ];
}

export function unusualOn(
  group: Group,
  facts: Facts,
  terms: Extract<Terms, { kind: "unusual" }>,
  day: Day,
): Assessment[] {
  const found = compareWithUsual(
    new Map(group.keys.map(({ id }): [number, CostByDay] => [id, facts.days.get(id) ?? new Map()])),
    day,
  );
  if (!found) return [];
  const { spent, doubledUsual } = found;
  return [
    {
      ...group,
      period: day,
      window: day,
      levels: [
        {
          threshold: String(terms.times / 100),
          isOver: spent >= terms.least && spent * 200n > doubledUsual * BigInt(terms.times),
        },
      ],
      recovers: false,
      found: { amount: spent, usual: { doubled: doubledUsual } },
    },
  ];
}

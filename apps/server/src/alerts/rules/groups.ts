import type { Day } from "@orwatch/domain/day";
import type { KeyFacts, RuleScope } from "./define.ts";

/** Keys whose spend is summed. */
export interface Group {
  subject: string;
  key: KeyFacts | null;
  keys: KeyFacts[];
}

export const groupsOf = (keys: KeyFacts[], eachKey: boolean): Group[] =>
  eachKey
    ? keys.map((key) => ({ subject: `key:${key.id}`, key, keys: [key] }))
    : [{ subject: "all", key: keys.length === 1 ? (keys[0] as KeyFacts) : null, keys }];

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

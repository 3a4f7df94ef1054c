import { type Message, message } from "@orwatch/messages/message";
import type { Span } from "../keys/current.ts";
import { toEnglish } from "../platform/english.ts";

/** A rule as evaluation sees it. Amounts in nano-dollars. Pure. */
export interface Rule {
  id: number;
  name: string;
  /** Keys it watches, with their names when it was made; `null`: all, also those to come. */
  keys: { id: number; name: string }[] | null;
  /** What ended before this instant is none of its business. */
  since: Date;
  terms: Terms;
}

export type { Span };

export type Terms =
  | { kind: "spend"; span: Span; amount: bigint; eachKey: boolean }
  | { kind: "limit_share"; percents: number[] }
  | { kind: "credits"; amount: bigint }
  /** `times` in hundredths; spend up to `least` is never unusual. */
  | { kind: "unusual"; times: number; least: bigint; eachKey: boolean }
  | { kind: "key_invalid" }
  | { kind: "key_expires"; days: number }
  | { kind: "sync_stale"; hours: number };

export type RuleKind = Terms["kind"];

/** JSON of the terms without the kind, which has a column of its own. */
export function formatTerms({ kind: _, ...terms }: Terms): string {
  return JSON.stringify(terms, (__, value) => (typeof value === "bigint" ? String(value) : value));
}

export function parseTerms(kind: string, json: string): Terms {
  const terms = JSON.parse(json);
  for (const name of ["amount", "least"]) if (name in terms) terms[name] = BigInt(terms[name]);
  return { kind, ...terms };
}

/** The default rules of a user: created with the first key, and never again. */
export const DEFAULT_RULES: Terms[] = [
  { kind: "limit_share", percents: [80, 100] },
  { kind: "credits", amount: 5_000_000_000n },
  { kind: "unusual", times: 300, least: 1_000_000_000n, eachKey: false },
  { kind: "key_invalid" },
  { kind: "key_expires", days: 7 },
  { kind: "sync_stale", hours: 24 },
];

interface StoredName {
  name: string;
  kind: RuleKind;
  has_default_name: number;
}

/** The name that the server gave a rule; `null` once a user chose one. */
export const defaultName = ({ kind, has_default_name }: Omit<StoredName, "name">): Message | null =>
  has_default_name === 0 ? null : message("default_rule_name", { kind });

export function nameOf(row: StoredName): string {
  const name = defaultName(row);
  return name === null ? row.name : toEnglish(name);
}

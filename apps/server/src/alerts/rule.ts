import type { Span } from "../keys/current.ts";

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

/** What every user starts with: made with the first key, and not again once deleted. */
export const FIRST_RULES: { name: string; terms: Terms }[] = [
  { name: "A key's limit is nearly used up", terms: { kind: "limit_share", percents: [80, 100] } },
  { name: "Credits run low", terms: { kind: "credits", amount: 5_000_000_000n } },
  {
    name: "Spend far above the usual",
    terms: { kind: "unusual", times: 300, least: 1_000_000_000n, eachKey: false },
  },
  { name: "A key stops working", terms: { kind: "key_invalid" } },
  { name: "A key expires soon", terms: { kind: "key_expires", days: 7 } },
  { name: "A key does not sync", terms: { kind: "sync_stale", hours: 24 } },
];

import { type Message, message } from "@orwatch/messages/message";
import { toEnglish } from "@orwatch/messages/renderer";
import type { RuleScope } from "./rules/define.ts";
import { parseTerms, type RuleKind, type Terms } from "./rules/index.ts";

/** A rule as evaluation sees it. */
export interface Rule extends RuleScope {
  id: number;
  name: string;
  terms: Terms;
}

interface StoredName {
  name: string;
  kind: RuleKind;
  has_default_name: number;
}

/** A row of `alert_rules`, as read with RULE_COLUMNS. */
export interface StoredRule extends StoredName {
  id: number;
  /** JSON; see `termsOf` and `keysOf`. */
  terms: string;
  keys: string | null;
  snoozed_until: string | null;
  updated_at: string;
}

/** Of the table as `r`. */
export const RULE_COLUMNS = "r.id, r.name, r.has_default_name, r.kind, r.terms, r.keys, r.snoozed_until, r.updated_at";

export const termsOf = ({ kind, terms }: StoredRule): Terms => parseTerms(kind, terms);

/** Selected keys with the names they had then; `null` for all keys. */
export const keysOf = ({ keys }: StoredRule): { id: number; name: string }[] | null =>
  keys === null ? null : JSON.parse(keys);

/** The name that the server gave a rule; `null` once a user chose one. */
export const defaultName = ({ kind, has_default_name }: Omit<StoredName, "name">): Message | null =>
  has_default_name === 0 ? null : message("default_rule_name", { kind });

export function nameOf(row: StoredName): string {
  const name = defaultName(row);
  return name === null ? row.name : toEnglish(name);
}

import { type Message, message } from "@orwatch/messages/message";
import { toEnglish } from "@orwatch/messages/renderer";
import type { RuleScope } from "./rules/define.ts";
import { parseTerms, type RuleKind, type Terms } from "./rules/index.ts";

/** A rule as evaluation sees it. */
export interface Rule extends RuleScope {
  id: number;
  name: string;
  terms: Terms;
  /** IDs of the channels that its alerts go to; `null`: all channels. */
  channels: number[] | null;
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
  /** JSON of the chosen channels, and of those that exist; see `channelsOf`. */
  channels: string | null;
  existing_channels: string;
  snoozed_until: string | null;
  updated_at: string;
}

/** Of the table as `r`. */
export const RULE_COLUMNS = `r.id, r.name, r.has_default_name, r.kind, r.terms, r.keys, r.channels, r.snoozed_until, r.updated_at,
  (SELECT json_group_array(c.id) FROM channels c WHERE c.team_id = r.team_id AND c.id IN (SELECT value FROM json_each(r.channels))) AS existing_channels`;

export const termsOf = ({ kind, terms }: StoredRule): Terms => parseTerms(kind, terms);

/** Selected keys with the names they had then; `null` for all keys. */
export const keysOf = ({ keys }: StoredRule): { id: number; name: string }[] | null =>
  keys === null ? null : JSON.parse(keys);

/** Chosen channels that still exist; `null` for all. A rule whose channels were all deleted alerts in all, so that nothing is missed. */
export function channelsOf(row: Pick<StoredRule, "channels" | "existing_channels">): number[] | null {
  if (row.channels === null) return null;
  const [chosen, existing] = [JSON.parse(row.channels) as number[], JSON.parse(row.existing_channels) as number[]];
  return chosen.length > 0 && existing.length === 0 ? null : existing;
}

/** The name that the server gave a rule; `null` once a user chose one. */
export const defaultName = ({ kind, has_default_name }: Omit<StoredName, "name">): Message | null =>
  has_default_name === 0 ? null : message("default_rule_name", { kind });

export function nameOf(row: StoredName): string {
  const name = defaultName(row);
  return name === null ? row.name : toEnglish(name);
}

import { type Message, message } from "@orwatch/messages/message";
import { toEnglish } from "../../../../packages/messages/src/renderer.ts";
import type { RuleScope } from "./rules/define.ts";
import type { RuleKind, Terms } from "./rules/index.ts";

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

/** The name that the server gave a rule; `null` once a user chose one. */
export const defaultName = ({ kind, has_default_name }: Omit<StoredName, "name">): Message | null =>
  has_default_name === 0 ? null : message("default_rule_name", { kind });

export function nameOf(row: StoredName): string {
  const name = defaultName(row);
  return name === null ? row.name : toEnglish(name);
}

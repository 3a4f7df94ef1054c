import { message } from "@orwatch/messages/message";
import type { NotificationItem } from "../../notifications/inbox/notifications.ts";
import type { Rule } from "../rule.ts";
import { keyParams, NOT_MEASURED } from "../rules/key-state.ts";
import type { Change, DeletedKey } from "./decide.ts";

const ruleFields = (rule: Rule) => ({
  rule_id: rule.id,
  rule_name: rule.name,
  rule_kind: rule.terms.kind,
  ...(rule.channels && { channels: rule.channels }),
});
const keyFields = (key: { id: number; name: string } | null) => ({
  api_key_id: key?.id ?? null,
  key_name: key?.name ?? null,
});

export const alertItem = ({ rule, assessment, level }: Change): NotificationItem => ({
  event: "alert",
  ...ruleFields(rule),
  ...keyFields(assessment.key),
  ...level.alert(),
});

/** `null` where the kind does not report it. */
export function resolvedItem({ rule, assessment, level }: Change): NotificationItem | null {
  const content = level.resolved?.();
  return content ? { event: "recovery", ...ruleFields(rule), ...keyFields(assessment.key), ...content } : null;
}

export const deletedKeyItem = ({ rule, key, isLast }: DeletedKey): NotificationItem => ({
  event: "rule",
  ...ruleFields(rule),
  ...keyFields(key),
  ...NOT_MEASURED,
  message: message("rule_key_deleted", {
    rule_id: rule.id,
    rule: rule.name,
    ...keyParams(key),
    remaining: isLast ? "none" : "some",
  }),
});

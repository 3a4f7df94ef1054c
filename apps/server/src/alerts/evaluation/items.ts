import type { ShownUsage } from "@orwatch/domain/usage-address";
import { type Message, message } from "@orwatch/messages/message";
import type { NotificationItem } from "../../notifications/inbox/notifications.ts";
import type { Rule } from "../rule.ts";
import type { ItemContent } from "../rules/define.ts";
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

/** @param cause what changed most; see `findCauses` */
export const alertItem = ({ rule, assessment, level }: Change, cause?: Message): NotificationItem => ({
  event: "alert",
  ...ruleFields(rule),
  ...keyFields(assessment.key),
  ...contentOf({ rule, assessment }, level.alert()),
  ...(cause && { cause }),
});

/** `null` where the kind does not report it. */
export function resolvedItem({ rule, assessment, level }: Change): NotificationItem | null {
  const content = level.resolved?.();
  if (!content) return null;
  return {
    event: "recovery",
    ...ruleFields(rule),
    ...keyFields(assessment.key),
    ...contentOf({ rule, assessment }, content),
  };
}

const contentOf = (change: Pick<Change, "rule" | "assessment">, { days, ...content }: ItemContent) => ({
  ...content,
  ...(days && { usage: usageOf(change, days) }),
});

/** The usage that an alert is about: of its key, or of the keys of the rule. */
export const usageOf = (
  { rule, assessment }: Pick<Change, "rule" | "assessment">,
  { from, through }: NonNullable<ItemContent["days"]>,
): ShownUsage => ({
  start_date: from,
  end_date: through,
  api_key_ids: assessment.key ? [assessment.key.id] : (rule.keys?.map(({ id }) => id) ?? null),
});

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

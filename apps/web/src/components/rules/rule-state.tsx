import type { AlertRule } from "../../lib/api/trpc.ts";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";
import { Pill } from "../ui/pill.tsx";
import { useNow } from "../ui/values.tsx";

export const isSnoozed = ({ snoozed_until }: AlertRule, now: Date) =>
  snoozed_until !== null && Date.parse(snoozed_until) > now.getTime();

/** Whether a rule is off, snoozed, firing or active. */
export function RuleState({ rule }: { rule: AlertRule }) {
  const t = useTexts("alerts");
  const format = useFormat();
  const now = useNow();
  if (!rule.is_active) return <Pill tone="quiet">{t.alerts.rules.state.off}</Pill>;
  if (isSnoozed(rule, now))
    return (
      <Pill tone="quiet">{t.alerts.rules.state.snoozed({ until: format.instant(rule.snoozed_until ?? "") })}</Pill>
    );
  if (rule.is_firing) return <Pill tone="warn">{t.alerts.rules.state.firing}</Pill>;
  return <Pill tone="good">{t.alerts.rules.state.on}</Pill>;
}

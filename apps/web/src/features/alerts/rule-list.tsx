import { BellOff, BellRing, Ellipsis, Pencil, Power, PowerOff, Trash2 } from "lucide-react";
import { Menu } from "../../components/overlays/menu.tsx";
import { describeRule, ruleName } from "../../components/rules/describe-rule.ts";
import { isSnoozed, RuleState } from "../../components/rules/rule-state.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Panel } from "../../components/ui/panel.tsx";
import { useNow } from "../../components/ui/values.tsx";
import { messageOf } from "../../lib/api/errors.ts";
import { usePermission } from "../../lib/api/permission.ts";
import { type AlertRule, trpc } from "../../lib/api/trpc.ts";
import { useFormat, useSay, useTexts } from "../../lib/i18n/i18n.ts";

const DAY_HOURS = 24;

interface RuleListProps {
  rules: AlertRule[];
  most: number;
  onEdit: (rule: AlertRule) => void;
  onDelete: (rule: AlertRule) => void;
}

export function RuleList({ rules, most, onEdit, onDelete }: RuleListProps) {
  const t = useTexts("alerts");
  return (
    <Panel
      title={t.alerts.rules.title}
      aside={
        <span className="text-table text-muted tabular-nums">
          {t.alerts.rules.count({ count: rules.length, limit: most })}
        </span>
      }
    >
      {rules.length >= most && (
        <p className="px-4 pb-3 text-table text-muted">{t.alerts.rules.full({ limit: most })}</p>
      )}
      <ul className="divide-y divide-line border-t border-line">
        {rules.map((rule) => (
          <Rule key={rule.id} rule={rule} onEdit={() => onEdit(rule)} onDelete={() => onDelete(rule)} />
        ))}
      </ul>
    </Panel>
  );
}

interface RuleProps {
  rule: AlertRule;
  onEdit: () => void;
  onDelete: () => void;
}

function Rule({ rule, onEdit, onDelete }: RuleProps) {
  const t = useTexts("alerts");
  const format = useFormat();
  useNow();
  const say = useSay();
  const mayEdit = usePermission("edit");
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h3 dir="auto" className="min-w-0 font-medium break-words">
            {ruleName(rule, say)}
          </h3>
          <RuleState rule={rule} />
        </div>
        <p className="text-table break-words text-muted">{describeRule(rule, { t, format })}</p>
        <p className="text-caption text-muted">
          {rule.last_fired_at
            ? t.alerts.rules.lastFired({ ago: format.ago(rule.last_fired_at) })
            : t.alerts.rules.neverFired}
        </p>
      </div>
      {mayEdit && <RuleActions rule={rule} onEdit={onEdit} onDelete={onDelete} />}
    </li>
  );
}

function RuleActions({ rule, onEdit, onDelete }: RuleProps) {
  const t = useTexts("alerts");
  const { id, is_active: isActive } = rule;
  const name = ruleName(rule, useSay());
  const now = useNow();
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const common = {
    onError: (error: unknown) => announce(messageOf(error), "bad"),
    onSettled: () => utils.alerts.listRules.invalidate(),
  };
  const update = trpc.alerts.updateRule.useMutation({
    ...common,
    onSuccess: () =>
      announce(isActive ? t.alerts.rules.done.turnedOff({ name }) : t.alerts.rules.done.turnedOn({ name })),
  });
  const snooze = trpc.alerts.snoozeRule.useMutation({
    ...common,
    onSuccess: (_, { hours }) =>
      announce(hours > 0 ? t.alerts.rules.done.snoozed({ name }) : t.alerts.rules.done.unsnoozed({ name })),
  });
  const isBusy = update.isPending || snooze.isPending;
  const silence = (hours: number) => () => snooze.mutate({ id, hours });

  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={t.alerts.rules.actionsFor({ name })}
          aria-busy={isBusy || undefined}
          className="flex size-8 shrink-0 items-center justify-center rounded-control text-muted hover:bg-sunken hover:text-ink"
        >
          <Ellipsis aria-hidden className="size-4" />
        </button>
      }
      items={[
        { label: t.alerts.rules.edit, Icon: Pencil, onSelect: onEdit },
        ...(isSnoozed(rule, now)
          ? [{ label: t.alerts.rules.unsnooze, Icon: BellRing, onSelect: silence(0), disabled: isBusy }]
          : [
              { label: t.alerts.rules.snoozeDay, Icon: BellOff, onSelect: silence(DAY_HOURS), disabled: isBusy },
              { label: t.alerts.rules.snoozeWeek, Icon: BellOff, onSelect: silence(7 * DAY_HOURS), disabled: isBusy },
            ]),
        {
          label: isActive ? t.alerts.rules.turnOff : t.alerts.rules.turnOn,
          Icon: isActive ? PowerOff : Power,
          onSelect: () => update.mutate({ id, is_active: !isActive }),
          disabled: isBusy,
        },
        { label: t.alerts.rules.remove, Icon: Trash2, onSelect: onDelete, isDanger: true },
      ]}
    />
  );
}

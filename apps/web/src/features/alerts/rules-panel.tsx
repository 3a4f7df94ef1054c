import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { ConfirmDialog } from "../../components/forms/confirm-dialog.tsx";
import { useWhileOpen } from "../../components/forms/form-modal.tsx";
import { ruleName } from "../../components/rules/describe-rule.ts";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { EmptyState } from "../../components/ui/empty-state.tsx";
import { codeOf } from "../../lib/api/errors.ts";
import { type AlertRule, trpc } from "../../lib/api/trpc.ts";
import { useSay, useTexts } from "../../lib/i18n/i18n.ts";
import type { AlertsSearch } from "../../lib/search/alerts-search.ts";
import { useShutDialog } from "../../lib/search/opened-here.ts";
import { RULE_KINDS } from "./kinds/index.ts";
import { RuleDialog } from "./rule-dialog.tsx";
import { RuleList } from "./rule-list.tsx";
import { SettingsPanel } from "./settings-panel.tsx";

export function RulesPanel({ search }: { search: AlertsSearch }) {
  const t = useTexts("alerts");
  const navigate = useNavigate({ from: "/alerts" });
  const [edited, setEdited] = useState<AlertRule | null>(null);
  const [removed, setRemoved] = useState<AlertRule | null>(null);
  const list = trpc.alerts.listRules.useQuery({});
  const isAdding = search.add === true || search["new-rule"] !== undefined;
  const closeAdd = useShutDialog(
    isAdding,
    () => void navigate({ search: { part: "rules" }, replace: true, resetScroll: false }),
  );

  return (
    <>
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && (
        <EmptyState title={t.alerts.rules.emptyTitle} body={t.alerts.rules.emptyBody} />
      )}
      {list.data && list.data.items.length > 0 && (
        <RuleList rules={list.data.items} most={list.data.max} onEdit={setEdited} onDelete={setRemoved} />
      )}
      <SettingsPanel />
      {isAdding && <RuleDialog proposed={proposedRule(search)} onClose={closeAdd} />}
      {edited && <RuleDialog rule={edited} onClose={() => setEdited(null)} />}
      {removed && <DeleteRule rule={removed} onClose={() => setRemoved(null)} />}
    </>
  );
}

/** What a link to this page proposes for a new rule. A kind that does not exist is ignored. */
const proposedRule = ({ key, amount, ...search }: AlertsSearch) => ({
  kind: RULE_KINDS.find((kind) => kind === search["new-rule"]),
  keyId: key,
  amount,
});

function DeleteRule({ rule, onClose }: { rule: AlertRule; onClose: () => void }) {
  const t = useTexts("alerts");
  const close = useWhileOpen(onClose);
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const name = ruleName(rule, useSay());
  async function leave() {
    announce(t.alerts.rules.done.removed({ name }));
    await utils.alerts.listRules.invalidate();
    close();
  }
  const remove = trpc.alerts.deleteRule.useMutation({
    onSuccess: leave,
    // Already deleted in another tab, which is the intended result.
    onError: (error) => codeOf(error) === "NOT_FOUND" && void leave(),
  });
  return (
    <ConfirmDialog
      isDanger
      title={t.alerts.rules.removal.title({ name })}
      body={t.alerts.rules.removal.body}
      submit={t.alerts.rules.removal.submit}
      isBusy={remove.isPending}
      error={codeOf(remove.error) === "NOT_FOUND" ? null : remove.error}
      onConfirm={() => remove.mutate({ id: rule.id })}
      onClose={onClose}
    />
  );
}

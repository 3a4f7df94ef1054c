import { useState } from "react";
import { changedFields } from "../../components/forms/changed-fields.ts";
import { TextField } from "../../components/forms/field.tsx";
import { FormDialog, useWhileOpen } from "../../components/forms/form-dialog.tsx";
import { SelectField } from "../../components/forms/more-fields.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { type AlertRule, trpc } from "../../lib/api/trpc.ts";
import { useFormat, useSay, useTexts } from "../../lib/i18n/i18n.ts";
import { ruleName } from "./describe-rule.ts";
import { KeyChoice } from "./key-choice.tsx";
import { type Draft, EMPTY, RULE_KINDS, type RuleKind, readDraft, toDraft } from "./rule-draft.ts";
import { TermFields } from "./term-fields.tsx";

/** Adds a rule, or changes `rule`. A name is proposed until one is typed. */
export function RuleDialog({ rule, onClose }: { rule?: AlertRule; onClose: () => void }) {
  const t = useTexts("alerts");
  const format = useFormat();
  const say = useSay();
  const { form } = t.alerts;
  const labels = {
    name: form.name,
    amount: form.amount,
    percents: form.percents,
    times: form.times,
    least: form.least,
    days: form.days,
    hours: form.hours,
    api_key_ids: form.keys,
  };
  const draftOf = (rule: AlertRule): Draft => toDraft({ ...rule, name: ruleName(rule, say) }, format);
  const nameFor = (kind: RuleKind): string => form.kinds[kind];
  const close = useWhileOpen(onClose);
  const [draft, setDraft] = useState<Draft>(() => (rule ? draftOf(rule) : { ...EMPTY, name: nameFor(EMPTY.kind) }));
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const onSuccess = async ({ name }: AlertRule) => {
    announce(t.alerts.rules.done.saved({ name }));
    await utils.alerts.listRules.invalidate();
    close();
  };
  const create = trpc.alerts.createRule.useMutation({ onSuccess });
  const update = trpc.alerts.updateRule.useMutation({
    onSuccess,
    onError: () => void utils.alerts.listRules.invalidate(),
  });
  const set = (change: Partial<Draft>) => setDraft((was) => ({ ...was, ...change }));
  const setKind = (kind: RuleKind) =>
    set({ kind, ...(draft.name === nameFor(draft.kind) ? { name: nameFor(kind) } : {}) });

  function send() {
    const read = readDraft(draft, { t, format });
    if ("problems" in read) return;
    if (!rule) return create.mutate(read.rule);
    const { kind: _, ...now } = read.rule;
    const was = readDraft(draftOf(rule), { t, format });
    const change = changedFields("rule" in was ? was.rule : {}, now);
    if (change) update.mutate({ id: rule.id, ...change });
    else onClose();
  }

  function check() {
    const read = readDraft(draft, { t, format });
    return "problems" in read ? read.problems : {};
  }

  return (
    <FormDialog
      title={rule ? form.editTitle({ name: ruleName(rule, say) }) : form.addTitle}
      submit={rule ? form.submitEdit : form.submitAdd}
      labels={labels}
      call={rule ? update : create}
      {...(rule ? { gone: t.alerts.rules.gone({ name: ruleName(rule, say) }) } : {})}
      check={check}
      onSubmit={send}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <SelectField
            data-autofocus
            label={form.kind}
            hint={form.kindHints[draft.kind]}
            options={RULE_KINDS.map((kind) => ({ value: kind, label: form.kinds[kind] }))}
            value={draft.kind}
            disabled={rule !== undefined}
            onValue={(kind) => setKind(kind as RuleKind)}
          />
          <TermFields draft={draft} errors={errors} onChange={set} />
          <KeyChoice
            isAll={draft.isAllKeys}
            chosen={draft.keyIds}
            error={errors.api_key_ids}
            onAll={(isAllKeys) => set({ isAllKeys })}
            onChosen={(keyIds) => set({ keyIds })}
          />
          <TextField
            label={form.name}
            required
            dir="auto"
            maxLength={100}
            autoComplete="off"
            value={draft.name}
            onChange={(event) => set({ name: event.target.value })}
            error={errors.name}
          />
        </>
      )}
    </FormDialog>
  );
}

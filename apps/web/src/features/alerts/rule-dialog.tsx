import { useState } from "react";
import { FormDialog } from "../../components/form-dialog.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { TextField } from "../../components/ui/field.tsx";
import { SelectField } from "../../components/ui/more-fields.tsx";
import { useWhileOpen } from "../../components/use-while-open.ts";
import { changedFields } from "../../lib/changed-fields.ts";
import { say } from "../../lib/i18n.ts";
import { text } from "../../lib/text/alerts.ts";
import { type AlertRule, trpc } from "../../lib/trpc.ts";
import { ruleName } from "./describe-rule.ts";
import { KeyChoice } from "./key-choice.tsx";
import { type Draft, EMPTY, RULE_KINDS, type RuleKind, readDraft, toDraft } from "./rule-draft.ts";
import { TermFields } from "./term-fields.tsx";

const words = text.ruleForm;
const LABELS = {
  name: words.name,
  amount: words.amount,
  percents: words.percents,
  times: words.times,
  least: words.least,
  days: words.days,
  hours: words.hours,
  api_key_ids: words.keys,
};

const draftOf = (rule: AlertRule): Draft => toDraft({ ...rule, name: ruleName(rule, say) });

/** Adds a rule, or changes `rule`. A name is proposed until one is typed. */
export function RuleDialog({ rule, onClose }: { rule?: AlertRule; onClose: () => void }) {
  const close = useWhileOpen(onClose);
  const [draft, setDraft] = useState<Draft>(() => (rule ? draftOf(rule) : { ...EMPTY, name: nameFor(EMPTY.kind) }));
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const onSuccess = async ({ name }: AlertRule) => {
    announce(text.rules.said.saved(name));
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
    const read = readDraft(draft);
    if ("problems" in read) return;
    if (!rule) return create.mutate(read.rule);
    const { kind: _, ...now } = read.rule;
    const was = readDraft(draftOf(rule));
    const change = changedFields("rule" in was ? was.rule : {}, now);
    if (change) update.mutate({ id: rule.id, ...change });
    else onClose();
  }

  function check() {
    const read = readDraft(draft);
    return "problems" in read ? read.problems : {};
  }

  return (
    <FormDialog
      title={rule ? words.editTitle(ruleName(rule, say)) : words.addTitle}
      submit={rule ? words.submitEdit : words.submitAdd}
      labels={LABELS}
      call={rule ? update : create}
      {...(rule ? { gone: text.rules.goneRule(rule.name) } : {})}
      check={check}
      onSubmit={send}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <SelectField
            data-autofocus
            label={words.kind}
            hint={words.kindHints[draft.kind]}
            options={RULE_KINDS.map((kind) => ({ value: kind, label: words.kinds[kind] }))}
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
            label={words.name}
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

const nameFor = (kind: RuleKind): string => {
  const name = words.kinds[kind];
  return name.charAt(0).toUpperCase() + name.slice(1);
};

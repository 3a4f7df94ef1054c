import { useSelector } from "@tanstack/react-form";
import { useMemo } from "react";
import * as z from "zod/mini";
import { TextField } from "../../components/forms/field.tsx";
import { changedFields, textProps, useApiForm } from "../../components/forms/form.tsx";
import { FormModal, useWhileOpen } from "../../components/forms/form-modal.tsx";
import { KeyChoice } from "../../components/forms/key-choice.tsx";
import { SelectField } from "../../components/forms/more-fields.tsx";
import { ruleName } from "../../components/rules/describe-rule.ts";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { type AlertRule, trpc } from "../../lib/api/trpc.ts";
import { writeNumber } from "../../lib/format/numbers.ts";
import { useFormat, useSay, useTexts } from "../../lib/i18n/i18n.ts";
import { ChannelChoice } from "./channel-choice.tsx";
import { fieldsOf, NEW_RULE, RULE_KINDS, type RuleKind, type RuleValues, ruleSchema, toValues } from "./kinds/index.ts";
import { RulePreview } from "./rule-preview.tsx";

interface RuleDialogProps {
  rule?: AlertRule;
  /** What a new rule has at first: other pages link to it. Without a key, it applies to all keys. */
  proposed?: { kind?: RuleKind | undefined; keyId?: number | undefined; amount?: string | undefined };
  onClose: () => void;
}

/** Adds a rule, or changes `rule`. A name is proposed until one is typed. */
export function RuleDialog({ rule, proposed = {}, onClose }: RuleDialogProps) {
  const t = useTexts("alerts");
  const format = useFormat();
  const say = useSay();
  const words = t.alerts.form;
  const close = useWhileOpen(onClose);
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const create = trpc.alerts.createRule.useMutation();
  const update = trpc.alerts.updateRule.useMutation({ onError: () => void utils.alerts.listRules.invalidate() });
  const schema = useMemo(() => ruleSchema(format.marks()), [format]);
  const nameFor = (kind: RuleKind): string => words.kinds[kind];
  const name = rule && ruleName(rule, say);
  const opened = rule && name !== undefined ? toValues({ ...rule, name }, format) : newRule(proposed);
  const form = useApiForm({
    defaultValues: opened,
    schema,
    async send(draft) {
      const saved = await (rule ? change(rule) : create.mutateAsync(draft));
      if (!saved) return onClose();
      announce(t.alerts.rules.done.saved({ name: saved.name }));
      await utils.alerts.listRules.invalidate();
      close();

      async function change({ id }: AlertRule) {
        const { kind: _, ...now } = draft;
        const was = z.safeParse(schema, opened).data ?? {};
        const changed = changedFields(was, now);
        return changed && update.mutateAsync({ id, ...changed });
      }
    },
  });

  function newRule({ kind = NEW_RULE.kind, keyId, amount }: NonNullable<RuleDialogProps["proposed"]>): RuleValues {
    const amounts = amount === undefined ? {} : { amount: writeNumber(amount, format.marks()) };
    return { ...NEW_RULE, ...amounts, kind, name: nameFor(kind), api_key_ids: keyId === undefined ? null : [keyId] };
  }

  const kind = useSelector(form.store, ({ values }) => values.kind);
  const Fields = fieldsOf(kind);

  function choose(next: RuleKind) {
    if (form.state.values.name === nameFor(kind)) form.setFieldValue("name", nameFor(next));
    form.setFieldValue("kind", next);
  }

  return (
    <FormModal
      form={form}
      needs="edit"
      title={name === undefined ? words.addTitle : words.editTitle({ name })}
      submit={rule ? words.submitEdit : words.submitAdd}
      {...(name === undefined ? {} : { gone: t.alerts.rules.gone({ name }) })}
      onClose={onClose}
    >
      <SelectField
        data-autofocus
        label={words.kind}
        hint={words.kindHints[kind]}
        options={RULE_KINDS.map((value) => ({ value, label: words.kinds[value] }))}
        value={kind}
        disabled={rule !== undefined}
        onValue={(value) => choose(value as RuleKind)}
      />
      {Fields && <Fields key={kind} form={form} />}
      <form.Field name="api_key_ids">{(field) => <KeyChoice field={field} texts={words} />}</form.Field>
      <RulePreview form={form} schema={schema} />
      <form.Field name="channel_ids">{(field) => <ChannelChoice field={field} />}</form.Field>
      <form.Field name="name">
        {(field) => (
          <TextField {...textProps(field)} label={words.name} required dir="auto" maxLength={100} autoComplete="off" />
        )}
      </form.Field>
    </FormModal>
  );
}

import * as z from "zod/mini";
import { amount } from "../../../components/forms/schemas.ts";
import { Segmented } from "../../../components/ui/segmented.tsx";
import { useTexts } from "../../../lib/i18n/i18n.ts";
import { defineRuleKind } from "./define.tsx";
import { AmountField, EachKeyField } from "./term-fields.tsx";

const SPANS = ["day", "week", "month"] as const;

interface SpendValues {
  amount: string;
  span: (typeof SPANS)[number];
  each_key: boolean;
}

export const spend = defineRuleKind({
  kind: "spend",
  defaults: { amount: "", span: "day", each_key: false } as SpendValues,
  toValues: ({ amount, span, each_key }, write) => ({
    amount: write(amount ?? ""),
    span: span ?? "day",
    each_key: each_key ?? false,
  }),
  terms: (marks) => ({ amount: amount(marks), span: z.enum(SPANS), each_key: z.boolean() }),
  Fields({ form }) {
    const { alerts: t } = useTexts("alerts");
    return (
      <>
        <form.Field name="amount">{(field) => <AmountField field={field} label={t.form.amount} />}</form.Field>
        <form.Field name="span">
          {(field) => (
            <Segmented
              legend={t.form.span}
              name="rule-span"
              options={SPANS.map((value) => ({ value, label: t.form.spanOptions[value] }))}
              value={field.state.value}
              onChoose={field.handleChange}
            />
          )}
        </form.Field>
        <form.Field name="each_key">{(field) => <EachKeyField field={field} />}</form.Field>
      </>
    );
  },
});

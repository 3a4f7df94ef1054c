import * as z from "zod/mini";
import { amount } from "../../../components/forms/schemas.ts";
import { useTexts } from "../../../lib/i18n/i18n.ts";
import { defineRuleKind } from "./define.tsx";
import { AmountField, EachKeyField } from "./term-fields.tsx";

export const hourlySpend = defineRuleKind({
  kind: "hourly_spend",
  defaults: { amount: "", each_key: false },
  toValues: ({ amount, each_key }, write) => ({ amount: write(amount ?? ""), each_key: each_key ?? false }),
  terms: (marks) => ({ amount: amount(marks), each_key: z.boolean() }),
  Fields({ form }) {
    const { alerts: t } = useTexts("alerts");
    return (
      <>
        <form.Field name="amount">{(field) => <AmountField field={field} label={t.form.amount} />}</form.Field>
        <form.Field name="each_key">{(field) => <EachKeyField field={field} />}</form.Field>
      </>
    );
  },
});

import { amount } from "../../../components/forms/schemas.ts";
import { useTexts } from "../../../lib/i18n/i18n.ts";
import { defineRuleKind } from "./define.tsx";
import { AmountField } from "./term-fields.tsx";

export const credits = defineRuleKind({
  kind: "credits",
  defaults: { amount: "" },
  toValues: ({ amount }, write) => ({ amount: write(amount ?? "") }),
  terms: (marks) => ({ amount: amount(marks) }),
  Fields({ form }) {
    const { alerts: t } = useTexts("alerts");
    return <form.Field name="amount">{(field) => <AmountField field={field} label={t.form.amount} />}</form.Field>;
  },
});

import { wholeNumber } from "../../../components/forms/schemas.ts";
import { useTexts } from "../../../lib/i18n/i18n.ts";
import { defineRuleKind } from "./define.tsx";
import { CountField } from "./term-fields.tsx";

export const keyInvalid = defineRuleKind({
  kind: "key_invalid",
  defaults: {},
  toValues: () => ({}),
  terms: () => ({}),
  Fields: null,
});

const DAYS = "7";

export const keyExpires = defineRuleKind({
  kind: "key_expires",
  defaults: { days: DAYS },
  toValues: ({ days }) => ({ days: String(days ?? DAYS) }),
  terms: (marks) => ({ days: wholeNumber(marks, { max: 365 }) }),
  Fields({ form }) {
    const { alerts: t } = useTexts("alerts");
    return <form.Field name="days">{(field) => <CountField field={field} label={t.form.days} />}</form.Field>;
  },
});

const HOURS = "24";

export const syncStale = defineRuleKind({
  kind: "sync_stale",
  defaults: { hours: HOURS },
  toValues: ({ hours }) => ({ hours: String(hours ?? HOURS) }),
  terms: (marks) => ({ hours: wholeNumber(marks, { max: 720 }) }),
  Fields({ form }) {
    const { alerts: t } = useTexts("alerts");
    return <form.Field name="hours">{(field) => <CountField field={field} label={t.form.hours} />}</form.Field>;
  },
});

import * as z from "zod/mini";
import { amount, typedNumber } from "../../../components/forms/schemas.ts";
import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";
import { defineRuleKind } from "./define.tsx";
import { AmountField, EachKeyField, TermField, useTwoReadings } from "./term-fields.tsx";

const TIMES = { min: 1.1, max: 100 };

const toTimes = (plain: string): number | null => {
  const times = Number(plain);
  return /^\d{1,3}(\.\d{1,2}0*)?$/.test(plain) && times >= TIMES.min && times <= TIMES.max ? times : null;
};

const DEFAULTS = { times: "3", least: "1.00", each_key: false };

export const unusual = defineRuleKind({
  kind: "unusual",
  defaults: DEFAULTS,
  toValues: ({ times, least, each_key }, write) => ({
    times: write(String(times ?? DEFAULTS.times)),
    least: write(least ?? DEFAULTS.least),
    each_key: each_key ?? false,
  }),
  terms: (marks) => ({ times: typedNumber(marks, toTimes), least: amount(marks), each_key: z.boolean() }),
  Fields({ form }) {
    const { alerts: t } = useTexts("alerts");
    const format = useFormat();
    const askWhich = useTwoReadings();
    const number = (value: number) => format.number(value, 2);
    const errorTexts = {
      two_readings: askWhich((plain) => number(Number(plain))),
      bad: t.form.timesBad({ min: number(TIMES.min), max: number(TIMES.max) }),
    };
    return (
      <>
        <div className="grid gap-4 sm:grid-cols-2">
          <form.Field name="times">
            {(field) => <TermField field={field} label={t.form.times} inputMode="decimal" errorTexts={errorTexts} />}
          </form.Field>
          <form.Field name="least">{(field) => <AmountField field={field} label={t.form.least} />}</form.Field>
        </div>
        <form.Field name="each_key">{(field) => <EachKeyField field={field} />}</form.Field>
      </>
    );
  },
});

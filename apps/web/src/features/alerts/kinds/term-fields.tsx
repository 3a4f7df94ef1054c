import type { AnyFieldApi } from "@tanstack/react-form";
import { TextField } from "../../../components/forms/field.tsx";
import { textProps } from "../../../components/forms/form.tsx";
import type { ErrorTexts } from "../../../components/forms/problems.ts";
import { Segmented } from "../../../components/ui/segmented.tsx";
import { parseMoney } from "../../../lib/format/money.ts";
import { writeNumber } from "../../../lib/format/numbers.ts";
import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";

interface TermFieldProps {
  field: AnyFieldApi;
  label: string;
  inputMode: "decimal" | "numeric";
  errorTexts: ErrorTexts;
}

/** A text field of a rule. */
export const TermField = ({ field, ...props }: TermFieldProps) => (
  <TextField {...textProps(field)} {...props} required autoComplete="off" maxLength={24} />
);

/** Asks which of two readings of a number is meant. `say` formats a reading. */
export function useTwoReadings() {
  const { alerts: t } = useTexts("alerts");
  const format = useFormat();
  return (say: (plain: string) => string) =>
    ({ readings: [one, other] }: { readings: [string, string] }) =>
      t.form.twoReadings({
        one: say(one),
        other: say(other),
        typeOne: writeNumber(one, format.marks()),
        typeOther: writeNumber(other, format.marks()),
      });
}

/** An amount of dollars. */
export function AmountField({ field, label }: Pick<TermFieldProps, "field" | "label">) {
  const { alerts: t } = useTexts("alerts");
  const format = useFormat();
  const askWhich = useTwoReadings();
  const errorTexts = {
    two_readings: askWhich((plain) => format.money(parseMoney(plain))),
    bad: t.form.amountBad({ example: writeNumber("25.00", format.marks()) }),
  };
  return <TermField field={field} label={label} inputMode="decimal" errorTexts={errorTexts} />;
}

/** A whole number. */
export function CountField({ field, label }: Pick<TermFieldProps, "field" | "label">) {
  const { alerts: t } = useTexts("alerts");
  return <TermField field={field} label={label} inputMode="numeric" errorTexts={{ bad: t.form.numberBad }} />;
}

/** Whether a rule applies to combined spend or to each key. */
export function EachKeyField({ field }: { field: AnyFieldApi }) {
  const { alerts: t } = useTexts("alerts");
  return (
    <Segmented
      legend={t.form.count}
      name="rule-count"
      options={[
        { value: "together", label: t.form.together },
        { value: "each", label: t.form.eachKey },
      ]}
      value={field.state.value ? "each" : "together"}
      onChoose={(value) => field.handleChange(value === "each")}
    />
  );
}

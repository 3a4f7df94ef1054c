import { TextField } from "../../components/forms/field.tsx";
import { type ApiForm, textProps } from "../../components/forms/form.tsx";
import { Segmented } from "../../components/ui/segmented.tsx";
import { parseMoney } from "../../lib/format/money.ts";
import { writeNumber } from "../../lib/format/numbers.ts";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";
import { type RuleKind, type RuleValues, SPANS, TIMES } from "./rule-form.ts";

type TextName = "amount" | "percents" | "times" | "least" | "days" | "hours";

/** The fields of a kind of rule. */
export function TermFields({ form, kind }: { form: ApiForm<RuleValues>; kind: RuleKind }) {
  const t = useTexts("alerts");
  const format = useFormat();
  const words = t.alerts.form;

  const askWhich =
    (say: (plain: string) => string) =>
    ({ readings: [one, other] }: { readings: [string, string] }) =>
      words.twoReadings({
        one: say(one),
        other: say(other),
        typeOne: writeNumber(one, format.marks()),
        typeOther: writeNumber(other, format.marks()),
      });
  const money = {
    two_readings: askWhich((plain) => format.money(parseMoney(plain))),
    bad: words.amountBad({ example: writeNumber("25.00", format.marks()) }),
  };
  const number = (value: number) => format.number(value, 2);
  const says = {
    amount: money,
    least: money,
    percents: { doubtful: words.percentsDoubtful, bad: words.percentsBad },
    times: {
      two_readings: askWhich((plain) => number(Number(plain))),
      bad: words.timesBad({ min: number(TIMES.min), max: number(TIMES.max) }),
    },
    days: { bad: words.numberBad },
    hours: { bad: words.numberBad },
  };
  const textField = (name: TextName, inputMode: "decimal" | "numeric") => (
    <form.Field name={name}>
      {(field) => (
        <TextField
          {...textProps(field)}
          label={words[name]}
          required
          inputMode={inputMode}
          autoComplete="off"
          maxLength={24}
          says={says[name]}
        />
      )}
    </form.Field>
  );

  return (
    <>
      {(kind === "spend" || kind === "credits") && textField("amount", "decimal")}
      {kind === "spend" && (
        <form.Field name="span">
          {(field) => (
            <Segmented
              legend={words.span}
              name="rule-span"
              options={SPANS.map((value) => ({ value, label: words.spanOptions[value] }))}
              value={field.state.value}
              onChoose={field.handleChange}
            />
          )}
        </form.Field>
      )}
      {kind === "limit_share" && textField("percents", "numeric")}
      {kind === "unusual" && (
        <div className="grid gap-4 sm:grid-cols-2">
          {textField("times", "decimal")}
          {textField("least", "decimal")}
        </div>
      )}
      {kind === "key_expires" && textField("days", "numeric")}
      {kind === "sync_stale" && textField("hours", "numeric")}
      {(kind === "spend" || kind === "unusual") && (
        <form.Field name="each_key">
          {(field) => (
            <Segmented
              legend={words.count}
              name="rule-count"
              options={[
                { value: "together", label: words.together },
                { value: "each", label: words.eachKey },
              ]}
              value={field.state.value ? "each" : "together"}
              onChoose={(value) => field.handleChange(value === "each")}
            />
          )}
        </form.Field>
      )}
    </>
  );
}

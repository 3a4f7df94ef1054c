import { Choice } from "../../components/forms/choice.tsx";
import { TextField } from "../../components/forms/field.tsx";
import { useTexts } from "../../lib/i18n/i18n.ts";
import type { Draft, Problems } from "./rule-draft.ts";

const SPANS = ["day", "week", "month"] as const;

interface TermFieldsProps {
  draft: Draft;
  errors: Partial<Problems>;
  onChange: (change: Partial<Draft>) => void;
}

type TextName = "amount" | "percents" | "times" | "least" | "days" | "hours";

/** The fields that a kind of rule has for itself. */
export function TermFields({ draft, errors, onChange }: TermFieldsProps) {
  const t = useTexts("alerts");
  const { kind } = draft;
  const field = (name: TextName, inputMode: "decimal" | "numeric") => (
    <TextField
      label={t.alerts.form[name]}
      required
      inputMode={inputMode}
      autoComplete="off"
      maxLength={24}
      value={draft[name]}
      onChange={(event) => onChange({ [name]: event.target.value })}
      error={errors[name]}
    />
  );
  return (
    <>
      {(kind === "spend" || kind === "credits") && field("amount", "decimal")}
      {kind === "spend" && (
        <Choice
          legend={t.alerts.form.span}
          name="rule-span"
          options={SPANS.map((value) => ({ value, label: t.alerts.form.spanOptions[value] }))}
          value={draft.span}
          onChoose={(span) => onChange({ span })}
        />
      )}
      {kind === "limit_share" && field("percents", "numeric")}
      {kind === "unusual" && (
        <div className="grid gap-4 sm:grid-cols-2">
          {field("times", "decimal")}
          {field("least", "decimal")}
        </div>
      )}
      {kind === "key_expires" && field("days", "numeric")}
      {kind === "sync_stale" && field("hours", "numeric")}
      {(kind === "spend" || kind === "unusual") && (
        <Choice
          legend={t.alerts.form.count}
          name="rule-count"
          options={[
            { value: "together", label: t.alerts.form.together },
            { value: "each", label: t.alerts.form.eachKey },
          ]}
          value={draft.isEachKey ? "each" : "together"}
          onChoose={(value) => onChange({ isEachKey: value === "each" })}
        />
      )}
    </>
  );
}

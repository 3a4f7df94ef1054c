import { Choice } from "../../components/ui/choice.tsx";
import { TextField } from "../../components/ui/field.tsx";
import { text } from "../../lib/text/alerts.ts";
import type { Draft, Problems } from "./rule-draft.ts";

const words = text.ruleForm;
const SPANS = (["day", "week", "month"] as const).map((value) => ({ value, label: words.spanOptions[value] }));

interface TermFieldsProps {
  draft: Draft;
  errors: Partial<Problems>;
  onChange: (change: Partial<Draft>) => void;
}

type TextName = "amount" | "percents" | "times" | "least" | "days" | "hours";

/** The fields that a kind of rule has for itself. */
export function TermFields({ draft, errors, onChange }: TermFieldsProps) {
  const { kind } = draft;
  const field = (name: TextName, inputMode: "decimal" | "numeric") => (
    <TextField
      label={words[name]}
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
          legend={words.span}
          name="rule-span"
          options={SPANS}
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
          legend={words.count}
          name="rule-count"
          options={[
            { value: "together", label: words.together },
            { value: "each", label: words.eachKey },
          ]}
          value={draft.isEachKey ? "each" : "together"}
          onChoose={(value) => onChange({ isEachKey: value === "each" })}
        />
      )}
    </>
  );
}

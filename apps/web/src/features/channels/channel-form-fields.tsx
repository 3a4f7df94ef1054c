import type { Language } from "@orwatch/messages/languages";
import { TextField } from "../../components/forms/field.tsx";
import { SelectField } from "../../components/forms/more-fields.tsx";
import { LANGUAGES, useTexts } from "../../lib/i18n/i18n.ts";
import type { ChannelField, FieldValues } from "./channel-fields.ts";

interface SettingFieldsProps {
  fields: ChannelField[];
  values: FieldValues;
  onChange: (values: FieldValues) => void;
  errors: Record<string, string | undefined>;
  /** While a channel is edited, an empty field keeps what there is. */
  keeps?: (field: ChannelField) => boolean;
}

/** What the kind of a channel asks for. */
export function SettingFields({ fields, values, onChange, errors, keeps = () => false }: SettingFieldsProps) {
  const t = useTexts("channels");
  return fields.map((field) => {
    const hint = keeps(field) ? t.channels.form.keep : field.hint;
    return (
      <TextField
        key={field.name}
        label={field.label}
        {...(keeps(field) || field.isOptional ? { note: t.common.optional } : { required: true })}
        {...(hint ? { hint } : {})}
        type={field.type ?? "text"}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={field.most}
        value={values[field.name] ?? ""}
        onChange={(event) => onChange({ ...values, [field.name]: event.target.value })}
        error={errors[field.name]}
      />
    );
  });
}

/** What a channel's messages are written in: whoever reads them there may speak another language than this page. */
export function MessageLanguage({ value, onChange }: { value: Language; onChange: (language: Language) => void }) {
  const t = useTexts("channels");
  return (
    <SelectField
      label={t.channels.form.language}
      options={LANGUAGES.map(({ tag, name }) => ({ value: tag, label: name }))}
      value={value}
      onValue={(tag) => onChange(tag as Language)}
    />
  );
}

export interface Wanted {
  wants_alerts: boolean;
  wants_digest: boolean;
}

const OPTIONS = [
  { name: "wants_alerts", label: "alerts" },
  { name: "wants_digest", label: "digest" },
] as const;

/** What goes to an e-mail channel; the digest is for e-mail alone. */
export function Wants({ wanted, onChange }: { wanted: Wanted; onChange: (wanted: Wanted) => void }) {
  const t = useTexts("channels");
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{t.channels.form.what}</legend>
      {OPTIONS.map(({ name, label }) => (
        <label key={name} className="flex min-h-8 items-center gap-3">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={wanted[name]}
            onChange={(event) => onChange({ ...wanted, [name]: event.target.checked })}
          />
          {t.channels[label]}
        </label>
      ))}
    </fieldset>
  );
}

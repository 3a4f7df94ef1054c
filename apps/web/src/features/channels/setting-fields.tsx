import { TextField } from "../../components/forms/field.tsx";
import { useTexts } from "../../lib/i18n/i18n.ts";
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

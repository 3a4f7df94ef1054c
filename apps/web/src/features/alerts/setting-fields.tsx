import { TextField } from "../../components/ui/field.tsx";
import { text } from "../../lib/text/channels.ts";
import type { ChannelField, FieldValues } from "./channel-fields.ts";

const words = text.channelForm;

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
  return fields.map((field) => {
    const hint = keeps(field) ? words.keep : field.hint;
    return (
      <TextField
        key={field.name}
        label={field.label}
        {...(keeps(field) || field.isOptional ? { note: words.optional } : { required: true })}
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

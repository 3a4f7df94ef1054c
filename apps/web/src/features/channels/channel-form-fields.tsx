import type { Language } from "@orwatch/messages/languages";
import type { AnyFieldApi } from "@tanstack/react-form";
import { TextField } from "../../components/forms/field.tsx";
import { SelectField } from "../../components/forms/more-fields.tsx";
import { LANGUAGES, useTexts } from "../../lib/i18n/i18n.ts";
import type { ChannelField } from "./channel-fields.ts";

type SettingProps = Omit<Parameters<typeof TextField>[0], "label"> & {
  setting: ChannelField;
  isOptional: boolean;
  /** When a channel is edited, an empty field does not change its setting. */
  keeps?: boolean;
};

/** A field of a kind of channel. */
export function SettingField({ setting, isOptional, keeps = false, ...field }: SettingProps) {
  const t = useTexts("channels");
  const hint = keeps ? t.channels.form.keep : setting.hint;
  return (
    <TextField
      {...field}
      label={setting.label}
      {...(isOptional ? { note: t.common.optional } : { required: true })}
      {...(hint ? { hint } : {})}
      type={setting.type ?? "text"}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={setting.max}
      errorTexts={{ thread: t.channels.form.threadIdBad }}
    />
  );
}

export function ChannelName(field: Omit<Parameters<typeof TextField>[0], "label">) {
  const t = useTexts("channels");
  return <TextField {...field} label={t.channels.form.name} required dir="auto" maxLength={100} autoComplete="off" />;
}

/** Language of the channel's messages, which may differ from that of the page. */
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

/** What the channel receives. The digest is for email only. */
export function WantedField({ field, label }: { field: AnyFieldApi; label: string }) {
  return (
    <label className="flex min-h-8 items-center gap-3">
      <input
        type="checkbox"
        name={field.name}
        className="size-4 accent-accent"
        checked={field.state.value}
        onChange={(event) => field.handleChange(event.target.checked)}
      />
      {label}
    </label>
  );
}

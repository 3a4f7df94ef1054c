import type { Language } from "@orwatch/messages/languages";
import { SelectField } from "../../components/forms/more-fields.tsx";
import { LANGUAGES, useTexts } from "../../lib/i18n/i18n.ts";

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

import { SelectField } from "../../components/ui/more-fields.tsx";
import { LANGUAGES, type Language } from "../../lib/language.ts";
import { text } from "../../lib/text/channels.ts";

/** What a channel's messages are written in: whoever reads them there may speak another language than this page. */
export function MessageLanguage({ value, onChange }: { value: Language; onChange: (language: Language) => void }) {
  return (
    <SelectField
      label={text.channelForm.language}
      options={LANGUAGES.map(({ tag, name }) => ({ value: tag, label: name }))}
      value={value}
      onValue={(tag) => onChange(tag as Language)}
    />
  );
}

import { useTexts } from "../../lib/i18n/i18n.ts";

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

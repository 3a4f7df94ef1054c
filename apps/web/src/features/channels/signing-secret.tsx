import { ShownOnce } from "../../components/forms/shown-once.tsx";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";

interface SigningSecretProps {
  name: string;
  secret: string;
  previousUntil?: string;
  onClose: () => void;
}

export function SigningSecret({ name, secret, previousUntil, onClose }: SigningSecretProps) {
  const t = useTexts("channels");
  const format = useFormat();
  return (
    <ShownOnce
      title={t.channels.signing.title}
      lead={t.channels.signing.lead({ name })}
      label={t.channels.signing.label}
      secret={secret}
      unsaved={t.channels.signing.unsaved}
      saved={t.channels.signing.saved}
      {...(previousUntil ? { note: t.channels.signing.until({ when: format.instant(previousUntil) }) } : {})}
      onClose={onClose}
    />
  );
}

import { ShownOnce } from "../../components/shown-once.tsx";
import { useNow } from "../../components/ui/values.tsx";
import { formatInstant } from "../../lib/format.ts";
import { text } from "../../lib/text/channels.ts";
import { useTimeZone } from "../../lib/time-zone.ts";

const words = text.signing;

interface SigningSecretProps {
  name: string;
  secret: string;
  previousUntil?: string;
  onClose: () => void;
}

export function SigningSecret({ name, secret, previousUntil, onClose }: SigningSecretProps) {
  const now = useNow();
  const zone = useTimeZone();
  return (
    <ShownOnce
      title={words.title}
      lead={words.lead(name)}
      label={words.label}
      secret={secret}
      unsaved={words.unsaved}
      saved={words.saved}
      {...(previousUntil ? { note: words.until(formatInstant(previousUntil, now, zone)) } : {})}
      onClose={onClose}
    />
  );
}

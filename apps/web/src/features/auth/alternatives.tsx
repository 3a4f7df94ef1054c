import { type ReactNode, useState } from "react";
import { Notice } from "../../components/ui/notice.tsx";
import { messageOf } from "../../lib/api/errors.ts";
import { hasPasskeys, signInWithPasskey } from "../../lib/api/passkeys.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { PasskeyButton } from "./passkey-button.tsx";

interface AlternativesProps {
  /** Called after a login. */
  onSignedIn: () => Promise<void>;
}

/** The other ways to log in, one button each. Nothing if there are none. */
export function Alternatives({ onSignedIn }: AlternativesProps) {
  const t = useTexts("account");
  const [error, setError] = useState<unknown>(null);
  const ways: { name: string; button: ReactNode }[] = [];
  if (hasPasskeys())
    ways.push({
      name: "passkey",
      button: (
        <PasskeyButton
          onError={setError}
          act={async () => {
            await signInWithPasskey();
            await onSignedIn();
          }}
        />
      ),
    });
  if (ways.length === 0) return null;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center gap-3 text-caption text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        {t.account.login.or}
      </div>
      {Boolean(error) && (
        <Notice tone="bad" role="alert">
          {messageOf(error)}
        </Notice>
      )}
      <ul className="flex flex-col gap-2 [&>li>*]:w-full">
        {ways.map(({ name, button }) => (
          <li key={name}>{button}</li>
        ))}
      </ul>
    </div>
  );
}

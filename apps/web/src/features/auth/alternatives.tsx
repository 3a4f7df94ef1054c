import { lazy, type ReactNode, Suspense, useState } from "react";
import { Notice } from "../../components/ui/notice.tsx";
import { messageOf } from "../../lib/api/errors.ts";
import { hasPasskeys, signInWithPasskey } from "../../lib/api/passkeys.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { PasskeyButton } from "./passkey-button.tsx";

// Most servers have no provider, and the login page has no room for it.
const ProviderSignIn = lazy(() =>
  import("./provider-sign-in.tsx").then(({ ProviderSignIn }) => ({ default: ProviderSignIn })),
);
const ProviderTab = lazy(() => import("./provider-tab.tsx").then(({ ProviderTab }) => ({ default: ProviderTab })));

interface AlternativesProps {
  /** The sign-in provider of the server; `null` if there is none. */
  provider: { name: string } | null;
  /** The page to return to from the provider. */
  redirect?: string | undefined;
  /** Whether the provider is opened in a new tab, so that this page stays as it is. */
  keepsPage?: boolean;
  /** Whether they are the only ways to log in. */
  isOnly?: boolean;
  /** Whether they are for new users, who have no passkey. */
  isForNew?: boolean;
  /** Called after a login on this page. */
  onSignedIn: () => Promise<void>;
}

/** The other ways to log in, one button each. Nothing if there are none. */
export function Alternatives(props: AlternativesProps) {
  const { provider, redirect, keepsPage, isOnly, isForNew, onSignedIn } = props;
  const t = useTexts("account");
  const [error, setError] = useState<unknown>(null);
  const ways: { name: string; button: ReactNode }[] = [];
  if (provider)
    ways.push({
      name: "provider",
      button: (
        <Suspense fallback={<div className="h-9" />}>
          {keepsPage ? (
            <ProviderTab name={provider.name} purpose="login" onDone={() => void onSignedIn().catch(setError)} />
          ) : (
            <ProviderSignIn name={provider.name} redirect={redirect} onError={setError} />
          )}
        </Suspense>
      ),
    });
  if (hasPasskeys() && !isForNew)
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
      {!isOnly && (
        <div className="flex items-center gap-3 text-caption text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
          {t.account.login.or}
        </div>
      )}
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

import { useState } from "react";
import { ConfirmDialog } from "../../components/forms/confirm-dialog.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { Ago } from "../../components/ui/values.tsx";
import { messageOf } from "../../lib/api/errors.ts";
import { type Identity, trpc } from "../../lib/api/trpc.ts";
import { useFormat, useSay, useTexts } from "../../lib/i18n/i18n.ts";
import { Section } from "./section.tsx";

interface IdentitiesProps {
  /** The sign-in provider of the server; `null` if there is none. */
  provider: { name: string } | null;
  /** Message code with which a visit to the provider has ended. */
  error: string | undefined;
}

/** The people at sign-in providers who sign in as the user. Nothing if there are none and no provider. */
export function Identities({ provider, error }: IdentitiesProps) {
  const t = useTexts("profile");
  const say = useSay();
  const { data: identities = [] } = trpc.oidc.identities.useQuery({});
  if (provider === null && identities.length === 0) return null;
  const canConnect = provider !== null && !identities.some((identity) => identity.is_configured);
  return (
    <Section title={t.profile.identities.title}>
      {error && (
        <Notice tone="bad" role="alert" title={t.profile.identities.failed}>
          {say({ code: error, params: {} })}
        </Notice>
      )}
      <p className="max-w-prose text-muted">
        {provider ? t.profile.identities.lead(provider) : t.profile.identities.leadNone}
      </p>
      {identities.length > 0 && (
        <ul className="divide-y divide-line">
          {identities.map((identity) => (
            <Row key={identity.id} identity={identity} />
          ))}
        </ul>
      )}
      {canConnect && <Connect name={provider.name} />}
    </Section>
  );
}

/** Leaves for the provider, which sends the browser back to this page. */
function Connect({ name }: { name: string }) {
  const t = useTexts("profile");
  const announce = useAnnounce();
  const begin = trpc.oidc.begin.useMutation({
    onSuccess: ({ url }) => window.location.assign(url),
    onError: (error) => announce(messageOf(error), "bad"),
  });
  return (
    <div>
      <Button
        busy={begin.isPending}
        onClick={() => begin.mutate({ purpose: "connect", redirect: window.location.pathname })}
      >
        {t.profile.identities.connect({ name })}
      </Button>
    </div>
  );
}

function Row({ identity }: { identity: Identity }) {
  const t = useTexts("profile");
  const format = useFormat();
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const [isAsking, setAsking] = useState(false);
  const { name, email, is_last_way: isLastWay } = identity;
  const disconnect = trpc.oidc.disconnect.useMutation({
    onSuccess: () => {
      setAsking(false);
      announce(t.profile.identities.disconnected({ name }));
      return Promise.all([
        utils.oidc.identities.invalidate(),
        utils.auth.sessions.invalidate(),
        utils.audit.invalidate(),
      ]);
    },
  });
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2.5">
      <div className="min-w-0">
        <p className="font-medium break-words">
          {name}: {email}
        </p>
        <p className="text-table text-muted">
          {t.profile.identities.since} {format.instant(identity.created_at)};{" "}
          {identity.last_used_at ? (
            <>
              {t.profile.identities.used} <Ago instant={identity.last_used_at} />
            </>
          ) : (
            t.profile.identities.never
          )}
        </p>
        {!identity.is_configured && <p className="text-table text-warn">{t.profile.identities.inactive}</p>}
        {isLastWay && <p className="max-w-prose text-table text-muted">{t.profile.identities.lastWay}</p>}
      </div>
      {!isLastWay && (
        <Button aria-label={t.profile.identities.disconnectName({ name, email })} onClick={() => setAsking(true)}>
          {t.profile.identities.disconnect}
        </Button>
      )}
      {isAsking && (
        <ConfirmDialog
          isDanger
          title={t.profile.identities.removalTitle({ name })}
          body={t.profile.identities.removalLead({ email })}
          submit={t.profile.identities.disconnect}
          isBusy={disconnect.isPending}
          error={disconnect.error}
          onConfirm={() => disconnect.mutate({ id: identity.id })}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}

import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Ago } from "../../components/ui/values.tsx";
import { codeOf, messageOf } from "../../lib/api/errors.ts";
import { type Session, trpc } from "../../lib/api/trpc.ts";
import { type TextsOf, useFormat, useTexts } from "../../lib/i18n/i18n.ts";

/** "Firefox on Linux", or the known part of it. */
export function describeDevice(
  { app, system }: { app: string | null; system: string | null },
  t: TextsOf<"profile">,
): string {
  if (app && system) return t.profile.sessions.device({ app, system });
  return app ?? system ?? t.profile.sessions.unknownApp;
}

export function Sessions() {
  const t = useTexts("profile");
  const { data: sessions = [] } = trpc.auth.sessions.useQuery({});
  const utils = trpc.useUtils();
  const announce = useAnnounce();
  const changed = () => Promise.all([utils.auth.sessions.invalidate(), utils.audit.invalidate()]);
  const endOthers = trpc.auth.endOtherSessions.useMutation({
    onSuccess: ({ ended }) => {
      announce(t.profile.sessions.othersEnded({ count: ended }));
      return changed();
    },
    onError: (error) => announce(messageOf(error), "bad"),
  });

  return (
    <>
      <p className="max-w-prose text-muted">{t.profile.sessions.lead}</p>
      <ul className="divide-y divide-line">
        {sessions.map((session) => (
          <Row key={session.id} session={session} onEnded={changed} />
        ))}
      </ul>
      {sessions.length > 1 && (
        <div>
          <Button busy={endOthers.isPending} onClick={() => endOthers.mutate({})}>
            {t.profile.sessions.endOthers}
          </Button>
        </div>
      )}
    </>
  );
}

function Row({ session, onEnded }: { session: Session; onEnded: () => Promise<unknown> }) {
  const t = useTexts("profile");
  const format = useFormat();
  const announce = useAnnounce();
  const device = describeDevice(session.device, t);
  const leave = () => {
    announce(t.profile.sessions.ended);
    return onEnded();
  };
  const end = trpc.auth.endSession.useMutation({
    onSuccess: leave,
    // Already ended, which is the intended result.
    onError: (error) => (codeOf(error) === "NOT_FOUND" ? void leave() : announce(messageOf(error), "bad")),
  });

  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2.5">
      <div className="min-w-0">
        <p className="font-medium">
          {device}{" "}
          {session.is_current && (
            <span className="ml-1 rounded-full bg-accent-soft px-2 py-0.5 text-caption text-accent">
              {t.profile.sessions.current}
            </span>
          )}
        </p>
        <p className="text-table text-muted">
          {t.profile.sessions.used} <Ago instant={session.last_used_at} />
          {session.address && ` ${t.profile.sessions.from({ address: session.address })}`}; {t.profile.sessions.since}{" "}
          {format.instant(session.created_at)}
        </p>
      </div>
      {!session.is_current && (
        <Button
          aria-label={t.profile.sessions.endSession({ device })}
          busy={end.isPending}
          onClick={() => end.mutate({ id: session.id })}
        >
          {t.profile.sessions.end}
        </Button>
      )}
    </li>
  );
}

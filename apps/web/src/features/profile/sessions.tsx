import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Ago, useNow } from "../../components/ui/values.tsx";
import { codeOf, messageOf } from "../../lib/errors.ts";
import { formatInstant } from "../../lib/format.ts";
import { text } from "../../lib/text/security.ts";
import { useTimeZone } from "../../lib/time-zone.ts";
import { type Session, trpc } from "../../lib/trpc.ts";
import { deviceWords } from "./device-words.ts";

const words = text.sessions;

export function Sessions() {
  const { data: sessions = [] } = trpc.auth.sessions.useQuery({});
  const utils = trpc.useUtils();
  const announce = useAnnounce();
  const changed = () => Promise.all([utils.auth.sessions.invalidate(), utils.audit.invalidate()]);
  const endOthers = trpc.auth.endOtherSessions.useMutation({
    onSuccess: ({ ended }) => {
      announce(words.othersEnded(ended));
      return changed();
    },
    onError: (error) => announce(messageOf(error), "bad"),
  });

  return (
    <>
      <p className="max-w-prose text-muted">{words.lead}</p>
      <ul className="divide-y divide-line">
        {sessions.map((session) => (
          <Row key={session.id} session={session} onEnded={changed} />
        ))}
      </ul>
      {sessions.length > 1 && (
        <div>
          <Button busy={endOthers.isPending} onClick={() => endOthers.mutate({})}>
            {words.endOthers}
          </Button>
        </div>
      )}
    </>
  );
}

function Row({ session, onEnded }: { session: Session; onEnded: () => Promise<unknown> }) {
  const now = useNow();
  const zone = useTimeZone();
  const announce = useAnnounce();
  const device = deviceWords(session.device);
  const leave = () => {
    announce(words.ended);
    return onEnded();
  };
  const end = trpc.auth.endSession.useMutation({
    onSuccess: leave,
    // Ended meanwhile: what was wanted is so.
    onError: (error) => (codeOf(error) === "NOT_FOUND" ? void leave() : announce(messageOf(error), "bad")),
  });

  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2.5">
      <div className="min-w-0">
        <p className="font-medium">
          {device}{" "}
          {session.is_current && (
            <span className="ml-1 rounded-full bg-accent-soft px-2 py-0.5 text-caption text-accent">
              {words.current}
            </span>
          )}
        </p>
        <p className="text-table text-muted">
          {words.used} <Ago instant={session.last_used_at} />
          {session.address && ` ${words.from(session.address)}`}; {words.since}{" "}
          {formatInstant(session.created_at, now, zone)}
        </p>
      </div>
      {!session.is_current && (
        <Button aria-label={words.endThis(device)} busy={end.isPending} onClick={() => end.mutate({ id: session.id })}>
          {words.end}
        </Button>
      )}
    </li>
  );
}

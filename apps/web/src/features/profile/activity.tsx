import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { Pager } from "../../components/ui/pager.tsx";
import { useNow } from "../../components/ui/values.tsx";
import { formatInstant } from "../../lib/format.ts";
import { EVENTS_PAGE, toActivityInput } from "../../lib/pages.ts";
import { text } from "../../lib/text/security.ts";
import { useTimeZone } from "../../lib/time-zone.ts";
import { type Activity as Event, trpc } from "../../lib/trpc.ts";
import { useLastPage } from "../../lib/use-last-page.ts";
import { deviceWords } from "./device-words.ts";

const words = text.activity;
/** Kinds that a person did not do, or should look at. */
const ODD = new Set<Event["kind"]>(["log_in_failed", "second_factor_failed", "password_check_failed"]);

export function Activity() {
  const [page, setPage] = useState(1);
  const { data, isPlaceholderData } = trpc.audit.list.useQuery(toActivityInput(page), {
    placeholderData: keepPreviousData,
  });
  useLastPage({ page, size: EVENTS_PAGE, total: isPlaceholderData ? undefined : data?.total, go: setPage });
  return (
    <>
      <p className="max-w-prose text-muted">{words.lead}</p>
      <ul className="divide-y divide-line">
        {data?.items.map((event) => (
          <Row key={event.id} event={event} />
        ))}
      </ul>
      {data && <Pager label={words.pages} page={page} size={EVENTS_PAGE} total={data.total} onPage={setPage} />}
    </>
  );
}

/** What it was about, in the words the user gave it. */
const aboutOf = ({ detail }: Event) =>
  [detail.name, detail.label, detail.email, detail.job].filter(Boolean).join(" · ");

function Row({ event }: { event: Event }) {
  const now = useNow();
  const zone = useTimeZone();
  const about = aboutOf(event);
  const where = [
    words.by[event.actor],
    event.address && text.sessions.from(event.address),
    event.device.app || event.device.system ? deviceWords(event.device) : "",
  ];
  return (
    <li className="flex flex-wrap justify-between gap-x-4 py-2">
      <div className="min-w-0">
        <p className={ODD.has(event.kind) ? "text-warn" : undefined}>
          {words.kinds[event.kind]}
          {event.count > 1 && ` ${words.times(event.count)}`}
          {about && (
            <span dir="auto" className="text-muted">
              {` ${about}`}
            </span>
          )}
        </p>
        <p className="text-table text-muted">{where.filter(Boolean).join(", ")}</p>
      </div>
      <p className="text-table whitespace-nowrap text-muted tabular-nums">
        <time dateTime={event.last_at}>{formatInstant(event.last_at, now, zone)}</time>
      </p>
    </li>
  );
}

import { keepPreviousData } from "@tanstack/react-query";
import { Pager, useLastPage } from "../../components/tables/pager.tsx";
import { type Activity as Event, trpc } from "../../lib/api/trpc.ts";
import { useFormat, useSay, useTexts } from "../../lib/i18n/i18n.ts";
import { EVENTS_PAGE, type ListSearch, toActivityInput } from "../../lib/search/account-search.ts";
import { describeDevice } from "./sessions.tsx";

/** Kinds that the user did not cause, or should check. */
const ODD = new Set<Event["kind"]>(["log_in_failed", "second_factor_failed", "password_check_failed"]);

export function Activity({ search }: { search: ListSearch }) {
  const t = useTexts("profile");
  const { data, isPlaceholderData } = trpc.audit.list.useQuery(toActivityInput(search), {
    placeholderData: keepPreviousData,
  });
  useLastPage({ page: search.page, size: EVENTS_PAGE, total: isPlaceholderData ? undefined : data?.total });
  return (
    <>
      <p className="max-w-prose text-muted">{t.profile.activity.lead}</p>
      <ul className="divide-y divide-line">
        {data?.items.map((event) => (
          <Row key={event.id} event={event} />
        ))}
      </ul>
      {data && <Pager page={search.page} size={EVENTS_PAGE} total={data.total} />}
    </>
  );
}

function Row({ event }: { event: Event }) {
  const t = useTexts("profile");
  const format = useFormat();
  const say = useSay();
  const where = [
    t.profile.activity.by[event.actor],
    event.address && t.profile.sessions.from({ address: event.address }),
    event.device.app || event.device.system ? describeDevice(event.device, t) : "",
  ];
  return (
    <li className="flex flex-wrap justify-between gap-x-4 py-2">
      <div className="min-w-0">
        <p className={ODD.has(event.kind) ? "text-warn" : undefined}>
          {say(event.message)}
          {event.count > 1 && ` ${t.profile.activity.times({ count: event.count })}`}
        </p>
        <p className="text-table text-muted">{where.filter(Boolean).join(", ")}</p>
      </div>
      <p className="text-table whitespace-nowrap text-muted tabular-nums">
        <time dateTime={event.last_at}>{format.instant(event.last_at)}</time>
      </p>
    </li>
  );
}

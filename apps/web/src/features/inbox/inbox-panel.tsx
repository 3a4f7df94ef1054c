import { usageSearchOf } from "@orwatch/domain/usage-address";
import { Link } from "@tanstack/react-router";
import { Check, CheckCheck } from "lucide-react";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { Pager, useLastPage } from "../../components/tables/pager.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { EmptyState } from "../../components/ui/empty-state.tsx";
import { Panel } from "../../components/ui/panel.tsx";
import { Pill, type PillTone } from "../../components/ui/pill.tsx";
import { SegmentLinks } from "../../components/ui/segmented.tsx";
import { Ago, useNow } from "../../components/ui/values.tsx";
import { messageOf } from "../../lib/api/errors.ts";
import { type Notice, trpc } from "../../lib/api/trpc.ts";
import { useFormat, useSay, useTexts } from "../../lib/i18n/i18n.ts";
import { ALERTS_PAGE, type AlertsSearch, toInboxInput } from "../../lib/search/alerts-search.ts";

const TONES: Record<Notice["kind"], PillTone> = {
  alert: "warn",
  recovery: "good",
  summary: "info",
  rule: "quiet",
  key_change: "info",
  channel: "bad",
  account: "warn",
  server: "bad",
};
const POLL_MS = 60_000;

export function InboxPanel({ search }: { search: AlertsSearch }) {
  const t = useTexts("alerts");
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const list = trpc.inbox.list.useQuery(toInboxInput(search), { refetchInterval: POLL_MS });
  const readAll = trpc.inbox.readAll.useMutation({
    onSuccess: ({ read }) => announce(t.alerts.inbox.wasRead({ count: read })),
    onError: (error) => announce(messageOf(error), "bad"),
    onSettled: () => utils.inbox.invalidate(),
  });
  const { items = [], total = 0, unread = 0 } = list.data ?? {};
  useLastPage({ page: search.page, size: ALERTS_PAGE, total: list.data?.total });
  const newest = items[0]?.id;

  return (
    <>
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      <div className="flex flex-wrap items-end justify-between gap-3">
        <SegmentLinks
          isNavigation
          label={t.alerts.inbox.show}
          segments={[
            {
              id: "all",
              label: t.alerts.inbox.all,
              to: "/alerts",
              search: { part: "inbox" },
              isChosen: !search.only,
            },
            {
              id: "unread",
              label: t.alerts.inbox.onlyUnread({ count: unread }),
              to: "/alerts",
              search: { part: "inbox", only: "unread" },
              isChosen: !!search.only,
            },
          ]}
        />
        {unread > 0 && newest !== undefined && (
          <Button
            busy={readAll.isPending}
            onClick={() => readAll.mutate(search.page && search.page > 1 ? {} : search.only ? {} : { up_to: newest })}
          >
            <CheckCheck aria-hidden className="size-4" />
            {t.alerts.inbox.readAll}
          </Button>
        )}
      </div>
      {list.data?.total === 0 && (
        <EmptyState
          title={t.alerts.inbox.emptyTitle}
          body={search.only ? t.alerts.inbox.emptyUnread : t.alerts.inbox.emptyBody}
        />
      )}
      {items.length > 0 && (
        <Panel title={t.alerts.inbox.title}>
          <ul className="divide-y divide-line border-t border-line">
            {items.map((notice) => (
              <Message key={notice.id} notice={notice} />
            ))}
          </ul>
          <div className="px-4 py-3 empty:hidden">
            <Pager page={search.page} size={ALERTS_PAGE} total={total} />
          </div>
        </Panel>
      )}
    </>
  );
}

function Message({ notice }: { notice: Notice }) {
  const t = useTexts("alerts");
  const { id, kind, items, read_at } = notice;
  const say = useSay();
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const read = trpc.inbox.read.useMutation({
    onError: (error) => announce(messageOf(error), "bad"),
    onSettled: () => utils.inbox.invalidate(),
  });
  const isUnread = read_at === null;
  return (
    <li className={`flex items-start gap-3 px-4 py-3 ${isUnread ? "bg-accent-soft/40" : ""}`}>
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-table text-muted">
          <Pill tone={TONES[kind]}>{t.alerts.inbox.kinds[kind]}</Pill>
          <Ago instant={notice.created_at} />
          {isUnread && <span className="font-medium text-ink">{t.alerts.inbox.unread}</span>}
        </div>
        {kind === "channel" && (
          <p dir="auto" className={isUnread ? "font-medium break-words" : "break-words"}>
            {say(notice.message)}
          </p>
        )}
        <ul className="flex flex-col gap-1">
          {distinctItems(items).map((item) => (
            <li key={JSON.stringify(item.message)} className="min-w-0 break-words">
              <span dir="auto" className={isUnread ? "font-medium" : ""}>
                {say(item.message)}
              </span>{" "}
              <ItemLink item={item} />
              {item.cause && (
                <p dir="auto" className="text-table text-muted">
                  {say(item.cause)}
                </p>
              )}
            </li>
          ))}
        </ul>
        <Timing notice={notice} />
      </div>
      {isUnread && (
        <button
          type="button"
          title={t.alerts.inbox.read}
          aria-label={t.alerts.inbox.readThis({ title: say(notice.message) })}
          aria-busy={read.isPending || undefined}
          onClick={() => read.mutate({ id })}
          className="flex size-8 shrink-0 items-center justify-center rounded-control text-muted hover:bg-sunken hover:text-ink"
        >
          <Check aria-hidden className="size-4" />
        </button>
      )}
    </li>
  );
}

const LINK = "row-link -my-1 inline-block text-table whitespace-nowrap text-accent underline pointer-coarse:my-0";

/** Link to the usage that an alert is about, or to that of its key. */
function ItemLink({ item: { usage, api_key_id, key_name, rule_kind } }: { item: Notice["items"][number] }) {
  const { alerts: t } = useTexts("alerts");
  const label = key_name === null ? undefined : t.inbox.seeKey({ name: key_name });
  if (usage)
    return (
      <Link to="/explore" search={usageSearchOf(usage)} className={LINK} aria-label={label}>
        {t.inbox.see}
      </Link>
    );
  if (api_key_id === null || rule_kind === null) return null;
  return (
    <Link to="/dashboard" search={{ api_key_id: [api_key_id] }} className={LINK} aria-label={label}>
      {t.inbox.see}
    </Link>
  );
}

/** Two rules can produce the same message about a key. */
const distinctItems = (items: Notice["items"]) => [
  ...new Map(items.map((item) => [JSON.stringify(item.message), item])).values(),
];

/** Why channels have not delivered the notification yet. */
function Timing({ notice: { is_held, deliver_at } }: { notice: Notice }) {
  const t = useTexts("alerts");
  const format = useFormat();
  const now = useNow();
  if (is_held) return <p className="text-caption text-muted">{t.alerts.inbox.held}</p>;
  if (!deliver_at || Date.parse(deliver_at) <= now.getTime()) return null;
  return <p className="text-caption text-muted">{t.alerts.inbox.later({ when: format.instant(deliver_at) })}</p>;
}

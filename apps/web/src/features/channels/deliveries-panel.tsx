import { useNavigate } from "@tanstack/react-router";
import { RotateCw } from "lucide-react";
import { useMemo } from "react";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { SelectField } from "../../components/forms/more-fields.tsx";
import { Pager, useLastPage } from "../../components/tables/pager.tsx";
import { type Columns, DataTable } from "../../components/tables/table.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { EmptyState } from "../../components/ui/empty-state.tsx";
import { Panel } from "../../components/ui/panel.tsx";
import { Pill, type PillTone } from "../../components/ui/pill.tsx";
import { Ago } from "../../components/ui/values.tsx";
import { messageOf } from "../../lib/api/errors.ts";
import { usePermission } from "../../lib/api/permission.ts";
import { type Delivery, trpc } from "../../lib/api/trpc.ts";
import { useFormat, useSay, useTexts } from "../../lib/i18n/i18n.ts";
import { ALERTS_PAGE, type AlertsSearch, DELIVERY_STATES, toDeliveriesInput } from "../../lib/search/alerts-search.ts";

const POLL_MS = 30_000;
const TONES: Record<Delivery["state"], PillTone> = {
  waiting: "info",
  sending: "info",
  delivered: "good",
  failed: "bad",
  dropped: "quiet",
};

export function DeliveriesPanel({ search }: { search: AlertsSearch }) {
  const t = useTexts("alerts", "channels");
  const list = trpc.channels.deliveries.useQuery(toDeliveriesInput(search), { refetchInterval: POLL_MS });
  const { items = [], total = 0 } = list.data ?? {};
  useLastPage({ page: search.page, size: ALERTS_PAGE, total: list.data?.total });
  const isFiltered = search.state !== undefined || search.channel !== undefined;
  return (
    <>
      <Filters search={search} />
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.total === 0 && (
        <EmptyState
          title={t.channels.deliveries.emptyTitle}
          body={isFiltered ? t.channels.deliveries.emptyFiltered : t.channels.deliveries.emptyBody}
        />
      )}
      {items.length > 0 && (
        <Panel title={t.alerts.parts.sent}>
          <DeliveryTable deliveries={items} />
          <div className="px-4 py-3 empty:hidden">
            <Pager page={search.page} size={ALERTS_PAGE} total={total} />
          </div>
        </Panel>
      )}
    </>
  );
}

function Filters({ search }: { search: AlertsSearch }) {
  const t = useTexts("channels");
  const navigate = useNavigate({ from: "/alerts" });
  const channels = trpc.channels.list.useQuery({});
  const go = (change: Partial<AlertsSearch>) =>
    void navigate({ search: { ...search, page: undefined, ...change }, resetScroll: false });
  return (
    <div className="grid max-w-md grid-cols-2 gap-3">
      <SelectField
        label={t.channels.deliveries.channel}
        options={[
          { value: "", label: t.channels.deliveries.allChannels },
          ...(channels.data?.items ?? []).map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
        value={search.channel ? String(search.channel) : ""}
        onValue={(value) => go({ channel: value ? Number(value) : undefined })}
      />
      <SelectField
        label={t.channels.deliveries.show}
        options={[
          { value: "", label: t.channels.deliveries.all },
          ...DELIVERY_STATES.map((state) => ({ value: state, label: t.channels.deliveries.states[state] })),
        ]}
        value={search.state ?? ""}
        onValue={(value) => go({ state: DELIVERY_STATES.find((state) => state === value) })}
      />
    </div>
  );
}

/** A delivery that waits for its next attempt can be retried now. For tests, a new one can be sent instead. */
const isRetriable = ({ kind, state, attempts }: Delivery) =>
  kind !== "test" && (state === "failed" || state === "dropped" || (state === "waiting" && attempts > 0));

function DeliveryTable({ deliveries }: { deliveries: Delivery[] }) {
  const t = useTexts("alerts", "channels");
  const texts = t.channels.deliveries;
  const mayManage = usePermission("manageKeys");
  const columns = useMemo(
    (): Columns<Delivery> => [
      {
        id: "message",
        header: texts.message,
        cell: ({ row }) => <Content delivery={row.original} />,
        meta: { isRowHead: true, className: "align-top" },
      },
      {
        id: "channel",
        header: texts.channel,
        cell: ({ row }) => (
          <span dir="auto" className="break-words">
            {row.original.channel_name}
          </span>
        ),
        meta: { className: "max-sm:hidden w-40 align-top" },
      },
      {
        id: "status",
        header: texts.status,
        cell: ({ row }) => (
          <>
            <Pill tone={TONES[row.original.state]}>{texts.states[row.original.state]}</Pill>
            <Attempts delivery={row.original} />
          </>
        ),
        meta: { className: "w-28 sm:w-44 align-top" },
      },
      {
        id: "created",
        header: texts.created,
        cell: ({ row }) => <Ago instant={row.original.created_at} />,
        meta: { className: "max-sm:hidden w-32 align-top" },
      },
      {
        id: "actions",
        header: () => <span className="sr-only">{texts.actions}</span>,
        cell: ({ row }) => mayManage && isRetriable(row.original) && <Retry delivery={row.original} />,
        meta: { className: "w-14 px-2! align-top" },
      },
    ],
    [texts, mayManage],
  );
  return (
    <DataTable
      className="table-fixed"
      label={t.alerts.parts.sent}
      columns={columns}
      rows={deliveries}
      rowId={({ id }) => String(id)}
    />
  );
}

/** The message, why it was not delivered, and the response. On phones also its channel and time, which have no column there. */
function Content({ delivery }: { delivery: Delivery }) {
  const t = useTexts("channels");
  const { message, channel_name, created_at, last_error_message: error, last_answer, last_status } = delivery;
  const say = useSay();
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <p dir="auto" className="break-words">
        {say(message)}
      </p>
      <p className="text-caption text-muted sm:hidden">
        <span dir="auto" className="break-words">
          {channel_name}
        </span>{" "}
        <Ago instant={created_at} />
      </p>
      {error && <p className="break-words text-bad">{say(error)}</p>}
      {last_answer && (
        <details className="text-caption text-muted">
          <summary className="cursor-default">
            {last_status === null
              ? t.channels.deliveries.response
              : t.channels.deliveries.responseStatus({ status: String(last_status) })}
          </summary>
          <pre className="mt-1 max-h-40 overflow-auto rounded-control bg-sunken p-2 font-mono whitespace-pre-wrap break-all">
            {last_answer}
          </pre>
        </details>
      )}
    </div>
  );
}

function Attempts({ delivery: { attempts, next_try_at } }: { delivery: Delivery }) {
  const t = useTexts("channels");
  const format = useFormat();
  const next = next_try_at && attempts > 0 ? t.channels.deliveries.next({ when: format.instant(next_try_at) }) : null;
  if (attempts === 0) return null;
  return (
    <span className="block text-caption text-muted">
      {[t.channels.deliveries.attempts({ count: attempts }), next].filter(Boolean).join(", ")}
    </span>
  );
}

function Retry({ delivery }: { delivery: Delivery }) {
  const t = useTexts("channels");
  const announce = useAnnounce();
  const say = useSay();
  const utils = trpc.useUtils();
  const retry = trpc.channels.retry.useMutation({
    onSuccess: () => announce(t.channels.deliveries.retried),
    onError: (error) => announce(messageOf(error), "bad"),
    onSettled: () => utils.channels.invalidate(),
  });
  return (
    <button
      type="button"
      title={t.channels.deliveries.retry}
      aria-label={t.channels.deliveries.retryThis({ title: say(delivery.message) })}
      aria-busy={retry.isPending || undefined}
      onClick={() => !retry.isPending && retry.mutate({ id: delivery.id })}
      className="flex size-8 shrink-0 items-center justify-center rounded-control text-muted hover:bg-sunken hover:text-ink"
    >
      <RotateCw aria-hidden className="size-4" />
    </button>
  );
}

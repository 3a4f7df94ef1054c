import { nextReset, toDay } from "@orwatch/domain/day";
import { keepPreviousData } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowRight, TriangleAlert } from "lucide-react";
import { type Columns, DataTable, sortedBy } from "../../../components/tables/table.tsx";
import { Panel } from "../../../components/ui/panel.tsx";
import { Money, useNow } from "../../../components/ui/values.tsx";
import { FIRST_SYNC_POLL_MS } from "../../../lib/api/keys.ts";
import { type KeyLimit, trpc } from "../../../lib/api/trpc.ts";
import { parseMoney, percentOf } from "../../../lib/format/money.ts";
import { useFormat, useTexts, type Words } from "../../../lib/i18n/i18n.ts";
import { type DashboardSearch, keyFiltersOf, rangeOfSearch } from "../../../lib/search/dashboard-search.ts";

/** Below this percentage, a warning is shown. */
const LOW = 20;

interface KeyLimitsProps {
  /** Filters on keys also apply here. */
  search: DashboardSearch;
  /** True while first syncs are running. */
  isWaiting: boolean;
}

/** The keys with limits, lowest remaining first. */
export function KeyLimits({ search, isWaiting }: KeyLimitsProps) {
  const { usage: t, common } = useTexts("usage");
  const { data } = trpc.keys.limits.useQuery(keyFiltersOf(search), {
    placeholderData: keepPreviousData,
    refetchInterval: isWaiting ? FIRST_SYNC_POLL_MS : false,
  });
  const limited = data?.items.filter(({ limit }) => limit !== null) ?? [];
  if (!data || limited.length === 0) return null;
  const more = limited.length < data.items.length ? 0 : data.total - data.items.length;
  return (
    <Panel
      title={t.limits.title}
      aside={
        <Link
          to="/keys"
          className="inline-flex min-h-8 items-center gap-1 text-table font-medium text-accent print:hidden"
        >
          {common.nav.keys}
          <ArrowRight aria-hidden className="size-3.5" />
        </Link>
      }
    >
      <LimitTable keys={limited} search={search} />
      {more > 0 && <p className="px-4 py-2.5 text-caption text-muted">{t.limits.more({ count: more })}</p>}
    </Panel>
  );
}

function LimitTable({ keys, search }: { keys: KeyLimit[]; search: DashboardSearch }) {
  const { usage: t } = useTexts("usage");
  const format = useFormat();
  const now = useNow();
  const columns: Columns<KeyLimit> = [
    {
      id: "name",
      header: t.limits.key,
      ...sortedBy(({ name }: KeyLimit) => name, true),
      cell: ({ row: { original: key } }) => (
        <Link
          to="/keys/$id"
          params={{ id: String(key.id) }}
          search={rangeOfSearch(search)}
          preload={false}
          dir="auto"
          title={key.name}
          className="row-link inline-block no-underline wrap-anywhere hover:underline"
        >
          {key.name}
        </Link>
      ),
      meta: { isRowHead: true },
    },
    {
      id: "remaining",
      header: t.limits.remaining,
      ...sortedBy(leftOf),
      cell: ({ row }) => <Remaining limits={row.original} now={now} />,
    },
    {
      id: "today",
      header: t.limits.today,
      ...sortedBy(({ usage_daily }: KeyLimit) => (usage_daily === null ? null : parseMoney(usage_daily))),
      cell: ({ row: { original: key } }) => (
        <>
          <Money value={key.usage_daily} />
          {key.byok_usage_daily !== null && parseMoney(key.byok_usage_daily) > 0n && (
            <span className="block text-caption text-muted">
              {t.limits.byok({ amount: format.money(key.byok_usage_daily) })}
            </span>
          )}
        </>
      ),
      meta: { align: "right" },
    },
  ];
  return <DataTable label={t.limits.title} columns={columns} rows={keys} rowId={({ id }) => String(id)} />;
}

/** Remaining part of the limit in percent; `null` if unknown. */
const leftOf = ({ limit, limit_remaining: remaining }: KeyLimit): number | null =>
  limit === null || remaining === null ? null : percentOf(remaining, limit);

function Remaining({ limits, now }: { limits: KeyLimit; now: Date }) {
  const { usage: t } = useTexts("usage");
  const format = useFormat();
  const { limit_remaining: remaining } = limits;
  const left = leftOf(limits);
  const reset = nextReset({ reset: limits.limit_reset, now });
  const notes = [
    reset ? t.limits.resets({ day: format.day(toDay(reset)) }) : t.limits.neverResets,
    limits.include_byok_in_limit && t.limits.byokCounts,
    limits.first && t.limits.first[limits.first],
  ];
  return (
    <>
      <span
        className="flex items-start gap-1.5"
        {...(remaining === null ? {} : { title: format.exactMoney(remaining), "data-exact": remaining })}
      >
        {left !== null && left <= LOW && <Low />}
        {describeLimit(limits, { t, format })}
      </span>
      {left !== null && (
        <span
          aria-hidden
          className="mt-1 block h-1.5 max-w-60 overflow-hidden rounded-full paint bg-sunken ring-1 ring-line forced-colors:outline"
        >
          <span className={`block h-full ${left <= LOW ? "bg-warn" : "bg-accent"}`} style={{ width: `${left}%` }} />
        </span>
      )}
      <span className="mt-0.5 block text-caption text-muted">{notes.filter(Boolean).join(" · ")}</span>
    </>
  );
}

const Low = () => <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0 text-warn" />;

type Wording = { t: Words<"usage">["t"]["usage"] } & Pick<Words<"usage">, "format">;

function describeLimit({ limit, limit_remaining: remaining }: KeyLimit, { t, format }: Wording): string {
  if (remaining === null) return t.limits.remainingUnknown({ limit: format.money(limit) });
  const left = parseMoney(remaining);
  return left < 0n
    ? t.limits.over({ amount: format.money(-left), limit: format.money(limit) })
    : t.limits.left({ amount: format.money(left), limit: format.money(limit) });
}

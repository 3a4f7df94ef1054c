import { keepPreviousData } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChangeParts } from "../../../components/change-parts.tsx";
import { signedBar } from "../../../components/charts/money-bar.ts";
import { useSeriesName } from "../../../components/charts/series-name.ts";
import { ErrorNotice } from "../../../components/error-notice.tsx";
import { type Columns, DataTable } from "../../../components/tables/table.tsx";
import { Panel } from "../../../components/ui/panel.tsx";
import { SegmentLinks } from "../../../components/ui/segmented.tsx";
import { Slashed } from "../../../components/ui/values.tsx";
import { type Changes, type Dashboard, trpc } from "../../../lib/api/trpc.ts";
import { parseMoney } from "../../../lib/format/money.ts";
import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";
import { type DashboardSearch, filtersOf, rangeOfSearch } from "../../../lib/search/dashboard-search.ts";

const SHOWN = 6;

type Item = Changes["items"][number];
type Comparison = NonNullable<Dashboard["comparison"]>;

interface WhatChangedProps {
  /** The complete days of the range, and those they are compared with. */
  comparison: Dashboard["comparison"];
  search: DashboardSearch;
}

/** The keys or models that explain the change since the period before, largest change first. */
export function WhatChanged({ comparison, search }: WhatChangedProps) {
  const { usage: t } = useTexts("usage");
  return (
    <Panel title={t.changes.title} aside={<BySwitch search={search} />}>
      {comparison ? (
        <Compared comparison={comparison} search={search} />
      ) : (
        <p className="px-4 pb-4 text-table text-muted">{t.changes.none}</p>
      )}
    </Panel>
  );
}

function BySwitch({ search }: { search: DashboardSearch }) {
  const { usage: t } = useTexts("usage");
  return (
    <SegmentLinks
      label={t.changes.by}
      segments={(["key", "model"] as const).map((by) => ({
        id: by,
        label: t.chart.groups[by],
        to: "/dashboard",
        search: { ...search, changes: by === "key" ? undefined : by },
        isChosen: by === (search.changes ?? "key"),
      }))}
    />
  );
}

function Compared({ comparison, search }: { comparison: Comparison; search: DashboardSearch }) {
  const { usage: t } = useTexts("usage");
  const format = useFormat();
  const changes = trpc.changes.get.useQuery(
    {
      start_date: comparison.start_date,
      end_date: comparison.end_date,
      against: comparison.previous_start_date,
      by: search.changes ?? "key",
      limit: SHOWN,
      ...filtersOf(search),
    },
    { placeholderData: keepPreviousData },
  );
  // If it fails to refresh, what is known stays.
  if (!changes.data && changes.error)
    return <ErrorNotice error={changes.error} onRetry={() => void changes.refetch()} />;
  if (!changes.data) return <div className="skeleton mx-4 mb-4 h-64" />;
  const { items, others, total, keys_not_compared: unknown } = changes.data;
  const changed = items.filter(({ change }) => change !== null && parseMoney(change) !== 0n);
  return (
    <>
      <p className="px-4 pb-2 text-caption text-muted">
        {t.changes.versus({
          days: format.days(comparison.start_date, comparison.end_date),
          before: format.days(comparison.previous_start_date, comparison.previous_end_date),
        })}
      </p>
      {changed.length > 0 ? (
        <ChangeTable items={changed} others={others} total={total} search={search} />
      ) : (
        <p className="px-4 pb-4 text-table text-muted">{total.change === null ? t.changes.none : t.changes.same}</p>
      )}
      {unknown > 0 && <p className="px-4 py-2 text-caption text-muted">{t.changes.notCompared({ count: unknown })}</p>}
    </>
  );
}

/** A row of the table: an item, or the sum of those that are not shown. */
interface Row {
  item: Item | null;
  name: string;
  change: bigint;
  parts: Item["parts"];
}

interface ChangeTableProps extends Pick<Changes, "others" | "total"> {
  items: Item[];
  search: DashboardSearch;
}

function ChangeTable({ items, others, total, search }: ChangeTableProps) {
  const { usage: t } = useTexts("usage");
  const nameOf = useSeriesName();
  const rows: Row[] = items.map((item) => ({
    item,
    name:
      item.model === null
        ? item.kind === null
          ? (item.api_key_name ?? "")
          : t.withoutKey[item.kind]
        : nameOf(item.model),
    change: parseMoney(item.change ?? "0"),
    parts: item.parts,
  }));
  if (others?.change && parseMoney(others.change) !== 0n)
    rows.push({
      item: null,
      name: t.changes.others({ count: others.items }),
      change: parseMoney(others.change),
      parts: null,
    });
  const scale = {
    low: rows.reduce((least, { change }) => (change < least ? change : least), 0n),
    high: rows.reduce((most, { change }) => (change > most ? change : most), 0n),
  };
  const byModel = search.changes === "model";
  const columns: Columns<Row> = [
    {
      id: "name",
      header: byModel ? t.tables.model : t.tables.key,
      cell: ({ row: { original: row } }) => (
        <>
          <Name row={row} search={search} />
          <Why row={row} className="mt-0.5 sm:hidden" />
        </>
      ),
      footer: t.changes.total,
      meta: { isRowHead: true, className: "sm:w-[28%]", cellProps: () => ({ className: "wrap-anywhere" }) },
    },
    {
      id: "change",
      header: t.changes.change,
      cell: ({ row }) => <Signed nanos={row.original.change} />,
      footer: () => <Signed nanos={parseMoney(total.change ?? "0")} />,
      meta: { align: "right", className: "w-26" },
    },
    {
      id: "why",
      header: t.changes.why,
      cell: ({ row: { original: row } }) => (
        <>
          <div className="paint mt-1.5 mb-1 h-1.5 bg-sunken rounded-sm forced-colors:outline" aria-hidden>
            <div
              className={`h-full min-w-px rounded-sm ${row.change > 0n ? "bg-bad" : "bg-good"}`}
              style={signedBar(row.change, scale)}
            />
          </div>
          <Why row={row} />
        </>
      ),
      // On a phone below the name.
      meta: { className: "max-sm:hidden" },
    },
  ];
  return (
    <DataTable
      className="table-fixed"
      label={t.changes.title}
      columns={columns}
      rows={rows}
      rowId={({ item, name }) => (item ? `${item.api_key_id ?? item.kind}:${item.account_id}:${item.model}` : name)}
      hasFoot
    />
  );
}

function Why({ row: { parts, item }, className = "" }: { row: Row; className?: string }) {
  const { usage: t } = useTexts("usage");
  return (
    <div className={`text-caption text-muted ${className}`}>
      {parts ? <ChangeParts parts={parts} /> : item && t.changes.unknown}
    </div>
  );
}

function Signed({ nanos }: { nanos: bigint }) {
  const format = useFormat();
  return (
    <span title={format.exactMoney(nanos)} className={nanos > 0n ? "text-bad" : nanos < 0n ? "text-good" : ""}>
      {format.signedMoney(nanos)}
    </span>
  );
}

const LINK = "row-link inline-block no-underline hover:underline";

/** Leads to the page of the key, or adds the model to the filters. */
function Name({ row: { item, name }, search }: { row: Row; search: DashboardSearch }) {
  const { usage: t } = useTexts("usage");
  if (item?.model)
    return (
      <Link
        to="/dashboard"
        search={{ ...search, model: [item.model], exclude_model: undefined }}
        preload={false}
        resetScroll={false}
        title={t.filters.only({ name })}
        dir="auto"
        className={LINK}
      >
        <Slashed name={name} />
      </Link>
    );
  if (item?.api_key_id)
    return (
      <Link
        to="/keys/$id"
        params={{ id: String(item.api_key_id) }}
        search={rangeOfSearch(search)}
        preload={false}
        dir="auto"
        className={LINK}
      >
        {name}
      </Link>
    );
  return <span className="text-muted">{name}</span>;
}

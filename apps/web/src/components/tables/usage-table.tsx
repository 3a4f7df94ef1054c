import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import type { Dashboard } from "../../lib/api/trpc.ts";
import { parseMoney, shareOf, sumMoney } from "../../lib/format/money.ts";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";
import { type DashboardSearch, rangeOfSearch } from "../../lib/search/dashboard-search.ts";
import { barBehind, largestOf } from "../charts/money-bar.ts";
import { useSeriesName } from "../charts/series-name.ts";
import { Swatch } from "../charts/usage-chart/legend.tsx";
import { Panel } from "../ui/panel.tsx";
import { Count, Money, Slashed } from "../ui/values.tsx";
import { type Columns, DataTable, sortedBy } from "./table.tsx";

const FIRST = 10;
const FIRST_SORT = { column: "cost", descending: true };

interface UsageRow {
  id: string | number;
  name: string;
  /** Shown before the name. */
  lead?: ReactNode;
  requests_count: number | null;
  cost: string;
  percentage_cost: number;
  cost_per_million_tokens?: string | null;
  /** Filters of the dashboard that show this row. Without them, it is no link. */
  to?: DashboardSearch;
  /** Link to the page of this key instead. */
  keyId?: number;
}

interface UsageTableProps {
  title: string;
  /** Header of the first column. */
  what: string;
  rows: UsageRow[];
  /** Whether to show the cost per million tokens. */
  hasTokens?: boolean;
}

/** Usage by model or key: the ten most expensive first, all on request. */
export function UsageTable({ title, what, rows, hasTokens = false }: UsageTableProps) {
  const t = useTexts("usage");
  const format = useFormat();
  const [isLong, setLong] = useState(false);
  const words = t.usage.tables;
  const largest = largestOf(rows);
  const total = sumMoney(rows.map(({ cost }) => cost));
  const columns: Columns<UsageRow> = [
    {
      id: "name",
      header: what,
      ...sortedBy(({ name }: UsageRow) => name, true),
      cell: ({ row: { original: row } }) => (
        <span className="flex items-center gap-2">
          {row.lead}
          <RowLink row={row} />
        </span>
      ),
      footer: t.common.total,
      meta: { isRowHead: true, className: "px-4!", cellProps: () => ({ className: "py-0.5!" }) },
    },
    {
      id: "requests",
      header: words.requests,
      ...sortedBy((row: UsageRow) => row.requests_count),
      cell: ({ row }) => <Count value={row.original.requests_count} />,
      footer: () => <Count value={sumKnown(rows.map(({ requests_count }) => requests_count))} />,
      meta: { align: "right", className: "w-20 max-sm:px-2 sm:pl-0!" },
    },
    ...(hasTokens ? [perMillion()] : []),
    {
      id: "cost",
      header: words.cost,
      ...sortedBy(({ cost }: UsageRow) => parseMoney(cost)),
      cell: ({ row }) => <Money value={row.original.cost} />,
      footer: () => <Money value={total} />,
      meta: {
        align: "right",
        className: "w-28",
        cellProps: ({ cost }: UsageRow) => ({ className: "money-bar", ...barBehind(cost, largest) }),
      },
    },
    {
      id: "share",
      header: words.share,
      cell: ({ row }) => format.percent(shareOf(row.original.percentage_cost, total)),
      meta: { align: "right", className: "max-sm:hidden w-16 pl-0! text-muted" },
    },
  ];

  function perMillion(): Columns<UsageRow>[number] {
    return {
      id: "perMillion",
      header: () => <span title={words.perMillionHint}>{words.perMillion}</span>,
      ...sortedBy(({ cost_per_million_tokens: cost }: UsageRow) => (cost ? parseMoney(cost) : null)),
      cell: ({ row }) => <Money value={row.original.cost_per_million_tokens ?? null} />,
      meta: { align: "right", className: "hidden w-28 pl-0! text-muted @min-[61rem]:table-cell" },
    };
  }

  return (
    <Panel title={title}>
      <DataTable
        className="table-fixed"
        label={title}
        columns={columns}
        rows={rows}
        rowId={({ id }) => String(id)}
        initialSort={FIRST_SORT}
        {...(isLong ? {} : { max: FIRST })}
        hasFoot
      />
      {rows.length > FIRST && (
        <button
          type="button"
          onClick={() => setLong(!isLong)}
          className="min-h-10 w-full border-t print:hidden border-line text-table font-medium text-accent hover:bg-sunken"
        >
          {isLong ? t.usage.tables.showFewer : t.usage.tables.showAll({ count: rows.length })}
        </button>
      )}
    </Panel>
  );
}

interface ModelTableProps {
  models: Dashboard["by_model"];
  colourOf: (model: string) => string;
  /** Filters of the page, to which a row adds its model. Without them, rows are no links. */
  search?: DashboardSearch;
}

/** Usage by model, with the colours of the chart. */
export function ModelTable({ models, colourOf, search }: ModelTableProps) {
  const { usage: t } = useTexts("usage");
  const nameOf = useSeriesName();
  return (
    <UsageTable
      title={t.tables.models}
      what={t.tables.model}
      hasTokens
      rows={models.map(({ model, ...row }) => ({
        ...row,
        id: model,
        name: nameOf(model),
        lead: <Swatch colour={colourOf(model)} />,
        ...(search ? { to: { ...search, model: [model], exclude_model: undefined } } : {}),
      }))}
    />
  );
}

/** What is rounded on the page, and that days are in UTC. */
export function UsageNotes() {
  const t = useTexts("usage");
  return (
    <p className="text-caption text-muted">
      {t.common.legend} {t.usage.range.utc}
    </p>
  );
}

const LINK = "row-link no-underline hover:underline line-clamp-2 wrap-anywhere";

function RowLink({ row: { name, to, keyId } }: { row: UsageRow }) {
  const t = useTexts("usage");
  if (!to)
    return (
      <span className="py-1.5">
        <span dir="auto" title={name} className="line-clamp-2 wrap-anywhere">
          <Slashed name={name} />
        </span>
      </span>
    );
  if (keyId !== undefined)
    return (
      <Link
        to="/keys/$id"
        params={{ id: String(keyId) }}
        search={rangeOfSearch(to)}
        preload={false}
        title={name}
        dir="auto"
        className={LINK}
      >
        {name}
      </Link>
    );
  return (
    <Link
      to="/dashboard"
      search={to}
      preload={false}
      resetScroll={false}
      title={t.usage.filters.only({ name })}
      dir="auto"
      className={LINK}
    >
      <Slashed name={name} />
    </Link>
  );
}

/** Sum of the known values; `null` if none is known. */
const sumKnown = (counts: readonly (number | null)[]): number | null => {
  const known = counts.filter((count) => count !== null);
  return known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0);
};

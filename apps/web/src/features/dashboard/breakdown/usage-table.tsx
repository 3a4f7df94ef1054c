import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { barBehind, largestOf } from "../../../components/charts/money-bar.ts";
import { Panel } from "../../../components/ui/panel.tsx";
import { SortHead, sortRows, useSort } from "../../../components/ui/sort.tsx";
import { Count, Money, Slashed } from "../../../components/ui/values.tsx";
import { parseMoney, shareOf, sumMoney } from "../../../lib/format/money.ts";
import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";
import type { DashboardSearch } from "../../../lib/search/dashboard-search.ts";

const FIRST = 10;

interface UsageRow {
  id: string | number;
  name: string;
  /** Stands before the name. */
  lead?: ReactNode;
  requests_count: number | null;
  cost: string;
  percentage_cost: number;
  cost_per_million_tokens?: string | null;
  /** The page with this row alone. */
  to: DashboardSearch;
}

type Column = "name" | "requests" | "perMillion" | "cost";

const sortValue: Record<Column, (row: UsageRow) => bigint | number | string | null> = {
  name: ({ name }) => name,
  requests: ({ requests_count }) => requests_count,
  perMillion: ({ cost_per_million_tokens: cost }) => (cost ? parseMoney(cost) : null),
  cost: ({ cost }) => parseMoney(cost),
};

interface UsageTableProps {
  title: string;
  /** Head of the first column. */
  what: string;
  rows: UsageRow[];
  /** With the column of what a million tokens cost. */
  hasTokens?: boolean;
}

/** What was used, by model or by key: the dearest ten first, all of them when asked for. */
export function UsageTable({ title, what, rows, hasTokens = false }: UsageTableProps) {
  const t = useTexts("usage");
  const format = useFormat();
  const sort = useSort<Column>({ initial: "cost", words: ["name"] });
  const [isLong, setLong] = useState(false);
  const sorted = sortRows(rows, sortValue[sort.column], sort.descending);
  const largest = largestOf(rows);
  const total = sumMoney(rows.map(({ cost }) => cost));

  return (
    <Panel title={title}>
      <table className="w-full table-fixed text-table">
        <caption className="sr-only">{title}</caption>
        <thead className="border-b border-line">
          <tr>
            <SortHead sort={sort} column="name" align="left">
              {what}
            </SortHead>
            <SortHead sort={sort} column="requests" className="w-20 max-sm:px-2 sm:w-26">
              {t.usage.tables.requests}
            </SortHead>
            {hasTokens && (
              <SortHead sort={sort} column="perMillion" className="hidden w-36 @min-[61rem]:table-cell">
                <span title={t.usage.tables.perMillionHint}>{t.usage.tables.perMillion}</span>
              </SortHead>
            )}
            <SortHead sort={sort} column="cost" className="w-28 max-sm:px-3 sm:w-34">
              {t.usage.tables.cost}
            </SortHead>
            <th scope="col" className="hidden w-18 pr-4 text-right text-muted sm:table-cell">
              {t.usage.tables.share}
            </th>
          </tr>
        </thead>
        <tbody>
          {(isLong ? sorted : sorted.slice(0, FIRST)).map((row) => (
            <tr key={row.id} className="hover:bg-sunken">
              <th scope="row" className="px-4 py-0.5 text-left font-normal">
                <span className="flex items-center gap-2">
                  {row.lead}
                  <Link
                    to="/dashboard"
                    search={row.to}
                    preload={false}
                    resetScroll={false}
                    title={t.usage.filters.only({ name: row.name })}
                    dir="auto"
                    className="row-link no-underline hover:underline max-sm:line-clamp-2 max-sm:wrap-anywhere sm:truncate"
                  >
                    <Slashed name={row.name} />
                  </Link>
                </span>
              </th>
              <td className="px-2 text-right whitespace-nowrap tabular-nums sm:px-4">
                <Count value={row.requests_count} />
              </td>
              {hasTokens && (
                <td className="hidden px-4 text-right text-muted tabular-nums @min-[61rem]:table-cell">
                  <Money value={row.cost_per_million_tokens ?? null} />
                </td>
              )}
              <td className="money-bar px-3 text-right tabular-nums sm:px-4" {...barBehind(row.cost, largest)}>
                <Money value={row.cost} />
              </td>
              <td className="hidden pr-4 text-right text-muted tabular-nums sm:table-cell">
                {format.percent(shareOf(row.percentage_cost, total))}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot className="border-t border-line font-medium">
          <tr>
            <th scope="row" className="px-4 py-2 text-left">
              {t.common.total}
            </th>
            <td className="px-2 text-right whitespace-nowrap tabular-nums sm:px-4">
              <Count value={sumKnown(rows.map(({ requests_count }) => requests_count))} />
            </td>
            {hasTokens && <td className="hidden @min-[61rem]:table-cell" />}
            <td className="px-3 text-right tabular-nums sm:px-4">
              <Money value={total} />
            </td>
            <td className="hidden sm:table-cell" />
          </tr>
        </tfoot>
      </table>
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

/** Adds what is known; `null` when nothing is. */
export const sumKnown = (counts: readonly (number | null)[]): number | null => {
  const known = counts.filter((count) => count !== null);
  return known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0);
};

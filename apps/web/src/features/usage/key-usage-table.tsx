import { Link } from "@tanstack/react-router";
import { Panel } from "../../components/ui/panel.tsx";
import { SortHead, sortRows, useSort } from "../../components/ui/sort.tsx";
import { Count, Money } from "../../components/ui/values.tsx";
import { formatPercent, parseMoney, sumMoney } from "../../lib/format.ts";
import { text } from "../../lib/text/usage.ts";
import type { Dashboard } from "../../lib/trpc.ts";
import { barBehind, dearestOf } from "./money-bar.ts";
import { sumKnown } from "./totals.ts";
import { useDashboardSearch } from "./use-dashboard-search.ts";

type KeyRow = Dashboard["by_key"][number];
type Column = "key" | "requests" | "cost";

const words = text.byKey;

const sortValue: Record<Column, (row: KeyRow) => bigint | number | string | null> = {
  key: ({ name }) => name,
  requests: ({ requests_count }) => requests_count,
  cost: ({ cost }) => parseMoney(cost),
};

export function KeyUsageTable({ rows }: { rows: KeyRow[] }) {
  const search = useDashboardSearch();
  const sort = useSort<Column>({ initial: "cost", words: ["key"] });
  const dearest = dearestOf(rows);

  return (
    <Panel title={words.title}>
      <table className="w-full table-fixed text-table">
        <caption className="sr-only">{words.title}</caption>
        <thead className="border-b border-line">
          <tr>
            <SortHead sort={sort} column="key" align="left">
              {words.key}
            </SortHead>
            <SortHead sort={sort} column="requests" className="w-24 max-sm:px-2 sm:w-36">
              {words.requests}
            </SortHead>
            <SortHead sort={sort} column="cost" className="w-28 sm:w-56">
              {words.cost}
            </SortHead>
            <th scope="col" className="hidden w-28 pr-4 text-right text-muted sm:table-cell">
              {words.share}
            </th>
          </tr>
        </thead>
        <tbody>
          {sortRows(rows, sortValue[sort.column], sort.descending).map((row) => (
            <tr key={row.api_key_id} className="hover:bg-sunken">
              <th scope="row" className="truncate px-4 py-1.5 text-left font-normal">
                <Link
                  to="/dashboard"
                  search={{ ...search, api_key_id: [row.api_key_id] }}
                  preload={false}
                  resetScroll={false}
                  title={text.filters.only(row.name)}
                  className="no-underline hover:underline"
                >
                  {row.name}
                </Link>
              </th>
              <td className="px-2 text-right tabular-nums sm:px-4">
                <Count value={row.requests_count} />
              </td>
              <td className="px-4 text-right tabular-nums" style={barBehind(row.cost, dearest)}>
                <Money value={row.cost} />
              </td>
              <td className="hidden pr-4 text-right text-muted tabular-nums sm:table-cell">
                {formatPercent(row.percentage_cost)}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot className="border-t border-line font-medium">
          <tr>
            <th scope="row" className="px-4 py-2 text-left">
              {text.values.total}
            </th>
            <td className="px-2 text-right tabular-nums sm:px-4">
              <Count value={sumKnown(rows.map(({ requests_count }) => requests_count))} />
            </td>
            <td className="px-4 text-right tabular-nums">
              <Money value={sumMoney(rows.map(({ cost }) => cost))} />
            </td>
            <td className="hidden sm:table-cell" />
          </tr>
        </tfoot>
      </table>
    </Panel>
  );
}

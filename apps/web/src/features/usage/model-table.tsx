import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Panel } from "../../components/ui/panel.tsx";
import { SortHead, sortRows, useSort } from "../../components/ui/sort.tsx";
import { Count, Money } from "../../components/ui/values.tsx";
import { formatPercent, parseMoney, sumMoney } from "../../lib/format.ts";
import { text } from "../../lib/text/usage.ts";
import type { Dashboard } from "../../lib/trpc.ts";
import { barBehind, dearestOf } from "./money-bar.ts";
import { Swatch } from "./swatch.tsx";
import { sumKnown } from "./totals.ts";
import { useDashboardSearch } from "./use-dashboard-search.ts";

type ModelRow = Dashboard["by_model"][number];
type Column = "model" | "requests" | "cost";

const FIRST = 10;
const words = text.models;

const sortValue: Record<Column, (row: ModelRow) => bigint | number | string | null> = {
  model: ({ model }) => model,
  requests: ({ requests_count }) => requests_count,
  cost: ({ cost }) => parseMoney(cost),
};

interface ModelTableProps {
  models: ModelRow[];
  colourOf: (model: string) => string;
}

export function ModelTable({ models, colourOf }: ModelTableProps) {
  const search = useDashboardSearch();
  const sort = useSort<Column>({ initial: "cost", words: ["model"] });
  const [isLong, setLong] = useState(false);
  const sorted = sortRows(models, sortValue[sort.column], sort.descending);
  const dearest = dearestOf(models);

  return (
    <Panel title={words.title}>
      <table className="w-full table-fixed text-table">
        <caption className="sr-only">{words.title}</caption>
        <thead className="border-b border-line">
          <tr>
            <SortHead sort={sort} column="model" align="left">
              {words.model}
            </SortHead>
            <SortHead sort={sort} column="requests" className="w-24 max-sm:px-2 sm:w-28">
              {words.requests}
            </SortHead>
            <SortHead sort={sort} column="cost" className="w-28 sm:w-36">
              {words.cost}
            </SortHead>
            <th scope="col" className="hidden w-20 pr-4 text-right text-muted sm:table-cell">
              {words.share}
            </th>
          </tr>
        </thead>
        <tbody>
          {(isLong ? sorted : sorted.slice(0, FIRST)).map(({ model, requests_count, cost, percentage_cost }) => (
            <tr key={model} className="hover:bg-sunken">
              <th scope="row" className="px-4 py-1.5 text-left font-normal">
                <span className="flex items-center gap-2">
                  <Swatch model={model} colour={colourOf(model)} />
                  <Link
                    to="/dashboard"
                    search={{ ...search, model: [model] }}
                    preload={false}
                    resetScroll={false}
                    title={text.filters.only(model)}
                    className="truncate no-underline hover:underline"
                  >
                    {model}
                  </Link>
                </span>
              </th>
              <td className="px-2 text-right tabular-nums sm:px-4">
                <Count value={requests_count} />
              </td>
              <td className="px-4 text-right tabular-nums" style={barBehind(cost, dearest)}>
                <Money value={cost} />
              </td>
              <td className="hidden pr-4 text-right text-muted tabular-nums sm:table-cell">
                {formatPercent(percentage_cost)}
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
              <Count value={sumKnown(models.map(({ requests_count }) => requests_count))} />
            </td>
            <td className="px-4 text-right tabular-nums">
              <Money value={sumMoney(models.map(({ cost }) => cost))} />
            </td>
            <td className="hidden sm:table-cell" />
          </tr>
        </tfoot>
      </table>
      {models.length > FIRST && (
        <button
          type="button"
          onClick={() => setLong(!isLong)}
          className="min-h-10 w-full border-t border-line text-table font-medium text-accent hover:bg-sunken"
        >
          {isLong ? words.showFewer : words.showAll(models.length)}
        </button>
      )}
    </Panel>
  );
}

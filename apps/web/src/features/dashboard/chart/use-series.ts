import { keepPreviousData } from "@tanstack/react-query";
import { useMemo } from "react";
import { colourSeries, isRest } from "../../../components/charts/series-colours.ts";
import { useSeriesName } from "../../../components/charts/series-name.ts";
import {
  byModel,
  costPoints,
  type SeriesDisplay,
  type SeriesPoint,
} from "../../../components/charts/usage-chart/model.ts";
import { type Dashboard, type Series, trpc } from "../../../lib/api/trpc.ts";
import {
  type DashboardSearch,
  type Group,
  toBeforeInput,
  toSeriesInput,
} from "../../../lib/search/dashboard-search.ts";

type NameOf = (id: string) => string;

const describe = (
  { by, by_date, series }: Series,
  seriesName: NameOf,
): { series: SeriesPoint[]; display: SeriesDisplay } => {
  const names = new Map(series.map(({ id, name }) => [id, isRest(id) ? seriesName(id) : name]));
  return {
    series: costPoints(by_date),
    display: { nameOf: (id) => names.get(id) ?? id, colourOf: colourSeries(by, [...names.keys()]) },
  };
};

/** Series of the chart. Models are part of the dashboard data, other groupings are requested. */
export function useSeries(dashboard: Dashboard, search: DashboardSearch, colourOf: (model: string) => string) {
  const seriesName = useSeriesName();
  const asked = trpc.stats.series.useQuery(toSeriesInput(search), {
    enabled: search.by !== undefined,
    placeholderData: keepPreviousData,
  });
  const other = asked.data;
  const isReady = search.by !== undefined && other !== undefined;
  const found = useMemo(
    () =>
      isReady
        ? describe(other, seriesName)
        : { series: byModel(dashboard.by_date), display: { nameOf: seriesName, colourOf } },
    [isReady, other, dashboard, colourOf, seriesName],
  );
  const by: Group = isReady ? other.by : "model";
  return {
    by,
    isLoading: search.by !== undefined && asked.isFetching && (asked.isPlaceholderData || !other),
    ...found,
  };
}

/** Costs of the previous period by day; `undefined` unless they are compared. */
export function useBefore(dashboard: Dashboard, search: DashboardSearch): (string | null)[] | undefined {
  const [first] = dashboard.by_date;
  const { data } = trpc.stats.dashboard.useQuery(
    toBeforeInput(search, { first: first?.date ?? "1970-01-01", days: dashboard.by_date.length }),
    { enabled: search.compare === true && dashboard.previous !== null },
  );
  return useMemo(
    () =>
      search.compare && data && data.by_date.length === dashboard.by_date.length
        ? data.by_date.map(({ cost }) => cost)
        : undefined,
    [search.compare, data, dashboard],
  );
}

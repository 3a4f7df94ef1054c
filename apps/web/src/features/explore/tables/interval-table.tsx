import { useMemo } from "react";
import { OTHER, UNATTRIBUTED } from "../../../components/charts/series-colours.ts";
import { buildPoints } from "../../../components/charts/usage-chart/model.ts";
import { ChartTable } from "../../../components/charts/usage-chart/table.tsx";
import { useNow } from "../../../components/ui/values.tsx";
import type { ExploreAnswer } from "../../../lib/api/trpc.ts";
import { useTexts } from "../../../lib/i18n/i18n.ts";
import { nameGroup } from "../model/groups.ts";
import { MEASURES } from "../model/metrics.ts";
import { toSeries } from "../model/view.ts";
import type { Dimension, ExploreSearch } from "../search/explore-search.ts";
import { useGroupNames } from "../use-group-names.ts";

interface IntervalTableProps {
  answer: ExploreAnswer;
  before: ExploreAnswer | undefined;
  search: ExploreSearch;
}

/** The chart in numbers: a row per interval, a column per group. */
export function IntervalTable({ answer, before, search }: IntervalTableProps) {
  const t = useTexts("explore");
  const now = useNow();
  const names = useGroupNames();
  const measure = MEASURES[answer.metric];
  const [dimension] = answer.group_by as Dimension[];
  const { series, order, keys } = useMemo(() => toSeries(answer, measure.isSum), [answer, measure]);
  const points = useMemo(
    () =>
      buildPoints({
        ...{ series, measure, ranked: order, hidden: new Set<string>() },
        before: before && series.map((_, index) => before.points[index]?.value ?? null),
      }),
    [series, measure, order, before],
  );
  const nameOf = (id: string) => {
    if (id === OTHER) return names.seriesName(OTHER);
    const key = keys.get(id);
    return key && dimension ? nameGroup(key, dimension, names) : names.seriesName(UNATTRIBUTED);
  };
  return (
    <div className="overflow-hidden rounded-panel border border-line bg-surface">
      <ChartTable
        points={points}
        ids={dimension ? order : []}
        display={{ nameOf, colourOf: () => "" }}
        measure={measure}
        interval={answer.period.interval}
        isCumulative={false}
        isLong
        label={t.explore.tableLabel({
          groups: t.explore.intervals[search.interval ?? answer.period.interval].toLowerCase(),
        })}
        now={now}
        isPartial={false}
      />
    </div>
  );
}

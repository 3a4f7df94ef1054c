import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { Heatmap } from "../../components/charts/heatmap/heatmap.tsx";
import { colourSeries, OTHER, UNATTRIBUTED } from "../../components/charts/series-colours.ts";
import { ExactValue } from "../../components/charts/usage-chart/exact-value.tsx";
import { dayOf, daysOf } from "../../components/charts/usage-chart/intervals.ts";
import { sumValues, type Value } from "../../components/charts/usage-chart/measure.ts";
import { SeriesView } from "../../components/charts/usage-chart/series-panel.tsx";
import type { ExploreAnswer } from "../../lib/api/trpc.ts";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";
import { AnnotationDialog, AnnotationList, useAnnotations } from "./annotations.tsx";
import { nameGroup } from "./model/groups.ts";
import { MEASURES } from "./model/metrics.ts";
import type { Question } from "./model/question.ts";
import { ALL, percentChange, toSeries, toWeek } from "./model/view.ts";
import type { Dimension, ExploreSearch } from "./search/explore-search.ts";
import { useGroupNames } from "./use-group-names.ts";

interface ChartSectionProps {
  search: ExploreSearch;
  question: Question;
  answer: ExploreAnswer;
  answers: { before?: ExploreAnswer | undefined };
  isStale: boolean;
}

/** The chart with its total. Dragging over it zooms, and a click on an interval opens it. */
export function ChartSection({ search, question, answer, answers, isStale }: ChartSectionProps) {
  const t = useTexts("explore", "usage");
  const navigate = useNavigate();
  const names = useGroupNames();
  const { metric, group_by } = answer;
  const { interval } = answer.period;
  const measure = MEASURES[metric];
  const [dimension] = group_by as Dimension[];
  const { annotations, mayEdit } = useAnnotations(question.range);
  /** Day of the annotation that is being added. */
  const [noted, setNoted] = useState<string | null>(null);
  const { series, order, keys } = useMemo(() => toSeries(answer, measure.isSum), [answer, measure]);
  const display = useMemo(() => {
    const colours = dimension ? colourSeries(dimension, order) : () => "var(--accent)";
    return {
      colourOf: colours,
      nameOf(id: string) {
        if (id === ALL) return t.explore.metrics[metric];
        if (id === OTHER) return names.seriesName(OTHER);
        const key = keys.get(id);
        return key && dimension ? nameGroup(key, dimension, names) : names.seriesName(UNATTRIBUTED);
      },
    };
  }, [dimension, order, keys, names, metric, t]);
  const before = useMemo(
    () => answers.before && series.map((_, index) => answers.before?.points[index]?.value ?? null),
    [answers.before, series],
  );
  const title = t.explore.chartTitle({
    metric: t.explore.metrics[metric],
    interval: t.explore.intervals[interval].toLowerCase(),
    group: dimension ? t.explore.dimensions[dimension].toLowerCase() : "none",
  });
  const { range } = question;
  const show = (from: string, through: string) => {
    const clipped = {
      start_date: from < range.start_date ? range.start_date : from,
      end_date: through > range.end_date ? range.end_date : through,
    };
    void navigate({
      to: "/explore",
      search: { ...search, ...clipped, days: undefined, period: undefined, interval: undefined, page: undefined },
      resetScroll: false,
    });
  };
  const zoom = (from: string, through: string) => show(dayOf(from), daysOf(through, interval).through);
  const open = (at: string) => {
    const { from, through } = daysOf(at, interval);
    show(from, through);
  };

  if (search.chart === "none") return null;
  return (
    <>
      <ChartTotal answer={answer} question={question} series={series.map(({ value }) => value)} before={before} />
      {question.isHeatmap ? (
        <div className="px-4 pb-3">
          <Heatmap
            label={t.explore.heatmapTitle({ metric: t.explore.metrics[metric] })}
            values={toWeek(answer.points, measure.isSum)}
            measure={measure}
          />
          {!measure.isSum && <p className="text-caption text-muted">{t.explore.heatmapMean}</p>}
        </div>
      ) : (
        <SeriesView
          title={title}
          series={series}
          display={display}
          order={order}
          measure={measure}
          interval={interval}
          kind={search.chart === "lines" || search.chart === "area" ? search.chart : "bars"}
          before={before}
          isCumulative={search.cumulative}
          isLoading={isStale}
          isTable={false}
          hasLegend={dimension !== undefined}
          annotations={annotations}
          readout={t.explore.readout({ title })}
          onZoom={zoom}
          onOpen={interval === "hour" ? undefined : open}
          onAnnotate={mayEdit ? (at) => setNoted(dayOf(at)) : undefined}
        />
      )}
      {!question.isHeatmap && (
        <p className="px-4 pb-2 text-caption text-muted print:hidden">
          {interval === "hour" ? t.explore.hintHours : t.explore.hint} {mayEdit && t.explore.hintAnnotate}
        </p>
      )}
      <AnnotationList annotations={annotations} mayEdit={mayEdit} onAdd={() => setNoted(range.end_date)} />
      {noted !== null && <AnnotationDialog date={noted} onClose={() => setNoted(null)} />}
    </>
  );
}

interface ChartTotalProps {
  answer: ExploreAnswer;
  question: Question;
  series: Value[];
  before: Value[] | undefined;
}

/** The total, and how it compares: complete days with complete days, or the hours until now. */
function ChartTotal({ answer, question, series, before }: ChartTotalProps) {
  const t = useTexts("explore", "usage");
  const format = useFormat();
  const measure = MEASURES[answer.metric];
  const { comparison } = question;
  const compared = before && measure.isSum && comparison ? compareKnown(series, before) : null;
  const percent = compared && percentChange(compared);
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 px-4 pb-1">
      <span className="text-title font-semibold">
        <ExactValue value={answer.total} measure={measure} />
      </span>
      <span className="text-table text-muted">{t.explore.metrics[answer.metric]}</span>
      {comparison && compared && percent !== null && (
        <span className="text-table text-muted">
          <span className="font-medium text-ink">{`${percent > 0 ? "+" : ""}${format.percent(percent)}`}</span>{" "}
          {comparison.isByHour
            ? t.explore.sameHours({ day: format.day(comparison.before.start_date) })
            : t.explore.completeDays({
                days: format.days(comparison.current.start_date, comparison.current.end_date),
                before: format.days(comparison.before.start_date, comparison.before.end_date),
              })}
        </span>
      )}
    </p>
  );
}

/** Sums of the intervals that are known in both periods. */
function compareKnown(series: Value[], before: Value[]) {
  const both = series.flatMap((value, index) => {
    const then = before[index] ?? null;
    return value === null || then === null ? [] : [{ value, then }];
  });
  return { current: sumValues(both.map(({ value }) => value)), before: sumValues(both.map(({ then }) => then)) };
}

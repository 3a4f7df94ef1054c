import { useTexts } from "../../../lib/i18n/i18n.ts";
import { combinationOf, findGapIn } from "../model/availability.ts";
import { MEASURES } from "../model/metrics.ts";
import type { Question } from "../model/question.ts";
import { DIMENSIONS, type Dimension, type ExploreSearch, INTERVALS, METRICS } from "../search/explore-search.ts";
import { Choice, type Option } from "./choice.tsx";
import { Segments } from "./segments.tsx";

interface ViewControlsProps {
  search: ExploreSearch;
  question: Question;
}

const USUAL: (Dimension | "none")[] = ["none", "model", "key", "vendor", "provider", "app", "end_user"];
const CHARTS = [undefined, "lines", "area", "heatmap", "none"] as const;

/** What is shown and how, as a sentence: "Cost by key then model per day". What is not collected is disabled and says why. */
export function ViewControls({ search, question }: ViewControlsProps) {
  const t = useTexts("explore");
  const { range, interval, groups } = question;
  const [first, second] = groups;
  const metric = search.metric ?? "cost";
  const { isSum } = MEASURES[metric];
  const changed = (part: ExploreSearch): ExploreSearch => ({ ...search, page: undefined, ...part });
  const chosen = search.chart === "heatmap" ? "hour" : search.interval;
  /** Why a search is not available. Without a chosen interval, one that is collected is taken. */
  const reasonOf = (next: ExploreSearch, by = chosen): string | undefined => {
    const gap = findGapIn(combinationOf(next, by ?? "day"), range);
    return gap === null ? undefined : t.explore.gaps[gap];
  };
  const option = (id: string, label: string, next: ExploreSearch, isChosen: boolean, reason?: string): Option => ({
    ...{ id, label, search: next, isChosen, reason },
  });

  const metrics = METRICS.map((name) => {
    const next = changed({ metric: name === "cost" ? undefined : name });
    return option(name, t.explore.metrics[name], next, name === metric, reasonOf(next));
  });
  const byFirst = (["none", ...DIMENSIONS] as const).map((name) => {
    const rest = second && second !== name && name !== "none" ? [second] : [];
    const alone = changed({ group_by: [name] });
    const both = changed({ group_by: [name, ...rest] });
    // If the two do not go together, the second one is given up.
    const next = rest.length > 0 && reasonOf(both) === undefined ? both : alone;
    const label = name === "none" ? t.explore.noGroup : t.explore.dimensions[name];
    return option(name, label, next, name === (first ?? "none"), reasonOf(next));
  });
  const bySecond = first
    ? [
        option(
          "none",
          t.explore.noGroup,
          changed({ group_by: [first], table: withoutPivot(search) }),
          second === undefined,
        ),
        ...DIMENSIONS.filter((name) => name !== first).map((name) => {
          const next = changed({ group_by: [first, name] });
          return option(name, t.explore.dimensions[name], next, name === second, reasonOf(next));
        }),
      ]
    : [];
  const intervals = [
    option("auto", t.explore.automatic, changed({ interval: undefined }), search.interval === undefined),
    ...INTERVALS.map((name) => {
      const next = changed({ interval: name, chart: search.chart === "heatmap" ? undefined : search.chart });
      return option(name, t.explore.intervals[name], next, name === search.interval, reasonOf(next, name));
    }),
  ];
  const charts = CHARTS.map((name) => {
    const next = changed({ chart: name });
    const needsSum = !isSum && (name === undefined || name === "area");
    const reason = name === "heatmap" ? reasonOf(next, "hour") : needsSum ? t.explore.gaps.ratio : undefined;
    const label = t.explore.charts[name ?? "bars"];
    const isShown =
      name === search.chart || (!isSum && name === "lines" && search.chart !== "heatmap" && search.chart !== "none");
    return option(name ?? "bars", label, next, isShown, reason);
  });
  const usual = USUAL.flatMap((id) => byFirst.filter((one) => one.id === id));
  const isUsual = usual.some(({ isChosen }) => isChosen);
  const switches = [
    option(
      "compare",
      t.explore.compare,
      changed({ compare: search.compare ? undefined : true }),
      search.compare === true,
    ),
    option(
      "cumulative",
      t.explore.cumulative,
      changed({ cumulative: search.cumulative ? undefined : true }),
      search.cumulative === true,
      isSum ? undefined : t.explore.gaps.ratio,
    ),
  ];
  const textOf = (options: Option[]) => options.find(({ isChosen }) => isChosen)?.label ?? "";

  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-2 px-4 py-3 text-table print:hidden">
      <span className="text-muted">{t.explore.show}</span>
      <Choice label={t.explore.metric} text={textOf(metrics)} options={metrics} />
      <span className="text-muted">{t.explore.by}</span>
      <Segments
        label={t.explore.groupBy}
        options={usual}
        after={
          <Choice
            label={t.explore.groupBy}
            text={isUsual ? t.explore.more : textOf(byFirst)}
            options={byFirst}
            className={`flex h-7 items-center gap-1.5 rounded-[5px] px-2.5 text-table ${isUsual ? "text-muted" : "bg-surface font-medium shadow-sm"}`}
          />
        }
      />
      {first && (
        <>
          <span className="text-muted">{t.explore.then}</span>
          <Choice label={t.explore.thenBy} text={textOf(bySecond)} options={bySecond} />
        </>
      )}
      <span className="text-muted">{t.explore.per}</span>
      <Choice
        label={t.explore.interval}
        text={
          search.interval ? textOf(intervals) : t.explore.automatically({ interval: t.explore.intervals[interval] })
        }
        options={intervals}
      />
      <span className="grow" />
      <Segments label={t.explore.chart} options={charts} />
      <Segments label={t.explore.options} options={switches} />
    </div>
  );
}

const withoutPivot = ({ table }: ExploreSearch) => (table === "pivot" ? undefined : table);

import { Link } from "@tanstack/react-router";
import { writeValue } from "../../components/charts/usage-chart/measure.ts";
import { buttonClasses } from "../../components/ui/button.tsx";
import { EmptyState } from "../../components/ui/empty-state.tsx";
import { Permitted } from "../../components/ui/permitted.tsx";
import type { ExploreAnswer } from "../../lib/api/trpc.ts";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";
import { MEASURES } from "./model/metrics.ts";
import { type ExploreSearch, filtersOfExplore, type Interval, withoutFilters } from "./search/explore-search.ts";

interface ExploreEmptyProps {
  search: ExploreSearch;
  hasKeys: boolean;
  chart: ExploreAnswer;
}

/** No keys, no data, or no usage, and what to do about it. */
export function ExploreEmpty({ search, hasKeys, chart }: ExploreEmptyProps) {
  const t = useTexts("explore", "usage", "stats");
  const isFiltered = Object.keys(filtersOfExplore(search)).length > 0;
  const isKnown = chart.points.some(({ value }) => value !== null);
  const { title, body } = !hasKeys
    ? { title: t.stats.noKeysTitle, body: t.explore.noKeys }
    : isKnown
      ? { title: t.stats.noUsageTitle, body: t.stats.noUsageBody }
      : { title: t.stats.noDataTitle, body: t.stats.noDataBody };
  return (
    <EmptyState title={title} body={body}>
      {!hasKeys && (
        <Permitted to="manageKeys">
          <Link to="/keys" search={{ add: true }} className={buttonClasses("primary")}>
            {t.usage.firstRun.keyAction}
          </Link>
        </Permitted>
      )}
      {hasKeys && (
        <Link
          to="/explore"
          search={
            isFiltered
              ? withoutFilters(search)
              : {
                  ...search,
                  days: 365,
                  period: undefined,
                  start_date: undefined,
                  end_date: undefined,
                  interval: undefined,
                }
          }
          preload={false}
          activeOptions={{ exact: true }}
          className={buttonClasses()}
        >
          {isFiltered ? t.usage.filters.clear : t.stats.longer({ count: 365 })}
        </Link>
      )}
    </EmptyState>
  );
}

const SPANS = 4;

/** Days whose usage is not in the chart, and how much it is if that is known. */
export function UnknownDays({ answer, interval }: { answer: ExploreAnswer; interval: Interval }) {
  const t = useTexts("explore", "usage");
  const format = useFormat();
  const nameOf = ({ start_date, end_date }: { start_date: string; end_date: string }) =>
    start_date === end_date ? format.day(start_date) : format.days(start_date, end_date);
  const listed = (spans: ExploreAnswer["unknown"], name: (span: ExploreAnswer["unknown"][number]) => string) =>
    spans.slice(0, SPANS).map(name).join(", ") + (spans.length > SPANS ? " …" : "");
  const without = answer.unknown.filter(({ value }) => value === null);
  const partly = answer.unknown.filter(({ value }) => value !== null);
  const measure = MEASURES[answer.metric];
  return (
    <p className="text-caption text-muted">
      {without.length > 0 && `${t.explore.noData({ days: listed(without, nameOf) })} `}
      {partly.length > 0 &&
        `${t.explore.notByHour({
          days: listed(partly, (span) => `${nameOf(span)} (${writeValue(span.value, measure, format)})`),
        })} `}
      {t.common.legend} {interval === "hour" ? t.explore.hoursUtc : t.usage.range.utc}{" "}
      {answer.as_of && t.explore.asOf({ ago: format.ago(answer.as_of) })}
    </p>
  );
}

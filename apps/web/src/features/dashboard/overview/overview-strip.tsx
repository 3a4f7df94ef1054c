import { keepPreviousData } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { ErrorNotice } from "../../../components/error-notice.tsx";
import { Figure, Figures } from "../../../components/ui/figures.tsx";
import { Money } from "../../../components/ui/values.tsx";
import { FIRST_SYNC_POLL_MS } from "../../../lib/api/keys.ts";
import { type Overview, trpc } from "../../../lib/api/trpc.ts";
import { compare, parseMoney, sumMoney } from "../../../lib/format/money.ts";
import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";
import { type DashboardSearch, filtersOf } from "../../../lib/search/dashboard-search.ts";
import { StripSkeleton } from "../dashboard-skeleton.tsx";

interface OverviewStripProps {
  search: DashboardSearch;
  /** True while first syncs are running. */
  isWaiting: boolean;
}

/** Month, forecast, credits and today: the figures that do not depend on the range. */
export function OverviewStrip({ search, isWaiting }: OverviewStripProps) {
  const { usage: t } = useTexts("usage");
  const { data, error, refetch } = trpc.overview.get.useQuery(filtersOf(search), {
    placeholderData: keepPreviousData,
    refetchInterval: isWaiting ? FIRST_SYNC_POLL_MS : false,
  });
  const unusual = trpc.stats.unusual.useQuery(filtersOf(search)).data;
  if (!data) return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <StripSkeleton />;
  return (
    <Figures label={t.overview.label}>
      <MonthToDate month={data.month} search={search} />
      <MonthEnd month={data.month} />
      <CreditsLeft credits={data.credits} />
      <Today day={data.day} isUnusual={unusual?.date === data.day.date} search={search} />
    </Figures>
  );
}

function MonthToDate({ month, search }: { month: Overview["month"]; search: DashboardSearch }) {
  const { usage: t } = useTexts("usage");
  const isFirst = month.days.length === 1;
  return (
    <Figure
      label={t.overview.month}
      figure={<Money value={month.cost} />}
      opens={{ to: "/dashboard", search: { ...search, view: "month" }, title: t.overview.monthLink }}
    >
      {month.comparison ? (
        <Versus comparison={month.comparison} />
      ) : isFirst ? (
        t.overview.firstDay
      ) : (
        t.overview.nothingBefore
      )}
    </Figure>
  );
}

/** Complete days with the same days of last month. */
function Versus({ comparison }: { comparison: NonNullable<Overview["month"]["comparison"]> }) {
  const { usage: t } = useTexts("usage");
  const format = useFormat();
  const { current, previous, start_date, end_date, previous_start_date, previous_end_date } = comparison;
  const { direction, percent } = compare({ current: parseMoney(current), previous: parseMoney(previous) });
  const days = format.days(previous_start_date, previous_end_date);
  const amount = format.money(previous);
  return (
    <span
      title={`${format.exactMoney(current)} / ${format.exactMoney(previous)}. ${t.overview.completeDays({ days: format.days(start_date, end_date), before: days })}`}
    >
      {percent === null
        ? t.overview.versusAmount({ amount, days })
        : t.overview.versus({ direction, percent: format.percent(percent), amount, days })}
    </span>
  );
}

function MonthEnd({ month: { start_date, forecast } }: { month: Overview["month"] }) {
  const { usage: t } = useTexts("usage");
  const format = useFormat();
  return (
    <Figure
      label={t.overview.forecast({ month: format.month(start_date) })}
      figure={<Money value={forecast?.middle ?? null} />}
      opens={{ to: "/alerts", search: { part: "forecast" }, title: t.overview.forecastLink }}
    >
      {forecast ? (
        <span title={`${format.exactMoney(forecast.low)} – ${format.exactMoney(forecast.high)}`}>
          {t.overview.between({ low: format.money(forecast.low), high: format.money(forecast.high) })}
        </span>
      ) : (
        t.overview.noForecast
      )}
    </Figure>
  );
}

function CreditsLeft({ credits }: { credits: Overview["credits"] }) {
  const { usage: t } = useTexts("usage");
  const known = credits.flatMap(({ remaining }) => remaining ?? []);
  const [first] = credits;
  return (
    <Figure
      label={t.overview.credits}
      figure={<Money value={known.length > 0 ? sumMoney(known) : null} />}
      opens={{
        to: "/accounts",
        search: first ? { id: first.account_id, part: "reconciliation" } : {},
        title: t.overview.creditsLink,
      }}
    >
      {first ? <RunOut credits={first} isOneOfMany={credits.length > 1} /> : t.overview.noAccount}
    </Figure>
  );
}

function RunOut({ credits, isOneOfMany }: { credits: Overview["credits"][number]; isOneOfMany: boolean }) {
  const { usage: t } = useTexts("usage");
  const format = useFormat();
  const { verdict, remaining, runs_out_on, earliest_on, latest_on, name } = credits;
  const text = describeEnd();
  const said = isOneOfMany ? t.overview.ofAccount({ account: name, text }) : text;
  if (verdict !== "used_up" && verdict !== "runs_out") return said;
  const range = describeRange();
  return (
    <>
      <Warning>{said}</Warning>
      {range && (
        <span title={range} className="block truncate max-sm:hidden">
          {range}
        </span>
      )}
    </>
  );

  function describeRange(): string | null {
    if (verdict !== "runs_out" || earliest_on === null || earliest_on === latest_on) return null;
    const from = format.day(earliest_on);
    return latest_on ? t.overview.runOutBetween({ from, to: format.day(latest_on) }) : t.overview.runOutFrom({ from });
  }

  function describeEnd(): string {
    if (remaining === null) return t.overview.notReported;
    if (verdict === "used_up") return t.overview.usedUp;
    if (verdict === "runs_out") return t.overview.runOut({ day: format.day(runs_out_on) });
    return verdict === "unknown" ? t.overview.noPace : t.overview.lasts;
  }
}

interface TodayProps {
  day: Overview["day"];
  isUnusual: boolean;
  search: DashboardSearch;
}

function Today({ day, isUnusual, search }: TodayProps) {
  const { usage: t } = useTexts("usage");
  const said = useUsual(day);
  return (
    <Figure
      label={t.overview.today}
      figure={<Money value={day.cost} />}
      opens={{
        to: "/dashboard",
        search: { ...filtersOf(search), start_date: day.date, end_date: day.date },
        title: t.overview.todayLink,
      }}
    >
      {isUnusual ? <Warning>{said}</Warning> : said}
    </Figure>
  );
}

/** Both until the same hour, or the usual cost of a whole day beside the one that is not over. */
function useUsual({ date, usual, until }: Overview["day"]): ReactNode {
  const { usage: t } = useTexts("usage");
  const format = useFormat();
  const weekday = format.weekday(date);
  if (!until) {
    if (usual === null) return t.overview.noUsual;
    return (
      <span title={format.exactMoney(usual)}>{t.overview.wholeDay({ weekday, amount: format.money(usual) })}</span>
    );
  }
  const hour = String(until.hour);
  const { direction, percent } = compare({ current: parseMoney(until.cost), previous: parseMoney(until.usual) });
  return (
    <span
      title={t.overview.compared({
        hour,
        cost: format.exactMoney(until.cost),
        usual: format.exactMoney(until.usual),
      })}
    >
      {percent === null
        ? t.overview.usuallyNothing({ hour, weekday })
        : percent === 0
          ? t.overview.asUsual({ hour, weekday })
          : t.overview.until({ percent: format.percent(percent, percent < 10 ? 1 : 0), direction, weekday, hour })}
    </span>
  );
}

function Warning({ children }: { children: ReactNode }) {
  return (
    <span className="flex items-start gap-1 text-warn">
      <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
      <span>{children}</span>
    </span>
  );
}

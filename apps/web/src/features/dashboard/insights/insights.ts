import { toDay } from "@orwatch/domain/day";
import type { Attention, Dashboard, Unusual } from "../../../lib/api/trpc.ts";
import { parseMoney } from "../../../lib/format/money.ts";
import type { Words } from "../../../lib/i18n/i18n.ts";
import { type DashboardSearch, filtersOf, keyFiltersOf } from "../../../lib/search/dashboard-search.ts";
import type { KeysSearch } from "../../../lib/search/keys-search.ts";
import type { StatsSearch } from "../../../lib/search/stats-search.ts";

/** A notable number, and the page that shows what it counts. */
export type Insight = { figure: string; label: string; isUrgent?: boolean } & (
  | { to: "/dashboard"; search: DashboardSearch }
  | { to: "/keys"; search: KeysSearch }
  | { to: "/stats"; search: StatsSearch }
);

/** Share of spend that counts as "most". */
const MOST = 800n;
const LEAST_KEYS = 3;

interface BuildInsights {
  dashboard: Dashboard;
  attention: Attention | undefined;
  unusual: Unusual | undefined;
  search: DashboardSearch;
  now: Date;
  words: Wording;
}

type Wording = Pick<Words<"usage">, "t" | "format">;

/** Insights, most urgent first. */
export function buildInsights({ dashboard, attention, unusual, search, now, words }: BuildInsights): Insight[] {
  const list = (show: "low_limit" | "no_limit" | "unused"): Insight | null => {
    const count = attention?.[show] ?? 0;
    if (!attention || count === 0) return null;
    return {
      figure: words.t.usage.insights.keys({ count }),
      label: words.t.usage.insights[show]({ count }),
      isUrgent: show === "low_limit",
      to: "/keys",
      search: { show, ...keyFiltersOf(search) },
    };
  };
  const found = [
    unusual ? describeUnusual(unusual, { search, now, words }) : null,
    list("low_limit"),
    describeFew(dashboard, { search, words }),
    list("no_limit"),
    list("unused"),
  ];
  return found.filter((insight) => insight !== null);
}

function describeUnusual(
  { date, cost, usual, times, api_key_ids, is_all_keys }: NonNullable<Unusual>,
  { search, now, words: { t, format } }: { search: DashboardSearch; now: Date; words: Wording },
): Insight {
  const isToday = date === toDay(now);
  const weekday = format.weekday(date);
  const day = isToday ? t.usage.insights.today : t.usage.insights.on({ day: format.day(date) });
  return {
    figure: times === null ? format.money(cost) : t.usage.insights.times({ times: format.number(times) }),
    label:
      times === null
        ? t.usage.insights.usuallyNothing({ day, weekday })
        : t.usage.insights.usually({ day, cost: format.money(cost), weekday, usual: format.money(usual) }),
    isUrgent: true,
    to: "/stats",
    search: {
      start_date: date,
      end_date: date,
      group_by: ["key", "model"],
      sort: "-cost",
      ...filtersOf(search),
      ...(is_all_keys ? {} : { api_key_id: api_key_ids, exclude_api_key_id: undefined }),
    },
  };
}

/** The few keys with most of the spend; `null` if there are too few keys, or they spend similar amounts. */
function describeFew(
  { by_key: all, summary }: Dashboard,
  { search, words: { t, format } }: { search: DashboardSearch; words: Wording },
): Insight | null {
  const by_key = all.flatMap((row) => (row.api_key_id === null ? [] : [{ ...row, api_key_id: row.api_key_id }]));
  // Share of positive costs: of the sum after refunds, keys could exceed 100%.
  const costs = by_key.map(({ cost }) => parseMoney(cost));
  const total = costs.some((cost) => cost < 0n)
    ? costs.reduce((sum, cost) => (cost > 0n ? sum + cost : sum), 0n)
    : parseMoney(summary.total_cost);
  if (total <= 0n || by_key.length < LEAST_KEYS || search.api_key_id) return null;
  let sum = 0n;
  let few = 0;
  for (const { cost } of by_key) {
    if (sum * 1000n >= total * MOST) break;
    sum += parseMoney(cost);
    few += 1;
  }
  if (few * 2 > by_key.length) return null;
  // Rounded down, so that fewer than all keys never make up 100%.
  const percent = Number((sum * 1000n) / total) / 10;
  return {
    figure: t.usage.insights.keys({ count: few }),
    label: t.usage.insights.few({ count: few, percent: format.percent(percent) }),
    to: "/dashboard",
    search: { ...search, api_key_id: by_key.slice(0, few).map(({ api_key_id }) => api_key_id) },
  };
}

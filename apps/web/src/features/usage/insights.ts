import { startOf, toDay } from "@orwatch/domain/day";
import { type DashboardSearch, filtersOf, keyFiltersOf } from "../../lib/dashboard-search.ts";
import { formatDay, formatMoney, formatPercent, parseMoney } from "../../lib/format.ts";
import type { KeysSearch } from "../../lib/keys-search.ts";
import type { StatsSearch } from "../../lib/stats-search.ts";
import { text } from "../../lib/text/usage.ts";
import type { Attention, Dashboard, Unusual } from "../../lib/trpc.ts";

const words = text.insights;

/** A number worth a look, and the page that shows just what it counts. */
export type Insight = { figure: string; label: string; isUrgent?: boolean } & (
  | { to: "/dashboard"; search: DashboardSearch }
  | { to: "/keys"; search: KeysSearch }
  | { to: "/stats"; search: StatsSearch }
);

/** So much of the spend is "most of it". */
const MOST = 800n;
const LEAST_KEYS = 3;

interface BuildInsights {
  dashboard: Dashboard;
  attention: Attention | undefined;
  unusual: Unusual | undefined;
  search: DashboardSearch;
  now: Date;
}

/** What wants a look, the most urgent first. */
export function buildInsights({ dashboard, attention, unusual, search, now }: BuildInsights): Insight[] {
  const list = (show: "low_limit" | "no_limit" | "unused"): Insight | null => {
    const count = attention?.[show] ?? 0;
    if (!attention || count === 0) return null;
    return {
      figure: words.ofKeys(count, attention.spending),
      label: words[show](count),
      isUrgent: show === "low_limit",
      to: "/keys",
      search: { show, ...keyFiltersOf(search) },
    };
  };
  const found = [
    unusual ? describeUnusual(unusual, { search, now }) : null,
    list("low_limit"),
    describeFew(dashboard, search),
    list("no_limit"),
    list("unused"),
  ];
  return found.filter((insight) => insight !== null);
}

function describeUnusual(
  { date, cost, usual, times, api_key_ids, is_all_keys }: NonNullable<Unusual>,
  { search, now }: { search: DashboardSearch; now: Date },
): Insight {
  const isToday = date === toDay(now);
  const weekday = text.weekdays[startOf(date).getUTCDay()] ?? "";
  const day = isToday ? words.today : words.on(formatDay(date, now));
  return {
    figure: times === null ? formatMoney(cost) : words.times(times),
    label:
      times === null
        ? words.usuallyNothing(day, weekday)
        : words.usually(day, formatMoney(cost), weekday, formatMoney(usual)),
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

/** A few keys that are most of the spend; `null` where the keys are too few, or spend alike. */
function describeFew({ by_key, summary }: Dashboard, search: DashboardSearch): Insight | null {
  // What was spent: of the sum after refunds, keys could be more than all.
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
  // Cut off and not rounded: keys that are left out are never "100 %".
  const percent = Number((sum * 1000n) / total) / 10;
  return {
    figure: words.ofKeys(few, by_key.length),
    label: words.few(few, formatPercent(percent)),
    to: "/dashboard",
    search: { ...search, api_key_id: by_key.slice(0, few).map(({ api_key_id }) => api_key_id) },
  };
}

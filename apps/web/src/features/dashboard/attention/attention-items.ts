import { toDay } from "@orwatch/domain/day";
import type { Attention, Unusual } from "../../../lib/api/trpc.ts";
import type { Words } from "../../../lib/i18n/i18n.ts";
import { type DashboardSearch, filtersOf, keyFiltersOf } from "../../../lib/search/dashboard-search.ts";
import type { KeysSearch } from "../../../lib/search/keys-search.ts";
import type { StatsSearch } from "../../../lib/search/stats-search.ts";

/** A notable number, and the page that shows what it counts. */
export type AttentionItem = { figure: string; label: string; isUrgent?: boolean } & (
  | { to: "/keys"; search: KeysSearch }
  | { to: "/stats"; search: StatsSearch }
);

interface ListAttention {
  attention: Attention | undefined;
  unusual: Unusual | undefined;
  search: DashboardSearch;
  now: Date;
  words: Wording;
}

type Wording = Pick<Words<"usage">, "t" | "format">;

/** Most urgent first. An unusual today is beside the cost of today already. */
export function listAttention({ attention, unusual, search, now, words }: ListAttention): AttentionItem[] {
  const list = (show: "low_limit" | "no_limit" | "unused"): AttentionItem | null => {
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
    unusual && unusual.date !== toDay(now) ? describeUnusual(unusual, { search, words }) : null,
    list("low_limit"),
    list("no_limit"),
    list("unused"),
  ];
  return found.filter((insight) => insight !== null);
}

function describeUnusual(
  { date, cost, usual, times, api_key_ids, is_all_keys }: NonNullable<Unusual>,
  { search, words: { t, format } }: { search: DashboardSearch; words: Wording },
): AttentionItem {
  const weekday = format.weekday(date);
  const day = t.usage.insights.on({ day: format.day(date) });
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

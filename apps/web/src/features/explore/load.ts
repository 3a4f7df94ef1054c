import { toDay } from "@orwatch/domain/day";
import { trpcUtils } from "../../lib/api/trpc.ts";
import { serverNow } from "../../lib/format/clock.ts";
import { ALL_KEYS } from "../../lib/search/keys-search.ts";
import { statsSearch } from "../../lib/search/stats-search.ts";
import { toInputs, toQuestion } from "./model/question.ts";
import { exploreSearch, fromStats } from "./search/explore-search.ts";

/** Loads the data of the page. Of several answers only the first is waited for to succeed: the page reports the others. */
export function loadExplore(address: object): Promise<unknown>[] {
  const search = exploreSearch.parse(address);
  const question = toQuestion(search, toDay(serverNow()));
  const inputs = question.gap === null ? Object.values(toInputs(search, question)) : [];
  const [chart, ...others] = inputs.flatMap((input) => (input ? [trpcUtils.explore.get.ensureData(input)] : []));
  return [
    ...(chart ? [chart] : []),
    ...others.map((answer) => answer.catch(() => null)),
    trpcUtils.keys.list.ensureData(ALL_KEYS),
    trpcUtils.accounts.list.ensureData({}).catch(() => null),
    trpcUtils.views.list.ensureData({}).catch(() => null),
    trpcUtils.annotations.list.ensureData(question.range).catch(() => null),
    ...(search.table === "rows" ? [import("./tables/rows/usage-rows.tsx")] : []),
  ];
}

/** What an address of the former page Statistics means in Explore. */
export const readStatsAddress = (address: object) => exploreSearch.parse(fromStats(statsSearch.parse(address)));

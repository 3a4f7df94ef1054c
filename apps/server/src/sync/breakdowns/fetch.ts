import { type Message, message } from "@orwatch/messages/message";
import { shown } from "../../accounts/discovery.ts";
import type { App } from "../../app.ts";
import { type AnsweredRow, type BreakdownQuery, queryBreakdown } from "../../openrouter/breakdown-queries.ts";
import type { Caller } from "../../openrouter/requests/request.ts";
import { findGap, wrongDate } from "../analytics/completeness.ts";
import { halve } from "../analytics/plan.ts";

/** Number of requests that a run may still send for an account. */
interface Budget {
  left: number;
}

export interface Asking {
  caller: Caller;
  budget: Budget;
}

/** Not requested, because the budget is used up or the server stops. */
export const SPENT = "spent";
export type Fetched = AnsweredRow[] | Message | typeof SPENT;

export const isRows = (fetched: Fetched): fetched is AnsweredRow[] => Array.isArray(fetched);

const MAX_VALUE = 300;

/**
 * Rows of a breakdown, only from complete responses: without warnings and gaps, and not truncated. If a response is truncated, the
 * window is halved.
 * @returns the rows, or why there are none
 */
export async function fetchBreakdown(app: App, { caller, budget }: Asking, query: BreakdownQuery): Promise<Fetched> {
  if (budget.left <= 0 || app.stopping.aborted) return SPENT;
  budget.left -= 1;
  const answer = await queryBreakdown(app.openRouter, caller, query);
  if (!answer.ok) return answer.problem;
  if (answer.deviationMs !== undefined) return wrongDate(answer.deviationMs);
  if (answer.data.hasWarnings) return message("openrouter_analytics_incomplete", {});
  const gap = findGap(answer.data, query);
  if (gap !== null) return gap;
  if (!answer.data.truncated) return answer.data.rows.map(withoutSecrets);
  const halves = halve(query);
  if (!halves) return message("openrouter_analytics_too_large", { day: query.from });
  const first = await fetchBreakdown(app, { caller, budget }, { ...query, ...halves[0] });
  if (!isRows(first)) return first;
  const second = await fetchBreakdown(app, { caller, budget }, { ...query, ...halves[1] });
  return isRows(second) ? [...first, ...second] : second;
}

const withoutSecrets = (row: AnsweredRow): AnsweredRow => ({
  ...row,
  value: row.value === null ? null : shown(row.value, "", MAX_VALUE) || null,
  keyName: row.keyName === null ? null : shown(row.keyName, ""),
});

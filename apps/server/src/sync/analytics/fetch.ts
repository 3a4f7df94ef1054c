import { randomBytes } from "node:crypto";
import type { ApiKey } from "@orwatch/db";
import { addDays, type Day, listDays, maxDay, minDay } from "@orwatch/domain/day";
import { type Message, message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import type { OpenRouter } from "../../openrouter/client.ts";
import type { Caller } from "../../openrouter/requests/request.ts";
import type { UsageRow } from "../../openrouter/schema.ts";
import { findGap, wrongDate } from "./completeness.ts";
import { queryWithMetrics } from "./listed-metrics.ts";
import { halve, type Window } from "./plan.ts";

/** Days that may be replaced, with all their rows, and why other days may not. */
export interface Fetched {
  days: Day[];
  rows: UsageRow[];
  /** `null` if the whole window was returned. */
  problem: Message | null;
  source: "analytics" | "activity";
}

interface Question {
  caller: Caller;
  /** `null` for the whole account. */
  keyHash: string | null;
  window: Window;
  /** The present UTC day. */
  today: Day;
  /** Days with stored usage from analytics: an empty response for them is not trusted. */
  hasStoredUsage: (window: Window) => boolean;
}

/**
 * Usage of a covered key from analytics: only complete responses (no warning, not truncated, models add up to the total). If
 * analytics fails, /activity is used for the completed days that it contains.
 */
export async function fetchUsage(app: App, question: Question): Promise<Fetched> {
  const fetched = await fetchWindow(app, question, question.window);
  if (fetched.problem === null || fetched.days.length > 0) return fetched;
  const { keyHash } = question;
  if (keyHash === null) return fetched;
  const standIn = await fetchActivity(app.openRouter, { ...question, keyHash });
  if (!standIn) return fetched;
  if (standIn.problem === null) return { ...standIn, problem: fetched.problem };
  const both = { analytics: fetched.problem, activity: standIn.problem };
  return { ...standIn, problem: message("openrouter_usage_unavailable", both) };
}

/** Usage of a key that a management key covers. */
export function fetchUsageOfKey(
  app: App,
  input: { caller: Caller; key: ApiKey; window: Window; today: Day },
): Promise<Fetched> {
  const { caller, key, window, today } = input;
  const stored = app.db.reader.prepare(
    "SELECT 1 FROM usage_days WHERE api_key_id = ? AND date BETWEEN ? AND ? AND attributed AND requests > 0 LIMIT 1",
  );
  return fetchUsage(app, {
    caller,
    keyHash: key.keyHash,
    window: { from: window.from, through: window.through },
    today,
    hasStoredUsage: ({ from, through }) => stored.get(key.id, from, through) !== undefined,
  });
}

/** Maximum number of rows per sync of a key: a year with 680 models per day. */
const MAX_ROWS = 250_000;

const nothing = (problem: Message): Fetched => ({ days: [], rows: [], problem, source: "analytics" });

async function fetchWindow(app: App, question: Question, window: Window): Promise<Fetched> {
  const { openRouter } = app;
  const { caller, keyHash } = question;
  const byModel = await queryWithMetrics(app, caller, (metrics) =>
    openRouter.queryAnalytics(caller, { keyHash, ...window, byModel: true, metrics }),
  );
  if (!byModel.ok) return nothing(byModel.problem);
  if (byModel.deviationMs !== undefined) return nothing(wrongDate(byModel.deviationMs));
  if (byModel.data.warnings.length > 0) return nothing(message("openrouter_analytics_incomplete", {}));
  const gap = findGap(byModel.data, window);
  if (gap !== null) return nothing(gap);
  if (byModel.data.truncated) {
    const halves = halve(window);
    if (!halves) return nothing(message("openrouter_analytics_too_large", { day: window.from }));
    const first = await fetchWindow(app, question, halves[0]);
    if (first.rows.length > MAX_ROWS) return { ...first, problem: message("openrouter_too_many_rows", {}) };
    return join(first, await fetchWindow(app, question, halves[1]));
  }
  const { rows } = byModel.data;
  const totals = await openRouter.queryAnalytics(caller, { keyHash, ...window, byModel: false });
  if (!totals.ok) return nothing(totals.problem);
  if (totals.deviationMs !== undefined) return nothing(wrongDate(totals.deviationMs));
  if (totals.data.truncated || totals.data.warnings.length > 0)
    return nothing(message("openrouter_analytics_no_total", {}));
  const gapInTotals = findGap(totals.data, window);
  if (gapInTotals !== null) return nothing(gapInTotals);
  if (rows.length === 0 && question.hasStoredUsage(window)) {
    if (keyHash === null) return nothing(message("openrouter_analytics_no_total", {}));
    const doubt = await confirmEmpty(openRouter, { caller, keyHash });
    if (doubt) return nothing(doubt);
  }
  return withoutDisagreement({ window, rows, totals: totals.data.rows, today: question.today });
}

/** OpenRouter returns no rows for an unknown hash, as for a key that was never used. */
async function confirmEmpty(
  openRouter: OpenRouter,
  { caller, keyHash }: { caller: Caller; keyHash: string },
): Promise<Message | null> {
  const found = await openRouter.findKey(caller, keyHash);
  if (found.ok) return null;
  return found.reason === "missing" ? message("openrouter_key_deleted", {}) : found.problem;
}

function join(a: Fetched, b: Fetched): Fetched {
  return {
    days: [...a.days, ...b.days],
    rows: [...a.rows, ...b.rows],
    // A missing part is worse than days that disagree.
    problem: a.problem?.code === "openrouter_totals_disagree" ? (b.problem ?? a.problem) : (a.problem ?? b.problem),
    source: a.source,
  };
}

/**
 * Leaves out the completed days on which the models do not add up to the day's total within rounding (0.5 nano a row): a model
 * is missing in the response. Today may grow between the two requests and is requested again within the hour.
 */
function withoutDisagreement(input: { window: Window; rows: UsageRow[]; totals: UsageRow[]; today: Day }): Fetched {
  const sums = new Map<Day, { cost: bigint; rows: bigint }>();
  const add = (day: Day, cost: bigint) => {
    const sum = sums.get(day) ?? { cost: 0n, rows: 0n };
    sums.set(day, { cost: sum.cost + cost, rows: sum.rows + 1n });
  };
  for (const row of input.rows) add(row.date, row.cost);
  for (const total of input.totals) add(total.date, -total.cost);
  const disagreeing = new Set<Day>();
  for (const [day, { cost, rows }] of sums) {
    const difference = cost < 0n ? -cost : cost;
    if (day < input.today && 2n * difference > rows) disagreeing.add(day);
  }
  const days = listDays(input.window.from, input.window.through).filter((day) => !disagreeing.has(day));
  const problem = disagreeing.size === 0 ? null : totalsDisagree([...disagreeing].sort());
  return { days, rows: input.rows.filter((row) => !disagreeing.has(row.date)), problem, source: "analytics" };
}

const SHOWN_DAYS = 3;

const totalsDisagree = (days: Day[]): Message =>
  message("openrouter_totals_disagree", {
    days: days.slice(0, SHOWN_DAYS),
    more: Math.max(0, days.length - SHOWN_DAYS),
  });

const ACTIVITY_DAYS = 30;

/**
 * The days in /activity, never today. A missing day may be late, or the key unknown there, so it means nothing.
 * Rows are by endpoint and are summed by model when they are recorded.
 */
async function fetchActivity(
  openRouter: OpenRouter,
  question: Question & { keyHash: string },
): Promise<Fetched | null> {
  const { caller, keyHash, window, today } = question;
  const answer = await openRouter.listActivity(caller, keyHash);
  if (!answer.ok) return null;
  if (answer.deviationMs !== undefined) return nothing(wrongDate(answer.deviationMs));
  // Midnight may pass during the request.
  const shown = { from: addDays(today, -ACTIVITY_DAYS), through: today };
  const gap = findGap(answer.data, shown);
  if (gap !== null) return nothing(gap);
  const oldest = maxDay(window.from, shown.from);
  const newest = minDay(window.through, addDays(today, -1));
  const rows = answer.data.rows.filter((row) => row.date >= oldest && row.date <= newest);
  if (rows.length === 0) return null;
  // Without this filter, the usage of the whole account is returned.
  const ofNoKey = await openRouter.listActivity(caller, randomBytes(32).toString("hex"));
  if (ofNoKey.ok && ofNoKey.data.rows.length > 0) return nothing(message("openrouter_activity_of_account", {}));
  if (!ofNoKey.ok && ofNoKey.reason !== "missing") return null;
  return { days: [...new Set(rows.map((row) => row.date))].sort(), rows, problem: null, source: "activity" };
}

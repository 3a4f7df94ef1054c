import type { Day } from "@orwatch/domain/day";
import { type Message, message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import type { Caller } from "../../openrouter/requests/request.ts";
import type { NamedUsageRow } from "../../openrouter/schema.ts";
import { findGap, wrongDate } from "../analytics/completeness.ts";
import { queryWithMetrics } from "../analytics/listed-metrics.ts";
import { halve, type Window } from "../analytics/plan.ts";

/** What to request: usage by day, model and another dimension. */
interface Question {
  caller: Caller;
  query: App["openRouter"]["queryKeyNames"];
  window: Window;
  /** The models that the account used on a day. */
  modelsOf: (day: Day) => readonly string[];
}

/** All rows of a window. A window that is too large is requested in halves, and a day that is too large by halves of its models. */
export async function fetchByLabel(
  app: App,
  question: Question,
  models: readonly string[] | null = null,
): Promise<NamedUsageRow[] | Message> {
  const { caller, query, window } = question;
  const answer = await queryWithMetrics(app, caller, (metrics) => query(caller, { ...window, metrics, models }));
  if (!answer.ok) return answer.problem;
  if (answer.deviationMs !== undefined) return wrongDate(answer.deviationMs);
  if (answer.data.warnings.length > 0) return message("openrouter_analytics_incomplete", {});
  const gap = findGap(answer.data, window);
  if (gap !== null) return gap;
  if (!answer.data.truncated) return answer.data.rows;
  const rows: NamedUsageRow[] = [];
  const parts = split(question, models);
  if (parts === null) return message("openrouter_analytics_too_large", { day: window.from });
  for (const part of parts) {
    const found = await fetchByLabel(app, { ...question, window: part.window }, part.models);
    if (!Array.isArray(found)) return found;
    // A quarter of a large account has more rows than a call may have arguments.
    for (const row of found) rows.push(row);
  }
  return rows;
}

/** `null` if a part is a single model of a day. */
function split({ window, modelsOf }: Question, models: readonly string[] | null) {
  const halves = halve(window);
  if (halves) return halves.map((half) => ({ window: half, models: null }));
  const all = models ?? modelsOf(window.from);
  const middle = Math.ceil(all.length / 2);
  if (all.length < 2) return null;
  return [all.slice(0, middle), all.slice(middle)].map((half) => ({ window, models: half }));
}

/** Usage of the workspaces whose keys could not be listed; none if it cannot be read. */
export async function fetchElsewhere(
  app: App,
  { accountId, ...question }: Omit<Question, "query"> & { accountId: number },
): Promise<{ workspaceIds: string[]; rows: NamedUsageRow[] }> {
  const unlisted = listUnlisted(app, accountId);
  const rows =
    unlisted.size === 0 ? [] : await fetchByLabel(app, { ...question, query: app.openRouter.queryWorkspaces });
  if (!Array.isArray(rows)) {
    app.log.warn("sync.workspaces", { account_id: accountId, problem: rows.code });
    return { workspaceIds: [], rows: [] };
  }
  return {
    workspaceIds: [...unlisted.values()],
    rows: rows.filter(({ label }) => label !== null && unlisted.has(label)),
  };
}

/** IDs of the workspaces whose keys could not be listed, by name. Names that several workspaces share are left out. */
function listUnlisted(app: App, accountId: number): Map<string, string> {
  const rows = app.db.reader
    .prepare(
      `SELECT name, min(workspace_id) AS id FROM openrouter_workspaces WHERE account_id = ?
       GROUP BY name HAVING count(*) = 1 AND max(is_listed) = 0`,
    )
    .all(accountId) as { name: string; id: string }[];
  return new Map(rows.map(({ name, id }) => [name, id]));
}

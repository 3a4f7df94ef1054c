import { type Message, message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import type { Caller } from "../../openrouter/client.ts";
import type { NamedUsageRow } from "../../openrouter/schema.ts";
import { findGap, wrongDate } from "../analytics/completeness.ts";
import { queryWithMetrics } from "../analytics/listed-metrics.ts";
import { halve, type Window } from "../analytics/plan.ts";

/** All rows of a window. A window that is too large is requested in halves. */
export async function fetchByLabel(
  app: App,
  caller: Caller,
  query: App["openRouter"]["queryKeyNames"],
  window: Window,
): Promise<NamedUsageRow[] | Message> {
  const answer = await queryWithMetrics(app, caller, (metrics) => query(caller, { ...window, metrics }));
  if (!answer.ok) return answer.problem;
  if (answer.deviationMs !== undefined) return wrongDate(answer.deviationMs);
  if (answer.data.warnings.length > 0) return message("openrouter_analytics_incomplete", {});
  const gap = findGap(answer.data, window);
  if (gap !== null) return gap;
  if (!answer.data.truncated) return answer.data.rows;
  const halves = halve(window);
  if (!halves) return message("openrouter_analytics_too_large", { day: window.from });
  const first = await fetchByLabel(app, caller, query, halves[0]);
  if (!Array.isArray(first)) return first;
  const second = await fetchByLabel(app, caller, query, halves[1]);
  return Array.isArray(second) ? [...first, ...second] : second;
}

/** Usage of the workspaces whose keys could not be listed; none if it cannot be read. */
export async function fetchElsewhere(
  app: App,
  { accountId, caller, window }: { accountId: number; caller: Caller; window: Window },
): Promise<{ workspaceIds: string[]; rows: NamedUsageRow[] }> {
  const unlisted = listUnlisted(app, accountId);
  const rows = unlisted.size === 0 ? [] : await fetchByLabel(app, caller, app.openRouter.queryWorkspaces, window);
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

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

/** Rows of whole days. */
export interface LabelledPart {
  window: Window;
  rows: NamedUsageRow[];
}

/**
 * Rows of a window in parts, the newest first: all rows of a large account at once would need too much memory. A window that is too large for one
 * response is requested in halves, and a day that is too large by halves of its models. Ends after a problem.
 */
export async function* readByLabel(app: App, question: Question): AsyncGenerator<LabelledPart | Message> {
  const { window } = question;
  const rows = await ask(app, question, null);
  if (rows !== TOO_LARGE) return yield Array.isArray(rows) ? { window, rows } : rows;
  const halves = halve(window);
  if (halves) {
    for (const half of halves) {
      for await (const part of readByLabel(app, { ...question, window: half })) {
        yield part;
        if (isProblem(part)) return;
      }
    }
    return;
  }
  const ofDay = await askByModels(app, question, question.modelsOf(window.from));
  yield Array.isArray(ofDay) ? { window, rows: ofDay } : ofDay;
}

export const isProblem = (part: LabelledPart | Message): part is Message => "code" in part;

const TOO_LARGE = Symbol("more rows than a response may have");

/** One request. */
async function ask(
  app: App,
  { caller, query, window }: Question,
  models: readonly string[] | null,
): Promise<NamedUsageRow[] | Message | typeof TOO_LARGE> {
  const answer = await queryWithMetrics(app, caller, (metrics) => query(caller, { ...window, metrics, models }));
  if (!answer.ok) return answer.problem;
  if (answer.deviationMs !== undefined) return wrongDate(answer.deviationMs);
  if (answer.data.warnings.length > 0) return message("openrouter_analytics_incomplete", {});
  const gap = findGap(answer.data, window);
  if (gap !== null) return gap;
  return answer.data.truncated ? TOO_LARGE : answer.data.rows;
}

/** Rows of a day that are too many for one response. */
async function askByModels(
  app: App,
  question: Question,
  models: readonly string[],
): Promise<NamedUsageRow[] | Message> {
  if (models.length < 2) return message("openrouter_analytics_too_large", { day: question.window.from });
  const rows: NamedUsageRow[] = [];
  const middle = Math.ceil(models.length / 2);
  for (const half of [models.slice(0, middle), models.slice(middle)]) {
    const found = await ask(app, question, half);
    const all = found === TOO_LARGE ? await askByModels(app, question, half) : found;
    if (!Array.isArray(all)) return all;
    // A call may have fewer arguments than a large day has rows.
    for (const row of all) rows.push(row);
  }
  return rows;
}

/** Usage of the workspaces whose keys could not be listed; none if it cannot be read. */
export async function fetchElsewhere(
  app: App,
  { accountId, ...question }: Omit<Question, "query"> & { accountId: number },
): Promise<{ workspaceIds: string[]; rows: NamedUsageRow[] }> {
  const unlisted = listUnlisted(app, accountId);
  if (unlisted.size === 0) return { workspaceIds: [], rows: [] };
  const rows: NamedUsageRow[] = [];
  for await (const part of readByLabel(app, { ...question, query: app.openRouter.queryWorkspaces })) {
    if (isProblem(part)) {
      app.log.warn("sync.workspaces", { account_id: accountId, problem: part.code });
      return { workspaceIds: [], rows: [] };
    }
    for (const row of part.rows) if (row.label !== null && unlisted.has(row.label)) rows.push(row);
  }
  return { workspaceIds: [...unlisted.values()], rows };
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

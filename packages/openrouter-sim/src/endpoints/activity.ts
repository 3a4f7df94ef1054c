import { withoutColumns } from "../analytics/rows.ts";
import { accumulate, noAmounts } from "../ledger/amounts.ts";
import { uuidFrom } from "../ledger/identity.ts";
import { dayNumber, dayText, parseDay } from "../ledger/time.ts";
import type { Account, Amounts, LedgerKey } from "../ledger/types.ts";
import { type Answer, ApiError, json } from "../server/answers.ts";
import { type Context, isUuid, money, requireManagementKey } from "../server/context.ts";
import { slugOf } from "../year/catalog.ts";
import { resolveKey, visibleCells } from "./visible.ts";

interface Row extends Amounts {
  day: number;
  model: string;
  provider: string;
  workspaceId: string;
}

const COMPLETED_DAYS = 30;

/** GET /activity: completed days only, one row per date, model and endpoint. */
export function getActivity(context: Context): Answer {
  const account = requireManagementKey(context, 403, "Only management keys can fetch activity for an account");
  const [first, last] = daysOf(context);
  const byWorkspace = groupsByWorkspace(context);
  const rows = new Map<string, Row>();
  for (const key of keysOf(context, account)) {
    for (const [day, cell] of visibleCells(context, key, first, last)) {
      const workspaceId = byWorkspace ? key.workspaceId : "";
      const id = `${day}\n${cell.model}\n${cell.provider}\n${workspaceId}`;
      let row = rows.get(id);
      if (!row) {
        row = { day, model: cell.model, provider: cell.provider, workspaceId, ...noAmounts() };
        rows.set(id, row);
      }
      accumulate(row, cell);
    }
  }
  const data = [...rows.values()]
    .sort((a, b) => b.day - a.day)
    .map((row) => withoutColumns(item(context, row), context.options.missingColumns));
  return json({ data });
}

function item(context: Context, row: Row): Record<string, unknown> {
  const date = dayText(row.day);
  return {
    date: context.options.activityDate === "datetime" ? `${date} 00:00:00` : date,
    model: slugOf(row.model),
    model_permaslug: row.model,
    endpoint_id: uuidFrom(`endpoint:${row.provider}:${row.model}`),
    provider_name: row.provider,
    usage: money(context, row.costNanos),
    byok_usage_inference: money(context, row.byokNanos),
    requests: row.requests,
    prompt_tokens: row.promptTokens,
    completion_tokens: row.completionTokens,
    reasoning_tokens: row.reasoningTokens,
    ...(row.workspaceId === "" ? {} : { workspace_id: row.workspaceId }),
    ...(context.options.undocumentedActivity
      ? { byok_requests: row.byokRequests, cached_tokens: row.cachedTokens }
      : {}),
    ...(context.options.unknownFields ? { audio_tokens: 0 } : {}),
  };
}

function daysOf(context: Context): [number, number] {
  const today = dayNumber(context.clock.nowMs());
  const asked = context.query.date;
  if (asked === undefined || asked === "") return [today - COMPLETED_DAYS, today - 1];
  const day = parseDay(asked);
  if (day === null) throw new ApiError(400, "Invalid date format. Date must be in YYYY-MM-DD format");
  if (day >= today || day < today - COMPLETED_DAYS) {
    throw new ApiError(400, `Date must be within the last ${COMPLETED_DAYS} (completed) UTC days`);
  }
  return [day, day];
}

function groupsByWorkspace(context: Context): boolean {
  const asked = context.query.group_by;
  if (asked !== undefined && asked !== "workspace") {
    throw new ApiError(400, "Invalid request parameters: group_by");
  }
  return asked === "workspace";
}

function keysOf(context: Context, account: Account): LedgerKey[] {
  const { query, ledger, options } = context;
  if (query.user_id !== undefined && query.user_id !== account.userId) return [];
  let keys = ledger.keysOf(account.id);
  if (query.api_key_hash !== undefined && !options.activityIgnoresHash) {
    const key = resolveKey(context, account.id, query.api_key_hash);
    if (!key && options.activityUnknownHash === "404") throw new ApiError(404, "Resource not found");
    keys = key ? [key] : [];
  }
  const workspaceId = query.workspace_id;
  if (workspaceId === undefined) return keys;
  if (!isUuid(workspaceId)) throw new ApiError(400, "Invalid request parameters: workspace_id");
  if (!ledger.workspacesOf(account.id).some((workspace) => workspace.id === workspaceId)) {
    throw new ApiError(404, "Resource not found");
  }
  return keys.filter((key) => key.workspaceId === workspaceId);
}

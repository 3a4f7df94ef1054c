import { formatNanos } from "@orwatch/domain/money";
import type { App } from "../../app.ts";
import { usageNow } from "../../platform/clock.ts";
import { CURRENT, creditsLeftOf, currentParameters } from "../current.ts";
import type { Attention, KeyFilter, KeyListOutput, KeySort, KeyStatusFilter } from "../schema.ts";
import { listAttention } from "./attention.ts";
import { containsText, sortRows, sumAmounts } from "./list-rows.ts";
import { toKeyOutput } from "./output.ts";

interface Row {
  id: bigint;
  name: string;
  label: string;
  description: string | null;
  workspace_name: string | null;
  usage: bigint | null;
  usage_daily: bigint | null;
  usage_weekly: bigint | null;
  usage_monthly: bigint | null;
  limit_remaining: bigint | null;
  last_used_at: string | null;
  last_synced_at: string | null;
}

const STATUS = "iif(k.is_active, k.status, 'off')";

/** Counters of a period that has ended are unknown. Newest first. */
const ROWS = `SELECT k.id, k.name, k.label, k.description, k.workspace_name, k.usage_nanos AS usage, ${CURRENT.daily} AS usage_daily,
    ${CURRENT.weekly} AS usage_weekly, ${CURRENT.monthly} AS usage_monthly, k.last_used_at, k.last_synced_at,
    iif(k.credits_total_nanos IS NULL OR k.credits_used_nanos IS NULL, ${CURRENT.limitRemaining}, ${creditsLeftOf("k")}) AS limit_remaining
  FROM api_keys k WHERE k.team_id = :teamId AND k.kind IS NOT 'residual'
    AND (:only IS NULL OR k.id IN (SELECT value FROM json_each(:only)))
    AND (:without IS NULL OR k.id NOT IN (SELECT value FROM json_each(:without)))
    AND (:kind IS NULL OR k.kind = :kind) AND (:source IS NULL OR k.source = :source)
    AND (:workspace IS NULL OR k.workspace_id = :workspace) AND (:status IS NULL OR ${STATUS} = :status)
  ORDER BY k.created_at DESC, k.id DESC`;

const SUMMED = ["usage", "usage_daily", "usage_weekly", "usage_monthly"] as const;

/** Keys of a team, newest first or by `sort`, with sums over all that match. */
export async function listKeys(
  app: App,
  input: KeyFilter & {
    teamId: number;
    skip: number;
    limit: number;
    show?: Attention | undefined;
    sort?: KeySort | undefined;
    search?: string | undefined;
    status?: KeyStatusFilter | undefined;
    kind?: string | undefined;
    source?: string | undefined;
    workspace_id?: string | undefined;
  },
): Promise<KeyListOutput> {
  const { teamId, show, api_key_id: only, exclude_api_key_id: without } = input;
  const now = usageNow(app.clock);
  const ids = show ? listAttention(app, { ...input, show }) : only;
  const found = app.db.reader
    .prepare(ROWS)
    .safeIntegers(true)
    .all({
      ...currentParameters(now),
      teamId,
      only: ids ? JSON.stringify(ids) : null,
      without: without ? JSON.stringify(without) : null,
      kind: input.kind ?? null,
      source: input.source ?? null,
      workspace: input.workspace_id ?? null,
      status: input.status ?? null,
    }) as Row[];
  const search = input.search?.toLowerCase() ?? "";
  const rows =
    search === ""
      ? found
      : found.filter((row) => containsText(search, [row.name, row.label, row.description, row.workspace_name]));
  if (input.sort) sortRows(rows, { sort: input.sort, valueOf: (row, column) => row[column as keyof Row] });
  const page = rows.slice(input.skip, input.skip + input.limit).map(({ id }) => Number(id));
  const keys = await app.db.prisma.apiKey.findMany({ where: { teamId, id: { in: page } } });
  const byId = new Map(keys.map((key) => [key.id, key]));
  const sums = SUMMED.map((column) => {
    const sum = sumAmounts(rows.map((row) => row[column]));
    return [column, sum === null ? null : formatNanos(sum)] as const;
  });
  return {
    items: page.flatMap((id) => byId.get(id) ?? []).map((key) => toKeyOutput(key, now)),
    total: rows.length,
    sums: Object.fromEntries(sums) as KeyListOutput["sums"],
  };
}

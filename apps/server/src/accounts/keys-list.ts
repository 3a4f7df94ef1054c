import type { ApiKey } from "@orwatch/db";
import type { App } from "../app.ts";
import { CURRENT, currentParameters } from "../keys/current.ts";
import { containsText, sortRows, sumAmounts } from "../keys/list/list-rows.ts";
import { sharedKeyFields } from "../keys/list/output.ts";
import { findKeysByHash } from "../keys/stored.ts";
import { storedInstant, usageNow } from "../platform/clock.ts";
import { formatInstant, formatMoney } from "../rpc/wire.ts";
import type { AccountKeyListOutput, AccountKeyOutput, AccountKeySort, AccountKeyState } from "./schema.ts";
import { getOwnedAccount } from "./service.ts";

interface Row {
  hash: string;
  name: string;
  label: string;
  name_at_openrouter: string | null;
  usage: bigint | null;
  usage_daily: bigint | null;
  usage_monthly: bigint | null;
}

const STATE = `CASE WHEN k.gone_at IS NOT NULL THEN 'deleted' WHEN k.disabled_at_openrouter THEN 'disabled'
  WHEN k.expires_at <= :now THEN 'expired' WHEN NOT k.is_active THEN 'unwatched' WHEN k.last_sync_error IS NOT NULL THEN 'failed'
  ELSE 'active' END`;

/** Newest first, those deleted from orwatch last. */
const ROWS = `SELECT * FROM (
    SELECT k.key_hash AS hash, k.name, k.label, k.name_at_openrouter, k.usage_nanos AS usage, ${CURRENT.daily} AS usage_daily,
      ${CURRENT.monthly} AS usage_monthly, k.workspace_id AS workspace, k.source, ${STATE} AS state,
      k.created_at_openrouter AS created, k.id
    FROM api_keys k WHERE k.account_id = :id AND coalesce(k.kind, '') NOT IN ('management', 'residual')
    UNION ALL
    SELECT key_hash, name, label, NULL, NULL, NULL, NULL, NULL, 'discovered', 'unwatched', NULL, NULL FROM removed_keys WHERE account_id = :id)
  WHERE (:workspace IS NULL OR workspace = :workspace) AND (:source IS NULL OR source = :source) AND (:state IS NULL OR state = :state)
  ORDER BY id IS NULL, created DESC, id DESC, name, hash`;

/** Keys of an account, including those deleted from orwatch. Newest first, or sorted by a column. @throws NOT_FOUND */
export function listAccountKeys(
  app: App,
  input: {
    teamId: number;
    id: number;
    skip: number;
    limit: number;
    sort?: AccountKeySort | undefined;
    search?: string | undefined;
    workspace_id?: string | undefined;
    state?: AccountKeyState | undefined;
    source?: string | undefined;
  },
): AccountKeyListOutput {
  const account = getOwnedAccount(app, input);
  const now = usageNow(app.clock);
  const found = app.db.reader
    .prepare(ROWS)
    .safeIntegers(true)
    .all({
      ...currentParameters(now),
      id: account.id,
      now: storedInstant(now),
      workspace: input.workspace_id ?? null,
      source: input.source ?? null,
      state: input.state ?? null,
    }) as Row[];
  const search = input.search?.toLowerCase() ?? "";
  const rows =
    search === "" ? found : found.filter((row) => containsText(search, [row.name, row.label, row.name_at_openrouter]));
  if (input.sort) sortRows(rows, { sort: input.sort, valueOf: (row, column) => row[column as keyof Row], tie: "name" });
  const page = rows.slice(input.skip, input.skip + input.limit);
  const keys = findKeysByHash(
    app.db.reader,
    account.teamId,
    page.map(({ hash }) => hash),
  );
  const sumOf = (column: "usage" | "usage_daily" | "usage_monthly") =>
    formatMoney(sumAmounts(rows.map((row) => row[column])));
  return {
    items: page.map(({ hash, name, label }) => {
      const key = keys.get(hash);
      return key ? toKeyOutput(key, now) : { ...NOTHING_KNOWN, hash, name, label };
    }),
    total: rows.length,
    sums: { usage: sumOf("usage"), usage_daily: sumOf("usage_daily"), usage_monthly: sumOf("usage_monthly") },
  };
}

function toKeyOutput(key: ApiKey, now: Date): AccountKeyOutput {
  return {
    hash: key.keyHash,
    api_key_id: key.id,
    ...sharedKeyFields(key, now),
    name_at_openrouter: key.nameAtOpenRouter,
    workspace_id: key.workspaceId,
    is_watched: key.isActive,
    is_disabled: key.disabledAtOpenRouter,
    deleted_at: formatInstant(key.goneAt),
    created_at: formatInstant(key.createdAtOpenRouter),
    backfill: backfillOf(key),
  };
}

function backfillOf(key: ApiKey): AccountKeyOutput["backfill"] {
  if (key.yearResyncedOn !== null) return "done";
  if (key.usageNanos === 0n && (key.byokNanos ?? 0n) === 0n) return "none";
  return key.watermark === null ? "waiting" : "recent";
}

const NOTHING_KNOWN: Omit<AccountKeyOutput, "hash" | "name" | "label"> = {
  api_key_id: null,
  name_at_openrouter: null,
  workspace_id: null,
  workspace: null,
  source: "discovered",
  has_secret: false,
  is_watched: false,
  is_disabled: false,
  deleted_at: null,
  has_limit: null,
  limit: null,
  limit_remaining: null,
  limit_reset: null,
  usage: null,
  usage_daily: null,
  usage_monthly: null,
  expires_at: null,
  created_at: null,
  backfill: "none",
  last_synced_at: null,
  last_sync_error: null,
  last_sync_error_message: null,
};

import type { ApiKey } from "@orwatch/db";
import { formatNanos } from "@orwatch/domain/money";
import { readStored } from "../../../../../packages/messages/src/renderer.ts";
import { formatInstant, formatMoney } from "../../rpc/wire.ts";
import { creditsLeft, currentCounters } from "../current.ts";
import type { KeyOutput } from "../schema.ts";

/** The key as returned by the API, without its secret. Counters of a period that has ended are unknown. */
export function toKeyOutput(key: ApiKey, now: Date): KeyOutput {
  const current = currentCounters(key, now);
  const status = readStored(key.statusMessage);
  const syncError = readStored(key.lastSyncError);
  return {
    id: key.id,
    name: key.name,
    description: key.description,
    label: key.label,
    kind: key.kind as KeyOutput["kind"],
    is_active: key.isActive,
    status: key.status as KeyOutput["status"],
    status_message: status.text,
    status_reason: status.message,
    managed_by: key.managedById,
    source: key.source as KeyOutput["source"],
    has_secret: key.keyEncrypted !== null,
    account_id: key.accountId,
    workspace: key.workspaceName,
    has_limit: key.hasLimit,
    limit: formatMoney(key.limitNanos),
    limit_remaining: formatMoney(current.limitRemaining),
    include_byok_in_limit: key.includeByokInLimit,
    limit_reset: key.limitReset,
    usage: formatMoney(key.usageNanos),
    usage_daily: formatMoney(current.daily),
    usage_weekly: formatMoney(current.weekly),
    usage_monthly: formatMoney(current.monthly),
    byok_usage: formatMoney(key.byokNanos),
    byok_usage_daily: formatMoney(current.byokDaily),
    byok_usage_weekly: formatMoney(current.byokWeekly),
    byok_usage_monthly: formatMoney(current.byokMonthly),
    counters_at: formatInstant(key.countersAt),
    expires_at: formatInstant(key.expiresAt),
    credits:
      key.creditsTotalNanos === null || key.creditsUsedNanos === null
        ? null
        : {
            total: formatNanos(key.creditsTotalNanos),
            used: formatNanos(key.creditsUsedNanos),
            remaining: formatMoney(creditsLeft(key)),
          },
    created_at: key.createdAt.toISOString(),
    last_used_at: formatInstant(key.lastUsedAt),
    last_validated_at: formatInstant(key.lastValidatedAt),
    last_synced_at: formatInstant(key.lastSyncedAt),
    last_sync_error: syncError.text,
    last_sync_error_message: syncError.message,
  };
}

const PREFIX_LENGTH = "sk-or-v1-".length;
/** For shorter keys, six characters would reveal too much. */
const LEAST_MASKED = PREFIX_LENGTH + 24;

/** Masks a key as `sk-or-v1-abc…9f2`: recognizable, but not usable. */
export const maskKey = (secret: string): string =>
  secret.length < LEAST_MASKED
    ? `${secret.slice(0, PREFIX_LENGTH)}…`
    : `${secret.slice(0, PREFIX_LENGTH + 3)}…${secret.slice(-3)}`;

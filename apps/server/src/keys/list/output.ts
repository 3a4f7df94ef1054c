import type { ApiKey } from "@orwatch/db";
import { formatNanos } from "@orwatch/domain/money";
import { readStored } from "@orwatch/messages/renderer";
import { formatInstant, formatMoney } from "../../rpc/wire.ts";
import { creditsLeft, currentCounters } from "../current.ts";
import type { KeyOutput } from "../schema.ts";

/** Fields of a key that its account lists too. Counters of a period that has ended are unknown. */
export function sharedKeyFields(key: ApiKey, now: Date) {
  const current = currentCounters(key, now);
  const syncError = readStored(key.lastSyncError);
  return {
    name: key.name,
    label: key.label,
    source: key.source as KeyOutput["source"],
    has_secret: key.keyEncrypted !== null,
    workspace: key.workspaceName,
    has_limit: key.hasLimit,
    limit: formatMoney(key.limitNanos),
    limit_remaining: formatMoney(current.limitRemaining),
    limit_reset: key.limitReset,
    usage: formatMoney(key.usageNanos),
    usage_daily: formatMoney(current.daily),
    usage_monthly: formatMoney(current.monthly),
    expires_at: formatInstant(key.expiresAt),
    last_synced_at: formatInstant(key.lastSyncedAt),
    last_sync_error: syncError.text,
    last_sync_error_message: syncError.message,
  };
}

/** The key as returned by the API, without its secret. */
export function toKeyOutput(key: ApiKey, now: Date): KeyOutput {
  const current = currentCounters(key, now);
  const status = readStored(key.statusMessage);
  return {
    id: key.id,
    ...sharedKeyFields(key, now),
    description: key.description,
    kind: key.kind as KeyOutput["kind"],
    is_active: key.isActive,
    status: key.status as KeyOutput["status"],
    status_message: status.text,
    status_reason: status.message,
    managed_by: key.managedById,
    account_id: key.accountId,
    include_byok_in_limit: key.includeByokInLimit,
    usage_weekly: formatMoney(current.weekly),
    byok_usage: formatMoney(key.byokNanos),
    byok_usage_daily: formatMoney(current.byokDaily),
    byok_usage_weekly: formatMoney(current.byokWeekly),
    byok_usage_monthly: formatMoney(current.byokMonthly),
    counters_at: formatInstant(key.countersAt),
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

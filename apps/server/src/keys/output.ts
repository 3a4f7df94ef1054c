import type { ApiKey } from "@orwatch/db";
import { formatNanos } from "@orwatch/domain/money";
import { readStored } from "../platform/english.ts";
import { creditsLeft, currentCounters } from "./current.ts";
import type { KeyOutput } from "./schema.ts";

const money = (nanos: bigint | null) => (nanos === null ? null : formatNanos(nanos));
const instant = (date: Date | null) => date?.toISOString() ?? null;

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
    limit: money(key.limitNanos),
    limit_remaining: money(current.limitRemaining),
    include_byok_in_limit: key.includeByokInLimit,
    limit_reset: key.limitReset,
    usage: money(key.usageNanos),
    usage_daily: money(current.daily),
    usage_weekly: money(current.weekly),
    usage_monthly: money(current.monthly),
    byok_usage: money(key.byokNanos),
    byok_usage_daily: money(current.byokDaily),
    byok_usage_weekly: money(current.byokWeekly),
    byok_usage_monthly: money(current.byokMonthly),
    counters_at: instant(key.countersAt),
    expires_at: instant(key.expiresAt),
    credits:
      key.creditsTotalNanos === null || key.creditsUsedNanos === null
        ? null
        : {
            total: formatNanos(key.creditsTotalNanos),
            used: formatNanos(key.creditsUsedNanos),
            remaining: money(creditsLeft(key)),
          },
    created_at: key.createdAt.toISOString(),
    last_used_at: instant(key.lastUsedAt),
    last_validated_at: instant(key.lastValidatedAt),
    last_synced_at: instant(key.lastSyncedAt),
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

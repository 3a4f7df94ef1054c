import { jsonUsdOrNull } from "../ledger/money.ts";
import { dayNumber } from "../ledger/time.ts";
import type { Counters, LedgerKey } from "../ledger/types.ts";
import { type Answer, json } from "../server/answers.ts";
import { type Context, money, requireKey, timestamp } from "../server/context.ts";

/** GET /key: the caller's own limits and counters. */
export function getKey(context: Context): Answer {
  const key = requireKey(context);
  const account = context.ledger.account(key.accountId);
  const management = key.kind === "management";
  const data: Record<string, unknown> = {
    label: key.label,
    ...limitFields(context, key),
    ...counterFields(context, key),
    is_free_tier: account.creditsNanos === 0n,
    is_management_key: management,
    is_provisioning_key: management,
    creator_user_id: account.userId,
    expires_at: key.expiresAt ? timestamp(context, key.expiresAt) : null,
    rate_limit: { requests: -1, interval: "10s", note: "This field is deprecated and safe to ignore." },
  };
  if (!context.options.oldKeyBody) {
    data.organization_id = account.organizationId;
    data.workspace_id = management ? null : key.workspaceId;
    data.allowed_data_regions = ["global"];
    data.free_model_daily_requests = freeQuota(context, key.accountId);
  }
  if (context.options.unknownFields) {
    data.effective_budget = null;
    data.usage_quarterly = 0;
  }
  return json({ data: { ...data, ...context.options.keyFields } });
}

function countersOf(context: Context, key: LedgerKey): Counters {
  return context.ledger.counterAt(key, context.clock.nowMs() - context.options.lagMs);
}

export function counterFields(context: Context, key: LedgerKey): Record<string, number> {
  const counters = countersOf(context, key);
  return {
    usage: money(context, counters.usage),
    usage_daily: money(context, counters.daily),
    usage_weekly: money(context, counters.weekly),
    usage_monthly: money(context, counters.monthly),
    byok_usage: money(context, counters.byok.usage),
    byok_usage_daily: money(context, counters.byok.daily),
    byok_usage_weekly: money(context, counters.byok.weekly),
    byok_usage_monthly: money(context, counters.byok.monthly),
  };
}

export function limitFields(context: Context, key: LedgerKey): Record<string, unknown> {
  const remaining = key.limitNanos === null ? null : key.limitNanos - spentInLimitWindow(context, key);
  return {
    limit: jsonUsdOrNull(key.limitNanos),
    limit_remaining: remaining === null ? null : money(context, remaining),
    limit_reset: key.limitReset,
    include_byok_in_limit: key.includeByokInLimit,
  };
}

function spentInLimitWindow(context: Context, key: LedgerKey): bigint {
  const counters = countersOf(context, key);
  const window = key.limitReset ?? "usage";
  return counters[window] + (key.includeByokInLimit ? counters.byok[window] : 0n);
}

/** One quota for the whole account: 1000 free requests a day once $10 were ever bought, else 50. */
function freeQuota(context: Context, accountId: string): Record<string, number> {
  const { ledger, clock, options } = context;
  const asOf = clock.nowMs() - options.lagMs;
  const today = dayNumber(asOf);
  let used = 0;
  for (const key of ledger.keysOf(accountId)) {
    for (const [, cell] of ledger.cells(key, today, today, asOf)) {
      if (cell.model.endsWith(":free")) used += cell.requests;
    }
  }
  const limit = ledger.account(accountId).creditsNanos >= 10_000_000_000n ? 1000 : 50;
  return { limit, used, remaining: Math.max(0, limit - used) };
}

import type { ApiKey } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import { storeMessage } from "@orwatch/messages/parse";
import type { Answer } from "../../openrouter/requests/request.ts";
import type { CurrentKey, KeyCounters } from "../../openrouter/schema.ts";
import { isWithin } from "../../platform/clock.ts";

/** Rejections within this time count as one, because OpenRouter has bursts of false 401 responses. */
const REFUSALS_APART_MS = 60_000;

/**
 * Changes of a stored key after a response of /key (pure). Any 200 makes it valid. The second 401 in a row, at least a minute
 * after the first, makes it invalid. Other responses do not change the status.
 */
export function applyKeyResponse(
  key: Pick<ApiKey, "rejections" | "firstRejectedAt" | "status" | "goneAt" | "usageNanos" | "byokNanos">,
  answer: Answer<CurrentKey>,
  now: Date,
): Partial<ApiKey> {
  if (answer.ok) {
    // The last known credits of the account are kept.
    const isNews = key.status !== "valid" || key.rejections > 0;
    return {
      ...valid(answer, now),
      ...(isNews ? { statusMessage: null } : {}),
      ...(wasUsed(key, answer.data) ? { lastUsedAt: now } : {}),
    };
  }
  if (answer.reason === "unauthorized") return rejected(key, now);
  if (key.status !== "unverified") return {};
  return { statusMessage: storeMessage(message("key_not_checked", { cause: answer.problem })) };
}

/** Whether a counter has increased. Unknown values make no statement. */
export const hasGrown = (before: bigint | null, after: bigint | null): boolean =>
  before !== null && after !== null && after > before;

const wasUsed = (key: Pick<ApiKey, "usageNanos" | "byokNanos">, data: CurrentKey) =>
  hasGrown(key.usageNanos, data.usage) || hasGrown(key.byokNanos, data.byok?.usage ?? null);

function valid({ data, date }: { data: CurrentKey; date: Date }, now: Date): Partial<ApiKey> {
  return {
    status: "valid",
    rejections: 0,
    firstRejectedAt: null,
    lastValidatedAt: now,
    kind: data.kind,
    account: data.account,
    ...counterColumns(data, date),
    isFreeTier: data.isFreeTier,
    expiresAt: data.expiresAt,
  };
}

/** Limit and counters as stored. @param readAt by OpenRouter's clock */
export const counterColumns = (data: KeyCounters, readAt: Date) =>
  ({
    countersAt: readAt,
    hasLimit: data.hasLimit,
    limitNanos: data.limit,
    limitRemainingNanos: data.limitRemaining,
    limitReset: data.limitReset,
    includeByokInLimit: data.includeByokInLimit,
    usageNanos: data.usage,
    usageDailyNanos: data.daily,
    usageWeeklyNanos: data.weekly,
    usageMonthlyNanos: data.monthly,
    byokNanos: data.byok?.usage ?? null,
    byokDailyNanos: data.byok?.daily ?? null,
    byokWeeklyNanos: data.byok?.weekly ?? null,
    byokMonthlyNanos: data.byok?.monthly ?? null,
  }) satisfies Partial<ApiKey>;

function rejected(
  key: Pick<ApiKey, "rejections" | "firstRejectedAt" | "status" | "goneAt">,
  now: Date,
): Partial<ApiKey> {
  const first = key.firstRejectedAt;
  if (key.rejections === 0 || first === null)
    return {
      rejections: 1,
      firstRejectedAt: now,
      lastValidatedAt: now,
      statusMessage: storeMessage(message("key_rejected_once", { at: now.toISOString() })),
    };
  if (isWithin(first, REFUSALS_APART_MS, now)) return { lastValidatedAt: now };
  const since = { since: first.toISOString(), cause: key.goneAt ? "deleted" : "unknown" } as const;
  return {
    rejections: key.rejections + 1,
    lastValidatedAt: now,
    status: "invalid",
    statusMessage: storeMessage(message("key_rejected_since", since)),
  };
}

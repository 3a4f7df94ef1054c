import { isDay } from "@orwatch/domain/day";
import { parseNanos } from "@orwatch/domain/money";
import { z } from "zod";
import type { UsageDetails } from "./usage-details.ts";

// OpenRouter's responses, read leniently: only what is used, everything else ignored. Amounts become nano-dollars here.

/** Maximum count of a model and day. */
export const MAX_DAY_COUNT = 10 ** 12;
/** 10 million dollars. SQLite sums in 64 bits, and 100 million per day would overflow within a year. */
export const MAX_DAY_NANOS = 10n ** 16n;

/** A field of any type that may be missing. */
export const anything = z.unknown().optional();

const nanos = anything.transform((amount, check) => {
  const parsed = parseNanos(amount);
  if (parsed === null) {
    check.addIssue({ code: "custom", message: "not an amount" });
    return z.NEVER;
  }
  return parsed;
});
const optionalNanos = anything.transform((amount) => parseNanos(amount));
/** An explicit `null` means none. A missing or invalid field means unknown. */
const limitOrNone = anything.transform((amount) => (amount === null ? ("none" as const) : parseNanos(amount)));
export const optionalText = anything.transform((text) => (typeof text === "string" && text !== "" ? text : null));
const optionalFlag = anything.transform((flag) => (typeof flag === "boolean" ? flag : null));
const optionalInstant = anything.transform((text) => {
  const time = typeof text === "string" ? Date.parse(text) : Number.NaN;
  return Number.isFinite(time) ? new Date(time) : null;
});

const toNumber = (value: unknown) =>
  typeof value === "number" || (typeof value === "string" && value.trim() !== "") ? Number(value) : Number.NaN;

/** A count as a number or, as in analytics, a string. `null` counts as 0. */
export const wholeCount = anything.transform((value, check) => {
  const number = value === null || value === undefined ? 0 : toNumber(value);
  if (!Number.isFinite(number) || number < 0 || number > MAX_DAY_COUNT) {
    check.addIssue({ code: "custom", message: "not a count" });
    return z.NEVER;
  }
  return Math.round(number);
});

/** Amount that may be missing, which means that nothing was spent. */
export const rowNanos = anything.transform((amount, check) => {
  if (amount === null || amount === undefined) return 0n;
  const parsed = parseNanos(amount);
  if (parsed === null || parsed > MAX_DAY_NANOS || parsed < -MAX_DAY_NANOS) {
    check.addIssue({ code: "custom", message: "not an amount" });
    return z.NEVER;
  }
  return parsed;
});

const dayOf = z
  .string()
  .transform((text) => text.slice(0, 10))
  .refine(isDay);

/** Limit and counters, the same in /key and /keys. */
const limitColumns = {
  usage_weekly: optionalNanos,
  usage_monthly: optionalNanos,
  byok_usage: optionalNanos,
  byok_usage_daily: optionalNanos,
  byok_usage_weekly: optionalNanos,
  byok_usage_monthly: optionalNanos,
  limit: limitOrNone,
  limit_remaining: optionalNanos,
  limit_reset: optionalText,
  include_byok_in_limit: optionalFlag,
};
type LimitColumns = z.infer<z.ZodObject<typeof limitColumns>> & { usage: bigint; usage_daily: bigint };

/** Spend and limit of a key, in nano-dollars. */
const toCounters = (data: LimitColumns) => ({
  usage: data.usage,
  daily: data.usage_daily,
  weekly: data.usage_weekly,
  monthly: data.usage_monthly,
  /** `null` if not included in the response. */
  byok:
    data.byok_usage === null || data.byok_usage_daily === null
      ? null
      : {
          usage: data.byok_usage,
          daily: data.byok_usage_daily,
          weekly: data.byok_usage_weekly,
          monthly: data.byok_usage_monthly,
        },
  /** False if the key has no limit. `null` if unknown. */
  hasLimit: data.limit === "none" ? false : data.limit === null ? null : true,
  limit: data.limit === "none" ? null : data.limit,
  limitRemaining: data.limit_remaining,
  limitReset: data.limit_reset,
  includeByokInLimit: data.include_byok_in_limit,
});
export type KeyCounters = ReturnType<typeof toCounters>;

export const currentKey = z
  .object({
    data: z.object({
      ...limitColumns,
      label: optionalText,
      usage: nanos,
      usage_daily: nanos,
      is_free_tier: optionalFlag,
      is_management_key: optionalFlag,
      is_provisioning_key: optionalFlag,
      expires_at: optionalInstant,
      organization_id: optionalText,
      creator_user_id: optionalText,
    }),
  })
  .transform(({ data }) => ({
    ...toCounters(data),
    label: data.label,
    isFreeTier: data.is_free_tier,
    kind: (data.is_management_key ?? data.is_provisioning_key) ? ("management" as const) : ("inference" as const),
    expiresAt: data.expires_at,
    account: data.organization_id ?? data.creator_user_id,
  }));
export type CurrentKey = z.infer<typeof currentKey>;

export const credits = z
  .object({ data: z.object({ total_credits: nanos, total_usage: nanos }) })
  .transform(({ data }) => ({ total: data.total_credits, used: data.total_usage }));

/** An array whose rows are read one by one. */
export const rowArray = z.custom<unknown[]>((value) => Array.isArray(value), "not a list");
export const list = z.object({ data: rowArray });

export const workspace = z
  .object({ id: z.string(), name: optionalText, slug: optionalText, created_at: optionalInstant })
  .transform((space) => ({ id: space.id, name: space.name, slug: space.slug, createdAt: space.created_at }));
export type Workspace = z.infer<typeof workspace>;

export const listedKey = z
  .object({
    ...limitColumns,
    usage: optionalNanos,
    usage_daily: optionalNanos,
    hash: z.string(),
    name: optionalText,
    label: optionalText,
    disabled: optionalFlag,
    workspace_id: optionalText,
    created_at: optionalInstant,
    expires_at: optionalInstant,
  })
  .transform(({ usage, usage_daily, ...key }) => ({
    hash: key.hash,
    name: key.name,
    label: key.label,
    isDisabled: key.disabled ?? false,
    workspaceId: key.workspace_id,
    createdAt: key.created_at,
    expiresAt: key.expires_at,
    /** `null` if not included in the response or impossible. */
    counters: usage === null || usage_daily === null ? null : toCounters({ ...key, usage, usage_daily }),
    hasContradiction: false,
  }));
export type ListedKey = z.infer<typeof listedKey>;

export const keyDetail = z.object({ data: listedKey }).transform(({ data }) => data);

/** Cost and counts of a day and a model. */
export interface UsageAmounts {
  date: string;
  model: string;
  cost: bigint;
  byokCost: bigint;
  requests: number;
  tokensInput: number;
  tokensOutput: number;
}

/** One row of usage: a day and a model of one key. */
export interface UsageRow extends UsageAmounts {
  details: UsageDetails;
}

const BUCKET = /^(date|created_at)__day$/;

const analyticsColumns = z.object({
  date: dayOf,
  model: optionalText,
  api_key_id: optionalText,
  workspace: optionalText,
  credits_usage: rowNanos,
  byok_usage: rowNanos,
  request_count: wholeCount,
  tokens_prompt: wholeCount,
  tokens_completion: wholeCount,
});

const analyticsColumnsOf = z
  .custom<Record<string, unknown>>((row) => typeof row === "object" && row !== null, "not a row")
  .transform((row) => {
    const bucket = Object.keys(row).find((column) => BUCKET.test(column));
    return { ...row, date: bucket === undefined ? undefined : row[bucket] };
  })
  .pipe(analyticsColumns);

const toAmounts = (row: z.infer<typeof analyticsColumns>): UsageAmounts => ({
  date: row.date,
  model: row.model ?? "",
  cost: row.credits_usage,
  byokCost: row.byok_usage,
  requests: row.request_count,
  tokensInput: row.tokens_prompt,
  tokensOutput: row.tokens_completion,
});

export const analyticsRow = analyticsColumnsOf.transform(toAmounts);

/** `label`: name of the key, or a placeholder for keys without one. */
export const namedAnalyticsRow = analyticsColumnsOf.transform((row) => ({ ...toAmounts(row), label: row.api_key_id }));
/** `label`: name of the workspace. */
export const workspaceAnalyticsRow = analyticsColumnsOf.transform((row) => ({
  ...toAmounts(row),
  label: row.workspace,
}));
export type NamedUsageRow = z.infer<typeof namedAnalyticsRow> & UsageRow;

export const analyticsEnvelope = z.object({
  data: z.object({
    data: rowArray,
    metadata: z.object({ truncated: z.boolean() }),
    warnings: rowArray.nullish(),
  }),
});

export const activityRow = z
  .object({
    date: dayOf,
    model_permaslug: optionalText,
    model: optionalText,
    usage: rowNanos,
    byok_usage_inference: rowNanos,
    requests: wholeCount,
    prompt_tokens: wholeCount,
    completion_tokens: wholeCount,
  })
  .transform(
    (row): UsageAmounts => ({
      date: row.date,
      model: row.model_permaslug ?? row.model ?? "",
      cost: row.usage,
      byokCost: row.byok_usage_inference,
      requests: row.requests,
      tokensInput: row.prompt_tokens,
      tokensOutput: row.completion_tokens,
    }),
  );

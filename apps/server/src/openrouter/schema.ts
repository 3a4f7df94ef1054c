import { isDay } from "@orwatch/domain/day";
import { parseNanos } from "@orwatch/domain/money";
import { z } from "zod";
import { findCounterFlaw } from "./counter-flaw.ts";
import { ACTIVITY, ANALYTICS, MAX_DAY_COUNT, MAX_DAY_NANOS, PAGE } from "./limits.ts";
import { type Read, readOne, readRows, rowArray, UnreadableAnswer } from "./parse.ts";

// OpenRouter's answers, read leniently: only what is used, everything else ignored. Amounts become nano-dollars here.

/** A field that may be anything, or not be there at all. */
const anything = z.unknown().optional();

const nanos = anything.transform((amount, check) => {
  const parsed = parseNanos(amount);
  if (parsed === null) {
    check.addIssue({ code: "custom", message: "not an amount" });
    return z.NEVER;
  }
  return parsed;
});
const optionalNanos = anything.transform((amount) => parseNanos(amount));
const optionalText = anything.transform((text) => (typeof text === "string" && text !== "" ? text : null));
const optionalFlag = anything.transform((flag) => (typeof flag === "boolean" ? flag : null));
const optionalInstant = anything.transform((text) => {
  const time = typeof text === "string" ? Date.parse(text) : Number.NaN;
  return Number.isFinite(time) ? new Date(time) : null;
});

const toNumber = (value: unknown) =>
  typeof value === "number" || (typeof value === "string" && value.trim() !== "") ? Number(value) : Number.NaN;

/** A count as a number or, as analytics sends it, in a string. `null` counts as 0: analytics leaves out what is not there. */
const wholeCount = anything.transform((value, check) => {
  const number = value === null || value === undefined ? 0 : toNumber(value);
  if (!Number.isFinite(number) || number < 0 || number > MAX_DAY_COUNT) {
    check.addIssue({ code: "custom", message: "not a count" });
    return z.NEVER;
  }
  return Math.round(number);
});

/** Amount that may be missing from a row: then nothing was spent. */
const rowNanos = anything.transform((amount, check) => {
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

const currentKey = z
  .object({
    data: z.object({
      label: optionalText,
      usage: nanos,
      usage_daily: nanos,
      usage_weekly: optionalNanos,
      usage_monthly: optionalNanos,
      limit: optionalNanos,
      limit_remaining: optionalNanos,
      limit_reset: optionalText,
      include_byok_in_limit: optionalFlag,
      is_management_key: optionalFlag,
      is_provisioning_key: optionalFlag,
      expires_at: optionalInstant,
      organization_id: optionalText,
      creator_user_id: optionalText,
    }),
  })
  .transform(({ data }) => ({
    label: data.label,
    usage: data.usage,
    daily: data.usage_daily,
    weekly: data.usage_weekly,
    monthly: data.usage_monthly,
    limit: data.limit,
    limitRemaining: data.limit_remaining,
    limitReset: data.limit_reset,
    includeByokInLimit: data.include_byok_in_limit,
    kind: (data.is_management_key ?? data.is_provisioning_key) ? ("management" as const) : ("inference" as const),
    expiresAt: data.expires_at,
    account: data.organization_id ?? data.creator_user_id,
  }));
export type CurrentKey = z.infer<typeof currentKey>;

export const CONTRADICTION =
  "OpenRouter's counters contradict each other (an amount is negative or too large, or a day has more than all time); they were not used.";

export const readCurrentKey: Read<CurrentKey> = async (json, pause) => {
  const key = await readOne(currentKey)(json, pause);
  const flaw = findCounterFlaw((json as { data: Record<string, unknown> }).data);
  if (flaw !== null) throw new UnreadableAnswer(flaw, CONTRADICTION);
  return key;
};

const credits = z
  .object({ data: z.object({ total_credits: nanos, total_usage: nanos }) })
  .transform(({ data }) => ({ total: data.total_credits, used: data.total_usage }));

export const readCredits: Read<z.output<typeof credits>> = async (json, pause) => {
  const read = await readOne(credits)(json, pause);
  if (read.total < 0n || read.used < 0n) throw new UnreadableAnswer("negative credits", CONTRADICTION);
  return read;
};

const list = z.object({ data: rowArray });

/** Reads `{ data: [row, …] }`. */
const readPage =
  <S extends z.ZodType>(schema: S): Read<z.output<S>[]> =>
  async (json, pause) =>
    readRows((await readOne(list)(json, pause)).data, { schema, limit: PAGE, pause });

export const readWorkspaces = readPage(z.object({ id: z.string(), name: optionalText }));

const listedKey = z
  .object({
    hash: z.string(),
    name: optionalText,
    label: optionalText,
    disabled: optionalFlag,
    workspace_id: optionalText,
    expires_at: optionalInstant,
  })
  .transform((key) => ({ ...key, disabled: key.disabled ?? false }));
export type ListedKey = z.infer<typeof listedKey>;

export const readKeyList = readPage(listedKey);
export const readKeyDetail = readOne(z.object({ data: listedKey }).transform(({ data }) => data));

/** One row of usage: a day and a model of one key. */
export interface UsageRow {
  date: string;
  model: string;
  cost: bigint;
  byokCost: bigint;
  requests: number;
  tokensInput: number;
  tokensOutput: number;
}

const BUCKET = /^(date|created_at)__day$/;

const analyticsColumns = z.object({
  date: dayOf,
  model: optionalText,
  credits_usage: rowNanos,
  byok_usage: rowNanos,
  request_count: wholeCount,
  tokens_prompt: wholeCount,
  tokens_completion: wholeCount,
});

const analyticsRow = z
  .custom<Record<string, unknown>>((row) => typeof row === "object" && row !== null, "not a row")
  .transform((row) => {
    const bucket = Object.keys(row).find((column) => BUCKET.test(column));
    return { ...row, date: bucket === undefined ? undefined : row[bucket] };
  })
  .pipe(analyticsColumns)
  .transform(
    (row): UsageRow => ({
      date: row.date,
      model: row.model ?? "",
      cost: row.credits_usage,
      byokCost: row.byok_usage,
      requests: row.request_count,
      tokensInput: row.tokens_prompt,
      tokensOutput: row.tokens_completion,
    }),
  );

/** Columns that no row has. OpenRouter may leave single values out; a column that is missing throughout was not answered. */
const findMissing = (rows: unknown[], columns: readonly string[]): string[] =>
  rows.length === 0
    ? []
    : columns.filter((column) => !rows.some((row) => (row as Record<string, unknown>)[column] !== undefined));

const analyticsEnvelope = z.object({
  data: z.object({
    data: rowArray,
    metadata: z.object({ truncated: z.boolean() }),
    warnings: rowArray.nullish(),
  }),
});

export interface Analytics {
  rows: UsageRow[];
  truncated: boolean;
  /** The first of them. */
  warnings: string[];
  /** Metrics and dimensions that were asked for and that no row has. */
  missing: string[];
}

const SHOWN_WARNINGS = 3;

/** @param columns metrics and dimensions that were asked for */
export const readAnalytics =
  (columns: readonly string[]): Read<Analytics> =>
  async (json, pause) => {
    const { data } = await readOne(analyticsEnvelope)(json, pause);
    return {
      rows: await readRows(data.data, { schema: analyticsRow, limit: ANALYTICS, pause }),
      truncated: data.metadata.truncated,
      warnings: (data.warnings ?? []).slice(0, SHOWN_WARNINGS).map(String),
      missing: findMissing(data.data, columns),
    };
  };

const activityRow = z
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
    (row): UsageRow => ({
      date: row.date,
      model: row.model_permaslug ?? row.model ?? "",
      cost: row.usage,
      byokCost: row.byok_usage_inference,
      requests: row.requests,
      tokensInput: row.prompt_tokens,
      tokensOutput: row.completion_tokens,
    }),
  );
const ACTIVITY_COLUMNS = ["usage", "byok_usage_inference", "requests", "prompt_tokens", "completion_tokens"];

export interface Activity {
  rows: UsageRow[];
  /** As of `Analytics`. */
  missing: string[];
}

export const readActivity: Read<Activity> = async (json, pause) => {
  const { data } = await readOne(list)(json, pause);
  const rows = await readRows(data, { schema: activityRow, limit: ACTIVITY, pause });
  const hasModel = findMissing(data, ["model", "model_permaslug"]).length < 2;
  return { rows, missing: [...findMissing(data, ACTIVITY_COLUMNS), ...(hasModel ? [] : ["model"])] };
};

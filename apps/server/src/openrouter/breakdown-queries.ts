import { addDays, type Day, isDay } from "@orwatch/domain/day";
import { z } from "zod";
import { ANALYTICS, ANALYTICS_ROWS, METRICS, PAGE } from "./answers/limits.ts";
import { type Read, readOne, readRows } from "./answers/parse.ts";
import { readEnvelope } from "./answers/read-answers.ts";
import type { OpenRouter } from "./client.ts";
import type { Answer, Caller } from "./requests/request.ts";
import { anything, optionalText, rowArray, rowNanos, wholeCount } from "./schema.ts";

/** Names of OpenRouter's dimensions. */
export type AnalyticsDimension = "provider" | "app" | "finish_reason" | "external_user" | "user" | "workspace";

export const SPEED_METRICS = ["p50_latency", "p95_latency", "p50_throughput", "p95_throughput"] as const;

export interface BreakdownQuery {
  /** Hashes of the keys. `null` for the whole account. */
  keyHashes: readonly string[] | null;
  from: Day;
  through: Day;
  /** `null` for hours. With several keys, their rows contain the name of the key. */
  dimension: AnalyticsDimension | null;
  withSpeed: boolean;
}

/** Usage of a value and a model. */
export interface AnsweredRow {
  date: Day;
  hour: number | null;
  value: string | null;
  /** Name of the key if several were requested. */
  keyName: string | null;
  model: string;
  cost: bigint;
  byokCost: bigint;
  requests: number;
  tokensInput: number;
  tokensOutput: number;
  latencyP50: number | null;
  latencyP95: number | null;
  throughputP50: number | null;
  throughputP95: number | null;
}

interface AnsweredBreakdown {
  rows: AnsweredRow[];
  truncated: boolean;
  hasWarnings: boolean;
  /** Requested columns that are missing in every row. */
  missing: string[];
}

/** What queries may use. */
export interface AnalyticsMeta {
  dimensions: ReadonlySet<string>;
  metrics: ReadonlySet<string>;
  granularities: ReadonlySet<string>;
}

type Asking = Pick<OpenRouter, "ask">;

/** Lists dimensions, metrics and granularities. A query with any other one fails as a whole. */
export const getAnalyticsMeta = (openRouter: Asking, caller: Caller): Promise<Answer<AnalyticsMeta>> =>
  openRouter.ask(caller, { path: "/analytics/meta", read: readMeta, limit: PAGE });

/** Usage from `from` to `through`, inclusive, by model and a dimension, or by model and hour. */
export function queryBreakdown(
  openRouter: Asking,
  caller: Caller,
  query: BreakdownQuery,
): Promise<Answer<AnsweredBreakdown>> {
  const { keyHashes, from, through, dimension } = query;
  const isOfSeveral = keyHashes !== null && keyHashes.length > 1;
  const byKey = dimension === null && isOfSeveral ? ["api_key_id"] : [];
  const dimensions = [...(dimension === null ? byKey : [dimension]), "model"];
  const [hash] = keyHashes ?? [];
  const filter = isOfSeveral ? { operator: "in", value: keyHashes } : { operator: "eq", value: hash };
  const body = {
    metrics: [...METRICS, ...(query.withSpeed ? SPEED_METRICS : [])],
    dimensions,
    granularity: dimension === null ? "hour" : "day",
    limit: ANALYTICS_ROWS,
    ...(keyHashes === null ? {} : { filters: [{ field: "api_key_id", ...filter }] }),
    time_range: { start: `${from}T00:00:00Z`, end: `${addDays(through, 1)}T00:00:00Z` },
  };
  const read = readBreakdown({ dimension, columns: [...METRICS, ...dimensions] });
  return openRouter.ask(caller, { path: "/analytics/query", limit: ANALYTICS, read, body });
}

const BUCKET = /^(date|created_at)__(hour|day)$/;
const HOUR = /^(\d{4}-\d{2}-\d{2})[ T]([01]\d|2[0-3]):00:00/;

const row = z.custom<Record<string, unknown>>((value) => typeof value === "object" && value !== null, "not a row");

/** A time or a rate. Implausible values are unknown. */
const measure = anything.transform((value) => {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) && number >= 0 && number < 1e9 ? number : null;
});
const wholeMeasure = measure.transform((value) => (value === null ? null : Math.round(value)));

const columns = z.object({
  bucket: z.string(),
  value: optionalText,
  api_key_id: optionalText,
  model: optionalText,
  credits_usage: rowNanos,
  byok_usage: rowNanos,
  request_count: wholeCount,
  tokens_prompt: wholeCount,
  tokens_completion: wholeCount,
  p50_latency: wholeMeasure,
  p95_latency: wholeMeasure,
  p50_throughput: measure,
  p95_throughput: measure,
});

const breakdownRow = (dimension: AnalyticsDimension | null) =>
  row
    .transform((answered) => {
      const bucket = Object.keys(answered).find((column) => BUCKET.test(column));
      return {
        ...answered,
        bucket: bucket === undefined ? undefined : answered[bucket],
        value: dimension === null ? null : answered[dimension],
      } as z.input<typeof columns>;
    })
    .pipe(columns)
    .transform((answered, check): AnsweredRow => {
      const [, date, hour] = HOUR.exec(answered.bucket) ?? [null, answered.bucket.slice(0, 10), null];
      if (!isDay(date as string) || (dimension === null && hour === null)) {
        check.addIssue({ code: "custom", message: "not a time" });
        return z.NEVER;
      }
      return {
        date: date as string,
        hour: dimension === null ? Number(hour) : null,
        value: answered.value,
        keyName: answered.api_key_id,
        model: answered.model ?? "",
        cost: answered.credits_usage,
        byokCost: answered.byok_usage,
        requests: answered.request_count,
        tokensInput: answered.tokens_prompt,
        tokensOutput: answered.tokens_completion,
        latencyP50: answered.p50_latency,
        latencyP95: answered.p95_latency,
        throughputP50: answered.p50_throughput,
        throughputP95: answered.p95_throughput,
      };
    });

const readBreakdown =
  (asked: { dimension: AnalyticsDimension | null; columns: string[] }): Read<AnsweredBreakdown> =>
  async (json, pause) => {
    const { source, truncated, warnings, missing } = await readEnvelope(json, { columns: asked.columns, pause });
    const rows = await readRows(source, { schema: breakdownRow(asked.dimension), limit: ANALYTICS, pause });
    return { rows, truncated, hasWarnings: warnings.length > 0, missing };
  };

const named = rowArray.nullish();
const meta = z.object({ data: z.object({ dimensions: named, metrics: named, granularities: named }) });

const readMeta: Read<AnalyticsMeta> = async (json, pause) => {
  const { data } = await readOne(meta)(json, pause);
  return {
    dimensions: namesOf(data.dimensions),
    metrics: namesOf(data.metrics),
    granularities: namesOf(data.granularities),
  };
};

const namesOf = (list: unknown[] | null | undefined): Set<string> =>
  new Set(
    (list ?? []).flatMap((entry) => {
      const name = typeof entry === "object" && entry !== null && "name" in entry ? entry.name : null;
      return typeof name === "string" ? [name] : [];
    }),
  );

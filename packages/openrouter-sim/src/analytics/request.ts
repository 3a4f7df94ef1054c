import { DAY_MS } from "../ledger/time.ts";
import { ApiError } from "../server/answers.ts";
import type { Context } from "../server/context.ts";
import { DIMENSIONS, type DimensionName, GRANULARITIES, isRaw, METRICS, type Metric, OPERATORS } from "./metrics.ts";

export type Granularity = "hour" | "day" | "week" | "month";

interface AnalyticsFilter {
  readonly field: DimensionName;
  readonly negated: boolean;
  readonly values: readonly string[];
}

export interface AnalyticsRequest {
  readonly metrics: readonly Metric[];
  readonly dimensions: readonly DimensionName[];
  readonly granularity: Granularity | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly filters: readonly AnalyticsFilter[];
  readonly orderBy: { field: string; descending: boolean } | null;
  readonly limit: number;
  readonly groupLimit: number | null;
}

const SHORT_RANGE_DAYS = 31;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

function bad(message: string): ApiError {
  return new ApiError(400, message);
}

export function parseAnalyticsRequest(context: Context): AnalyticsRequest {
  const body = parseBody(context);
  const metrics = names(body.metrics, "metrics").map((name) => {
    const metric = METRICS.find((candidate) => candidate.name === name);
    if (!metric || context.options.unknownMetrics.includes(name)) throw bad(`Invalid metric: ${name}`);
    return metric;
  });
  if (metrics.length === 0) throw bad("metrics: Too small: expected array to have >=1 items");
  const dimensions = names(body.dimensions ?? [], "dimensions").map((name) => dimension(context, name));
  if (dimensions.length > 2) throw bad("dimensions: Too big: expected array to have <=2 items");
  const [startMs, endMs] = range(context, body.time_range);
  const request: AnalyticsRequest = {
    metrics,
    dimensions,
    granularity: granularityOf(body.granularity),
    startMs,
    endMs,
    filters: filtersOf(context, body.filters ?? []),
    orderBy: orderOf(body.order_by, metrics, dimensions),
    limit: bounded(body.limit, "limit") ?? 1000,
    groupLimit: bounded(body.group_limit, "group_limit"),
  };
  const days = (endMs - startMs) / DAY_MS;
  const short =
    request.granularity === "hour" ||
    metrics.some((metric) => metric.short) ||
    dimensions.some(isRaw) ||
    request.filters.some((filter) => isRaw(filter.field));
  const most = short ? SHORT_RANGE_DAYS : context.options.analyticsMaxDays;
  if (days > most) throw bad(`Time range exceeds the maximum of ${most} days for this query`);
  return request;
}

function parseBody(context: Context): Record<string, unknown> {
  if (!context.contentType.includes("json")) throw bad("Invalid request parameters: expected application/json");
  let body: unknown;
  try {
    body = JSON.parse(context.body);
  } catch {
    throw bad("Malformed JSON in request body");
  }
  if (!isObject(body)) throw bad("Invalid input: expected object");
  return body;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function names(value: unknown, field: string): string[] {
  if (!Array.isArray(value) || !value.every((item) => typeof item === "string")) {
    throw bad(`${field}: Invalid input: expected array of strings`);
  }
  return value;
}

function dimension(context: Context, name: string): DimensionName {
  const known = DIMENSIONS.find((candidate) => candidate.name === name);
  if (!known || context.options.missingDimensions.includes(name)) throw bad(`Invalid dimension: ${name}`);
  return known.name;
}

function granularityOf(value: unknown): Granularity | null {
  if (value === undefined) return null;
  if (value === "hour" || value === "day" || value === "week" || value === "month") return value;
  if (GRANULARITIES.some((name) => name === value)) throw bad(`The simulator has no ${String(value)}s`);
  throw bad(`Invalid granularity: ${String(value)}`);
}

function range(context: Context, value: unknown): [number, number] {
  if (value === undefined) return [context.clock.nowMs() - 7 * DAY_MS, context.clock.nowMs()];
  if (!isObject(value)) throw bad("time_range: Invalid input: expected object");
  const start = instant(value.start, "time_range.start");
  const end = instant(value.end, "time_range.end");
  if (start >= end) throw bad("time_range: start must be before end");
  return [start, end];
}

function instant(value: unknown, field: string): number {
  const ms = typeof value === "string" && INSTANT.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(ms)) throw bad(`${field}: Invalid ISO datetime`);
  return ms;
}

function filtersOf(context: Context, value: unknown): AnalyticsFilter[] {
  if (!Array.isArray(value)) throw bad("filters: Invalid input: expected array");
  if (value.length > 20) throw bad("filters: Too big: expected array to have <=20 items");
  return value.map((item: unknown) => {
    if (!isObject(item) || typeof item.field !== "string") throw bad("filters: Invalid input: expected object");
    const operator = OPERATORS.find((candidate) => candidate.name === item.operator);
    if (!operator) throw bad(`Invalid operator: ${String(item.operator)}`);
    if ((operator.value_type === "array") !== Array.isArray(item.value)) {
      throw bad(`filters: operator ${operator.name} expects ${operator.value_type} value`);
    }
    if (!["eq", "neq", "in", "not_in"].includes(operator.name)) {
      throw bad(`Operator ${operator.name} is not supported for ${item.field}`);
    }
    const values: unknown[] = Array.isArray(item.value) ? item.value : [item.value];
    if (!values.every((one) => typeof one === "string" || typeof one === "number")) {
      throw bad("filters: Invalid input: expected string or number");
    }
    const negated = operator.name === "neq" || operator.name === "not_in";
    return { field: dimension(context, item.field), negated, values: values.map(String) };
  });
}

function orderOf(
  value: unknown,
  metrics: readonly Metric[],
  dimensions: readonly DimensionName[],
): AnalyticsRequest["orderBy"] {
  if (value === undefined) return null;
  if (!isObject(value) || typeof value.field !== "string") throw bad("order_by: Invalid input: expected object");
  if (value.direction !== "asc" && value.direction !== "desc") throw bad("order_by.direction: Invalid option");
  const known = ["date", ...metrics.map((metric) => metric.name), ...dimensions];
  if (!known.includes(value.field)) throw bad(`order_by: field ${value.field} is not part of the query`);
  return { field: value.field, descending: value.direction === "desc" };
}

function bounded(value: unknown, field: string): number | null {
  if (value === undefined) return null;
  if (typeof value !== "number" || !Number.isInteger(value)) throw bad(`${field}: Invalid input: expected int`);
  if (value < 1) throw bad(`${field}: Too small: expected number to be >=1`);
  if (value > 10_000) throw bad(`${field}: Too big: expected number to be <=10000`);
  return value;
}

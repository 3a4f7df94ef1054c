import { parseNanos } from "@orwatch/domain/money";
import { MAX_DAY_COUNT, MAX_DAY_NANOS } from "./schema.ts";
import { DETAIL_NAMES, DETAIL_SOURCES, type DetailName, NO_DETAILS, type UsageDetails } from "./usage-details.ts";

/** A detail and the column of a row that has it. */
export type DetailColumn = [name: DetailName, column: string];

/** The columns of analytics that carry the metrics asked for. */
export const columnsOfMetrics = (metrics: readonly string[]): DetailColumn[] =>
  DETAIL_NAMES.flatMap((name) => {
    const { metric } = DETAIL_SOURCES[name];
    return metrics.includes(metric) ? [[name, metric] as DetailColumn] : [];
  });

export const ACTIVITY_DETAILS: DetailColumn[] = DETAIL_NAMES.flatMap((name) => {
  const { activity } = DETAIL_SOURCES[name];
  return activity === null ? [] : [[name, activity] as DetailColumn];
});

const isAbsent = (value: unknown) => value === undefined || value === null;

function readCount(value: unknown): number | null {
  const count = typeof value === "number" || (typeof value === "string" && value.trim() !== "") ? Number(value) : -1;
  return Number.isInteger(count) && count >= 0 && count <= MAX_DAY_COUNT ? count : null;
}

function readNanos(value: unknown): bigint | null {
  const nanos = parseNanos(value);
  return nanos === null || magnitude(nanos) > MAX_DAY_NANOS ? null : nanos;
}

const magnitude = (nanos: bigint) => (nanos < 0n ? -nanos : nanos);

/**
 * Reads the details of the rows of one answer. A value that is missing, or that cannot be, is not known of that row: no detail may
 * keep the cost of a day from being booked. A day cannot have more of a detail than one row may, so that sums stay exact.
 */
export function createDetailsReader(columns: DetailColumn[]) {
  const malformed = new Set<string>();
  const counted = new Map<string, number>();
  const spent = new Map<string, bigint>();

  function countOf(value: unknown, place: string): number | null {
    const count = readCount(value);
    const sum = (counted.get(place) ?? 0) + (count ?? 0);
    if (count === null || sum > MAX_DAY_COUNT) return null;
    counted.set(place, sum);
    return count;
  }

  function nanosOf(value: unknown, place: string): bigint | null {
    const nanos = readNanos(value);
    const sum = (spent.get(place) ?? 0n) + magnitude(nanos ?? 0n);
    if (nanos === null || sum > MAX_DAY_NANOS) return null;
    spent.set(place, sum);
    return nanos;
  }

  return {
    /** Columns that had a value which cannot be. */
    malformed,
    read(row: Record<string, unknown>, date: string): UsageDetails {
      if (columns.length === 0) return NO_DETAILS;
      const details: Record<DetailName, number | bigint | null> = { ...NO_DETAILS };
      for (const [name, column] of columns) {
        const value = row[column];
        if (isAbsent(value)) continue;
        const place = `${date} ${name}`;
        const read = DETAIL_SOURCES[name].kind === "count" ? countOf(value, place) : nanosOf(value, place);
        if (read === null) malformed.add(column);
        details[name] = read;
      }
      return details as UsageDetails;
    },
  };
}

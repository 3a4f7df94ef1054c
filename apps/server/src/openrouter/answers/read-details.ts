import { parseNanos } from "@orwatch/domain/money";
import { MAX_DAY_COUNT, MAX_DAY_NANOS } from "../schema.ts";
import { DETAIL_NAMES, DETAIL_SOURCES, type DetailName, NO_DETAILS, type UsageDetails } from "../usage-details.ts";

/** A detail and its column in a response. */
export type DetailColumn = [name: DetailName, column: string];

/** Columns of the requested metrics. */
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
  // Most amounts are 0.
  if (value === 0 || value === "0") return 0n;
  const nanos = parseNanos(value);
  return nanos === null || magnitude(nanos) > MAX_DAY_NANOS ? null : nanos;
}

const magnitude = (nanos: bigint) => (nanos < 0n ? -nanos : nanos);

/** Sums of the details of a day, by magnitude. */
interface DaySums {
  counts: Partial<Record<DetailName, number>>;
  nanos: Partial<Record<DetailName, bigint>>;
}

/**
 * Reads the details of the rows of one response. A missing or impossible value is unknown for its row: a detail must never prevent
 * the cost of a day from being stored. The details of a day together are limited like those of a row, so that sums stay exact.
 */
export function createDetailsReader(columns: DetailColumn[]) {
  const malformed = new Set<string>();
  const sums = new Map<string, DaySums>();

  function sumsOf(date: string): DaySums {
    let day = sums.get(date);
    if (!day) {
      day = { counts: {}, nanos: {} };
      sums.set(date, day);
    }
    return day;
  }

  function countOf(value: unknown, { counts }: DaySums, name: DetailName): number | null {
    const count = readCount(value);
    if (count === null) return null;
    const sum = (counts[name] ?? 0) + count;
    if (sum > MAX_DAY_COUNT) return null;
    counts[name] = sum;
    return count;
  }

  function nanosOf(value: unknown, { nanos }: DaySums, name: DetailName): bigint | null {
    const amount = readNanos(value);
    if (amount === null || amount === 0n) return amount;
    const sum = (nanos[name] ?? 0n) + magnitude(amount);
    if (sum > MAX_DAY_NANOS) return null;
    nanos[name] = sum;
    return amount;
  }

  return {
    /** Columns with impossible values. */
    malformed,
    read(row: Record<string, unknown>, date: string): UsageDetails {
      if (columns.length === 0) return NO_DETAILS;
      const details: Record<DetailName, number | bigint | null> = { ...NO_DETAILS };
      const day = sumsOf(date);
      for (const [name, column] of columns) {
        const value = row[column];
        if (isAbsent(value)) continue;
        const read = DETAIL_SOURCES[name].kind === "count" ? countOf(value, day, name) : nanosOf(value, day, name);
        if (read === null) malformed.add(column);
        details[name] = read;
      }
      return details as UsageDetails;
    },
  };
}

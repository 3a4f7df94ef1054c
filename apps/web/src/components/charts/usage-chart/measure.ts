import type { Format } from "@orwatch/messages/format";
import { parseMoney, toDollars, toMoney } from "../../../lib/format/money.ts";

/** A value of a metric: money as a decimal string in USD, anything else as a number. `null`: unknown. */
export type Value = string | number | null;

export type Unit = "money" | "count" | "number" | "percent" | "milliseconds";

/** What the values of a chart are. */
export interface Measure {
  unit: Unit;
  /** Whether the values of series and of intervals can be added. Ratios are drawn as lines. */
  isSum: boolean;
}

export const COST: Measure = { unit: "money", isSum: true };

/** For drawing only: lengths and positions, never sums. */
export const sizeOf = (value: Value): number =>
  value === null ? 0 : typeof value === "string" ? toDollars(value) : value;

export const zeroOf = ({ unit }: Pick<Measure, "unit">): Value => (unit === "money" ? "0.00" : 0);

/** Exact sum of the known values; `null` if none is known. */
export function sumValues(values: readonly Value[]): Value {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  if (typeof known[0] === "string") return toMoney(known.reduce((sum, value) => sum + parseMoney(String(value)), 0n));
  return known.reduce<number>((sum, value) => sum + Number(value), 0);
}

/** `$1,234.56`, `12.4k`, `38.2%`, `850 ms`. */
export function writeValue(value: Value, { unit }: Pick<Measure, "unit">, format: Format): string {
  if (typeof value === "string" || value === null) return format.money(value);
  if (unit === "percent") return format.percent(value);
  if (unit === "milliseconds") return format.milliseconds(value);
  return unit === "count" ? format.count(value) : format.number(value);
}

/** All digits of a value. */
export function writeExact(value: Value, { unit }: Pick<Measure, "unit">, format: Format): string {
  if (typeof value === "string" || value === null) return format.exactMoney(value);
  if (unit === "percent") return format.percent(value, 2);
  return unit === "milliseconds" ? format.milliseconds(value) : format.number(value, 2);
}

/** A label of an axis that ends at `top`. */
export function writeTick(value: number, top: number, { unit }: Pick<Measure, "unit">, format: Format): string {
  if (unit === "money") return format.tick(value, top);
  if (unit === "percent") return format.percent(value);
  if (unit === "milliseconds") return format.milliseconds(value);
  return Math.abs(top) >= 10_000 ? format.count(value) : format.number(value, 4);
}

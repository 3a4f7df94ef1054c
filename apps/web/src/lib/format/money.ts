import { formatNanos, parseMoney as readMoney } from "@orwatch/domain/money";

/** Exact nano-dollars of a decimal string such as `"0.000002835"`. @throws RangeError on anything else */
export function parseMoney(value: string): bigint {
  const nanos = readMoney(value);
  if (nanos === null) throw new RangeError(`not an amount: ${value}`);
  return nanos;
}

/** The decimal string of the contract: 2 to 9 fraction digits. */
export const toMoney = formatNanos;

export const sumMoney = (values: readonly string[]): string =>
  toMoney(values.reduce((sum, value) => sum + parseMoney(value), 0n));

/** The amount without its sign. */
export const sizeOf = (nanos: bigint): bigint => (nanos < 0n ? -nanos : nanos);

/** For drawing only: lengths and positions, never sums. */
export const toDollars = (value: string): number => Number(parseMoney(value)) / 1e9;

export interface Change {
  direction: "up" | "down" | "same";
  /** Change in percent with one decimal; `null` if the earlier value is 0. */
  percent: number | null;
}

/** Compares `current` with `previous`, in whole units or nano-dollars. */
export function compare({ current, previous }: { current: bigint; previous: bigint }): Change {
  const direction = current > previous ? "up" : current < previous ? "down" : "same";
  if (previous <= 0n) return { direction, percent: null };
  const difference = current > previous ? current - previous : previous - current;
  return { direction, percent: Number((difference * 2000n + previous) / (previous * 2n)) / 10 };
}

/** Percentage of a part in the whole, 0 to 100. */
export const percentOf = (part: string, whole: string): number => {
  const total = parseMoney(whole);
  if (total <= 0n) return 0;
  return Math.max(0, Math.min(100, Number((parseMoney(part) * 1000n) / total) / 10));
};

/** Share of `total`; unknown if the total is not positive because of refunds. */
export const shareOf = (percent: number, total: string): number | null => (parseMoney(total) > 0n ? percent : null);

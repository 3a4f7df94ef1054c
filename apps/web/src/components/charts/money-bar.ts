import type { CSSProperties } from "react";
import { parseMoney, sizeOf } from "../../lib/format/money.ts";

/** The `money-bar` of a cell, relative to the largest row; from the other side for a refund. */
export function barBehind(cost: string, largest: bigint): { style: CSSProperties; "data-refund"?: true } {
  const nanos = parseMoney(cost);
  const share = largest > 0n ? Number((sizeOf(nanos) * 1000n) / largest) / 10 : 0;
  return { style: { "--share": `${share}%` } as CSSProperties, ...(nanos < 0n ? { "data-refund": true } : {}) };
}

/** The size of the largest cost or refund. */
export const largestOf = (rows: readonly { cost: string }[]): bigint =>
  rows.reduce((top, { cost }) => {
    const size = sizeOf(parseMoney(cost));
    return size > top ? size : top;
  }, 0n);

/** Where a bar on a scale from `low` (0 or less) to `high` begins and how long it is, in percent of the scale. */
export function signedBar(nanos: bigint, { low, high }: { low: bigint; high: bigint }): CSSProperties {
  const span = high - low;
  if (span <= 0n) return { marginLeft: 0, width: 0 };
  const at = (value: bigint) => Number(((value - low) * 10_000n) / span) / 100;
  const [from, to] = nanos < 0n ? [nanos, 0n] : [0n, nanos];
  return { marginLeft: `${at(from)}%`, width: `${at(to) - at(from)}%` };
}

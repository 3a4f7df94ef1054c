import type { CSSProperties } from "react";
import { parseMoney } from "../../lib/format.ts";

/** How long the `money-bar` of a cell is: its part of the dearest row. */
export function barBehind(cost: string, dearest: bigint): CSSProperties {
  const share = dearest > 0n ? Number((parseMoney(cost) * 1000n) / dearest) / 10 : 0;
  return { "--share": `${Math.max(0, share)}%` } as CSSProperties;
}

export const dearestOf = (rows: readonly { cost: string }[]): bigint =>
  rows.reduce((top, { cost }) => {
    const nanos = parseMoney(cost);
    if (nanos > top) return nanos;
    return top;
  }, 0n);

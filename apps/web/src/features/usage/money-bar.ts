import { parseMoney } from "../../lib/format.ts";

/** A bar behind a money cell, as long as its part of the dearest row. */
export function barBehind(cost: string, dearest: bigint): { background: string } {
  const share = dearest > 0n ? Number((parseMoney(cost) * 1000n) / dearest) / 10 : 0;
  return { background: `linear-gradient(to left, var(--bar) ${Math.max(0, share)}%, transparent 0)` };
}

export const dearestOf = (rows: readonly { cost: string }[]): bigint =>
  rows.reduce((top, { cost }) => {
    const nanos = parseMoney(cost);
    if (nanos > top) return nanos;
    return top;
  }, 0n);

import { parseMoney } from "@orwatch/domain/money";

/** Nano-dollars of a plain decimal text such as "12.5" or "-0.000000001". */
export function usd(text: string): bigint {
  const nanos = parseMoney(text);
  if (nanos === null) throw new Error(`Not an amount in dollars: ${text}`);
  return nanos;
}

/** What a server that computes in doubles would print. */
export function jsonUsd(nanos: bigint): number {
  return Number(nanos) / 1e9;
}

export function jsonUsdOrNull(nanos: bigint | null): number | null {
  return nanos === null ? null : jsonUsd(nanos);
}

/** Nano-dollars of a plain decimal text such as "12.5" or "-0.000000001". */
export function usd(text: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,9}))?$/.exec(text);
  if (!match) throw new Error(`Not an amount in dollars: ${text}`);
  const nanos = BigInt(match[2]!) * 1_000_000_000n + BigInt((match[3] ?? "").padEnd(9, "0"));
  return match[1] ? -nanos : nanos;
}

/** What a server that computes in doubles would print. */
export function jsonUsd(nanos: bigint): number {
  return Number(nanos) / 1e9;
}

export function jsonUsdOrNull(nanos: bigint | null): number | null {
  return nanos === null ? null : jsonUsd(nanos);
}

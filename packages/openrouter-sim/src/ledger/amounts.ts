import type { Amounts, SpendInput } from "./types.ts";

export function noAmounts(): Amounts {
  return {
    costNanos: 0n,
    byokNanos: 0n,
    requests: 0,
    byokRequests: 0,
    promptTokens: 0,
    completionTokens: 0,
    reasoningTokens: 0,
    cachedTokens: 0,
    upstreamNanos: 0n,
    cacheNanos: 0n,
    dataNanos: 0n,
    webNanos: 0n,
  };
}

export function amountsOf(input: SpendInput): Amounts {
  const byokNanos = input.byokNanos ?? 0n;
  const requests = input.requests ?? 1;
  return {
    costNanos: input.costNanos,
    byokNanos,
    requests,
    byokRequests: byokNanos === 0n ? 0 : requests,
    promptTokens: input.promptTokens ?? 0,
    completionTokens: input.completionTokens ?? 0,
    reasoningTokens: input.reasoningTokens ?? 0,
    cachedTokens: input.cachedTokens ?? 0,
    upstreamNanos: input.upstreamNanos ?? 0n,
    cacheNanos: input.cacheNanos ?? 0n,
    dataNanos: input.dataNanos ?? 0n,
    webNanos: input.webNanos ?? 0n,
  };
}

/** Adds `more` to `sum`, or takes it away. */
export function accumulate(sum: Amounts, more: Amounts, sign: 1 | -1 = 1): void {
  const factor = BigInt(sign);
  sum.costNanos += factor * more.costNanos;
  sum.byokNanos += factor * more.byokNanos;
  sum.upstreamNanos += factor * more.upstreamNanos;
  sum.cacheNanos += factor * more.cacheNanos;
  sum.dataNanos += factor * more.dataNanos;
  sum.webNanos += factor * more.webNanos;
  sum.requests += sign * more.requests;
  sum.byokRequests += sign * more.byokRequests;
  sum.promptTokens += sign * more.promptTokens;
  sum.completionTokens += sign * more.completionTokens;
  sum.reasoningTokens += sign * more.reasoningTokens;
  sum.cachedTokens += sign * more.cachedTokens;
}

export function isNothing(amounts: Amounts): boolean {
  return (
    amounts.costNanos === 0n &&
    amounts.byokNanos === 0n &&
    amounts.requests === 0 &&
    amounts.promptTokens === 0 &&
    amounts.completionTokens === 0
  );
}

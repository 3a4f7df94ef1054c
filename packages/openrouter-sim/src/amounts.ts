import type { Amounts, SpendInput } from "./ledger-types.ts";

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
  };
}

/** Adds `more` to `sum`, or takes it away. */
export function accumulate(sum: Amounts, more: Amounts, sign: 1 | -1 = 1): void {
  if (sign === 1) {
    sum.costNanos += more.costNanos;
    sum.byokNanos += more.byokNanos;
  } else {
    sum.costNanos -= more.costNanos;
    sum.byokNanos -= more.byokNanos;
  }
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

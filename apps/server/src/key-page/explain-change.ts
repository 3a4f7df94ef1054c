import { divideHalfUp } from "@orwatch/domain/money";

/** Usage of a period. Cost is in nano-dollars. */
export interface PeriodUsage {
  cost: bigint;
  requests: bigint;
  /** Input and output tokens. */
  tokens: bigint;
}

/** Parts of a change of cost. They sum to the change exactly. */
export interface ChangeParts {
  /** More or fewer requests, at the earlier cost per request. */
  requests: bigint;
  /** More or fewer tokens per request, at the earlier cost per token. */
  size: bigint;
  /** Another cost per token: other prices, or another mix of models and of input and output. */
  price: bigint;
}

/** Splits the change of cost between two periods. `null` if one of them has no requests or no tokens. Pure. */
export function explainChange(before: PeriodUsage, after: PeriodUsage): ChangeParts | null {
  if ([before, after].some(({ requests, tokens }) => requests <= 0n || tokens <= 0n)) return null;
  const atEarlierCostPerRequest = divideHalfUp(before.cost * after.requests, before.requests);
  const atEarlierCostPerToken = divideHalfUp(before.cost * after.tokens, before.tokens);
  return {
    requests: atEarlierCostPerRequest - before.cost,
    size: atEarlierCostPerToken - atEarlierCostPerRequest,
    price: after.cost - atEarlierCostPerToken,
  };
}

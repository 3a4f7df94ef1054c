import type { AnalyticsMeta } from "../../openrouter/breakdown-queries.ts";

/** What analytics could be asked for when it was asked last, by the lane of the account. */
export type BreakdownMemory = Map<string, { meta: AnalyticsMeta; at: Date }>;

export const createBreakdownMemory = (): BreakdownMemory => new Map();

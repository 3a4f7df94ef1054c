/** Dimensions of the usage of a key. The hours of a day are one of them. */
const KEY_DIMENSIONS = ["provider", "app", "finish_reason", "end_user", "hour"] as const;
export type KeyDimension = (typeof KEY_DIMENSIONS)[number];

/** Dimensions of the usage of an account. OpenRouter keeps them for a year. */
const ACCOUNT_DIMENSIONS = ["app", "user", "workspace"] as const;
export type AccountDimension = (typeof ACCOUNT_DIMENSIONS)[number];

export type Dimension = KeyDimension | AccountDimension;

/** Their numbers in the database. */
export const DIMENSION_IDS: Record<Dimension | "model", number> = {
  model: 0,
  provider: 1,
  app: 2,
  finish_reason: 3,
  end_user: 4,
  hour: 5,
  user: 6,
  workspace: 7,
};

/** The key or account that the usage belongs to. */
export type BreakdownOwner = { apiKeyId: number } | { accountId: number };

/** Amounts of one row, in nano-dollars and counts. */
export interface Amounts {
  cost: bigint;
  byokCost: bigint;
  requests: number;
  tokensInput: number;
  tokensOutput: number;
}

/** Latency in milliseconds and throughput in tokens per second. `null` if not requested or unknown. */
interface Speed {
  latencyP50: number | null;
  latencyP95: number | null;
  throughputP50: number | null;
  throughputP95: number | null;
}

/** Usage of a value and a model, as OpenRouter reports it. */
export interface BreakdownRow extends Amounts, Speed {
  date: string;
  /** 0 to 23. `null` for a row of a whole day. */
  hour: number | null;
  /** `null` if OpenRouter does not know it, and for hours. */
  value: string | null;
  model: string;
}

const DAY_MS = 86_400_000;

/** Days since 1970. */
export const dayNumberOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

/** What the usage of a key is split by. The hours of a day are one of them. */
export const KEY_DIMENSIONS = ["provider", "app", "finish_reason", "end_user", "hour"] as const;
export type KeyDimension = (typeof KEY_DIMENSIONS)[number];

/** What the usage of an account is split by, which OpenRouter keeps for a year. */
export const ACCOUNT_DIMENSIONS = ["app", "user", "workspace"] as const;
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

/** Whose usage it is. */
export type BreakdownOwner = { apiKeyId: number } | { accountId: number };

/** Amounts of one row, in nano-dollars and counts. */
export interface Amounts {
  cost: bigint;
  byokCost: bigint;
  requests: number;
  tokensInput: number;
  tokensOutput: number;
}

/** How fast requests were; `null` where it was not asked for, or is not known. */
export interface Speed {
  latencyP50: number | null;
  latencyP95: number | null;
  throughputP50: number | null;
  throughputP95: number | null;
}

/** Usage by a value of a dimension and a model, as OpenRouter answers. */
export interface BreakdownRow extends Amounts, Speed {
  date: string;
  /** 0 to 23; `null`: the row is of the whole day. */
  hour: number | null;
  /** `null`: OpenRouter knows none, or the dimension is the hour. */
  value: string | null;
  model: string;
}

const DAY_MS = 86_400_000;

/** Days since 1970. */
export const dayNumberOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

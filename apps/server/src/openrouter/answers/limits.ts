import type { BodyLimit } from "../requests/read-body.ts";

/** Maximum size of a response, so that none blocks the process or fills its memory. */
export interface AnswerLimit extends BodyLimit {
  /** Values in the JSON, counted before it is parsed. */
  values: number;
  rows: number;
}

const KIB = 1024;
const MIB = 1024 * KIB;

/** One object, such as /key: less than 2 KB. */
export const SINGLE: AnswerLimit = { wireBytes: 64 * KIB, bytes: 256 * KIB, values: 5_000, rows: 0 };
/** A page of 100 keys or workspaces: about 100 KB. */
export const PAGE: AnswerLimit = { wireBytes: MIB, bytes: 2 * MIB, values: 50_000, rows: 1_000 };
/** Rows that one analytics query asks for. */
export const ANALYTICS_ROWS = 10_000;
/** 10,000 rows of analytics: about 4 MB. */
export const ANALYTICS: AnswerLimit = { wireBytes: 8 * MIB, bytes: 8 * MIB, values: 400_000, rows: ANALYTICS_ROWS };
/** 30 days of models and endpoints. */
export const ACTIVITY: AnswerLimit = { wireBytes: 8 * MIB, bytes: 8 * MIB, values: 400_000, rows: 20_000 };

/** Metrics of every analytics query. */
export const METRICS = ["credits_usage", "byok_usage", "request_count", "tokens_prompt", "tokens_completion"];

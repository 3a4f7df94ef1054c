import type { AnalyticsMeta } from "../openrouter/breakdown-queries.ts";

/** Result of the sync of one key. */
export interface KeySync {
  ok: boolean;
  rowsWritten: number;
  /** For a management key that lists the keys of its account. */
  listing?: { accountId: number /** Keys that need no further request. */; synced: number };
}

/** Progress of the syncs that a user waits for. */
export interface Progress {
  total: number;
  done: number;
  failed: number;
  rowsWritten: number;
}

/** Optional metrics that queries of an account may request, and when the list was requested. */
interface ListedMetrics {
  askedAt: Date;
  names: Promise<readonly string[]>;
}

/** State of syncs in memory. */
export interface SyncMemory {
  /** The running sync of each key. */
  underWay: Map<number, Promise<KeySync>>;
  /** The comparison of each account with its keys that is running. */
  accountTotals: Map<number, Promise<number>>;
  /** Progress by user. */
  progress: Map<number, Set<Progress>>;
  /** By the lane of the account's management key. */
  metrics: Map<string, ListedMetrics>;
  /** What analytics listed last, by the same lane. */
  analytics: Map<string, { meta: AnalyticsMeta; at: Date }>;
  /** Whether the job has run since the process started. */
  hasRun: boolean;
  /** Called when the first sync of an account is complete; `null` if jobs are not running. */
  onAccountRead: (() => void) | null;
}

export const createSyncMemory = (): SyncMemory => ({
  underWay: new Map(),
  accountTotals: new Map(),
  progress: new Map(),
  metrics: new Map(),
  analytics: new Map(),
  hasRun: false,
  onAccountRead: null,
});

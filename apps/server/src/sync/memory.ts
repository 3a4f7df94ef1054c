/** How the sync of one key went. */
export interface KeySync {
  ok: boolean;
  rowsWritten: number;
  /** Of a management key that lists the keys of its account. */
  listing?: { accountId: number /** Keys that need no further request. */; synced: number };
}

/** How far syncs are that a person waits for. */
export interface Progress {
  total: number;
  done: number;
  failed: number;
  rowsWritten: number;
}

/** What is known of syncs beside the database, for as long as the process lives. */
export interface SyncMemory {
  /** The sync of each key that has one under way. */
  underWay: Map<number, Promise<KeySync>>;
  /** What each user waits for. */
  progress: Map<number, Set<Progress>>;
  /** Whether the job has run since the process began. */
  hasRun: boolean;
}

export const createSyncMemory = (): SyncMemory => ({ underWay: new Map(), progress: new Map(), hasRun: false });

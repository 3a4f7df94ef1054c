/** State of keys in memory. */
export interface KeyMemory {
  /** UTC day of the last activity event about sending a key to OpenRouter, by key. */
  sentOn: Map<number, string>;
  /** The last running check of a new key, by user: keys are checked one at a time. */
  newKeyChecks: Map<number, Promise<unknown>>;
  /** Number of running syncs that each team has started. */
  runs: Map<number, number>;
}

export const createKeyMemory = (): KeyMemory => ({ sentOn: new Map(), newKeyChecks: new Map(), runs: new Map() });

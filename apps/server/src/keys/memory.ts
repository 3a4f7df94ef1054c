/** What is known of keys beside the database, for as long as the process lives. */
export interface KeyMemory {
  /** UTC day on which it was last written down that a key left for OpenRouter, by key. */
  sentOn: Map<number, string>;
  /** The last question about a key that is not stored yet, by user: they are asked one at a time. */
  questions: Map<number, Promise<unknown>>;
  /** How many runs each user has under way that a person has started. */
  runs: Map<number, number>;
}

export const createKeyMemory = (): KeyMemory => ({ sentOn: new Map(), questions: new Map(), runs: new Map() });

import type { Day } from "@orwatch/domain/day";
import type { Span } from "./rule.ts";

/** What is stored of a key, as far as rules ask. Amounts in nano-dollars; `null` is unknown. */
export interface KeyFacts {
  id: number;
  name: string;
  kind: string | null;
  isActive: boolean;
  status: string;
  statusMessage: string | null;
  refusals: number;
  firstRefusedAt: Date | null;
  /** False: no limit. */
  hasLimit: boolean | null;
  limit: bigint | null;
  /** In the window under way. */
  remaining: bigint | null;
  limitReset: string | null;
  account: string | null;
  creditsTotal: bigint | null;
  /** `null` also where the account has never bought any: what it lives on is not known. */
  creditsLeft: bigint | null;
  expiresAt: Date | null;
  createdAt: Date;
  /** When limit and remainder were read, by OpenRouter's clock. */
  countersAt: Date | null;
  lastSyncedAt: Date | null;
  lastSyncError: string | null;
}

/** Cost of a day; `isWhole` is false while it goes on, and where a gap leaves its share unknown. */
export interface DayFacts {
  cost: bigint;
  isWhole: boolean;
}

export interface Facts {
  keys: KeyFacts[];
  /** By key and day; a day without an entry is unknown. */
  days: Map<number, Map<Day, DayFacts>>;
  /** When a sync of all keys last ended, or now while one hangs; `null` before the first. */
  attemptedAt: Date | null;
  /** Keys are being read for the first time: sums of spend are not what they will be. */
  isBackfilling: boolean;
}

/** How one subject of a rule stands against its thresholds. What is unknown is not assessed. */
export interface Assessment {
  /** "all", "key:ID" or "account:NAME" */
  subject: string;
  key: KeyFacts | null;
  /** The span after which all starts anew; "-" for a state that lasts until it is over. */
  period: string;
  /** Within this nothing is said twice; begins with the period. */
  window: string;
  /** Thresholds from the mildest to the gravest. */
  levels: { threshold: string; isOver: boolean }[];
  /** Being under a threshold again within the period is worth a word. */
  recovers: boolean;
  /** What was found, for the words. */
  found: { amount: bigint; usual?: { doubled: bigint }; span?: Span };
}

/** No period: the state lasts. */
export const LASTING = "-";

export const periodOf = (window: string): string => window.split("/")[0] as string;

import type { Day } from "@orwatch/domain/day";
import type { Message } from "@orwatch/messages/message";
import type { z } from "zod";
import type { NotificationItem } from "../../notifications/inbox/notifications.ts";
import type { HoursOfKeys } from "../../stats/breakdowns/hours.ts";
import type { Field } from "./fields.ts";

/** Data of a key for rules. Amounts in nano-dollars; `null` is unknown. */
export interface KeyFacts {
  id: number;
  name: string;
  kind: string | null;
  isActive: boolean;
  status: string;
  statusMessage: string | null;
  rejections: number;
  firstRejectedAt: Date | null;
  /** False if an account lists the key and its secret is not stored. */
  hasSecret: boolean;
  /** False if the key has no limit. */
  hasLimit: boolean | null;
  limit: bigint | null;
  /** Remaining amount until the limit resets. */
  remaining: bigint | null;
  limitReset: string | null;
  account: string | null;
  /** Name of the OpenRouter account of a management key. */
  accountName: string | null;
  creditsTotal: bigint | null;
  /** `null` also if the account has never purchased credits. */
  creditsLeft: bigint | null;
  expiresAt: Date | null;
  createdAt: Date;
  /** When limit and remainder were read, by OpenRouter's clock. */
  countersAt: Date | null;
  lastSyncedAt: Date | null;
  lastSyncError: string | null;
}

/** Cost of a day. `isWhole` is false until the day ends, and if a gap leaves a part of it unknown. */
export interface DayFacts {
  cost: bigint;
  isWhole: boolean;
}

/** Takes the place of a key's ID. */
export const WITHOUT_KEY = 0;

export interface Facts {
  keys: KeyFacts[];
  /** By key and day, with usage of accounts that belongs to no key as {@link WITHOUT_KEY}; a day without an entry is unknown. */
  days: Map<number, Map<Day, DayFacts>>;
  /** Of the days that rules need by hour. */
  hours: HoursOfKeys;
  /** When a sync of all keys last ended, or now while one hangs; `null` before the first. */
  attemptedAt: Date | null;
  /** Keys are being read for the first time: sums of spend are not final. */
  isBackfilling: boolean;
}

/** Content of a notification item about a threshold. */
export type ItemContent = Pick<NotificationItem, "threshold" | "value" | "unit" | "window"> & {
  message: Message;
  /** Days of the spend that it is about. */
  days?: { from: Day; through: Day };
};

/** One threshold of a rule, for one subject. */
export interface Level {
  threshold: string;
  isFiring: boolean;
  /** It was firing and is not any more: without an alert so far, there is one that is resolved at once. */
  wasFiring?: boolean;
  alert(): ItemContent;
  /** Absent if an alert ends with its period and is not reported as resolved. */
  resolved?(): ItemContent;
}

/** State of one subject of a rule relative to its thresholds. Unknown subjects are not assessed. */
export interface Assessment {
  /** "all", "key:ID" or "account:NAME" */
  subject: string;
  key: KeyFacts | null;
  /** The period whose end ends all alerts; `LASTING` for a state that lasts until it changes. */
  period: string;
  /** Each threshold fires once within it; begins with the period. */
  window: string;
  /** Windows of the same occurrence: it has fired if it fired in one of them. */
  sameAs?: string[];
  /** From the lowest threshold to the highest. Without levels, alerts of the subject end silently. */
  levels: Level[];
}

/** No period: the state lasts. */
export const LASTING = "-";

export const periodOf = (window: string): string => window.split("/")[0] as string;

/** An amount in nano-dollars that spend of a period is compared with, of combined spend or of each key. */
export interface Line {
  amount: bigint;
  per: "hour" | "day" | "week" | "month";
  eachKey: boolean;
}

/** The keys of a rule, and when it began. */
export interface RuleScope {
  /** Keys it applies to, with their names at that time; `null`: all keys, including new ones. */
  keys: { id: number; name: string }[] | null;
  /** Periods that ended before this instant are ignored. */
  since: Date;
}

type Fields = Record<string, Field>;
type Values<F extends Fields> = { [N in keyof F]: z.output<F[N]["input"]> };

/** A kind of rule. A new one is a file in this folder, a line in index.ts, its form and its messages. */
export interface RuleDefinition<K extends string, F extends Fields, T extends object> {
  kind: K;
  /** Completes "`kind`: …" in the API's documentation. */
  summary: string;
  /** Terms by their names in the API. */
  fields: F;
  /** Defaults of terms. */
  defaults: Partial<Values<F>>;
  toTerms(fields: Values<F>): T;
  toFields(terms: T): Values<F>;
  /** Terms in nano-dollars, named as the field: stored as text, because JSON numbers are not exact. */
  amounts: readonly (keyof F & string)[];
  /** Terms of the default rule of this kind, created for every user; `null` if there is none. */
  defaultRule: NoInfer<T> | null;
  /** Days whose cost it needs. */
  days?(terms: T, today: Day): Day[];
  /** Days whose cost by hour it needs. */
  hourlyDays?(terms: T, today: Day): Day[];
  /** A constant amount of spend that charts can draw. */
  line?(terms: T): Line;
  /** All existing subjects, known or not. Alerts about others end silently. */
  subjects(keys: KeyFacts[]): string[];
  /** Assesses every subject with enough data. Pure. @param input.keys existing keys of the rule */
  evaluate(input: { terms: T; rule: RuleScope; keys: KeyFacts[]; facts: Facts; now: Date }): Assessment[];
}

export const defineRule = <const K extends string, F extends Fields, T extends object>(
  definition: RuleDefinition<K, F, T>,
): RuleDefinition<K, F, T> => definition;

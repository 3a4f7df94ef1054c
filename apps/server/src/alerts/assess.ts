import { addDays, type Day, firstOfMonth, mondayOf, startOf, toDay } from "../day.ts";
import { formatNanos } from "../money.ts";
import type { Rule, Span, Terms } from "./rule.ts";
import { usualOf } from "./usual.ts";

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
  limit: bigint | null;
  remaining: bigint | null;
  limitReset: string | null;
  account: string | null;
  creditsTotal: bigint | null;
  creditsUsed: bigint | null;
  expiresAt: Date | null;
  createdAt: Date;
  lastValidatedAt: Date | null;
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

/** Keys of a rule that still exist. */
export const watchedBy = (rule: Rule, facts: Facts): KeyFacts[] =>
  rule.keys === null ? facts.keys : facts.keys.filter(({ id }) => rule.keys?.some((key) => key.id === id));

/** Every subject of the rule about which enough is known. Pure. */
export function assess(rule: Rule, facts: Facts, now: Date): Assessment[] {
  const keys = watchedBy(rule, facts);
  const active = keys.filter(({ isActive }) => isActive);
  const { terms } = rule;
  switch (terms.kind) {
    case "spend": {
      const periods = periodsOf(terms.span, rule.since, now);
      return groupsOf(keys, terms.eachKey).flatMap((group) =>
        periods.flatMap((period) => spendIn(group, facts, terms, period)),
      );
    }
    case "unusual": {
      const periods = periodsOf("day", rule.since, now);
      return groupsOf(keys, terms.eachKey).flatMap((group) =>
        periods.flatMap(({ from }) => unusualOn(group, facts, terms, from)),
      );
    }
    case "limit_share":
      return active.flatMap((key) => limitOf(key, terms.percents));
    case "credits":
      return creditsOf(active, terms.amount);
    case "key_invalid":
      return active.filter(({ status }) => status !== "unverified").map(validityOf);
    case "key_expires":
      return active.map((key) => expiryOf(key, terms.days, now));
    case "sync_stale":
      return active.flatMap((key) => syncOf(key, terms.hours, facts.attemptedAt));
  }
}

interface Group {
  subject: string;
  key: KeyFacts | null;
  keys: KeyFacts[];
}

const groupsOf = (keys: KeyFacts[], eachKey: boolean): Group[] =>
  eachKey
    ? keys.map((key) => ({ subject: `key:${key.id}`, key, keys: [key] }))
    : [{ subject: "all", key: keys.length === 1 ? (keys[0] as KeyFacts) : null, keys }];

interface Period {
  from: Day;
  through: Day;
}

/** A span that has ended is looked at for this long: its last hours are booked by the first syncs of the next one. */
const LATE_MS = 36 * 3_600_000;

const FIRST_DAY: Record<Span, (day: Day) => Day> = { day: (day) => day, week: mondayOf, month: firstOfMonth };

/** The span under way, and the one before while late spend may still come in. */
function periodsOf(span: Span, since: Date, now: Date): Period[] {
  const today = toDay(now);
  const from = FIRST_DAY[span](today);
  const current = { from, through: today };
  const ended = startOf(from);
  if (now.getTime() - ended.getTime() >= LATE_MS || since >= ended) return [current];
  const before = addDays(from, -1);
  return [{ from: FIRST_DAY[span](before), through: before }, current];
}

function spendIn(group: Group, facts: Facts, terms: Extract<Terms, { kind: "spend" }>, period: Period): Assessment[] {
  let amount = 0n;
  let isKnown = false;
  for (const key of group.keys)
    for (const [day, { cost }] of facts.days.get(key.id) ?? [])
      if (day >= period.from && day <= period.through) {
        amount += cost;
        isKnown = true;
      }
  if (!isKnown) return [];
  return [
    {
      ...group,
      period: period.from,
      window: period.from,
      levels: [{ threshold: formatNanos(terms.amount), isOver: amount > terms.amount }],
      recovers: false,
      found: { amount, span: terms.span },
    },
  ];
}

function unusualOn(group: Group, facts: Facts, terms: Extract<Terms, { kind: "unusual" }>, day: Day): Assessment[] {
  const found = usualOf(
    group.keys.map((key) => facts.days.get(key.id) ?? new Map<Day, DayFacts>()),
    day,
  );
  if (!found) return [];
  const { spent, doubledUsual } = found;
  return [
    {
      ...group,
      period: day,
      window: day,
      levels: [
        {
          threshold: String(terms.times / 100),
          isOver: spent >= terms.least && spent * 200n > doubledUsual * BigInt(terms.times),
        },
      ],
      recovers: false,
      found: { amount: spent, usual: { doubled: doubledUsual } },
    },
  ];
}

/** Counters lag up to a minute, so right after a reset they may still be those of the window before. */
const UNSETTLED_MS = 2 * 60_000;

/** The window of the limit that holds an instant; `null` while counters may not have turned yet. */
function limitPeriod(reset: string | null, at: Date): string | null {
  const span = { daily: "day", weekly: "week", monthly: "month" }[reset ?? ""] as Span | undefined;
  if (!span) return LASTING;
  const from = FIRST_DAY[span](toDay(at));
  return at.getTime() - startOf(from).getTime() < UNSETTLED_MS ? null : from;
}

/** OpenRouter's remainder already counts BYOK where the limit does, and goes below zero: what is used is limit − remainder. */
function limitOf(key: KeyFacts, percents: number[]): Assessment[] {
  const { limit, remaining, lastValidatedAt, refusals, status, kind } = key;
  if (kind === "management" || status !== "valid" || refusals > 0 || lastValidatedAt === null) return [];
  // A key that has no limit any more has recovered from all it had.
  const isLimited = limit !== null && limit > 0n;
  if (isLimited && remaining === null) return [];
  const period = limitPeriod(key.limitReset, lastValidatedAt);
  if (period === null) return [];
  const used = isLimited ? limit - (remaining as bigint) : 0n;
  return [
    {
      subject: `key:${key.id}`,
      key,
      period,
      window: `${period}/${isLimited ? formatNanos(limit) : "none"}`,
      levels: [...percents]
        .sort((a, b) => a - b)
        .map((percent) => ({
          threshold: String(percent),
          isOver: isLimited && used * 100n >= limit * BigInt(percent),
        })),
      recovers: true,
      found: { amount: used },
    },
  ];
}

/** Credits belong to an account: of several management keys of one, the latest synced speaks. */
function creditsOf(keys: KeyFacts[], least: bigint): Assessment[] {
  const accounts = new Map<string, KeyFacts>();
  for (const key of keys) {
    if (key.kind !== "management" || key.creditsTotal === null || key.creditsUsed === null) continue;
    const subject = accountOf(key);
    const known = accounts.get(subject);
    if (!known || (key.lastSyncedAt ?? key.createdAt) > (known.lastSyncedAt ?? known.createdAt))
      accounts.set(subject, key);
  }
  return [...accounts].map(([subject, key]) => {
    const amount = (key.creditsTotal as bigint) - (key.creditsUsed as bigint);
    return {
      subject,
      key,
      period: LASTING,
      window: `${LASTING}/${formatNanos(key.creditsTotal as bigint)}`,
      levels: [{ threshold: formatNanos(least), isOver: amount < least }],
      recovers: true,
      found: { amount },
    };
  });
}

/** The subject that a management key's account is. */
export const accountOf = (key: KeyFacts): string => (key.account ? `account:${key.account}` : `key:${key.id}`);

const state = (key: KeyFacts, level: { threshold: string; isOver: boolean }, mark: Date | null): Assessment => ({
  subject: `key:${key.id}`,
  key,
  period: LASTING,
  window: `${LASTING}/${mark?.toISOString() ?? "none"}`,
  levels: [level],
  recovers: true,
  found: { amount: 0n },
});

const validityOf = (key: KeyFacts): Assessment =>
  state(key, { threshold: "invalid", isOver: key.status === "invalid" }, key.firstRefusedAt);

const expiryOf = (key: KeyFacts, days: number, now: Date): Assessment =>
  state(
    key,
    {
      threshold: String(days),
      isOver: key.expiresAt !== null && key.expiresAt.getTime() - now.getTime() <= days * 86_400_000,
    },
    key.expiresAt,
  );

/** Measured up to the last attempt: a server that was down has not failed to sync. */
function syncOf(key: KeyFacts, hours: number, attemptedAt: Date | null): Assessment[] {
  if (attemptedAt === null) return [];
  const since = key.lastSyncedAt ?? key.createdAt;
  const isOver = attemptedAt.getTime() - since.getTime() >= hours * 3_600_000;
  return [state(key, { threshold: String(hours), isOver }, since)];
}

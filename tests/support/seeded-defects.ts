import { ACCOUNT_DEFECTS } from "./seeded-defects-accounts.ts";
import { ALERT_DEFECTS } from "./seeded-defects-alerts.ts";
import { GUARD_DEFECTS } from "./seeded-defects-guard.ts";

/** A way to break one rule, and the tests that must notice. */
export interface SeededDefect {
  name: string;
  /** Source file, from the repository's root. */
  file: string;
  find: string;
  replace: string;
  /** Test file, and a part of the title of a test in it that must fail. */
  tests: string;
  noticedBy: RegExp;
}

const COVERED = "tests/usage/covered.test.ts";
const COUNTERS = "tests/usage/counters.test.ts";

export const SEEDED_DEFECTS: SeededDefect[] = [
  {
    name: "rule 1: management keys of other users cover too",
    file: "apps/server/src/keys/stored.ts",
    find: "statementsOf(app).activeOfUser.all(userId).filter(isManagement)",
    replace: "(userId, statementsOf(app).active.all()).filter(isManagement)",
    tests: COVERED,
    noticedBy: /rule 1: .*another user/,
  },
  {
    name: "rule 1: any management key covers, found or not",
    file: "apps/server/src/sync/cover.ts",
    find: "if (found.ok) {",
    replace: "if (found) {",
    tests: COVERED,
    noticedBy: /rule 1: .*another account/,
  },
  {
    name: "rule 2: the first sync goes back a year too far",
    file: "apps/server/src/sync/plan.ts",
    find: "export const HISTORY_DAYS = 365",
    replace: "export const HISTORY_DAYS = 367",
    tests: COVERED,
    noticedBy: /rule 2: .*364 days/,
  },
  {
    name: "rule 2: a truncated answer is taken for whole",
    file: "apps/server/src/sync/fetch.ts",
    find: "if (byModel.data.truncated) {",
    replace: "if (false as boolean) {",
    tests: COVERED,
    noticedBy: /rule 2: .*halved/,
  },
  {
    name: "rule 2: warnings are ignored",
    file: "apps/server/src/sync/fetch.ts",
    find: "if (byModel.data.warnings.length > 0)",
    replace: "if (false as boolean)",
    tests: "tests/usage/disagreement.test.ts",
    noticedBy: /warning/,
  },
  {
    name: "rule 2: no rows of an unknown hash erase what was there",
    file: "apps/server/src/sync/fetch.ts",
    find: "if (rows.length === 0 && question.hasStoredUsage(window)) {",
    replace: "if (false as boolean) {",
    tests: COVERED,
    noticedBy: /rule 2: .*erases nothing/,
  },
  {
    name: "rule 2: totals are not compared",
    file: "apps/server/src/sync/fetch.ts",
    find: "2n * difference > rows) disagreeing.add(day)",
    replace: "2n * difference > rows) void day",
    tests: "tests/usage/disagreement.test.ts",
    noticedBy: /do not add up/,
  },
  {
    name: "rule 2: no look three days back",
    file: "apps/server/src/sync/plan.ts",
    find: "const RECENT_DAYS = 3",
    replace: "const RECENT_DAYS = 0",
    tests: COVERED,
    noticedBy: /rule 2: .*three days back/,
  },
  {
    name: "rule 2: no daily look 31 days back",
    file: "apps/server/src/sync/plan.ts",
    find: "daysBetween(monthResyncedOn, today) >= 1",
    replace: "daysBetween(monthResyncedOn, today) >= 100",
    tests: COVERED,
    noticedBy: /rule 2: .*31 days back/,
  },
  {
    name: "rule 2: no weekly look 365 days back",
    file: "apps/server/src/sync/plan.ts",
    find: "const WEEK_DAYS = 7",
    replace: "const WEEK_DAYS = 70",
    tests: COVERED,
    noticedBy: /rule 2: .*365 days back/,
  },
  {
    name: "rule 2: rows are written anew instead of upserted",
    file: "apps/server/src/usage/ledger.ts",
    find: "if (old && isSame(old, row)) continue;",
    replace: "if (old) statements.remove.run(old.id);",
    tests: COVERED,
    noticedBy: /rule 2: .*ids survive/,
  },
  {
    name: "rule 2: /activity does not stand in",
    file: "apps/server/src/sync/fetch.ts",
    find: "if (fetched.problem === null || fetched.days.length > 0) return fetched;",
    replace: "return fetched;",
    tests: COVERED,
    noticedBy: /rule 2: .*activity/,
  },
  {
    name: "rule 3: a gap is spread over its days",
    file: "apps/server/src/usage/counters.ts",
    find: "date: lastDay, usage: from.usage + before",
    replace: "date: from.day, usage: from.usage + before",
    tests: COUNTERS,
    noticedBy: /rule 3: .*lump/,
  },
  {
    name: "rule 3: Monday's edge is not used",
    file: "apps/server/src/usage/counters.ts",
    find: "day: mondayOf(poll.day), usage: poll.weekly === null ? null",
    replace: "day: mondayOf(poll.day), usage: poll.weekly !== null ? null",
    tests: COUNTERS,
    noticedBy: /rule 3: .*Monday/,
  },
  {
    name: "rule 3: the first of the month is not used",
    file: "apps/server/src/usage/counters.ts",
    find: "day: firstOfMonth(poll.day), usage: poll.monthly === null ? null",
    replace: "day: firstOfMonth(poll.day), usage: poll.monthly !== null ? null",
    tests: COUNTERS,
    noticedBy: /rule 3: .*first of a month/,
  },
  {
    name: "rule 3: the week's spend is booked at the first poll",
    file: "apps/server/src/usage/counters.ts",
    find: "const fresh: Opening = { date: poll.day, usage: opening, spent: poll.daily,",
    replace: "const fresh: Opening = { date: poll.day, usage: opening, spent: poll.weekly ?? 0n,",
    tests: COUNTERS,
    noticedBy: /rule 3: .*before the first poll/,
  },
  {
    name: "rule 3: a counter that went back is no new baseline",
    file: "apps/server/src/usage/counters.ts",
    find: "if (wentBack) return [fresh];",
    replace: "",
    tests: "apps/server/src/usage/counters.test.ts",
    noticedBy: /baseline/,
  },
  {
    name: "rule 3: the day is this machine's",
    file: "apps/server/src/sync/one-key.ts",
    find: "poll: counts ? { day: toDay(polled.date),",
    replace: "poll: counts ? { day: toDay(app.clock.now()),",
    tests: COUNTERS,
    noticedBy: /rule 3: .*Date header/,
  },
  {
    name: "rule 3: polls right after midnight count",
    file: "apps/server/src/keys/current.ts",
    find: "const UNSETTLED_MS = 2 * 60_000",
    replace: "const UNSETTLED_MS = 0",
    tests: COUNTERS,
    noticedBy: /rule 3: .*two minutes/,
  },
  {
    name: "rule 4: covered keys keep no openings",
    file: "apps/server/src/sync/one-key.ts",
    find: "const counts = isCountable(polled);",
    replace: "const counts = isCountable(polled) && !fetched;",
    tests: COUNTERS,
    noticedBy: /rule 4: .*keeps its openings/,
  },
  {
    name: "rule 4: counters are added to analytics",
    file: "apps/server/src/usage/counters.ts",
    find: "const left = known - cost;",
    replace: "const left = known;",
    tests: COUNTERS,
    noticedBy: /rule 4: /,
  },
  {
    name: "rule 4: rounding is spend",
    file: "apps/server/src/usage/counters.ts",
    find: "return 2n * left > BigInt(rows) && left > 0n ? left : 0n;",
    replace: "return left > 0n ? left : 0n;",
    tests: "apps/server/src/usage/counters.test.ts",
    noticedBy: /half a nano-dollar/,
  },
  {
    name: "rule 4: a correction of a past day counts twice",
    file: "apps/server/src/usage/restatement.ts",
    find: "row.spent -= taken;",
    replace: "row.spent -= 0n;",
    tests: COVERED,
    noticedBy: /moves no other day/,
  },
  {
    name: "rule 5: three requests at a time in a lane",
    file: "apps/server/src/openrouter/pace.ts",
    find: "const MAX_AT_A_TIME = 2",
    replace: "const MAX_AT_A_TIME = 3",
    tests: "tests/sync/openrouter-faults.test.ts",
    noticedBy: /two at a time/,
  },
  {
    name: "rule 5: more than sixty a minute in bulk",
    file: "apps/server/src/openrouter/pace.ts",
    find: "{ job: 60, person: 64 }",
    replace: "{ job: 90, person: 94 }",
    tests: "apps/server/src/openrouter/pace.test.ts",
    noticedBy: /sixty-first/,
  },
  {
    name: "rule 5: jobs go before people",
    file: "apps/server/src/openrouter/pace.ts",
    find: '["person", "job"] as const',
    replace: '["job", "person"] as const',
    tests: "apps/server/src/openrouter/pace.test.ts",
    noticedBy: /a person goes before/,
  },
  {
    name: "rule 5: one try is enough",
    file: "apps/server/src/openrouter/client.ts",
    find: "const TRIES = 3",
    replace: "const TRIES = 1",
    tests: "tests/sync/openrouter-faults.test.ts",
    noticedBy: /three tries/,
  },
  {
    name: "rule 5: Retry-After is believed whatever it says",
    file: "apps/server/src/openrouter/client.ts",
    find: "const MAX_RETRY_AFTER_S = 60",
    replace: "const MAX_RETRY_AFTER_S = 6000",
    tests: "tests/sync/openrouter-faults.test.ts",
    noticedBy: /never above 60 s/,
  },
  ...ACCOUNT_DEFECTS,
  ...ALERT_DEFECTS,
  ...GUARD_DEFECTS,
];

import path from "node:path";

/** A way to break one rule that spans modules, and the test that must fail. Stryker mutates the pure parts. */
export interface SeededDefect {
  name: string;
  /** Source file, from the repository's root. */
  file: string;
  find: string;
  replace: string;
  /** Test file, and a pattern for the title of a test in it that must fail. */
  tests: string;
  noticedBy: RegExp;
}

const SERVER = "apps/server/src";
const COVERED = "tests/usage/covered.test.ts";
const DETAILS = "tests/usage/details.test.ts";
const COUNTERS = "tests/usage/counters.test.ts";
const LIFE = "tests/keys/keys-life.test.ts";
const ACCOUNTS = "tests/auth/accounts.test.ts";
const OUTGOING = "tests/security/outgoing-http.test.ts";
const CREDITS = "tests/accounts/credits.test.ts";
const RECONCILIATION = "tests/accounts/reconciliation.test.ts";
const ARCHIVE = "tests/archive/collection.test.ts";
const KEY_CHANGES = "tests/accounts/key-changes.test.ts";
const WALK = "tests/security/access-walk.test.ts";

const defect = (
  name: string,
  [file, find, replace]: [file: string, find: string, replace: string],
  [tests, noticedBy]: [file: string, title: RegExp],
): SeededDefect => ({ name, file, find, replace, tests, noticedBy });

export const SEEDED_DEFECTS: SeededDefect[] = [
  defect(
    "rule 1: management keys of other users cover too",
    [
      `${SERVER}/keys/stored.ts`,
      "listActiveOfUser(app, userId).filter(isManagement)",
      "[userId].flatMap(() => readKeys(app, ACTIVE, [])).filter(isManagement)",
    ],
    [COVERED, /rule 1: .*another user/],
  ),
  defect(
    "rule 1: any management key covers, found or not",
    [`${SERVER}/sync/keys/coverage.ts`, "if (found.ok) {", "if (found) {"],
    [COVERED, /rule 1: .*another account/],
  ),
  defect(
    "rule 2: a truncated answer is treated as complete",
    [`${SERVER}/sync/analytics/fetch.ts`, "if (byModel.data.truncated) {", "if (false as boolean) {"],
    [COVERED, /rule 2: .*halved/],
  ),
  defect(
    "rule 2: totals are not compared",
    [
      `${SERVER}/sync/analytics/fetch.ts`,
      "2n * difference > rows) disagreeing.add(day)",
      "2n * difference > rows) void day",
    ],
    ["tests/usage/disagreement.test.ts", /do not add up/],
  ),
  defect(
    "rule 2: rows are replaced instead of upserted",
    [
      `${SERVER}/usage/ledger/ledger.ts`,
      "if (hasSameAmounts && areSameDetails(old.details, row.details)) continue;",
      "if (old) statements.remove.run(old.id);",
    ],
    [COVERED, /rule 2: .*keeps row ids/],
  ),
  defect(
    "details: what a row lacks is stored as 0",
    [`${SERVER}/openrouter/answers/read-details.ts`, "{ ...NO_DETAILS };", "{ ...NO_DETAILS, reasoningTokens: 0 };"],
    [DETAILS, /missing in all rows is unknown/],
  ),
  defect(
    "details: an unknown detail overwrites a known one",
    [`${SERVER}/usage/ledger/ledger.ts`, "fillDetails(answered.details, old.details)", "answered.details"],
    [DETAILS, /stays while the amounts/],
  ),
  defect(
    "details: a change of details alone is not stored",
    [`${SERVER}/usage/ledger/ledger.ts`, "areSameDetails(old.details, row.details)", "Boolean(row)"],
    [DETAILS, /changes alone/],
  ),
  defect(
    "details: a rejected metric fails the query",
    [`${SERVER}/sync/analytics/listed-metrics.ts`, "answer.status === 400;", "false as boolean;"],
    [DETAILS, /left out with the others/],
  ),
  defect(
    "details: metrics are listed for every query",
    [`${SERVER}/sync/analytics/listed-metrics.ts`, "return known.names;", "void known.names;"],
    [DETAILS, /once a day/],
  ),
  defect(
    "details: an unknown detail of a key counts as 0 in the residual",
    [`${SERVER}/usage/residuals/residuals.ts`, "= count(*), sum(s.", ">= 0, sum(s."],
    [DETAILS, /unknown where those of a key of the same name are/],
  ),
  defect(
    "rule 3: polls just after midnight are used",
    [`${SERVER}/keys/current.ts`, "const UNSETTLED_MS = 2 * 60_000", "const UNSETTLED_MS = 0"],
    [COUNTERS, /rule 3: .*two minutes/],
  ),
  defect(
    "rule 4: covered keys keep no counter baselines",
    [
      `${SERVER}/sync/keys/findings.ts`,
      "const counts = isCountable(polled);",
      "const counts = isCountable(polled) && !fetched;",
    ],
    [COUNTERS, /rule 4: .*keeps its counter baselines/],
  ),
  defect(
    "rule 5: requests are not retried",
    [`${SERVER}/openrouter/client.ts`, "const TRIES = 3", "const TRIES = 1"],
    ["tests/sync/openrouter-faults.test.ts", /three tries/],
  ),
  defect(
    "openrouter: the first page of keys only",
    [`${SERVER}/openrouter/client.ts`, "offset: String(page * PER_PAGE)", 'offset: "0"'],
    ["tests/sync/openrouter-answers.test.ts", /more than one page/],
  ),
  defect(
    "keys: a user can edit another user's key",
    [`${SERVER}/keys/service.ts`, "where: { id: input.id, userId: input.userId }", "where: { id: input.id }"],
    [LIFE, /another user's key/],
  ),
  defect(
    "keys: a deleted key stays in the roll-up",
    [
      `${SERVER}/usage/removal.ts`,
      "connection.prepare(SUBTRACT_FROM_MODELS)",
      "if (false as boolean) connection.prepare(SUBTRACT_FROM_MODELS)",
    ],
    [LIFE, /sums of the others/],
  ),
  defect(
    "auth: session ids are stored in plain text",
    [
      `${SERVER}/auth/sessions/session.ts`,
      'createHash("sha256").update(sessionId).digest("hex")',
      'createHash("sha256") && sessionId',
    ],
    [ACCOUNTS, /only the hash/],
  ),
  defect(
    "auth: a password change keeps other sessions",
    [`${SERVER}/auth/passwords/password.ts`, "await endOtherSessions(app, input);", ""],
    [ACCOUNTS, /ends every other session/],
  ),
  defect(
    "log: nothing is redacted",
    [`${SERVER}/platform/log.ts`, 'text.replace(SECRETS, "[redacted]")', "text.replace(SECRETS, String)"],
    ["tests/security/secrets.test.ts", /no line of the log/],
  ),
  defect(
    "database: a plain statement joins a transaction",
    [
      "packages/db/src/connections/single-writer.ts",
      "alone(() => queryRaw.call(adapter, query))",
      "queryRaw.call(adapter, query)",
    ],
    ["packages/db/src/connections/single-writer.test.ts", /never joins/],
  ),
  defect(
    "database: no backup before a migration",
    ["packages/db/src/migrations/migrate.ts", "if (options.history.length > 0) {", "if (false as boolean) {"],
    ["packages/db/src/migrations/migrate.test.ts", /backs up a file/],
  ),
  defect(
    "alerts: downtime counts as time without a sync",
    [`${SERVER}/alerts/evaluation/facts.ts`, "input.attemptedAt ?? readAttempt(app, input.now)", "input.now"],
    ["tests/alerts/alerts-keys.test.ts", /not after hours of downtime/],
  ),
  defect(
    "alerts: a long pause is taken for a clock that jumped",
    [`${SERVER}/notifications/outbox/claim.ts`, "const FARTHEST_MS = 32 * 24", "const FARTHEST_MS = 2 * 24"],
    ["tests/alerts/alerts.test.ts", /early or after a month/],
  ),
  defect(
    "channels: every attempt has an id of its own",
    [`${SERVER}/notifications/outbox/claim.ts`, "d.message_id AS messageId", "hex(randomblob(8)) AS messageId"],
    ["tests/notifications/deliveries.test.ts", /retries under one id/],
  ),
  defect(
    "channels: interrupted deliveries are forgotten",
    [`${SERVER}/notifications/outbox/claim.ts`, "d.state IN ('waiting', 'sending')", "d.state IN ('waiting')"],
    ["tests/notifications/deliveries-interrupted.test.ts", /interrupted by a crash/],
  ),
  defect(
    "outgoing: a redirect is followed",
    [
      `${SERVER}/outgoing/exchange.ts`,
      'req.on("response", async (res) => {',
      'req.on("response", async (res) => {\n      if (res.headers.location) return resolve(exchange({ ...input, url: new URL(res.headers.location) }));',
    ],
    [OUTGOING, /does not follow a redirect/],
  ),
  defect(
    "outgoing: the name is resolved again for the connection",
    [
      `${SERVER}/outgoing/exchange.ts`,
      "lookup: (_host, { all }, done) => {",
      'lookup: (_host, { all }, done) => {\n        addresses.splice(0, 9, { address: "127.0.0.1", family: 4 });',
    ],
    [OUTGOING, /rebound/],
  ),
  defect(
    "guard: a filter by another user's key shows its usage",
    [
      `${SERVER}/stats/selection.ts`,
      "SELECT id FROM api_keys WHERE user_id = :userId",
      "SELECT id FROM api_keys WHERE :userId > 0",
    ],
    [WALK, /stats\.|usage/],
  ),
  defect(
    "guard: an API token is accepted in place of a session",
    [`${SERVER}/rpc/procedures.ts`, 'if (principal?.kind !== "session")', "if (!principal)"],
    [WALK, /\/trpc.*keys\.list/],
  ),
  defect(
    "guard: a revoked token still works",
    [
      `${SERVER}/tokens/service.ts`,
      "WHERE t.token_hash = ? AND t.is_active AND u.is_active",
      "WHERE t.token_hash = ? AND u.is_active",
    ],
    [WALK, /REST.*\/api\/v1\/keys/],
  ),
  defect(
    "credits: a reading far from midnight counts as one at midnight",
    [`${SERVER}/accounts/credits/credits-history.ts`, "const EDGE_MS = 3_600_000", "const EDGE_MS = 86_400_000"],
    [CREDITS, /one end was not read within an hour/],
  ),
  defect(
    "credits: thinning removes purchases",
    [`${SERVER}/accounts/credits/credits-history.ts`, " AND total_nanos IS total_before", ""],
    [CREDITS, /thinned/],
  ),
  defect(
    "key changes: notified although not wanted",
    [`${SERVER}/accounts/events.ts`, ":areNotified AND notifies_changes AND", ":areNotified AND"],
    [KEY_CHANGES, /only when wanted/],
  ),
  defect(
    "key changes: notified again by each sync",
    [`${SERVER}/sync/accounts/notify-key-changes.ts`, "SET is_pending = 0", "SET is_pending = 1"],
    [KEY_CHANGES, /are one notification/],
  ),
  defect(
    "reconciliation: any purchase explains a difference",
    [
      `${SERVER}/accounts/reconciliation/explain.ts`,
      "boughtOn(credits, date) === rest",
      "boughtOn(credits, date) !== null",
    ],
    [RECONCILIATION, /purchase of another amount/],
  ),
  defect(
    "reconciliation: the reading time explains any difference",
    [`${SERVER}/accounts/reconciliation/explain.ts`, "if (abs(rest) > possible", "if (abs(rest) < 0n * possible"],
    [RECONCILIATION, /nothing supports/],
  ),
  defect(
    "reconciliation: requests can be a fee",
    [`${SERVER}/accounts/reconciliation/explain.ts`, "const isFee = day.unknownRequests === 0n && ", "const isFee = "],
    [RECONCILIATION, /are no BYOK fee/],
  ),
  defect(
    "reconciliation: what a watched key lacks is always a restatement",
    [`${SERVER}/usage/residuals/residual-split.ts`, 'isLate ? "restatement" : "unknown"', '"restatement"'],
    ["tests/accounts/residuals.test.ts", /key called Chatroom/],
  ),
  defect(
    "reconciliation: keys that cannot be listed count as deleted",
    [`${SERVER}/sync/accounts/account-total.ts`, "unlisted.size === 0 ? []", "unlisted.size >= 0 ? []"],
    [RECONCILIATION, /cannot be listed/],
  ),
  defect(
    "breakdowns: an answer with more than the usage of a day is stored",
    [`${SERVER}/usage/breakdowns/check.ts`, "if (-2n * missing > tolerance) return null;", ""],
    ["apps/server/src/usage/breakdowns/check.test.ts", /more cost than the day/],
  ),
  defect(
    "breakdowns: keys of one name share a request",
    [`${SERVER}/sync/breakdowns/hours.ts`, "!group.some(({ name }) => name === key.name)", "group.length > 0"],
    [ARCHIVE, /keys with the same name are requested/],
  ),
  defect(
    "breakdowns: a truncated answer is treated as complete",
    [`${SERVER}/sync/breakdowns/fetch.ts`, "if (!answer.data.truncated) return", "if (answer.ok) return"],
    [ARCHIVE, /truncated requests are split/],
  ),
  defect(
    "breakdowns: end users stay when they are turned off",
    [
      `${SERVER}/accounts/breakdowns/settings.ts`,
      "if (!settings.end_users) removeEndUsers(",
      "void (() => removeEndUsers)(",
    ],
    ["tests/archive/settings.test.ts", /deleted with their names/],
  ),
  defect(
    "breakdowns: days that were corrected downwards still count",
    [`${SERVER}/stats/breakdowns/rows.ts`, "AND u.cost >= c.cost AND", "AND"],
    ["tests/archive/api.test.ts", /corrected downwards/],
  ),
];

/** Vite plugin: breaks the code under test as SEEDED_DEFECT names, in memory only. Without it nothing changes. */
export function seedDefect() {
  const seeded = SEEDED_DEFECTS.find(({ name }) => name === process.env.SEEDED_DEFECT);
  const file = seeded && path.resolve(import.meta.dirname, "../..", seeded.file);
  return {
    name: "seed-defect",
    enforce: "pre" as const,
    transform(code: string, id: string) {
      if (!seeded || id.split("?")[0] !== file) return null;
      if (!code.includes(seeded.find)) throw new Error(`${seeded.file} no longer has what "${seeded.name}" breaks`);
      return { code: code.replace(seeded.find, () => seeded.replace), map: null };
    },
  };
}

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
const DETAILS = "tests/usage/details.test.ts";
const DISCOVERY = "tests/accounts/discovery.test.ts";
const ROUTES = "tests/accounts/routes.test.ts";
const RECONCILIATION = "tests/accounts/reconciliation.test.ts";
const ARCHIVE = "tests/archive/collection.test.ts";
const KEY_CHANGES = "tests/accounts/key-changes.test.ts";

const defect = (
  name: string,
  [file, find, replace]: [file: string, find: string, replace: string],
  [tests, noticedBy]: [file: string, title: RegExp],
): SeededDefect => ({ name, file, find, replace, tests, noticedBy });

export const SEEDED_DEFECTS: SeededDefect[] = [
  defect(
    "replaced days: a truncated answer is treated as complete",
    [`${SERVER}/sync/analytics/fetch.ts`, "if (byModel.data.truncated) {", "if (false as boolean) {"],
    ["tests/usage/covered.test.ts", /truncated window is halved/],
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
    "keys: a deleted key stays in the roll-up",
    [
      `${SERVER}/usage/removal.ts`,
      "connection.prepare(SUBTRACT_FROM_MODELS)",
      "if (false as boolean) connection.prepare(SUBTRACT_FROM_MODELS)",
    ],
    ["tests/keys/manage-keys.test.ts", /sums of the others/],
  ),
  defect(
    "channels: interrupted deliveries are forgotten",
    [`${SERVER}/notifications/outbox/claim.ts`, "d.state IN ('waiting', 'sending')", "d.state IN ('waiting')"],
    ["tests/notifications/deliveries-interrupted.test.ts", /interrupted by a crash/],
  ),
  defect(
    "keys: a user can edit another user's key",
    [`${SERVER}/keys/service.ts`, "where: { id: input.id, teamId: input.teamId }", "where: { id: input.id }"],
    ["tests/keys/manage-keys.test.ts", /another user's key/],
  ),
  defect(
    "credits: thinning removes purchases",
    [`${SERVER}/accounts/credits/credits-history.ts`, " AND total_nanos IS total_before", ""],
    ["tests/accounts/credits.test.ts", /thinned/],
  ),
  defect(
    "key changes: notified although not wanted",
    [`${SERVER}/accounts/events.ts`, ":areNotified AND notifies_changes AND", ":areNotified AND"],
    [KEY_CHANGES, /by an interrupted sync are notified only if selected/],
  ),
  defect(
    "key changes: notified again by each sync",
    [`${SERVER}/sync/accounts/notify-key-changes.ts`, "SET is_pending = 0", "SET is_pending = 1"],
    [KEY_CHANGES, /are one notification/],
  ),
  defect(
    "reconciliation: keys that cannot be listed count as deleted",
    [`${SERVER}/sync/accounts/fetch-by-label.ts`, "unlisted.size === 0", "unlisted.size >= 0"],
    [RECONCILIATION, /cannot be listed/],
  ),
  defect(
    "breakdowns: keys of one name share a request",
    [`${SERVER}/sync/breakdowns/hours.ts`, "!group.some(({ name }) => name === key.name)", "group.length > 0"],
    [ARCHIVE, /hours of keys .* are requested separately/],
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
    "accounts: keys of the default workspace only",
    [`${SERVER}/sync/accounts/list-account.ts`, "spaces.ok ? workspaces.keys() : [null]", "[null]"],
    [DISCOVERY, /finds the keys of all workspaces/],
  ),
  defect(
    "accounts: a key that is missing in the list counts as deleted",
    [
      `${SERVER}/sync/accounts/list-account.ts`,
      "const found = await app.openRouter.findKey(caller, key.keyHash);",
      'const found = { ok: false, reason: "missing", caller };',
    ],
    [DISCOVERY, /is requested by its hash before it counts as deleted/],
  ),
  defect(
    "accounts: a pasted key does not become the discovered one",
    [`${SERVER}/keys/add.ts`, "known ? reopen(connection, known, data)", "known?.keyEncrypted ? known"],
    [DISCOVERY, /pasted after it was discovered/],
  ),
  defect(
    "accounts: two management keys are two accounts",
    [`${SERVER}/accounts/stored.ts`, "if (twin) account", "if (twin && !twin) account"],
    [DISCOVERY, /two management keys of one account/],
  ),
  defect(
    "accounts: keys are watched although only selected ones should be",
    [`${SERVER}/sync/accounts/record-listing.ts`, 'isWatched: account.watch === "all"', "isWatched: true"],
    [ROUTES, /selected keys only/],
  ),
  defect(
    "accounts: keys without a stored secret count towards the limit",
    [`${SERVER}/keys/add.ts`, "kind IS NOT 'management' AND key_encrypted IS NOT NULL", "kind IS NOT 'management'"],
    [ROUTES, /stored secrets only/],
  ),
  defect(
    "accounts: deleted keys are discovered again",
    [`${SERVER}/sync/accounts/record-listing.ts`, "if (removed.has(key.hash)) continue;", ""],
    [ROUTES, /not discovered again/],
  ),
  defect(
    "budget: keys whose counters have not changed are requested",
    [`${SERVER}/sync/accounts/due.ts`, "if (hasMoved(key)) return", "if (hasMoved(key) || key.keyHash) return"],
    [DISCOVERY, /have not changed need no request/],
  ),
  defect(
    "budget: the year of an account's total is read at once",
    [`${SERVER}/sync/accounts/account-total.ts`, 'startsReread ? "month"', 'startsReread ? "year"'],
    ["tests/accounts/request-budget.test.ts", /stays within its request budget/],
  ),
  defect(
    "budget: two users of an account have a budget each",
    [`${SERVER}/keys/service.ts`, "return identity ?? key.account", "return key.account"],
    ["tests/accounts/shared-account.test.ts", /take turns within its request budget/],
  ),
  defect(
    "credits: a rule about low credits ends with the management key",
    [
      `${SERVER}/sync/accounts/service.ts`,
      "if (from !== null) replaceRuleKey(",
      "if (from === undefined) replaceRuleKey(",
    ],
    ["tests/accounts/credits.test.ts", /kept when the management key is replaced/],
  ),
  defect(
    "guard: a filter by another user's key shows its usage",
    [
      `${SERVER}/stats/selection.ts`,
      "SELECT id FROM api_keys WHERE team_id = :teamId",
      "SELECT id FROM api_keys WHERE :teamId > 0",
    ],
    ["tests/stats/table.test.ts", /no rows of another user/],
  ),
  defect(
    "residuals: usage of today under a shared name is left out",
    [`${SERVER}/usage/residuals/residuals.ts`, "counted, before, leftToday, names", "counted, before, names"],
    ["tests/accounts/unread-keys.test.ts", /leaves usage of today of a deleted key/],
  ),
  defect(
    "residuals: exports leave them out",
    [
      `${SERVER}/stats/exports/read.ts`,
      "SELECT id FROM api_keys WHERE team_id = ? ORDER BY id",
      "SELECT id FROM api_keys WHERE team_id = ? AND kind IS NOT 'residual' ORDER BY id",
    ],
    ["tests/accounts/residuals.test.ts", /part of exports/],
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

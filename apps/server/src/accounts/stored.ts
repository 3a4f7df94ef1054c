import type { Connection } from "@orwatch/db";
import type { Day } from "@orwatch/domain/day";
import type { App } from "../app.ts";
import type { Workspace } from "../openrouter/schema.ts";
import { storedInstant } from "../platform/clock.ts";
import { bumpDataVersion } from "../usage/data-version.ts";

/** An OpenRouter account as stored. */
export interface Account {
  id: number;
  teamId: number;
  name: string;
  /** The management key that lists its keys. */
  managementKeyId: number | null;
  /** OpenRouter's id of the default workspace. */
  identity: string | null;
  watch: "all" | "selected";
  /** Whether changes of its keys at OpenRouter are notified. */
  notifiesChanges: boolean;
  lastListedAt: Date | null;
  /** A stored message. */
  lastListError: string | null;
  /** Settings of breakdowns as JSON; `null`: the default. */
  breakdowns: string | null;
  /** Days from this one on were read again by the weekly reread of the account's total; `null` if none is under way. */
  rereadFrom: Day | null;
  createdAt: Date;
}

interface Row {
  id: number;
  team_id: number;
  name: string;
  management_key_id: number | null;
  identity: string | null;
  watch: "all" | "selected";
  notifies_changes: number;
  last_listed_at: string | null;
  last_list_error: string | null;
  breakdowns: string | null;
  reread_from: Day | null;
  created_at: string | number;
}

const SELECT = `SELECT id, team_id, name, management_key_id, identity, watch, notifies_changes, last_listed_at, last_list_error, breakdowns, reread_from, created_at
  FROM openrouter_accounts`;

const toAccount = (row: Row): Account => ({
  id: row.id,
  teamId: row.team_id,
  name: row.name,
  managementKeyId: row.management_key_id,
  identity: row.identity,
  watch: row.watch,
  notifiesChanges: row.notifies_changes !== 0,
  lastListedAt: row.last_listed_at === null ? null : new Date(row.last_listed_at),
  lastListError: row.last_list_error,
  breakdowns: row.breakdowns,
  rereadFrom: row.reread_from,
  createdAt: new Date(row.created_at),
});

const query = (connection: Connection, rest: string, parameters: (number | string)[]): Account[] =>
  (
    connection
      .prepare(`${SELECT} ${rest}`)
      .safeIntegers(false)
      .all(...parameters) as Row[]
  ).map(toAccount);

/** `null` if it no longer exists. */
export const findAccount = (app: App, id: number): Account | null =>
  query(app.db.reader, "WHERE id = ?", [id])[0] ?? null;

/** The account of a team whose default workspace is one of those given; `null` if there is none. */
export const findAccountByIdentity = (app: App, teamId: number, workspaceIds: readonly string[]): Account | null =>
  query(app.db.reader, "WHERE team_id = ? AND identity IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT 1", [
    teamId,
    JSON.stringify(workspaceIds),
  ])[0] ?? null;

/** All accounts of a team, oldest first. */
export const listAccountsOfTeam = (app: App, teamId: number): Account[] =>
  query(app.db.reader, "WHERE team_id = ? ORDER BY id", [teamId]);

/** IDs of the management keys of an account. */
export const managersOfAccount = (app: App, accountId: number): number[] =>
  app.db.reader
    .prepare<[number], number>("SELECT id FROM api_keys WHERE account_id = ? AND kind = 'management'")
    .pluck()
    .safeIntegers(false)
    .all(accountId);

export const listWorkspaceNames = (connection: Connection, accountId: number): Map<string, string> =>
  new Map(
    (
      connection
        .prepare("SELECT workspace_id AS id, name FROM openrouter_workspaces WHERE account_id = ?")
        .all(accountId) as { id: string; name: string }[]
    ).map(({ id, name }) => [id, name]),
  );

export type AccountChange = Partial<
  Pick<
    Account,
    | "name"
    | "managementKeyId"
    | "identity"
    | "watch"
    | "notifiesChanges"
    | "lastListedAt"
    | "lastListError"
    | "breakdowns"
    | "rereadFrom"
  >
>;

const COLUMNS: Record<keyof AccountChange, string> = {
  name: "name",
  managementKeyId: "management_key_id",
  identity: "identity",
  watch: "watch",
  notifiesChanges: "notifies_changes",
  lastListedAt: "last_listed_at",
  lastListError: "last_list_error",
  breakdowns: "breakdowns",
  rereadFrom: "reread_from",
};

/** Updates an account if it exists, inside the caller's transaction. */
export function changeAccount(connection: Connection, account: Pick<Account, "id" | "teamId">, change: AccountChange) {
  const entries = Object.entries(change) as [keyof AccountChange, Date | boolean | number | string | null][];
  if (entries.length === 0) return;
  connection
    .prepare(
      `UPDATE openrouter_accounts SET ${entries.map(([name]) => `${COLUMNS[name]} = ?`).join(", ")} WHERE id = ?`,
    )
    .run(
      ...entries.map(([, value]) =>
        value instanceof Date ? storedInstant(value) : typeof value === "boolean" ? Number(value) : value,
      ),
      account.id,
    );
  bumpDataVersion(connection, account.teamId);
}

/** The default workspace of an account, which identifies the account: two management keys of one account have it in common. */
function defaultOf(spaces: readonly Workspace[]): string | null {
  const named = spaces.filter(({ slug }) => slug === "default");
  const [first] = (named.length > 0 ? named : [...spaces]).sort(
    (a, b) => (a.createdAt?.getTime() ?? 0) - (b.createdAt?.getTime() ?? 0) || (a.id < b.id ? -1 : 1),
  );
  return first?.id ?? null;
}

interface ManagementKey {
  id: number;
  teamId: number;
  name: string;
}

/** The account of a management key. It is created if there is none yet, inside the caller's transaction. */
export function ensureAccount(connection: Connection, manager: ManagementKey, now: Date): Account {
  const known = query(
    connection,
    "WHERE id = (SELECT account_id FROM api_keys WHERE id = ?) OR management_key_id = ? ORDER BY id LIMIT 1",
    [manager.id, manager.id],
  )[0];
  if (known) return known;
  const { lastInsertRowid } = connection
    .prepare("INSERT INTO openrouter_accounts (team_id, name, management_key_id, created_at) VALUES (?, ?, ?, ?)")
    .run(manager.teamId, manager.name, manager.id, storedInstant(now));
  connection.prepare("UPDATE api_keys SET account_id = ? WHERE id = ?").run(lastInsertRowid, manager.id);
  bumpDataVersion(connection, manager.teamId);
  return query(connection, "WHERE id = ?", [Number(lastInsertRowid)])[0] as Account;
}

/**
 * The account of a management key, once its workspaces are known: two management keys of one account share it, and one
 * of them lists the keys. Inside the caller's transaction.
 * @param spaces `null` if OpenRouter did not return them
 * @returns whether this key is the one that lists; `null` if the key no longer exists
 */
export function claimAccount(
  connection: Connection,
  manager: ManagementKey,
  {
    spaces,
    defaultSpace = null,
    now,
  }: { spaces: readonly Workspace[] | null; defaultSpace?: string | null | undefined; now: Date },
): { account: Account; isLister: boolean } | null {
  if (!connection.prepare("SELECT 1 FROM api_keys WHERE id = ? AND kind = 'management'").get(manager.id)) return null;
  let account = ensureAccount(connection, manager, now);
  const ids = spaces?.map(({ id }) => id) ?? (defaultSpace === null ? [] : [defaultSpace]);
  if (ids.length > 0) {
    const twin = query(
      connection,
      "WHERE team_id = ? AND id <> ? AND identity IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT 1",
      [manager.teamId, account.id, JSON.stringify(ids)],
    )[0];
    if (twin) account = merge(connection, account, twin);
    const identity = spaces === null ? defaultSpace : defaultOf(spaces);
    if (account.identity === null && identity !== null) {
      changeAccount(connection, account, { identity });
      account = { ...account, identity };
    }
    if (spaces !== null) putWorkspaces(connection, account, spaces);
  }
  const isLister = account.managementKeyId === manager.id || !hasLister(connection, account);
  if (isLister && account.managementKeyId !== manager.id) {
    changeAccount(connection, account, { managementKeyId: manager.id });
    account = { ...account, managementKeyId: manager.id };
  }
  return { account, isLister };
}

/** Whether the account has a working management key that is turned on. */
const hasLister = (connection: Connection, account: Account): boolean =>
  account.managementKeyId !== null &&
  connection
    .prepare("SELECT 1 FROM api_keys WHERE id = ? AND is_active AND status <> 'invalid'")
    .get(account.managementKeyId) !== undefined;

/** Replaces the management key of an account and deletes the previous one, inside the caller's transaction. */
export function replaceLister(connection: Connection, account: Pick<Account, "id" | "teamId">, keyId: number): void {
  const old = connection
    .prepare("SELECT management_key_id FROM openrouter_accounts WHERE id = ?")
    .pluck()
    .safeIntegers(false)
    .get(account.id) as number | null | undefined;
  if (old === undefined) return;
  changeAccount(connection, account, { managementKeyId: keyId, lastListError: null });
  connection.prepare("UPDATE api_keys SET account_id = ? WHERE id = ?").run(account.id, keyId);
  if (old === null || old === keyId) return;
  connection.prepare("UPDATE api_keys SET managed_by_id = ? WHERE managed_by_id = ?").run(keyId, old);
  connection.prepare("DELETE FROM api_keys WHERE id = ?").run(old);
}

/** Merges two rows of one OpenRouter account. The older one is kept. */
function merge(connection: Connection, newer: Account, older: Account): Account {
  connection.prepare("UPDATE api_keys SET account_id = ? WHERE account_id = ?").run(older.id, newer.id);
  connection.prepare("UPDATE account_events SET account_id = ? WHERE account_id = ?").run(older.id, newer.id);
  connection.prepare("UPDATE OR IGNORE removed_keys SET account_id = ? WHERE account_id = ?").run(older.id, newer.id);
  connection
    .prepare("UPDATE OR IGNORE account_credits SET account_id = ? WHERE account_id = ?")
    .run(older.id, newer.id);
  connection.prepare("DELETE FROM openrouter_accounts WHERE id = ?").run(newer.id);
  bumpDataVersion(connection, older.teamId);
  return older;
}

function putWorkspaces(connection: Connection, account: Account, spaces: readonly Workspace[]): void {
  const put = connection.prepare(
    `INSERT INTO openrouter_workspaces (account_id, workspace_id, name, is_default) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET name = excluded.name, is_default = excluded.is_default`,
  );
  const main = defaultOf(spaces);
  for (const { id, name, slug } of spaces) put.run(account.id, id, name ?? slug ?? id, id === main ? 1 : 0);
  connection
    .prepare(
      "DELETE FROM openrouter_workspaces WHERE account_id = ? AND workspace_id NOT IN (SELECT value FROM json_each(?))",
    )
    .run(account.id, JSON.stringify(spaces.map(({ id }) => id)));
}

/** Notes of which workspaces all keys could be listed; `null` is the default one. Inside the caller's transaction. */
export const noteListedWorkspaces = (
  connection: Connection,
  accountId: number,
  listed: ReadonlySet<string | null>,
): void =>
  void connection
    .prepare(
      `UPDATE openrouter_workspaces
       SET is_listed = workspace_id IN (SELECT value FROM json_each(:listed)) OR (is_default AND :hasDefault)
       WHERE account_id = :accountId`,
    )
    .run({
      accountId,
      listed: JSON.stringify([...listed].filter((id) => id !== null)),
      hasDefault: listed.has(null) ? 1 : 0,
    });

/** Within the days of which the total of the account is known. */
const SPENT = `SELECT sum(d.cost) AS total, sum(d.cost) FILTER (WHERE k.kind = 'inference' AND k.is_active) AS watched
  FROM (SELECT min(d.date) AS first, max(d.date) AS last FROM api_keys k JOIN usage_days d ON d.api_key_id = k.id
      WHERE k.account_id = :id AND k.kind = 'residual' AND k.source = 'unknown') known
    CROSS JOIN api_keys k
    CROSS JOIN usage_days d ON d.api_key_id = k.id AND d.date BETWEEN known.first AND known.last
  WHERE k.account_id = :id AND k.kind IN ('inference', 'residual')`;

/** Share of the spend of an account that is of its watched keys, in percent with one decimal; `null` when it is not known. */
export function readCoverage(app: App, accountId: number): number | null {
  const { total, watched } = app.db.reader.prepare(SPENT).safeIntegers(true).get({ id: accountId }) as {
    total: bigint | null;
    watched: bigint | null;
  };
  return total === null || total <= 0n ? null : Number(((watched ?? 0n) * 1000n) / total) / 10;
}

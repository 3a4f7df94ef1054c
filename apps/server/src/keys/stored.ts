import type { ApiKey, Connection } from "@orwatch/db";
import type { App } from "../app.ts";
import { isActiveTeam } from "../memberships/active-teams.ts";
import { storedInstant } from "../platform/clock.ts";
import { bumpDataVersion } from "../usage/data-version.ts";

type Kind = "number" | "money" | "text" | "flag" | "instant";

/** Columns of a key with their types. Used instead of Prisma, which is too slow for jobs with thousands of keys. */
const KINDS: Record<keyof ApiKey, Kind> = {
  id: "number",
  teamId: "number",
  name: "text",
  description: "text",
  keyEncrypted: "text",
  keyHash: "text",
  label: "text",
  kind: "text",
  source: "text",
  isActive: "flag",
  status: "text",
  statusMessage: "text",
  rejections: "number",
  firstRejectedAt: "instant",
  managedById: "number",
  coverCheckedAt: "instant",
  goneAt: "instant",
  account: "text",
  accountId: "number",
  workspaceId: "text",
  workspaceName: "text",
  nameAtOpenRouter: "text",
  createdAtOpenRouter: "instant",
  disabledAtOpenRouter: "flag",
  queriedNanos: "money",
  queriedByokNanos: "money",
  countersAt: "instant",
  hasLimit: "flag",
  limitNanos: "money",
  limitRemainingNanos: "money",
  limitReset: "text",
  includeByokInLimit: "flag",
  usageNanos: "money",
  usageDailyNanos: "money",
  usageWeeklyNanos: "money",
  usageMonthlyNanos: "money",
  byokNanos: "money",
  byokDailyNanos: "money",
  byokWeeklyNanos: "money",
  byokMonthlyNanos: "money",
  isFreeTier: "flag",
  creditsTotalNanos: "money",
  creditsUsedNanos: "money",
  expiresAt: "instant",
  polledDay: "text",
  polledNanos: "money",
  restatedNanos: "money",
  polledByokDay: "text",
  polledByokNanos: "money",
  restatedByokNanos: "money",
  watermark: "text",
  monthResyncedOn: "text",
  yearResyncedOn: "text",
  completeThrough: "text",
  createdAt: "instant",
  lastUsedAt: "instant",
  lastValidatedAt: "instant",
  lastSyncedAt: "instant",
  lastSyncError: "text",
};

const columnOf = (name: string) =>
  name.replace("OpenRouter", "Openrouter").replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const FIELDS = (Object.entries(KINDS) as [keyof ApiKey, Kind][]).map(([name, kind]) => ({
  name,
  kind,
  column: columnOf(name),
}));

const SELECT = `SELECT ${FIELDS.map(({ column }) => `k.${column}`).join(", ")} FROM api_keys k`;

function fromColumn(kind: Kind, value: bigint | string | null): unknown {
  if (value === null) return null;
  if (kind === "number") return Number(value);
  if (kind === "flag") return value !== 0n;
  return kind === "instant" ? new Date(typeof value === "bigint" ? Number(value) : value) : value;
}

function toColumn(value: ApiKey[keyof ApiKey]): bigint | number | string | null {
  if (value instanceof Date) return storedInstant(value);
  return typeof value === "boolean" ? Number(value) : value;
}

const toKey = (row: unknown) => {
  const values = row as (bigint | string | null)[];
  return Object.fromEntries(
    FIELDS.map(({ name, kind }, index) => [name, fromColumn(kind, values[index] ?? null)]),
  ) as unknown as ApiKey;
};

const readKeys = (app: App, rest: string, parameters: number[]): unknown[] =>
  app.db.reader
    .prepare(`${SELECT} ${rest}`)
    .safeIntegers(true)
    .raw(true)
    .all(...parameters);

/** `null` if the key no longer exists. */
export function findKey(app: App, id: number): ApiKey | null {
  const [row] = readKeys(app, "WHERE k.id = ?", [id]);
  return row === undefined ? null : toKey(row);
}

const ACTIVE = `WHERE k.is_active AND ${isActiveTeam("k.team_id")}`;
const KIND_AT = FIELDS.findIndex(({ name }) => name === "kind");
const isManagement = (row: unknown) => (row as unknown[])[KIND_AT] === "management";

const listActiveOfTeam = (app: App, teamId: number): unknown[] =>
  readKeys(app, `${ACTIVE} AND k.team_id = ? ORDER BY k.id`, [teamId]);

/** Active keys of one team or of all, management keys first, because they provide data for the others. */
export function listActiveKeys(app: App, { teamId }: { teamId?: number }): ApiKey[] {
  const rows = teamId === undefined ? readKeys(app, `${ACTIVE} ORDER BY k.id`, []) : listActiveOfTeam(app, teamId);
  return [...rows.filter(isManagement), ...rows.filter((row) => !isManagement(row))].map(toKey);
}

/** The active management keys of a team. */
export const listManagers = (app: App, teamId: number): ApiKey[] =>
  listActiveOfTeam(app, teamId).filter(isManagement).map(toKey);

const SECRETLESS = "k.account_id = ? AND k.kind = 'inference' AND k.key_encrypted IS NULL";

/** Watched keys of an account without a stored secret, except those deleted at OpenRouter. */
export const listWatchedOfAccount = (app: App, accountId: number): ApiKey[] =>
  readKeys(app, `${ACTIVE} AND ${SECRETLESS} AND k.gone_at IS NULL ORDER BY k.id`, [accountId]).map(toKey);

/** Keys of an account that exist at OpenRouter, with or without a stored secret. */
export const listPresentOfAccount = (app: App, accountId: number): ApiKey[] =>
  readKeys(
    app,
    "WHERE k.account_id = ? AND coalesce(k.kind, '') NOT IN ('management', 'residual') AND k.gone_at IS NULL ORDER BY k.id",
    [accountId],
  ).map(toKey);

/** The stored keys of a team with the given hashes, inside the caller's transaction. */
export function findKeysByHash(connection: Connection, teamId: number, hashes: string[]): Map<string, ApiKey> {
  const rows = connection
    .prepare(`${SELECT} WHERE k.team_id = ? AND k.key_hash IN (SELECT value FROM json_each(?))`)
    .safeIntegers(true)
    .raw(true)
    .all(teamId, JSON.stringify(hashes));
  return new Map(rows.map(toKey).map((key) => [key.keyHash, key]));
}

/**
 * Stores at the watched keys of an account without a secret why they are not synced, inside the caller's transaction.
 * @param input.since only those not synced at or after this instant
 */
export function noteNotSynced(
  connection: Connection,
  input: { accountId: number; teamId: number; problem: string; since: Date },
): void {
  const { changes } = connection
    .prepare(
      `UPDATE api_keys AS k SET last_sync_error = :problem WHERE k.account_id = :accountId AND k.kind = 'inference'
         AND k.key_encrypted IS NULL AND k.is_active AND k.gone_at IS NULL AND k.last_sync_error IS NOT :problem
         AND (k.last_synced_at IS NULL OR k.last_synced_at < :since)`,
    )
    .run({ accountId: input.accountId, problem: input.problem, since: toColumn(input.since) });
  if (changes > 0) bumpDataVersion(connection, input.teamId);
}

/** Changeable columns of a stored key. */
export type KeyChange = Partial<Omit<ApiKey, "id" | "teamId">>;

/** A key of an account that is no longer read: its whole history is read when it is watched again, because it may have changed. */
export const UNREAD: KeyChange = { watermark: null };

/**
 * A key of an account that stops being watched. Its counters get a new baseline when it is watched again: its account contains
 * the usage of the time in between.
 */
export const UNWATCHED: KeyChange = {
  ...UNREAD,
  polledDay: null,
  polledNanos: null,
  polledByokDay: null,
  polledByokNanos: null,
  lastSyncError: null,
};

/** A new key. Missing columns get their defaults. */
export type NewKey = KeyChange & Pick<ApiKey, "teamId" | "name" | "keyHash" | "label" | "createdAt">;

const toColumns = (values: Partial<ApiKey>) =>
  FIELDS.filter(({ name }) => values[name] !== undefined).map(({ name, column }) => ({
    column,
    value: toColumn(values[name] as ApiKey[keyof ApiKey]),
  }));

/** Stores a key, inside the caller's transaction. @throws SqliteError if the team already has it */
export function insertKey(connection: Connection, values: NewKey): ApiKey {
  const columns = toColumns(values);
  const row = connection
    .prepare(
      `INSERT INTO api_keys (${columns.map(({ column }) => column).join(", ")}) VALUES (${columns.map(() => "?").join(", ")})
       RETURNING ${FIELDS.map(({ column }) => column).join(", ")}`,
    )
    .raw(true)
    .get(...columns.map(({ value }) => value));
  bumpDataVersion(connection, values.teamId);
  return toKey(row);
}

/** Updates a key if it exists, inside the caller's transaction, and bumps the data version. */
export function changeKey(connection: Connection, key: Pick<ApiKey, "id" | "teamId">, change: KeyChange): void {
  const columns = toColumns(change);
  if (columns.length === 0) return;
  connection
    .prepare(`UPDATE api_keys SET ${columns.map(({ column }) => `${column} = ?`).join(", ")} WHERE id = ?`)
    .run(...columns.map(({ value }) => value), key.id);
  bumpDataVersion(connection, key.teamId);
}

/** Makes the next sync look up coverage again: for all keys of a team, those without coverage, or those covered by one key. */
export function forgetCoverage(
  connection: Connection,
  keys: { teamId: number; uncovered?: boolean } | { managedById: number },
): void {
  const forget = (where: string, id: number) =>
    connection.prepare(`UPDATE api_keys SET cover_checked_at = NULL WHERE ${where}`).run(id);
  if ("managedById" in keys) forget("managed_by_id = ?", keys.managedById);
  else forget(keys.uncovered ? "team_id = ? AND managed_by_id IS NULL" : "team_id = ?", keys.teamId);
}

import type { ApiKey, Connection } from "@orwatch/db";
import type { App } from "../app.ts";
import { bumpDataVersion } from "../usage/data-version.ts";

type Kind = "number" | "money" | "text" | "flag" | "instant";

/** Every column of a key and what it holds: the jobs read and write keys by the thousand, where Prisma takes most of the time. */
const KINDS: Record<keyof ApiKey, Kind> = {
  id: "number",
  userId: "number",
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

/** Instants as Prisma writes them: text that compares in time's order. */
function toColumn(value: ApiKey[keyof ApiKey]): bigint | number | string | null {
  if (value instanceof Date) return value.toISOString().replace("Z", "+00:00");
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

/** `null` when the key is gone. */
export function findKey(app: App, id: number): ApiKey | null {
  const [row] = readKeys(app, "WHERE k.id = ?", [id]);
  return row === undefined ? null : toKey(row);
}

const ACTIVE = "JOIN users u ON u.id = k.user_id AND u.is_active WHERE k.is_active";
const KIND_AT = FIELDS.findIndex(({ name }) => name === "kind");
const isManagement = (row: unknown) => (row as unknown[])[KIND_AT] === "management";

const listActiveOfUser = (app: App, userId: number): unknown[] =>
  readKeys(app, `${ACTIVE} AND k.user_id = ? ORDER BY k.id`, [userId]);

/** Active keys, of one user or of all, management keys first: what they say of the others is then fresh. */
export function listActiveKeys(app: App, { userId }: { userId?: number }): ApiKey[] {
  const rows = userId === undefined ? readKeys(app, `${ACTIVE} ORDER BY k.id`, []) : listActiveOfUser(app, userId);
  return [...rows.filter(isManagement), ...rows.filter((row) => !isManagement(row))].map(toKey);
}

/** The active management keys of a user. */
export const listManagers = (app: App, userId: number): ApiKey[] =>
  listActiveOfUser(app, userId).filter(isManagement).map(toKey);

/** What may change in a stored key. */
export type KeyChange = Partial<Omit<ApiKey, "id" | "userId">>;

/** A key to be stored; what is left out has the default of its column. */
export type NewKey = KeyChange & Pick<ApiKey, "userId" | "name" | "keyHash" | "label" | "createdAt">;

const toColumns = (values: Partial<ApiKey>) =>
  FIELDS.filter(({ name }) => values[name] !== undefined).map(({ name, column }) => ({
    column,
    value: toColumn(values[name] as ApiKey[keyof ApiKey]),
  }));

/** Stores a key, inside the caller's transaction. @throws SqliteError when the user has it already */
export function insertKey(connection: Connection, values: NewKey): ApiKey {
  const columns = toColumns(values);
  const row = connection
    .prepare(
      `INSERT INTO api_keys (${columns.map(({ column }) => column).join(", ")}) VALUES (${columns.map(() => "?").join(", ")})
       RETURNING ${FIELDS.map(({ column }) => column).join(", ")}`,
    )
    .raw(true)
    .get(...columns.map(({ value }) => value));
  bumpDataVersion(connection, values.userId);
  return toKey(row);
}

/** Changes a key, unless it has been deleted, inside the caller's transaction. Answers about it are new ones then. */
export function changeKey(connection: Connection, key: Pick<ApiKey, "id" | "userId">, change: KeyChange): void {
  const columns = toColumns(change);
  if (columns.length === 0) return;
  connection
    .prepare(`UPDATE api_keys SET ${columns.map(({ column }) => `${column} = ?`).join(", ")} WHERE id = ?`)
    .run(...columns.map(({ value }) => value), key.id);
  bumpDataVersion(connection, key.userId);
}

/** Has coverage looked up again at the next sync: for the keys of a user, those without any, or those that one key covered. */
export function forgetCoverage(
  connection: Connection,
  keys: { userId: number; uncovered?: boolean } | { managedById: number },
): void {
  const forget = (where: string, id: number) =>
    connection.prepare(`UPDATE api_keys SET cover_checked_at = NULL WHERE ${where}`).run(id);
  if ("managedById" in keys) forget("managed_by_id = ?", keys.managedById);
  else forget(keys.uncovered ? "user_id = ? AND managed_by_id IS NULL" : "user_id = ?", keys.userId);
}

import type { Connection } from "@orwatch/db";
import type { Binding, Cipher } from "./cipher.ts";

/** An encrypted secret in the database, with its binding. */
interface EncryptedSecret {
  table: string;
  column: string;
  id: number;
  envelope: string;
  binding: Binding;
}

/**
 * Every column with encrypted values, and the SQL of their bindings. A column that is missing here cannot be decrypted after
 * ENCRYPTION_KEY has been rotated, so add new columns.
 */
export const ENCRYPTED_COLUMNS = [
  { table: "api_keys", column: "key_encrypted", owner: "team_id", boundTo: "key_hash" },
  { table: "channels", column: "settings_encrypted", owner: "team_id", boundTo: "'channel:' || ref" },
  { table: "idempotency_keys", column: "response_encrypted", owner: "user_id", boundTo: "'idempotency:' || key_hash" },
  { table: "users", column: "totp_secret", owner: "id", boundTo: "'second-factor'" },
  { table: "users", column: "totp_pending", owner: "id", boundTo: "'second-factor'" },
] as const;

/** All encrypted values in the file. A backup of an earlier version does not have all columns. */
export function listEncrypted(reader: Connection): EncryptedSecret[] {
  const hasColumn = reader.prepare("SELECT 1 FROM pragma_table_info(?) WHERE name = ?");
  return ENCRYPTED_COLUMNS.flatMap(({ table, column, owner, boundTo }) => {
    if (!hasColumn.get(table, column)) return [];
    // Before there were teams, users owned keys and channels. Their team has the same ID.
    const ownerColumn = hasColumn.get(table, owner) ? owner : "user_id";
    const rows = reader
      .prepare(
        `SELECT id, ${ownerColumn} AS ownerId, ${boundTo} AS keyHash, ${column} AS envelope FROM ${table} WHERE ${column} IS NOT NULL ORDER BY id`,
      )
      .safeIntegers(false)
      .all() as (Binding & { id: number; envelope: string })[];
    return rows.map(({ id, ownerId, keyHash, envelope }) => ({
      table,
      column,
      id,
      envelope,
      binding: { ownerId, keyHash },
    }));
  });
}

/** Number of secrets, of those that no configured encryption key decrypts, and of those that only the previous one decrypts. */
export function countEncrypted(reader: Connection, cipher: Cipher): { total: number; lost: number; outdated: number } {
  const all = listEncrypted(reader);
  const open = all.filter(({ envelope, binding }) => cipher.decrypt(envelope, binding) !== null);
  const outdated = open.filter(({ envelope }) => !cipher.isCurrent(envelope));
  return { total: all.length, lost: all.length - open.length, outdated: outdated.length };
}

import type { Connection } from "@orwatch/db";
import type { Binding, Cipher } from "./cipher.ts";

/** A secret as it lies in the file, with what it is bound to. */
export interface EncryptedSecret {
  table: string;
  column: string;
  id: number;
  envelope: string;
  binding: Binding;
}

/**
 * Every column that holds envelopes of the cipher, with the SQL of what they are bound to. What is missing here is lost when
 * ENCRYPTION_KEY is rotated: a new such column comes with a line.
 */
export const ENCRYPTED_COLUMNS = [
  { table: "api_keys", column: "key_encrypted", user: "user_id", boundTo: "key_hash" },
  { table: "channels", column: "settings_encrypted", user: "user_id", boundTo: "'channel:' || ref" },
  { table: "users", column: "totp_secret", user: "id", boundTo: "'second-factor'" },
  { table: "users", column: "totp_pending", user: "id", boundTo: "'second-factor'" },
] as const;

/** Every encrypted value in the file; a copy of an earlier version lacks some of the columns. */
export function listEncrypted(reader: Connection): EncryptedSecret[] {
  const hasColumn = reader.prepare("SELECT 1 FROM pragma_table_info(?) WHERE name = ?");
  return ENCRYPTED_COLUMNS.flatMap(({ table, column, user, boundTo }) => {
    if (!hasColumn.get(table, column)) return [];
    const rows = reader
      .prepare(
        `SELECT id, ${user} AS userId, ${boundTo} AS keyHash, ${column} AS envelope FROM ${table} WHERE ${column} IS NOT NULL ORDER BY id`,
      )
      .safeIntegers(false)
      .all() as (Binding & { id: number; envelope: string })[];
    return rows.map(({ id, userId, keyHash, envelope }) => ({
      table,
      column,
      id,
      envelope,
      binding: { userId, keyHash },
    }));
  });
}

/** How many secrets there are, how many of them no encryption key at hand opens, and how many only the previous one does. */
export function countEncrypted(reader: Connection, cipher: Cipher): { total: number; lost: number; outdated: number } {
  const all = listEncrypted(reader);
  const open = all.filter(({ envelope, binding }) => cipher.open(envelope, binding) !== null);
  const outdated = open.filter(({ envelope }) => !cipher.isCurrent(envelope));
  return { total: all.length, lost: all.length - open.length, outdated: outdated.length };
}

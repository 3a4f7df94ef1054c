import type { Connection, Db } from "@orwatch/db";
import { type Cipher, createCipher } from "./cipher.ts";
import { listEncrypted } from "./encrypted-columns.ts";

/**
 * Encrypts every secret again that only ENCRYPTION_KEY_PREVIOUS opens, all of them or none. No one else may have the file open who
 * does not know the current key.
 * @returns how many were; secrets that neither key opens are left as they are
 */
export function rotateSecrets(app: { db: Db; cipher: Cipher; config: { encryptionKey: string } }): Promise<number> {
  const present = createCipher({ key: app.config.encryptionKey, previous: null });
  return app.db.write((connection) => reencryptAll(connection, { both: app.cipher, present }));
}

/** Each is opened again with the current key alone before the transaction may end. */
function reencryptAll(connection: Connection, { both, present }: { both: Cipher; present: Cipher }): number {
  let count = 0;
  for (const { table, column, id, envelope, binding } of listEncrypted(connection)) {
    const secret = both.isCurrent(envelope) ? null : both.open(envelope, binding);
    if (secret === null) continue;
    const renewed = both.seal(secret, binding);
    if (present.open(renewed, binding) !== secret) throw new Error(`${table} ${id} would not open again`);
    connection.prepare(`UPDATE ${table} SET ${column} = ? WHERE id = ?`).run(renewed, id);
    count += 1;
  }
  return count;
}

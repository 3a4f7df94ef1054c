import type { Connection, Db } from "@orwatch/db";
import { type Cipher, createCipher } from "./cipher.ts";
import { listEncrypted } from "./encrypted-columns.ts";

/**
 * Re-encrypts every secret that only ENCRYPTION_KEY_PREVIOUS decrypts, in one transaction. No process without the current key may have
 * the file open.
 * @returns the number of re-encrypted secrets; those that neither key decrypts are not changed
 */
export function rotateSecrets(app: { db: Db; cipher: Cipher; config: { encryptionKey: string } }): Promise<number> {
  const present = createCipher({ key: app.config.encryptionKey, previous: null });
  return app.db.write((connection) => reencryptAll(connection, { both: app.cipher, present }));
}

/** Each secret is decrypted with the current key before the transaction is committed. */
function reencryptAll(connection: Connection, { both, present }: { both: Cipher; present: Cipher }): number {
  let count = 0;
  for (const { table, column, id, envelope, binding } of listEncrypted(connection)) {
    const secret = both.isCurrent(envelope) ? null : both.decrypt(envelope, binding);
    if (secret === null) continue;
    const renewed = both.encrypt(secret, binding);
    if (present.decrypt(renewed, binding) !== secret) throw new Error(`${table} ${id} could not be decrypted again`);
    connection.prepare(`UPDATE ${table} SET ${column} = ? WHERE id = ?`).run(renewed, id);
    count += 1;
  }
  return count;
}

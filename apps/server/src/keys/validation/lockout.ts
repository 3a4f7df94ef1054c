import type { Db } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import { storeMessage } from "@orwatch/messages/parse";
import type { Log } from "../../platform/log.ts";
import type { Cipher } from "../../secrets/cipher.ts";
import { countEncrypted, listEncrypted } from "../../secrets/encrypted-columns.ts";
import { changeKey } from "../stored.ts";

/** Message at a key whose secret cannot be decrypted with the configured encryption keys. */
export const UNDECRYPTABLE = message("key_undecryptable", {});
const STORED = storeMessage(UNDECRYPTABLE);

/**
 * Checks at the start whether ENCRYPTION_KEY decrypts the stored secrets. Logs what is wrong and what to do, and
 * marks each affected key. Everything else works without them, so the server starts.
 */
export async function checkEncryptionKey(app: { db: Db; cipher: Cipher; log: Log }): Promise<void> {
  const { total, lost, outdated } = countEncrypted(app.db.reader, app.cipher);
  if (lost > 0)
    app.log[lost === total ? "error" : "warn"]("encryption_key.wrong", {
      total,
      lost,
      message: `${lost} of ${total} stored secrets cannot be decrypted with ENCRYPTION_KEY. Set the one they were stored under, or that as ENCRYPTION_KEY_PREVIOUS beside a new one, and start again. If it is lost for good, each OpenRouter key can be added once more; its history stays.`,
    });
  if (outdated > 0)
    app.log.warn("encryption_key.outdated", {
      total,
      outdated,
      message: `${outdated} of ${total} stored secrets need ENCRYPTION_KEY_PREVIOUS; stop the server and run: npm run rotate-keys`,
    });
  const locked = listEncrypted(app.db.reader)
    .filter(({ table, envelope, binding }) => table === "api_keys" && app.cipher.decrypt(envelope, binding) === null)
    .map(({ id }) => id);
  await app.db.write((connection) => {
    for (const [sql, lastSyncError] of [
      [NEWLY_LOCKED, STORED],
      [NO_LONGER_LOCKED, null],
    ] as const)
      for (const key of connection.prepare(sql).safeIntegers(false).all(JSON.stringify(locked), STORED))
        changeKey(connection, key as { id: number; teamId: number }, { lastSyncError });
  });
}

const NEWLY_LOCKED = `SELECT id, team_id AS teamId FROM api_keys
  WHERE id IN (SELECT value FROM json_each(?)) AND last_sync_error IS NOT ?`;
const NO_LONGER_LOCKED = `SELECT id, team_id AS teamId FROM api_keys
  WHERE id NOT IN (SELECT value FROM json_each(?)) AND last_sync_error = ?`;

import type { App } from "../app.ts";
import { openSecret } from "./service.ts";

/**
 * Seals every key anew that is still under ENCRYPTION_KEY_PREVIOUS, so that after one start with both the old one can go.
 * @returns how many were
 */
export async function resealKeys(app: App): Promise<number> {
  if (app.config.encryptionKeyPrevious === null) return 0;
  const keys = await app.db.prisma.apiKey.findMany();
  const sealed = keys
    .filter(({ keyEncrypted }) => !app.cipher.isCurrent(keyEncrypted))
    .flatMap((key) => {
      const secret = openSecret(app, key);
      return secret === null ? [] : [{ id: key.id, before: key.keyEncrypted, after: app.cipher.seal(secret, key) }];
    });
  if (sealed.length === 0) return 0;
  await app.db.write((connection) => {
    const update = connection.prepare("UPDATE api_keys SET key_encrypted = ? WHERE id = ? AND key_encrypted = ?");
    for (const { id, before, after } of sealed) update.run(after, id, before);
  });
  app.log.info("keys.resealed", { count: sealed.length });
  return sealed.length;
}

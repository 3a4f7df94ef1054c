import type { App } from "../app.ts";
import { openSettings, sealSettings } from "./settings.ts";

/**
 * Seals every channel anew that is still under ENCRYPTION_KEY_PREVIOUS, so that after one start with both the old one can go.
 * @returns how many were
 */
export async function resealChannels(app: App): Promise<number> {
  if (app.config.encryptionKeyPrevious === null) return 0;
  const channels = await app.db.prisma.channel.findMany();
  const sealed = channels
    .filter(({ settingsEncrypted }) => !app.cipher.isCurrent(settingsEncrypted))
    .flatMap((channel) => {
      const settings = openSettings(app.cipher, channel.settingsEncrypted, channel);
      return settings === null
        ? []
        : [{ id: channel.id, before: channel.settingsEncrypted, after: sealSettings(app.cipher, settings, channel) }];
    });
  if (sealed.length === 0) return 0;
  await app.db.write((connection) => {
    const update = connection.prepare(
      "UPDATE channels SET settings_encrypted = ? WHERE id = ? AND settings_encrypted = ?",
    );
    for (const { id, before, after } of sealed) update.run(after, id, before);
  });
  app.log.info("channels.resealed", { count: sealed.length });
  return sealed.length;
}

import path from "node:path";
import { backUpDatabase } from "@orwatch/db/backup";
import { lockFile } from "@orwatch/db/lock";
import { type Config, readConfig } from "../config.ts";
import { createLog } from "../platform/log.ts";
import { countEncrypted } from "../secrets/encrypted-columns.ts";
import { rotateSecrets } from "../secrets/reencrypt.ts";
import { openApp } from "../start.ts";
import { CommandError, requireDatabase, runCommand } from "./command.ts";

const FLAGS = ["--apply", "--except-lost"];
const HOW =
  "To change the key, set the new one as ENCRYPTION_KEY and the current one as ENCRYPTION_KEY_PREVIOUS, then run this command again.";
const DONE = "ENCRYPTION_KEY_PREVIOUS can be removed.";

/** `npm run rotate-keys`: shows how many secrets are encrypted with which key; `--apply` re-encrypts all with the current one. */
await runCommand("rotate-keys", async (args) => {
  const unknown = args.find((arg) => !FLAGS.includes(arg));
  if (unknown) throw new CommandError(`Unknown option ${unknown}. Options: ${FLAGS.join(", ")}.`);
  const config = readConfig();
  requireDatabase(config);
  // A running server may have only the old encryption key.
  const lock = args.includes("--apply") ? lockFile(config.databaseFile) : null;
  try {
    return await rotate(config, { isApplied: lock !== null, exceptLost: args.includes("--except-lost") });
  } finally {
    lock?.release();
  }
});

async function rotate(config: Config, options: { isApplied: boolean; exceptLost: boolean }): Promise<string> {
  const log = createLog({ level: "error", write: (line) => void process.stderr.write(line) });
  const { app, close } = await openApp(config, { log, hasLock: options.isApplied });
  try {
    const { total, lost, outdated } = countEncrypted(app.db.reader, app.cipher);
    const standing = `${total} secrets: ${total - lost - outdated} under ENCRYPTION_KEY, ${outdated} under ENCRYPTION_KEY_PREVIOUS, ${lost} under neither.\n`;
    if (lost > 0 && !options.exceptLost)
      throw new CommandError(
        `${standing}Nothing was changed. ${lost} cannot be decrypted with either key. Set the key they were encrypted with as ENCRYPTION_KEY or ENCRYPTION_KEY_PREVIOUS, or skip them with --except-lost.`,
      );
    if (outdated === 0) return `${standing}Nothing to do. ${config.encryptionKeyPrevious === null ? HOW : DONE}\n`;
    if (!options.isApplied)
      return `${standing}This was a dry run. To apply it, stop the server and run: npm run rotate-keys -- --apply${options.exceptLost ? " --except-lost" : ""}\n`;
    const stamp = app.clock.now().toISOString().replace(/\D/g, "").slice(0, 14);
    const backup = path.join(config.backupFolder, `before-rotation-${stamp}.db`);
    await backUpDatabase({ from: config.databaseFile, to: backup });
    const count = await rotateSecrets(app);
    return `${standing}Re-encrypted ${count} secrets and checked them. ${DONE}\nThe backup made before, ${backup}, and all older backups still need the old key.\n`;
  } finally {
    await close();
  }
}

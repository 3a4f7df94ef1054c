import path from "node:path";
import { copyDatabase } from "@orwatch/db/copy";
import { lockFile } from "@orwatch/db/lock";
import { type Config, readConfig } from "../config.ts";
import { createLog } from "../platform/log.ts";
import { countEncrypted } from "../secrets/encrypted-columns.ts";
import { rotateSecrets } from "../secrets/reencrypt.ts";
import { openApp } from "../start.ts";
import { CommandError, requireDatabase, runCommand } from "./command.ts";

const FLAGS = ["--apply", "--except-lost"];
const HOW =
  "To change the key: set the new one as ENCRYPTION_KEY and the present one as ENCRYPTION_KEY_PREVIOUS, then run this again.";
const DONE = "ENCRYPTION_KEY_PREVIOUS can be removed.";

/** `npm run rotate-keys`: shows what is encrypted under which key; with `--apply` encrypts all of it with the present one. */
await runCommand("rotate-keys", async (args) => {
  const unknown = args.find((arg) => !FLAGS.includes(arg));
  if (unknown) throw new CommandError(`${unknown} is not known here; there are: ${FLAGS.join(", ")}.`);
  const config = readConfig();
  requireDatabase(config);
  // A server that runs may know the old encryption key only.
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
        `${standing}Nothing was changed: what is under neither stays lost. Set the encryption key it was stored under as ENCRYPTION_KEY or ENCRYPTION_KEY_PREVIOUS, or leave it behind with --except-lost.`,
      );
    if (outdated === 0) return `${standing}Nothing to do. ${config.encryptionKeyPrevious === null ? HOW : DONE}\n`;
    if (!options.isApplied)
      return `${standing}This was a dry run. Stop the server and do it with: npm run rotate-keys -- --apply${options.exceptLost ? " --except-lost" : ""}\n`;
    const stamp = app.clock.now().toISOString().replace(/\D/g, "").slice(0, 14);
    const backup = path.join(config.backupFolder, `before-rotation-${stamp}.db`);
    await copyDatabase({ from: config.databaseFile, to: backup });
    const count = await rotateSecrets(app);
    return `${standing}Re-encrypted ${count}, all of them checked. ${DONE}\nThe copy from before, ${backup}, and all older ones still need the old key.\n`;
  } finally {
    await close();
  }
}

import fs from "node:fs";
import path from "node:path";
import { formatSize } from "@orwatch/db/backup";
import { restoreDatabase } from "@orwatch/db/restore";
import { formatNanos } from "@orwatch/domain/money";
import { type Config, readConfig } from "../config.ts";
import { systemClock } from "../platform/clock.ts";
import { MIGRATIONS_FOLDER } from "../platform/installation.ts";
import { createCipher } from "../secrets/cipher.ts";
import { countEncrypted } from "../secrets/encrypted-columns.ts";
import { CommandError, runCommand } from "./command.ts";

/** Maximum number of backups listed. */
const SHOWN = 30;

/** `npm run restore -- FILE`: replaces the database with a backup while no server runs. Without FILE, lists the backups. */
await runCommand("restore", async ([from, ...rest]) => {
  const config = readConfig();
  if (from === undefined) return `${listBackups(config)}\n`;
  if (from === "" || rest.length > 0) throw new CommandError("Name one backup: orwatch restore FILE.");
  const copy = findBackup(config, from);
  const cipher = createCipher({ key: config.encryptionKey, previous: config.encryptionKeyPrevious });
  let warning = "";
  const { totals, aside, pending } = await restoreDatabase({
    file: config.databaseFile,
    from: copy,
    migrationsFolder: MIGRATIONS_FOLDER,
    stamp: systemClock.now().toISOString().replace(/\D/g, "").slice(0, 14),
    examine: (db) => {
      const { total, lost } = countEncrypted(db, cipher);
      if (lost > 0)
        warning = `WARNING: ${lost} of ${total} secrets in it cannot be decrypted with this ENCRYPTION_KEY. Set the ENCRYPTION_KEY of this backup, or set it as ENCRYPTION_KEY_PREVIOUS to change to a new one.\n`;
    },
  });
  const span = totals.firstDay === null ? "" : ` from ${totals.firstDay} to ${totals.lastDay}`;
  return [
    `Restored ${config.databaseFile} from ${copy}: ${totals.users} users, ${totals.keys} keys, ${totals.usageRows} usage rows${span}, ${formatNanos(totals.costNanos)} USD.\n`,
    aside === null ? "" : `The previous database is in ${aside}. Delete it when everything works.\n`,
    pending.length === 0 ? "" : `The next start migrates it: ${pending.join(", ")}.\n`,
    warning,
  ].join("");
});

/** Resolves a path, or the name of a backup in BACKUP_DIR. */
function findBackup({ backupFolder }: Config, named: string): string {
  const inFolder = path.join(backupFolder, named);
  return !fs.existsSync(named) && fs.existsSync(inFolder) ? inFolder : path.resolve(named);
}

function listBackups({ backupFolder }: Config): string {
  const names = fs.existsSync(backupFolder) ? fs.readdirSync(backupFolder).filter((name) => name.endsWith(".db")) : [];
  if (names.length === 0) return `There are no backups in ${backupFolder}.`;
  const copies = names
    .map((name) => ({ name, stat: fs.statSync(path.join(backupFolder, name)) }))
    .sort((a, b) => b.stat.mtimeMs - a.stat.mtimeMs)
    .map(({ name, stat: { size, mtime } }) => {
      const [day = "", time = ""] = mtime.toISOString().split("T");
      return `  ${day} ${time.slice(0, 5)} UTC ${formatSize(size).padStart(12)}  ${name}`;
    });
  const more = copies.length > SHOWN ? `\n  and ${copies.length - SHOWN} older backups` : "";
  return `Backups in ${backupFolder}, newest first:\n${copies.slice(0, SHOWN).join("\n")}${more}`;
}

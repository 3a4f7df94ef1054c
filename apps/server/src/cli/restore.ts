import fs from "node:fs";
import path from "node:path";
import { formatSize } from "@orwatch/db/format-size";
import { restoreDatabase } from "@orwatch/db/restore";
import { formatNanos } from "@orwatch/domain/money";
import { type Config, readConfig } from "../config.ts";
import { systemClock } from "../platform/clock.ts";
import { MIGRATIONS_FOLDER } from "../platform/folders.ts";
import { createCipher } from "../secrets/cipher.ts";
import { countEncrypted } from "../secrets/encrypted-columns.ts";
import { CommandError, runCommand } from "./command.ts";

/** Copies that are listed. */
const SHOWN = 30;

/** `npm run restore -- FILE`: puts a copy in the place of the database while no server runs; without FILE it lists the copies. */
await runCommand("restore", async ([from, ...rest]) => {
  const config = readConfig();
  if (from === undefined) return `${listCopies(config)}\n`;
  if (from === "" || rest.length > 0) throw new CommandError("Name one copy: orwatch restore FILE.");
  const copy = findCopy(config, from);
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
        warning = `WARNING: ${lost} of ${total} secrets in it cannot be decrypted with this ENCRYPTION_KEY. Set the one that this copy was made with, or, to change to a new one, set that as ENCRYPTION_KEY_PREVIOUS.\n`;
    },
  });
  const span = totals.firstDay === null ? "" : ` from ${totals.firstDay} to ${totals.lastDay}`;
  return [
    `Restored ${config.databaseFile} from ${copy}: ${totals.users} accounts, ${totals.keys} keys, ${totals.usageRows} rows of usage${span}, ${formatNanos(totals.costNanos)} USD.\n`,
    aside === null ? "" : `What was there before is in ${aside}; delete it when all is well.\n`,
    pending.length === 0 ? "" : `The next start will migrate it: ${pending.join(", ")}.\n`,
    warning,
  ].join("");
});

/** What was named: a path, or the name of a copy in BACKUP_DIR. */
function findCopy({ backupFolder }: Config, named: string): string {
  const inFolder = path.join(backupFolder, named);
  return !fs.existsSync(named) && fs.existsSync(inFolder) ? inFolder : path.resolve(named);
}

function listCopies({ backupFolder }: Config): string {
  const names = fs.existsSync(backupFolder) ? fs.readdirSync(backupFolder).filter((name) => name.endsWith(".db")) : [];
  if (names.length === 0) return `${backupFolder} has no copies.`;
  const copies = names
    .map((name) => ({ name, stat: fs.statSync(path.join(backupFolder, name)) }))
    .sort((a, b) => b.stat.mtimeMs - a.stat.mtimeMs)
    .map(({ name, stat: { size, mtime } }) => {
      const [day = "", time = ""] = mtime.toISOString().split("T");
      return `  ${day} ${time.slice(0, 5)} UTC ${formatSize(size).padStart(12)}  ${name}`;
    });
  const more = copies.length > SHOWN ? `\n  and ${copies.length - SHOWN} older ones` : "";
  return `Copies in ${backupFolder}, the newest first:\n${copies.slice(0, SHOWN).join("\n")}${more}`;
}

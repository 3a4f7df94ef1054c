import fs from "node:fs";
import path from "node:path";
import { restoreDatabase } from "@orwatch/db/restore";
import { systemClock } from "./clock.ts";
import { CommandRefused, runCommand } from "./command.ts";
import { type Config, readConfig } from "./config.ts";
import { MIGRATIONS_FOLDER } from "./folders.ts";
import { createCipher } from "./keys/cipher.ts";
import { countSealed } from "./keys/sealed.ts";
import { formatNanos } from "./money.ts";

/** `npm run restore -- FILE`: puts a copy in the place of the database while no server runs. */
await runCommand(async ([from, ...rest]) => {
  const config = readConfig();
  if (!from || rest.length > 0) throw new CommandRefused(`Say which: npm run restore -- FILE\n${listCopies(config)}`);
  const cipher = createCipher({ key: config.encryptionKey, previous: config.encryptionKeyPrevious });
  let warning = "";
  const { totals, aside, pending } = await restoreDatabase({
    file: config.databaseFile,
    from: path.resolve(from),
    migrationsFolder: MIGRATIONS_FOLDER,
    stamp: systemClock.now().toISOString().replace(/\D/g, "").slice(0, 14),
    examine: (copy) => {
      const { sealed, lost } = countSealed(copy, cipher);
      if (lost > 0)
        warning = `WARNING: ${lost} of ${sealed} secrets in it cannot be decrypted with this ENCRYPTION_KEY. Set the one that this copy was made with, or, to change to a new one, set that as ENCRYPTION_KEY_PREVIOUS.\n`;
    },
  });
  const span = totals.firstDay === null ? "" : ` from ${totals.firstDay} to ${totals.lastDay}`;
  return [
    `Restored ${config.databaseFile} from ${from}: ${totals.users} accounts, ${totals.keys} keys, ${totals.usageRows} rows of usage${span}, ${formatNanos(totals.costNanos)} USD.\n`,
    aside === null ? "" : `What was there before is in ${aside}; delete it when all is well.\n`,
    pending.length === 0 ? "" : `The next start will migrate it: ${pending.join(", ")}.\n`,
    warning,
  ].join("");
});

function listCopies({ backupFolder }: Config): string {
  const copies = fs.existsSync(backupFolder) ? fs.readdirSync(backupFolder).filter((name) => name.endsWith(".db")) : [];
  if (copies.length === 0) return `${backupFolder} has no copies.`;
  const newest = copies.sort().toReversed().slice(0, 10);
  return `Copies in ${backupFolder}:\n${newest.map((name) => `  ${path.join(backupFolder, name)}`).join("\n")}`;
}

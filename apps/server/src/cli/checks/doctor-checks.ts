import fs from "node:fs";
import path from "node:path";
import { formatSize, sizeOf } from "@orwatch/db/backup";
import { openReader } from "@orwatch/db/integrity";
import { toEnglish } from "@orwatch/messages/renderer";
import type { Config } from "../../config.ts";
import { createOpenRouter } from "../../openrouter/client.ts";
import type { Clock } from "../../platform/clock.ts";
import { ROOT } from "../../platform/installation.ts";
import { createLog } from "../../platform/log.ts";
import { createCipher } from "../../secrets/cipher.ts";
import { countEncrypted } from "../../secrets/encrypted-columns.ts";

/** Result of one check of `doctor`. A warning may be intended; a problem prevents something from working. */
export interface Finding {
  what: string;
  level: "ok" | "warning" | "problem";
  message: string;
}

const HOUR_MS = 3_600_000;
/** A backup is made every day. The extra hours allow for a long backup and for a machine that was off. */
const OLDEST_BACKUP_MS = 26 * HOUR_MS;
/** A migration and a backup need this many times the size of the database. */
const COPIES_NEEDED = 2;

const isAllowed = (file: string, mode: number): boolean => {
  try {
    fs.accessSync(file, mode);
    return true;
  } catch {
    return false;
  }
};

const isPrivate = (file: string): boolean => (fs.statSync(file).mode & 0o077) === 0;

/** Checks that the files exist, are writable, and cannot be read by other users. */
export function examineFiles({ databaseFile, backupFolder }: Config): Finding[] {
  const findings: Finding[] = [];
  const add = (level: Finding["level"], message: string) => findings.push({ what: "permissions", level, message });
  if (!fs.existsSync(databaseFile)) {
    add(
      "problem",
      `there is no database at ${databaseFile}: start the server once, or set DATABASE_URL to the server's database`,
    );
    return findings;
  }
  for (const file of [path.dirname(databaseFile), databaseFile, backupFolder].filter((name) => fs.existsSync(name)))
    if (!isAllowed(file, fs.constants.R_OK | fs.constants.W_OK))
      add("problem", `${file} cannot be read and written by this user; run the command as the user of the server`);
  for (const file of [databaseFile, path.join(ROOT, ".env")].filter((name) => fs.existsSync(name)))
    if (!isPrivate(file)) add("warning", `other users of this machine can read ${file}: run chmod 600 ${file}`);
  if (findings.length === 0) add("ok", "files are writable, and other users cannot read them");
  return findings;
}

/** Whether there is space for a migration and the next backup. */
export function examineSpace({ databaseFile, backupFolder }: Config): Finding[] {
  const needed = sizeOf(databaseFile) * COPIES_NEEDED;
  const folders = [path.dirname(databaseFile), backupFolder].filter((folder) => fs.existsSync(folder));
  return folders.map((folder) => {
    const { bavail, bsize } = fs.statfsSync(folder);
    const free = bavail * bsize;
    const message = `${formatSize(free)} free in ${folder}; a migration and a backup need ${formatSize(needed)}`;
    return { what: "free space", level: free < needed ? "problem" : "ok", message };
  });
}

/** Whether ENCRYPTION_KEY decrypts the stored secrets. */
export function examineKeys(config: Config): Finding[] {
  const what = "encryption";
  let reader: ReturnType<typeof openReader> | null = null;
  try {
    reader = openReader(config.databaseFile);
    const cipher = createCipher({ key: config.encryptionKey, previous: config.encryptionKeyPrevious });
    const { total, lost, outdated } = countEncrypted(reader, cipher);
    if (lost > 0)
      return [{ what, level: "problem", message: `ENCRYPTION_KEY cannot decrypt ${lost} of ${total} stored secrets` }];
    if (outdated > 0)
      return [
        {
          what,
          level: "warning",
          message: `${outdated} of ${total} stored secrets still need ENCRYPTION_KEY_PREVIOUS: run orwatch rotate-keys`,
        },
      ];
    return [{ what, level: "ok", message: `ENCRYPTION_KEY decrypts all ${total} stored secrets` }];
  } catch (error) {
    return [{ what, level: "problem", message: `the database cannot be read: ${(error as Error).message}` }];
  } finally {
    reader?.close();
  }
}

/** Age of the latest backup. */
export function examineBackups({ backupFolder }: Config, clock: Clock): Finding[] {
  const what = "backups";
  const names = fs.existsSync(backupFolder) ? fs.readdirSync(backupFolder).filter((name) => name.endsWith(".db")) : [];
  if (names.length === 0) return [{ what, level: "warning", message: `there is no backup in ${backupFolder} yet` }];
  const newest = Math.max(...names.map((name) => fs.statSync(path.join(backupFolder, name)).mtimeMs));
  const ageMs = clock.now().getTime() - newest;
  const message = `the latest backup is ${Math.max(0, Math.round(ageMs / HOUR_MS))} hours old`;
  return [{ what, level: ageMs > OLDEST_BACKUP_MS ? "problem" : "ok", message }];
}

/** A key that does not exist: OpenRouter's API rejects it with 401, other servers respond differently. */
const NO_KEY = "sk-or-v1-orwatch-doctor";

export async function examineOpenRouter(config: Config, clock: Clock): Promise<Finding> {
  const client = createOpenRouter({
    baseUrl: config.openRouterUrl,
    proxies: config.proxies,
    clock,
    log: createLog({ level: "error", write: () => {} }),
  });
  const answer = await client.getCurrentKey({ secret: NO_KEY, lane: "doctor", priority: "person" });
  const what = "openrouter";
  if (answer.ok || answer.reason === "unauthorized")
    return { what, level: "ok", message: `${config.openRouterUrl} responds` };
  return { what, level: "problem", message: `${config.openRouterUrl}: ${toEnglish(answer.problem)}` };
}

/** One line per finding, and the number of problems and warnings. */
export function formatFindings(findings: Finding[]): string {
  const width = Math.max(...findings.map(({ what }) => what.length));
  const lines = findings.map(({ what, level, message }) => `${level.padEnd(7)}  ${what.padEnd(width)}  ${message}`);
  const count = (wanted: "problem" | "warning") => {
    const number = findings.filter(({ level }) => level === wanted).length;
    return `${number} ${wanted}${number === 1 ? "" : "s"}`;
  };
  return `${lines.join("\n")}\n${count("problem")}, ${count("warning")}\n`;
}

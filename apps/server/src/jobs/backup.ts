import fs from "node:fs/promises";
import path from "node:path";
import { backUpDatabase } from "@orwatch/db/backup";
import { DatabaseError } from "@orwatch/db/database-error";
import type { App } from "../app.ts";
import { BACKUP_KINDS, type BackupKind, backupName, chooseSurplus } from "./backup-names.ts";

const LEFT_OVER = /\.db\.\d+\.part(-journal|-wal|-shm)?$/;
/** No copy takes as long as this: an older part is of a process that was killed. */
const LEFT_OVER_MS = 6 * 3_600_000;

/**
 * Copies the database while it serves, checks the copy, and keeps the newest BACKUP_KEEP copies of each kind.
 * @returns how many copies of this kind there are now, and how many of all kinds were removed
 * @throws DatabaseError with what to do, and the reason of `stopping` when that aborts
 */
export async function backUp(
  app: Pick<App, "config" | "clock" | "stopping">,
  kind: Extract<BackupKind, "daily" | "manual">,
): Promise<{ file: string; bytes: number; kept: number; removed: number }> {
  const { backupFolder: folder, databaseFile, backupKeep: keep } = app.config;
  const now = app.clock.now();
  const name = backupName(kind, now);
  const file = path.join(folder, name);
  const { bytes } = await backUpDatabase({ from: databaseFile, to: file, signal: app.stopping });
  const surplus = chooseSurplus(await listFiles(folder), { keep, now, made: name });
  for (const old of surplus) await removeBackup(path.join(folder, old));
  const names = await listFiles(folder);
  for (const part of names.filter((candidate) => LEFT_OVER.test(candidate))) await removeOld(path.join(folder, part));
  await requireBackup(file, bytes);
  const kept = names.filter((candidate) => BACKUP_KINDS[kind].madeAt(candidate) !== null).length;
  return { file, bytes, kept, removed: surplus.length };
}

const listFiles = async (folder: string): Promise<string[]> =>
  (await fs.readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile()).map(({ name }) => name);

async function removeBackup(file: string): Promise<void> {
  await fs.rm(file, { force: true }).catch((error: Error) => {
    throw new DatabaseError(
      `The copy was made, but ${file}, an older one, could not be removed: ${error.message}. Remove it by hand.`,
      { cause: error, obstacle: { kind: "old_backup_not_removed", file: path.basename(file) } },
    );
  });
}

/** @throws DatabaseError when the copy that was just made is not there as it was written */
async function requireBackup(file: string, bytes: number): Promise<void> {
  const found = await fs.stat(file).catch(() => null);
  if (found?.size !== bytes)
    throw new DatabaseError(
      `The copy ${file} was made but is ${found ? "not what was written" : "gone"}: something else changes files in that folder. Make another one.`,
      { obstacle: { kind: "backup_changed" } },
    );
}

/** The age of a file is measured by the clock of the machine. */
async function removeOld(file: string): Promise<void> {
  const stat = await fs.stat(file).catch(() => null);
  const now = performance.timeOrigin + performance.now();
  if (stat && now - stat.mtimeMs > LEFT_OVER_MS) await fs.rm(file, { force: true });
}

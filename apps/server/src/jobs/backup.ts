import fs from "node:fs/promises";
import path from "node:path";
import { backUpDatabase } from "@orwatch/db/backup";
import { DatabaseError } from "@orwatch/db/database-error";
import type { App } from "../app.ts";
import { BACKUP_KINDS, type BackupKind, backupName, chooseSurplus } from "./backup-names.ts";

const PARTIAL = /\.db\.\d+\.part(-journal|-wal|-shm)?$/;
/** A partial backup older than this is from a process that was killed, because no backup takes that long. */
const MAX_BACKUP_MS = 6 * 3_600_000;

/**
 * Backs up the database while the server runs, checks the backup, and keeps the newest BACKUP_KEEP backups of each kind.
 * @returns the number of backups of this kind now, and the number of removed backups of all kinds
 * @throws DatabaseError with a message that says what to do, or the reason of `stopping` if that aborts
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
  for (const part of names.filter((candidate) => PARTIAL.test(candidate))) await removePartial(path.join(folder, part));
  await requireBackup(file, bytes);
  const kept = names.filter((candidate) => BACKUP_KINDS[kind].madeAt(candidate) !== null).length;
  return { file, bytes, kept, removed: surplus.length };
}

const listFiles = async (folder: string): Promise<string[]> =>
  (await fs.readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile()).map(({ name }) => name);

async function removeBackup(file: string): Promise<void> {
  await fs.rm(file, { force: true }).catch((error: Error) => {
    throw new DatabaseError(
      `The backup succeeded, but the older backup ${file} could not be removed: ${error.message}. Remove it manually.`,
      { cause: error, obstacle: { kind: "old_backup_not_removed", file: path.basename(file) } },
    );
  });
}

/** @throws DatabaseError if the new backup was changed or removed */
async function requireBackup(file: string, bytes: number): Promise<void> {
  const found = await fs.stat(file).catch(() => null);
  if (found?.size !== bytes)
    throw new DatabaseError(
      `The backup ${file} was made, but another program ${found ? "changed" : "removed"} it. Check what else uses that folder, then make another backup.`,
      { obstacle: { kind: "backup_changed" } },
    );
}

/** Removes an old partial backup. The age of a file is measured by the clock of the machine, not by `app.clock`. */
async function removePartial(file: string): Promise<void> {
  const stat = await fs.stat(file).catch(() => null);
  const now = performance.timeOrigin + performance.now();
  if (stat && now - stat.mtimeMs > MAX_BACKUP_MS) await fs.rm(file, { force: true });
}

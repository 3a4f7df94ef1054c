import fs from "node:fs/promises";
import path from "node:path";
import { copyDatabase } from "@orwatch/db/copy";
import type { App } from "../app.ts";

/** Copies of the job and the command, those made before a migration, and before a rotation: each kind is pruned for itself, by its names. */
const KINDS = [/^orwatch-\d{8}T\d{6}Z\.db$/, /^before-\d.*\.db$/, /^before-rotation-\d+\.db$/];
const LEFT_OVER = /\.db\.\d+\.part(-journal|-wal|-shm)?$/;
/** No copy takes as long as this: an older part is of a process that was killed. */
const LEFT_OVER_MS = 6 * 3_600_000;

/**
 * Copies the database while it serves, checks the copy, and keeps the newest BACKUP_KEEP copies.
 * @throws DatabaseRefused with what to do, and the reason of `stopping` when that aborts
 */
export async function backUp(
  app: Pick<App, "config" | "clock" | "stopping">,
): Promise<{ file: string; bytes: number; kept: number; removed: number }> {
  const { backupFolder: folder, databaseFile, backupKeep } = app.config;
  const stamp = app.clock
    .now()
    .toISOString()
    .replace(/[-:]|\.\d+/g, "");
  const file = path.join(folder, `orwatch-${stamp}.db`);
  const { bytes } = await copyDatabase({ from: databaseFile, to: file, signal: app.stopping });
  const names = await fs.readdir(folder);
  const surplus = KINDS.flatMap((kind) =>
    names
      .filter((name) => kind.test(name))
      .sort()
      .slice(0, -backupKeep),
  );
  for (const name of surplus) await fs.rm(path.join(folder, name), { force: true });
  for (const name of names.filter((candidate) => LEFT_OVER.test(candidate))) await removeOld(path.join(folder, name));
  const kept = names.filter((name) => KINDS[0]?.test(name)).length;
  return { file, bytes, kept: Math.min(kept, backupKeep), removed: surplus.length };
}

/** Ages of files are told by the clock of the machine. */
async function removeOld(file: string): Promise<void> {
  const stat = await fs.stat(file).catch(() => null);
  const now = performance.timeOrigin + performance.now();
  if (stat && now - stat.mtimeMs > LEFT_OVER_MS) await fs.rm(file, { force: true });
}

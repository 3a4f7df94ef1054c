import fs from "node:fs/promises";
import path from "node:path";
import type { App } from "../app.ts";

const NAME = /^orwatch-\d{8}T\d{6}Z\.db$/;

/** Copies the database while it serves, a few pages at a time, and keeps the newest BACKUP_KEEP copies. */
export async function backUp(app: App): Promise<Record<string, number>> {
  const folder = app.config.backupFolder;
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  const stamp = app.clock
    .now()
    .toISOString()
    .replace(/[-:]|\.\d+/g, "");
  const file = path.join(folder, `orwatch-${stamp}.db`);
  await app.db.reader.backup(`${file}.part`, { progress: () => 256 });
  await fs.chmod(`${file}.part`, 0o600);
  await fs.rename(`${file}.part`, file);
  const { size } = await fs.stat(file);
  const copies = (await fs.readdir(folder)).filter((name) => NAME.test(name)).sort();
  const surplus = copies.slice(0, Math.max(0, copies.length - app.config.backupKeep));
  for (const name of surplus) await fs.rm(path.join(folder, name));
  return { bytes: size, kept: copies.length - surplus.length, removed: surplus.length };
}

import fs from "node:fs";
import path from "node:path";

/** What stands in the way of a copy. */
export type Obstacle =
  | { kind: "no_space"; freeBytes: number; neededBytes: number }
  | { kind: "folder_not_writable" }
  | { kind: "file_missing" }
  | { kind: "old_backup_not_removed"; file: string }
  | { kind: "backup_changed" };

/** Why the database cannot be opened or copied, and what to do about it. */
export class DatabaseError extends Error {
  override name = "DatabaseError";
  /** The same as data, for callers that render their own message. */
  readonly obstacle: Obstacle | null;
  constructor(message: string, options: ErrorOptions & { obstacle?: Obstacle | null } = {}) {
    super(message, options);
    this.obstacle = options.obstacle ?? null;
  }
}

/** The first file that SQLite needs for `file` and that is not writable; the folder where none is found. */
function findUnwritable(file: string): string {
  const folder = path.dirname(file);
  const names = [folder, file, `${file}.lock`, `${file}-wal`, `${file}-shm`].filter((name) => fs.existsSync(name));
  return names.find((name) => !isWritable(name)) ?? folder;
}

function isWritable(name: string): boolean {
  try {
    fs.accessSync(name, fs.constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** What to do about an error of the file system or of SQLite when `file` was opened. */
export function describeOpenFailure(file: string, error: unknown): string {
  const code = (error as { code?: string }).code ?? "";
  if (fs.existsSync(file) && fs.statSync(file).isDirectory())
    return `${file} is a folder; set DATABASE_URL to a file in it.`;
  if (code === "SQLITE_NOTADB")
    return `${file} is not an SQLite database, or its beginning is damaged; restore a copy with npm run restore -- FILE, or set DATABASE_URL to another file.`;
  if (code.startsWith("SQLITE_CORRUPT"))
    return `${file} is damaged; restore the newest file of the backup folder with: npm run restore -- FILE`;
  if (/EACCES|EROFS|EPERM|SQLITE_CANTOPEN|SQLITE_READONLY|ENOTDIR|EEXIST/.test(code))
    return `${findUnwritable(file)} cannot be written to; give the server's user the right to, or set DATABASE_URL to another folder.`;
  if (code === "ENOENT")
    return `${path.dirname(file)} cannot be made; set DATABASE_URL to a file in a folder that the server may write to.`;
  if (/ENOSPC|SQLITE_FULL|SQLITE_IOERR/.test(code))
    return `${path.dirname(file)} has no space left or cannot be read; make room on its disk, then start again.`;
  if (code.startsWith("SQLITE_BUSY")) return `${file} is locked by another program; stop that one first.`;
  return `${file} cannot be opened: ${(error as Error).message}`;
}

import fs from "node:fs";
import path from "node:path";

/** What prevents a backup. */
export type Obstacle =
  | { kind: "no_space"; freeBytes: number; neededBytes: number }
  | { kind: "folder_not_writable" }
  | { kind: "file_missing" }
  | { kind: "old_backup_not_removed"; file: string }
  | { kind: "backup_changed" };

/** Why the database cannot be opened or backed up, and what to do about it. */
export class DatabaseError extends Error {
  override name = "DatabaseError";
  /** The same as data, for callers that render their own message. */
  readonly obstacle: Obstacle | null;
  constructor(message: string, options: ErrorOptions & { obstacle?: Obstacle | null } = {}) {
    super(message, options);
    this.obstacle = options.obstacle ?? null;
  }
}

/** The first file that SQLite needs for `file` and that is not writable; the folder if there is none. */
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

/** Message for an error of the file system or of SQLite when `file` was opened, with what to do. */
export function describeOpenFailure(file: string, error: unknown): string {
  const code = (error as { code?: string }).code ?? "";
  if (fs.existsSync(file) && fs.statSync(file).isDirectory())
    return `${file} is a folder. Set DATABASE_URL to a file in it.`;
  if (code === "SQLITE_NOTADB")
    return `${file} is not an SQLite database, or its header is damaged. Restore a backup with npm run restore -- FILE, or set DATABASE_URL to another file.`;
  if (code.startsWith("SQLITE_CORRUPT"))
    return `${file} is damaged. Restore the latest backup with: npm run restore -- FILE`;
  if (/EACCES|EROFS|EPERM|SQLITE_CANTOPEN|SQLITE_READONLY|ENOTDIR|EEXIST/.test(code))
    return `${findUnwritable(file)} is not writable. Give the server's user write access, or set DATABASE_URL to a file in another folder.`;
  if (code === "ENOENT")
    return `${path.dirname(file)} cannot be created. Set DATABASE_URL to a file in a folder that is writable for the server.`;
  if (/ENOSPC|SQLITE_FULL|SQLITE_IOERR/.test(code))
    return `${path.dirname(file)} has no space left or cannot be read. Free up space on its disk, then start again.`;
  if (code.startsWith("SQLITE_BUSY")) return `${file} is locked by another program. Stop it first.`;
  return `${file} cannot be opened: ${(error as Error).message}`;
}

const FULL = /SQLITE_FULL|ENOSPC|EDQUOT|database or disk is full/;
const LOCKED = /SQLITE_READONLY|EROFS|readonly database|SQLITE_CANTOPEN|SQLITE_IOERR|disk I\/O error/;
const DAMAGED = /SQLITE_CORRUPT|SQLITE_NOTADB|disk image is malformed|file is not a database/;

/** Enough for an error within an error within an error. */
const MAX_DEPTH = 5;

/** Says in words that the disk is full or cannot be written to, or the database damaged; `null` when that is not why `error` came. */
export function describeStorageFailure(error: unknown): string | null {
  let told = "";
  let at = error;
  for (let depth = 0; depth < MAX_DEPTH && at instanceof Error; depth += 1) {
    told += ` ${(at as { code?: string }).code ?? ""} ${at.message} ${JSON.stringify((at as { meta?: unknown }).meta ?? "")}`;
    at = at.cause;
  }
  if (FULL.test(told))
    return "The server's disk is full, so nothing was changed. Reading goes on; who runs the server has to make room.";
  if (DAMAGED.test(told))
    return "The server's database is damaged; who runs the server has to restore the newest copy of it. Other pages may still work.";
  if (LOCKED.test(told))
    return "The server's disk cannot be written to, so nothing was changed. Reading goes on; who runs the server has to look at it.";
  return null;
}

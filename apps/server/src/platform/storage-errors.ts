import { type Message, message } from "@orwatch/messages/message";

const FULL = /SQLITE_FULL|ENOSPC|EDQUOT|database or disk is full/;
const LOCKED = /SQLITE_READONLY|EROFS|readonly database|SQLITE_CANTOPEN|SQLITE_IOERR|disk I\/O error/;
const UNREADABLE = /SQLITE_IOERR_(SHORT_)?READ|\bEIO\b/;
const DAMAGED = /SQLITE_CORRUPT|SQLITE_NOTADB|disk image is malformed|file is not a database/;

/** Enough for an error within an error within an error. */
const MAX_DEPTH = 5;

/** All that an error says of itself and of what caused it. */
function textOf(error: unknown): string {
  let text = "";
  let at = error;
  for (let depth = 0; depth < MAX_DEPTH && at instanceof Error; depth += 1) {
    text += ` ${(at as { code?: string }).code ?? ""} ${at.message} ${JSON.stringify((at as { meta?: unknown }).meta ?? "")}`;
    at = at.cause;
  }
  return text;
}

/** Whether `error` came because the content of the database is damaged. */
export const isDamage = (error: unknown): boolean => DAMAGED.test(textOf(error));

/** That the disk is full, cannot be read or written to, or the database is damaged; `null` when that is not why `error` came. */
export function findStorageProblem(error: unknown): Message | null {
  const text = textOf(error);
  if (FULL.test(text)) return message("disk_full", {});
  if (DAMAGED.test(text)) return message("database_damaged", {});
  if (UNREADABLE.test(text)) return message("disk_not_readable", {});
  return LOCKED.test(text) ? message("disk_not_writable", {}) : null;
}

import { TRPCError } from "@trpc/server";
import type { StorageHealth } from "./storage-health.ts";

const FULL = /SQLITE_FULL|ENOSPC|EDQUOT|database or disk is full/;
const LOCKED = /SQLITE_READONLY|EROFS|readonly database|SQLITE_CANTOPEN|SQLITE_IOERR|disk I\/O error/;
const UNREADABLE = /SQLITE_IOERR_(SHORT_)?READ|\bEIO\b/;
const DAMAGED = /SQLITE_CORRUPT|SQLITE_NOTADB|disk image is malformed|file is not a database/;

/** Enough for an error within an error within an error. */
const MAX_DEPTH = 5;

const DAMAGED_MESSAGE =
  "The server's database is damaged; who runs the server has to restore the newest copy of it. Other pages may still work.";

/** All that an error says of itself and of what caused it. */
function textOf(error: unknown): string {
  let told = "";
  let at = error;
  for (let depth = 0; depth < MAX_DEPTH && at instanceof Error; depth += 1) {
    told += ` ${(at as { code?: string }).code ?? ""} ${at.message} ${JSON.stringify((at as { meta?: unknown }).meta ?? "")}`;
    at = at.cause;
  }
  return told;
}

/**
 * Before something is refused because the database does not have it: a damaged one may only have failed to find it.
 * @throws SERVICE_UNAVAILABLE when the database is known to be damaged
 */
export function requireSound(app: { storage: StorageHealth }): void {
  if (app.storage.damage() !== null) throw new TRPCError({ code: "SERVICE_UNAVAILABLE", message: DAMAGED_MESSAGE });
}

/** Whether `error` came because the content of the database is damaged. */
export const isDamage = (error: unknown): boolean => DAMAGED.test(textOf(error));

/** Says in words that the disk is full, cannot be read or written to, or the database damaged; `null` when that is not why `error` came. */
export function describeStorageFailure(error: unknown): string | null {
  const told = textOf(error);
  if (FULL.test(told))
    return "The server's disk is full, so nothing was changed. Reading goes on; who runs the server has to make room.";
  if (DAMAGED.test(told)) return DAMAGED_MESSAGE;
  if (UNREADABLE.test(told))
    return "The server's disk cannot be read, so this cannot be answered; who runs the server has to look at it.";
  if (LOCKED.test(told))
    return "The server's disk cannot be written to, so nothing was changed. Reading goes on; who runs the server has to look at it.";
  return null;
}

import { type Message, message } from "@orwatch/messages/message";

const FULL = /SQLITE_FULL|ENOSPC|EDQUOT|database or disk is full/;
const LOCKED = /SQLITE_READONLY|EROFS|readonly database|SQLITE_CANTOPEN|SQLITE_IOERR|disk I\/O error/;
const UNREADABLE = /SQLITE_IOERR_(SHORT_)?READ|\bEIO\b/;
const DAMAGED = /SQLITE_CORRUPT|SQLITE_NOTADB|disk image is malformed|file is not a database/;

/** Maximum depth of nested causes. */
const MAX_DEPTH = 5;

/** Messages and codes of an error and its causes. */
function textOf(error: unknown): string {
  let text = "";
  let at = error;
  for (let depth = 0; depth < MAX_DEPTH && at instanceof Error; depth += 1) {
    text += ` ${(at as { code?: string }).code ?? ""} ${at.message} ${JSON.stringify((at as { meta?: unknown }).meta ?? "")}`;
    at = at.cause;
  }
  return text;
}

/** Whether `error` was caused by a damaged database. */
export const isDamage = (error: unknown): boolean => DAMAGED.test(textOf(error));

/** Message if `error` was caused by a full, unreadable or read-only disk or a damaged database; `null` otherwise. */
export function findStorageProblem(error: unknown): Message | null {
  const text = textOf(error);
  if (FULL.test(text)) return message("disk_full", {});
  if (DAMAGED.test(text)) return message("database_damaged", {});
  if (UNREADABLE.test(text)) return message("disk_not_readable", {});
  return LOCKED.test(text) ? message("disk_not_writable", {}) : null;
}

export type StorageHealth = ReturnType<typeof createStorageHealth>;

/** The result of a probe is cached for this long, because anyone can request health checks. */
const PROBE_MS = 1000;

/**
 * Health of the open database file: whether it still exists, can be read and is intact.
 * @param probe reads the file and returns what is wrong with it, or `null`
 */
export function createStorageHealth(probe: () => string | null) {
  let damage: string | null = null;
  let onDamage = () => {};
  let checkedAt: Date | null = null;
  let probed = { at: Number.NEGATIVE_INFINITY, problem: null as string | null };
  return {
    /** Why the database is unusable; `null` if no problem is known. */
    problem(): string | null {
      if (damage !== null) return damage;
      const now = performance.now();
      if (now - probed.at > PROBE_MS) probed = { at: now, problem: probe() };
      return probed.problem;
    },
    /** Damage found by a check or a read; `null` if none. */
    damage: (): string | null => damage,
    /** When the last check was completed; `null` before the first one. */
    checkedAt: (): Date | null => checkedAt,
    /** Reports damage found by a read. It is kept until a check finds none. */
    reportDamage(what: string): void {
      if (damage !== null) return;
      damage = what;
      onDamage();
    },
    /** Calls `work` whenever a read is the first to find damage. */
    whenReported(work: () => void): void {
      onDamage = work;
    },
    reportCheck(found: string | null, at: Date): void {
      damage = found;
      checkedAt = at;
    },
  };
}

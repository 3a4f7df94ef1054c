import { execFile } from "node:child_process";
import fs from "node:fs";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";

/** Enough to read several gigabytes from a slow disk. A check that takes longer is aborted. */
const TIMEOUT_MS = 30 * 60_000;

/** `quick_check` checks the structure only; `integrity_check` also compares every index with its table. */
export type IntegrityCheck = "quick_check" | "integrity_check";

/**
 * Checks a database that may be in use. Runs in a separate process, so that it does not block the server.
 * @returns what is wrong with the file; `null` if nothing
 * @throws Error if the check could not be completed, or the reason of `signal`
 */
export function checkIntegrity(
  file: string,
  { check, signal, timeoutMs = TIMEOUT_MS }: { check: IntegrityCheck; signal?: AbortSignal; timeoutMs?: number },
): Promise<string | null> {
  const script = fileURLToPath(new URL("./integrity-process.js", import.meta.url));
  return new Promise((resolve, reject) => {
    const args = ["--max-old-space-size=64", script, file, check];
    const options = { timeout: timeoutMs, killSignal: "SIGKILL" as const, env: {}, ...(signal ? { signal } : {}) };
    execFile(process.execPath, args, options, (error, stdout) => {
      if (error) return reject(signal?.aborted ? signal.reason : error);
      const answer = JSON.parse(stdout) as { damage: string | null } | { failure: { code: string; message: string } };
      if (!("failure" in answer)) return resolve(answer.damage);
      const { code, message } = answer.failure;
      if (/SQLITE_(CORRUPT|NOTADB|IOERR)/.test(code)) resolve(message);
      else reject(Object.assign(new Error(message), { code }));
    });
  });
}

const identityOf = (file: string): string | null => {
  const stat = fs.statSync(file, { bigint: true, throwIfNoEntry: false });
  return stat ? `${stat.dev}:${stat.ino}` : null;
};

/**
 * Watches a file that this process has just opened.
 * @returns a probe that returns why the file is unusable, or `null` if it is fine. It compares the file behind the name with the one
 * that was opened, and reads it on its own connection, without the caches of the others
 */
export function createProbe(file: string): () => string | null {
  const opened = identityOf(file);
  return () => {
    try {
      const found = identityOf(file);
      if (found === null) return "the database file is gone";
      if (found !== opened) return "the database file was replaced by another file";
      // Not with node:fs: closing a descriptor of the file would release SQLite's locks on it (POSIX).
      const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 1000 });
      try {
        db.prepare("SELECT (SELECT count(*) FROM sqlite_master), (SELECT max(id) FROM users)").get();
        return null;
      } finally {
        db.close();
      }
    } catch (error) {
      return (error as { code?: string }).code === "SQLITE_BUSY" ? null : (error as Error).message;
    }
  };
}

/** A read-only connection to a database that a server may be using. The caller closes it. */
export function openReader(file: string): Database.Database {
  return new Database(file, { readonly: true, fileMustExist: true, timeout: 5000 });
}

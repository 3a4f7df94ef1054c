import { execFile } from "node:child_process";
import fs from "node:fs";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";

/** Reading some gigabytes from a slow disk takes this long; what takes longer is given up. */
const TIMEOUT_MS = 30 * 60_000;

/** Structure only, at the speed of the disk; or also that every index says what its table says. */
export type IntegrityCheck = "quick_check" | "integrity_check";

/**
 * Checks a database that may be in use, in a process of its own on a connection of its own: whoever serves is not held up.
 * @returns what is wrong with the file; `null` when nothing is
 * @throws Error when the check could not be carried out to its end, or the reason of `signal`
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
 * @returns a probe that says why the file cannot be relied on, `null` when it can: it compares the file behind the name with the one
 * that was opened, and reads it on a connection of its own, past the caches of the others
 */
export function createProbe(file: string): () => string | null {
  const opened = identityOf(file);
  return () => {
    try {
      const found = identityOf(file);
      if (found === null) return "the database file is gone";
      if (found !== opened) return "another file has taken the place of the database file";
      // Never by node:fs: closing a descriptor of the file would drop SQLite's locks on it (POSIX).
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

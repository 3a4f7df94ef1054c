import type { Connection } from "@orwatch/db";
import type { App } from "../app.ts";

/**
 * Notes that the user's keys or usage have changed, inside the caller's transaction: what was derived from them before is no longer
 * served. Nothing else writes `data_version`.
 */
export function bumpDataVersion(connection: Connection, userId: number): void {
  connection.prepare("UPDATE users SET data_version = data_version + 1 WHERE id = ?").run(userId);
}

/** Grows with every change of the user's keys or usage: under one version, reads of them give the same answer. */
export function readDataVersion(app: Pick<App, "db">, userId: number): number {
  const version = app.db.reader.prepare<[number], number>("SELECT data_version FROM users WHERE id = ?").pluck();
  return version.get(userId) ?? 0;
}

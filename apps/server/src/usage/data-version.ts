import type { Connection } from "@orwatch/db";
import type { App } from "../app.ts";

/**
 * Bumps the version of the team's keys and usage, inside the caller's transaction: responses derived from them before are no longer
 * served. Nothing else writes `data_version`.
 */
export function bumpDataVersion(connection: Connection, teamId: number): void {
  connection.prepare("UPDATE teams SET data_version = data_version + 1 WHERE id = ?").run(teamId);
}

/** Increases with every change of the team's keys or usage. Reads with the same version have the same result. */
export function readDataVersion(app: Pick<App, "db">, teamId: number): number {
  const version = app.db.reader.prepare<[number], number>("SELECT data_version FROM teams WHERE id = ?").pluck();
  return version.get(teamId) ?? 0;
}

import type { Connection } from "@orwatch/db";
import type { Day } from "@orwatch/domain/day";
import type { AssignmentChange } from "./assignments.ts";

/** A key of a team with the changes of its project, in the order of their days. */
export interface KeyChanges {
  id: number;
  name: string;
  changes: AssignmentChange[];
}

type Reader = Pick<Connection, "prepare">;

interface Row {
  id: number;
  name: string;
  fromDate: Day;
  projectId: number | null;
}

/** The keys of a team that are or were in a project, by name. */
export function readChanges(reader: Reader, { teamId }: { teamId: number }): KeyChanges[] {
  const rows = reader
    .prepare(
      `SELECT k.id, k.name, a.from_date AS fromDate, a.project_id AS projectId
       FROM api_keys k JOIN project_assignments a ON a.api_key_id = k.id
       WHERE k.team_id = :teamId ORDER BY k.name COLLATE NOCASE, k.id, a.from_date`,
    )
    .safeIntegers(false)
    .all({ teamId }) as Row[];
  const keys: KeyChanges[] = [];
  for (const { id, name, ...change } of rows) {
    if (keys.at(-1)?.id !== id) keys.push({ id, name, changes: [] });
    keys.at(-1)?.changes.push(change);
  }
  return keys;
}

/** Replaces the changes of a key, inside the caller's transaction. */
export function writeChanges(connection: Connection, keyId: number, changes: readonly AssignmentChange[]): void {
  connection.prepare("DELETE FROM project_assignments WHERE api_key_id = ?").run(keyId);
  const insert = connection.prepare(
    "INSERT INTO project_assignments (api_key_id, from_date, project_id) VALUES (?, ?, ?)",
  );
  for (const { fromDate, projectId } of changes) insert.run(keyId, fromDate, projectId);
}

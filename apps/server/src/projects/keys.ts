import type { Connection } from "@orwatch/db";
import { type Day, minDay } from "@orwatch/domain/day";
import { message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import { AppError } from "../rpc/app-error.ts";
import { bumpDataVersion } from "../usage/data-version.ts";
import {
  type AssignmentChange,
  type AssignmentSpan,
  changesOf,
  findOverlap,
  firstDifference,
  moveSpan,
  spansOf,
} from "./assignments.ts";
import type { ProjectOutput } from "./schema.ts";
import { type Author, record, requireProject } from "./service.ts";
import { readChanges, writeChanges } from "./stored-assignments.ts";

/** A key of a project, as requests contain it. */
interface KeySpan {
  api_key_id: number;
  from: Day;
  to: Day | null;
}

/** The keys of a team with the changes of their projects. */
function readKeys(connection: Connection, teamId: number): Map<number, { name: string; changes: AssignmentChange[] }> {
  const names = connection
    .prepare("SELECT id, name FROM api_keys WHERE team_id = ? AND kind IS NOT 'residual'")
    .safeIntegers(false)
    .all(teamId) as { id: number; name: string }[];
  const changes = new Map(readChanges(connection, { teamId }).map((key) => [key.id, key.changes]));
  return new Map(names.map(({ id, name }) => [id, { name, changes: changes.get(id) ?? [] }]));
}

/** @throws CONFLICT with the names if two spans share a day */
function requireNoOverlap(connection: Connection, key: { name: string; spans: AssignmentSpan[] }): void {
  const overlap = findOverlap(key.spans);
  if (!overlap) return;
  const [first, second] = overlap;
  const nameOf = (id: number) =>
    String(connection.prepare("SELECT name FROM projects WHERE id = ?").pluck().get(id) ?? "");
  throw new AppError(
    "CONFLICT",
    message("project_keys_overlap", {
      key: key.name,
      project: nameOf(first.projectId),
      other: nameOf(second.projectId),
      from: second.from,
    }),
  );
}

/** Stores the days of a key and returns the first one that has changed. */
function store(connection: Connection, key: { id: number; before: AssignmentChange[]; spans: AssignmentSpan[] }) {
  const after = changesOf(key.spans);
  writeChanges(connection, key.id, after);
  return firstDifference(key.before, after);
}

/**
 * Replaces the keys of a project, also for the past.
 * @throws NOT_FOUND for a project or key that is not of the team, CONFLICT if a key would have two projects on a day
 */
export async function setKeys(app: App, input: Author & { id: number; keys: KeySpan[] }): Promise<ProjectOutput> {
  const { teamId, id } = input;
  const { project, first } = await app.db.write((connection) => {
    requireProject(connection, { teamId, id });
    const keys = readKeys(connection, teamId);
    if (input.keys.some(({ api_key_id }) => !keys.has(api_key_id)))
      throw new AppError("NOT_FOUND", message("key_not_found", {}));
    let first: Day | null = null;
    for (const [keyId, { name, changes }] of keys) {
      const others = spansOf(changes).filter(({ projectId }) => projectId !== id);
      const own = input.keys
        .filter(({ api_key_id }) => api_key_id === keyId)
        .map(({ from, to }) => ({ projectId: id, from, to }));
      if (own.length === 0 && changes.every(({ projectId }) => projectId !== id)) continue;
      const spans = [...others, ...own];
      requireNoOverlap(connection, { name, spans });
      const changed = store(connection, { id: keyId, before: changes, spans });
      if (changed !== null) first = first === null ? changed : minDay(first, changed);
    }
    if (first !== null) bumpDataVersion(connection, teamId);
    return { project: requireProject(connection, { teamId, id }), first };
  });
  if (first !== null)
    await record(
      app,
      input,
      message("event_project_keys_changed", { project_id: id, name: project.name, from_date: first }),
    );
  return project;
}

/**
 * Moves a key to another project, or to none, from a day on. The days before stay.
 * @throws NOT_FOUND, CONFLICT if the key is not in the project on that day
 */
export async function moveKey(
  app: App,
  input: Author & { id: number; api_key_id: number; from_date: Day; to_project_id: number | null },
): Promise<ProjectOutput> {
  const { teamId, id, api_key_id: keyId, from_date: fromDate, to_project_id: toProjectId } = input;
  const { project, target, keyName } = await app.db.write((connection) => {
    const before = requireProject(connection, { teamId, id });
    const target = toProjectId === null ? null : requireProject(connection, { teamId, id: toProjectId });
    const key = readKeys(connection, teamId).get(keyId);
    if (!key) throw new AppError("NOT_FOUND", message("key_not_found", {}));
    const spans = moveSpan(spansOf(key.changes), { projectId: id, fromDate, toProjectId });
    if (!spans)
      throw new AppError(
        "CONFLICT",
        message("project_without_key", { key: key.name, project: before.name, date: fromDate }),
      );
    store(connection, { id: keyId, before: key.changes, spans });
    bumpDataVersion(connection, teamId);
    return { project: requireProject(connection, { teamId, id }), target, keyName: key.name };
  });
  await record(
    app,
    input,
    message("event_project_key_moved", {
      project_id: id,
      name: project.name,
      key: keyName,
      from_date: fromDate,
      to: target?.name ?? null,
    }),
  );
  return project;
}

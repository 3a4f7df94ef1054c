import type { Connection } from "@orwatch/db";
import { type Message, message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import type { EventCode } from "../audit/schema.ts";
import { recordEvent } from "../audit/service.ts";
import { storedInstant } from "../platform/clock.ts";
import { AppError } from "../rpc/app-error.ts";
import type { Origin } from "../rpc/principal.ts";
import { bumpDataVersion } from "../usage/data-version.ts";
import { spansOf } from "./assignments.ts";
import type { ProjectOutput } from "./schema.ts";
import { readChanges } from "./stored-assignments.ts";

/** Projects of a team. */
const MAX_PROJECTS = 1000;

export interface Author {
  userId: number;
  teamId: number;
  origin: Origin;
}

interface Fields {
  name: string;
  color: string | null;
  description: string | null;
  reference: string | null;
  markup_percent: number | null;
}

interface ProjectRow {
  id: number;
  name: string;
  color: string | null;
  description: string | null;
  reference: string | null;
  markup: number | null;
  archived_at: string | null;
  created_at: string;
}

type Reader = Pick<Connection, "prepare">;

const SELECT =
  "SELECT id, name, color, description, reference, markup, archived_at, created_at FROM projects WHERE team_id = :teamId";

export const notFound = () => new AppError("NOT_FOUND", message("project_not_found", {}));

const instantOf = (stored: string | null) => (stored === null ? null : new Date(stored).toISOString());

/** Projects with their keys. `id: null` selects all of the team. */
function readProjects(reader: Reader, input: { teamId: number; id: number | null }): ProjectOutput[] {
  const rows = reader
    .prepare(
      `${SELECT} ${input.id === null ? "" : "AND id = :id"} ORDER BY archived_at IS NOT NULL, name COLLATE NOCASE, id`,
    )
    .safeIntegers(false)
    .all(input) as ProjectRow[];
  const keys = new Map<number, ProjectOutput["keys"]>(rows.map(({ id }) => [id, []]));
  for (const { id, name, changes } of readChanges(reader, { teamId: input.teamId }))
    for (const { projectId, from, to } of spansOf(changes))
      keys.get(projectId)?.push({ api_key_id: id, api_key_name: name, from, to });
  return rows.map(({ markup, archived_at, created_at, ...row }) => ({
    ...row,
    markup_percent: markup === null ? null : markup / 100,
    archived_at: instantOf(archived_at),
    created_at: new Date(created_at).toISOString(),
    keys: keys.get(row.id) ?? [],
  }));
}

/** All projects of a team with their keys: those not archived first, by name. */
export const listProjects = (app: Pick<App, "db">, { teamId }: { teamId: number }): { items: ProjectOutput[] } => ({
  items: readProjects(app.db.reader, { teamId, id: null }),
});

/** @throws NOT_FOUND */
export function getProject(app: Pick<App, "db">, input: { teamId: number; id: number }): ProjectOutput {
  return requireProject(app.db.reader, input);
}

/** @throws NOT_FOUND */
export function requireProject(reader: Reader, input: { teamId: number; id: number }): ProjectOutput {
  const [project] = readProjects(reader, input);
  if (!project) throw notFound();
  return project;
}

/** @throws CONFLICT if another project of the team has the name */
function requireFreeName(connection: Connection, project: { teamId: number; name: string; id: number | null }): void {
  const taken = connection
    .prepare("SELECT 1 FROM projects WHERE team_id = :teamId AND name = :name AND id IS NOT :id")
    .get(project);
  if (taken) throw new AppError("CONFLICT", message("project_name_taken", { project: project.name }));
}

const storedMarkup = (percent: number | null) => (percent === null ? null : Math.round(percent * 100));

/** @throws CONFLICT if the name is taken, or the team has too many */
export async function createProject(app: App, input: Author & Fields): Promise<ProjectOutput> {
  const { teamId, name, color, description, reference } = input;
  const project = await app.db.write((connection) => {
    requireFreeName(connection, { teamId, name, id: null });
    const total = connection.prepare("SELECT count(*) FROM projects WHERE team_id = ?").pluck().get(teamId);
    if (Number(total) >= MAX_PROJECTS)
      throw new AppError("CONFLICT", message("project_limit_reached", { limit: MAX_PROJECTS }));
    const { lastInsertRowid } = connection
      .prepare(
        `INSERT INTO projects (team_id, name, color, description, reference, markup, created_at)
         VALUES (:teamId, :name, :color, :description, :reference, :markup, :createdAt)`,
      )
      .run({
        teamId,
        name,
        color,
        description,
        reference,
        markup: storedMarkup(input.markup_percent),
        createdAt: storedInstant(app.clock.now()),
      });
    bumpDataVersion(connection, teamId);
    return requireProject(connection, { teamId, id: Number(lastInsertRowid) });
  });
  await record(app, input, message("event_project_created", { project_id: project.id, name }));
  return project;
}

/** Changes what is given. @throws NOT_FOUND, CONFLICT if the name is taken */
export async function updateProject(
  app: App,
  input: Author & { id: number; archived?: boolean | undefined } & {
    [Name in keyof Fields]?: Fields[Name] | undefined;
  },
): Promise<ProjectOutput> {
  const { teamId, id } = input;
  const project = await app.db.write((connection) => {
    const before = requireProject(connection, { teamId, id });
    const name = input.name ?? before.name;
    requireFreeName(connection, { teamId, name, id });
    const keep = <Value>(given: Value | undefined, value: Value): Value => (given === undefined ? value : given);
    const archived = input.archived ?? before.archived_at !== null;
    connection
      .prepare(
        `UPDATE projects SET name = :name, color = :color, description = :description, reference = :reference, markup = :markup,
           archived_at = iif(:archived, coalesce(archived_at, :now), NULL) WHERE id = :id`,
      )
      .run({
        id,
        name,
        color: keep(input.color, before.color),
        description: keep(input.description, before.description),
        reference: keep(input.reference, before.reference),
        markup: storedMarkup(keep(input.markup_percent, before.markup_percent)),
        archived: archived ? 1 : 0,
        now: storedInstant(app.clock.now()),
      });
    bumpDataVersion(connection, teamId);
    return requireProject(connection, { teamId, id });
  });
  await record(app, input, message("event_project_changed", { project_id: id, name: project.name }));
  return project;
}

/** Deletes a project. Its keys belong to no project on its days. @throws NOT_FOUND */
export async function deleteProject(app: App, input: Author & { id: number }): Promise<void> {
  const { teamId, id } = input;
  const { name } = await app.db.write((connection) => {
    const project = requireProject(connection, { teamId, id });
    connection.prepare("DELETE FROM projects WHERE id = ?").run(id);
    bumpDataVersion(connection, teamId);
    return project;
  });
  await record(app, input, message("event_project_deleted", { project_id: id, name }));
}

export const record = (app: App, { userId, teamId, origin }: Author, event: Message<EventCode>) =>
  recordEvent(app, { userId, teamId, origin, message: event });

import type { Connection } from "@orwatch/db";
import { type Message, message } from "@orwatch/messages/message";
import type { z } from "zod";
import type { App } from "../app.ts";
import type { EventCode } from "../audit/schema.ts";
import { recordEvent } from "../audit/service.ts";
import { storedInstant } from "../platform/clock.ts";
import { AppError } from "../rpc/app-error.ts";
import type { Origin } from "../rpc/principal.ts";
import type { viewOutput } from "./schema.ts";

/** Views of a team. */
const MAX_VIEWS = 100;

type View = z.infer<typeof viewOutput>;

interface ViewRow {
  id: number;
  name: string;
  query: string;
  is_pinned: number;
  created_by: number | null;
  email: string | null;
  created_at: string;
}

interface Author {
  userId: number;
  teamId: number;
  origin: Origin;
}

const SELECT = `SELECT v.id, v.name, v.query, v.is_pinned, v.created_by, u.email, v.created_at
  FROM saved_views v LEFT JOIN users u ON u.id = v.created_by WHERE v.team_id = :teamId`;

const toOutput = (row: ViewRow): View => ({
  id: row.id,
  name: row.name,
  query: row.query,
  pinned: row.is_pinned === 1,
  created_by: row.created_by === null || row.email === null ? null : { user_id: row.created_by, email: row.email },
  created_at: new Date(row.created_at).toISOString(),
});

const notFound = () => new AppError("NOT_FOUND", message("view_not_found", {}));

/** A query string without a leading `?` and without the team: a view is opened in the team that has it. */
export const withoutTeam = (query: string): string =>
  query
    .replace(/^\?/, "")
    .split("&")
    .filter((part) => part !== "" && !/^team(=|$)/.test(part))
    .join("&");

/** All views of a team: pinned ones first, then by name. */
export function listViews(app: App, { teamId }: { teamId: number }): { items: View[] } {
  const rows = app.db.reader
    .prepare<object, ViewRow>(`${SELECT} ORDER BY v.is_pinned DESC, v.name COLLATE NOCASE, v.id`)
    .all({ teamId });
  return { items: rows.map(toOutput) };
}

function readView(connection: Connection, input: { teamId: number; id: number }): View | null {
  const row = connection.prepare(`${SELECT} AND v.id = :id`).safeIntegers(false).get(input) as ViewRow | undefined;
  return row ? toOutput(row) : null;
}

/** @throws CONFLICT if another view of the team has the name */
function requireFreeName(connection: Connection, view: { teamId: number; name: string; id: number | null }): void {
  const taken = connection
    .prepare("SELECT 1 FROM saved_views WHERE team_id = :teamId AND name = :name AND id IS NOT :id")
    .get(view);
  if (taken) throw new AppError("CONFLICT", message("view_name_taken", { view: view.name }));
}

/** @throws CONFLICT if the name is taken, or the team has too many */
export async function createView(
  app: App,
  input: Author & { name: string; query: string; pinned: boolean },
): Promise<View> {
  const { userId, teamId, name } = input;
  const view = await app.db.write((connection) => {
    requireFreeName(connection, { teamId, name, id: null });
    const total = connection.prepare("SELECT count(*) FROM saved_views WHERE team_id = ?").pluck().get(teamId);
    if (Number(total) >= MAX_VIEWS) throw new AppError("CONFLICT", message("view_limit_reached", { limit: MAX_VIEWS }));
    const { lastInsertRowid } = connection
      .prepare(
        `INSERT INTO saved_views (team_id, name, query, is_pinned, created_by, created_at)
         VALUES (:teamId, :name, :query, :isPinned, :userId, :createdAt)`,
      )
      .run({
        teamId,
        name,
        query: withoutTeam(input.query),
        isPinned: input.pinned ? 1 : 0,
        userId,
        createdAt: storedInstant(app.clock.now()),
      });
    return readView(connection, { teamId, id: Number(lastInsertRowid) }) as View;
  });
  await record(app, input, message("event_view_created", { view_id: view.id, name }));
  return view;
}

/** Changes what is given. @throws NOT_FOUND, CONFLICT if the name is taken */
export async function updateView(
  app: App,
  input: Author & { id: number; name?: string | undefined; query?: string | undefined; pinned?: boolean | undefined },
): Promise<View> {
  const { teamId, id } = input;
  const view = await app.db.write((connection) => {
    const before = readView(connection, { teamId, id });
    if (!before) throw notFound();
    const name = input.name ?? before.name;
    requireFreeName(connection, { teamId, name, id });
    const query = input.query === undefined ? before.query : withoutTeam(input.query);
    const isPinned = (input.pinned ?? before.pinned) ? 1 : 0;
    connection
      .prepare("UPDATE saved_views SET name = :name, query = :query, is_pinned = :isPinned WHERE id = :id")
      .run({ name, query, isPinned, id });
    return readView(connection, { teamId, id }) as View;
  });
  await record(app, input, message("event_view_changed", { view_id: id, name: view.name }));
  return view;
}

/** @throws NOT_FOUND */
export async function deleteView(app: App, input: Author & { id: number }): Promise<void> {
  const { teamId, id } = input;
  const [deleted] = await app.db.prisma.$queryRaw<
    { name: string }[]
  >`DELETE FROM saved_views WHERE id = ${id} AND team_id = ${teamId} RETURNING name`;
  if (!deleted) throw notFound();
  await record(app, input, message("event_view_deleted", { view_id: id, name: deleted.name }));
}

const record = (app: App, { userId, teamId, origin }: Author, event: Message<EventCode>) =>
  recordEvent(app, { userId, teamId, origin, message: event });

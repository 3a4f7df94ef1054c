import type { Connection } from "@orwatch/db";
import type { Day } from "@orwatch/domain/day";
import { type Message, message } from "@orwatch/messages/message";
import type { z } from "zod";
import type { App } from "../app.ts";
import type { EventCode } from "../audit/schema.ts";
import { recordEvent } from "../audit/service.ts";
import { storedInstant } from "../platform/clock.ts";
import { AppError } from "../rpc/app-error.ts";
import type { Origin } from "../rpc/principal.ts";
import type { annotationOutput } from "./schema.ts";

/** Annotations of a team. */
const MAX_ANNOTATIONS = 1000;

type Annotation = z.infer<typeof annotationOutput>;

interface AnnotationRow {
  id: number;
  date: Day;
  text: string;
  created_by: number | null;
  email: string | null;
  created_at: string;
}

interface Author {
  userId: number;
  teamId: number;
  origin: Origin;
}

const SELECT = `SELECT a.id, a.date, a.text, a.created_by, u.email, a.created_at
  FROM annotations a LEFT JOIN users u ON u.id = a.created_by WHERE a.team_id = :teamId`;

const toOutput = ({ created_by, email, created_at, ...row }: AnnotationRow): Annotation => ({
  ...row,
  created_by: created_by === null || email === null ? null : { user_id: created_by, email },
  created_at: new Date(created_at).toISOString(),
});

const notFound = () => new AppError("NOT_FOUND", message("annotation_not_found", {}));

/** Annotations of a range of days, in the order of their days. @throws BAD_REQUEST if the days are reversed */
export function listAnnotations(
  app: App,
  { teamId, start_date, end_date }: { teamId: number; start_date: Day; end_date: Day },
): { items: Annotation[] } {
  if (start_date > end_date)
    throw new AppError("BAD_REQUEST", message("range_reversed", { from: start_date, through: end_date }));
  const rows = app.db.reader
    .prepare<object, AnnotationRow>(`${SELECT} AND a.date BETWEEN :start_date AND :end_date ORDER BY a.date, a.id`)
    .all({ teamId, start_date, end_date });
  return { items: rows.map(toOutput) };
}

function readAnnotation(connection: Connection, input: { teamId: number; id: number }): Annotation | null {
  const row = connection.prepare(`${SELECT} AND a.id = :id`).safeIntegers(false).get(input) as
    | AnnotationRow
    | undefined;
  return row ? toOutput(row) : null;
}

/** @throws CONFLICT if the team has too many */
export async function createAnnotation(app: App, input: Author & { date: Day; text: string }): Promise<Annotation> {
  const { userId, teamId, date, text } = input;
  const annotation = await app.db.write((connection) => {
    const total = connection.prepare("SELECT count(*) FROM annotations WHERE team_id = ?").pluck().get(teamId);
    if (Number(total) >= MAX_ANNOTATIONS)
      throw new AppError("CONFLICT", message("annotation_limit_reached", { limit: MAX_ANNOTATIONS }));
    const { lastInsertRowid } = connection
      .prepare("INSERT INTO annotations (team_id, date, text, created_by, created_at) VALUES (?, ?, ?, ?, ?)")
      .run(teamId, date, text, userId, storedInstant(app.clock.now()));
    return readAnnotation(connection, { teamId, id: Number(lastInsertRowid) }) as Annotation;
  });
  await record(app, input, message("event_annotation_created", paramsOf(annotation)));
  return annotation;
}

/** Changes what is given. @throws NOT_FOUND */
export async function updateAnnotation(
  app: App,
  input: Author & { id: number; date?: Day | undefined; text?: string | undefined },
): Promise<Annotation> {
  const { teamId, id } = input;
  const annotation = await app.db.write((connection) => {
    connection
      .prepare(
        "UPDATE annotations SET date = coalesce(:date, date), text = coalesce(:text, text) WHERE id = :id AND team_id = :teamId",
      )
      .run({ teamId, id, date: input.date ?? null, text: input.text ?? null });
    return readAnnotation(connection, { teamId, id });
  });
  if (!annotation) throw notFound();
  await record(app, input, message("event_annotation_changed", paramsOf(annotation)));
  return annotation;
}

/** @throws NOT_FOUND */
export async function deleteAnnotation(app: App, input: Author & { id: number }): Promise<void> {
  const { teamId, id } = input;
  const [deleted] = await app.db.prisma.$queryRaw<
    { date: Day; text: string }[]
  >`DELETE FROM annotations WHERE id = ${id} AND team_id = ${teamId} RETURNING date, text`;
  if (!deleted) throw notFound();
  await record(app, input, message("event_annotation_deleted", paramsOf({ id, ...deleted })));
}

const paramsOf = ({ id, date, text }: { id: number; date: Day; text: string }) => ({
  annotation_id: id,
  date,
  name: text,
});

const record = (app: App, { userId, teamId, origin }: Author, event: Message<EventCode>) =>
  recordEvent(app, { userId, teamId, origin, message: event });

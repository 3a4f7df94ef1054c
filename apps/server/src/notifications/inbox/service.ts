import type { Connection } from "@orwatch/db";
import type { Language } from "@orwatch/messages/languages";
import { message } from "@orwatch/messages/message";
import { parseStoredMessage } from "@orwatch/messages/parse";
import { createRenderer } from "@orwatch/messages/renderer";
import type { App } from "../../app.ts";
import { storedInstant } from "../../platform/clock.ts";
import { AppError } from "../../rpc/app-error.ts";
import { formatInstant } from "../../rpc/wire.ts";
import { parseItems } from "./notifications.ts";
import type { NotificationOutput } from "./schema.ts";

interface NotificationRow {
  id: number;
  kind: NotificationOutput["kind"];
  title: string;
  items: string;
  created_at: string;
  deliver_at: string | null;
  read_at: string | null;
}

const COLUMNS = "n.id, n.kind, n.title, n.items, n.created_at, n.deliver_at, r.read_at";

interface Reader {
  userId: number;
  teamId: number;
}

/** Notifications of the team that the user sees, with when they read them. */
const SEEN = `FROM notifications n LEFT JOIN notification_reads r ON r.notification_id = n.id AND r.user_id = @userId
  WHERE n.team_id = @teamId AND (n.user_id IS NULL OR n.user_id = @userId)`;

function toOutput(row: NotificationRow, say: ReturnType<typeof createRenderer>): NotificationOutput {
  const title = parseStoredMessage(row.title);
  return {
    ...row,
    title: say(title),
    message: title,
    items: parseItems(row.items).map(({ channels: _, cause = null, usage = null, ...item }) => ({
      ...item,
      usage,
      cause,
      cause_text: cause && say(cause),
      text: say(item.message),
    })),
    created_at: new Date(row.created_at).toISOString(),
    deliver_at: formatInstant(row.deliver_at),
    is_held: row.deliver_at === null,
    read_at: formatInstant(row.read_at),
  };
}

/** Newest first. `total` counts the requested notifications. */
export function listNotifications(
  app: App,
  input: Reader & { only: "all" | "unread"; language: Language; skip: number; limit: number },
): { items: NotificationOutput[]; total: number; unread: number } {
  const { userId, teamId } = input;
  const counts = app.db.reader
    .prepare<[Reader], { total: number; unread: number }>(
      `SELECT count(*) AS total, count(*) FILTER (WHERE r.read_at IS NULL) AS unread ${SEEN}`,
    )
    .get({ userId, teamId }) ?? { total: 0, unread: 0 };
  const rows = app.db.reader
    .prepare<[Reader & { limit: number; skip: number }], NotificationRow>(
      `SELECT ${COLUMNS} ${SEEN} ${input.only === "unread" ? "AND r.read_at IS NULL" : ""} ORDER BY n.id DESC LIMIT @limit OFFSET @skip`,
    )
    .all({ userId, teamId, limit: input.limit, skip: input.skip });
  const say = createRenderer({ language: input.language, now: app.clock.now() });
  return {
    items: rows.map((row) => toOutput(row, say)),
    total: input.only === "unread" ? counts.unread : counts.total,
    unread: counts.unread,
  };
}

/** Marks notifications as read for this user, inside the caller's transaction, and returns their number. Those read before keep their time. */
const markRead = (connection: Connection, input: Reader & { at: Date; from: number; to: number }): number =>
  Number(
    connection
      .prepare(
        `INSERT INTO notification_reads (notification_id, user_id, read_at)
         SELECT n.id, @userId, @at ${SEEN} AND n.id BETWEEN @from AND @to AND r.read_at IS NULL`,
      )
      .run({ ...input, at: storedInstant(input.at) }).changes,
  );

/** Marks a notification as read for this user. Idempotent. @throws NOT_FOUND */
export async function readNotification(app: App, input: Reader & { id: number }): Promise<NotificationOutput> {
  const { userId, teamId, id } = input;
  const row = await app.db.write((connection) => {
    markRead(connection, { userId, teamId, at: app.clock.now(), from: id, to: id });
    return connection.prepare(`SELECT ${COLUMNS} ${SEEN} AND n.id = @id`).get({ userId, teamId, id }) as
      | NotificationRow
      | undefined;
  });
  if (!row) throw new AppError("NOT_FOUND", message("notification_not_found", {}));
  return toOutput({ ...row, id: Number(row.id) }, createRenderer({ language: "en", now: app.clock.now() }));
}

/** Marks all notifications as read for this user, or those up to a given one, so that newer ones stay unread. */
export async function readAllNotifications(
  app: App,
  input: Reader & { up_to?: number | undefined },
): Promise<{ read: number }> {
  const { userId, teamId, up_to: to = Number.MAX_SAFE_INTEGER } = input;
  const read = await app.db.write((connection) =>
    markRead(connection, { userId, teamId, at: app.clock.now(), from: 0, to }),
  );
  return { read };
}

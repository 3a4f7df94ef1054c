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

const COLUMNS = "id, kind, title, items, created_at, deliver_at, read_at";

function toOutput(row: NotificationRow, say: ReturnType<typeof createRenderer>): NotificationOutput {
  const title = parseStoredMessage(row.title);
  return {
    ...row,
    title: say(title),
    message: title,
    items: parseItems(row.items).map((item) => ({ ...item, text: say(item.message) })),
    created_at: new Date(row.created_at).toISOString(),
    deliver_at: formatInstant(row.deliver_at),
    is_held: row.deliver_at === null,
    read_at: formatInstant(row.read_at),
  };
}

/** Newest first. `total` counts the requested notifications. */
export function listNotifications(
  app: App,
  input: { teamId: number; only: "all" | "unread"; language: Language; skip: number; limit: number },
): { items: NotificationOutput[]; total: number; unread: number } {
  const where = input.only === "unread" ? "team_id = ? AND read_at IS NULL" : "team_id = ?";
  const counts = app.db.reader
    .prepare<[number], { total: number; unread: number }>(
      "SELECT count(*) AS total, count(*) FILTER (WHERE read_at IS NULL) AS unread FROM notifications WHERE team_id = ?",
    )
    .get(input.teamId) ?? { total: 0, unread: 0 };
  const rows = app.db.reader
    .prepare<[number, number, number], NotificationRow>(
      `SELECT ${COLUMNS} FROM notifications WHERE ${where} ORDER BY id DESC LIMIT ? OFFSET ?`,
    )
    .all(input.teamId, input.limit, input.skip);
  const say = createRenderer({ language: input.language, now: app.clock.now() });
  return {
    items: rows.map((row) => toOutput(row, say)),
    total: input.only === "unread" ? counts.unread : counts.total,
    unread: counts.unread,
  };
}

/** Marks a notification as read. Idempotent. @throws NOT_FOUND */
export async function readNotification(app: App, input: { teamId: number; id: number }): Promise<NotificationOutput> {
  const row = await app.db.write((connection) => {
    connection
      .prepare("UPDATE notifications SET read_at = ? WHERE id = ? AND team_id = ? AND read_at IS NULL")
      .run(storedInstant(app.clock.now()), input.id, input.teamId);
    return connection
      .prepare(`SELECT ${COLUMNS} FROM notifications WHERE id = ? AND team_id = ?`)
      .get(input.id, input.teamId) as NotificationRow | undefined;
  });
  if (!row) throw new AppError("NOT_FOUND", message("notification_not_found", {}));
  return toOutput({ ...row, id: Number(row.id) }, createRenderer({ language: "en", now: app.clock.now() }));
}

/** Marks all notifications as read, or those up to a given one, so that newer ones stay unread. */
export async function readAllNotifications(
  app: App,
  input: { teamId: number; up_to?: number | undefined },
): Promise<{ read: number }> {
  const { changes } = await app.db.write((connection) =>
    connection
      .prepare("UPDATE notifications SET read_at = ? WHERE team_id = ? AND read_at IS NULL AND id <= ?")
      .run(storedInstant(app.clock.now()), input.teamId, input.up_to ?? Number.MAX_SAFE_INTEGER),
  );
  return { read: Number(changes) };
}

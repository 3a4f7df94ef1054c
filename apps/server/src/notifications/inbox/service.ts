import type { Language } from "@orwatch/messages/languages";
import { message } from "@orwatch/messages/message";
import { parseStoredMessage } from "@orwatch/messages/parse";
import { createSpeaker } from "@orwatch/messages/say";
import type { App } from "../../app.ts";
import { storedInstant } from "../../platform/clock.ts";
import { AppError } from "../../rpc/app-error.ts";
import { parseItems } from "./notices.ts";
import type { NoticeOutput } from "./schema.ts";

interface NoticeRow {
  id: number;
  kind: NoticeOutput["kind"];
  title: string;
  items: string;
  created_at: string;
  deliver_at: string | null;
  read_at: string | null;
}

const COLUMNS = "id, kind, title, items, created_at, deliver_at, read_at";
const instant = (text: string | null) => (text === null ? null : new Date(text).toISOString());

function toOutput(row: NoticeRow, say: ReturnType<typeof createSpeaker>): NoticeOutput {
  const title = parseStoredMessage(row.title);
  return {
    ...row,
    title: say(title),
    message: title,
    items: parseItems(row.items).map((item) => ({ ...item, text: say(item.message) })),
    created_at: new Date(row.created_at).toISOString(),
    deliver_at: instant(row.deliver_at),
    is_held: row.deliver_at === null,
    read_at: instant(row.read_at),
  };
}

/** Newest first; `total` is of what is asked for. */
export function listNotices(
  app: App,
  input: { userId: number; only: "all" | "unread"; language: Language; skip: number; limit: number },
): { items: NoticeOutput[]; total: number; unread: number } {
  const where = input.only === "unread" ? "user_id = ? AND read_at IS NULL" : "user_id = ?";
  const counts = app.db.reader
    .prepare<[number], { total: number; unread: number }>(
      "SELECT count(*) AS total, count(*) FILTER (WHERE read_at IS NULL) AS unread FROM notices WHERE user_id = ?",
    )
    .get(input.userId) ?? { total: 0, unread: 0 };
  const rows = app.db.reader
    .prepare<[number, number, number], NoticeRow>(
      `SELECT ${COLUMNS} FROM notices WHERE ${where} ORDER BY id DESC LIMIT ? OFFSET ?`,
    )
    .all(input.userId, input.limit, input.skip);
  const say = createSpeaker({ language: input.language, now: app.clock.now() });
  return {
    items: rows.map((row) => toOutput(row, say)),
    total: input.only === "unread" ? counts.unread : counts.total,
    unread: counts.unread,
  };
}

/** Marks a notice as read; again changes nothing. @throws NOT_FOUND */
export async function readNotice(app: App, input: { userId: number; id: number }): Promise<NoticeOutput> {
  const row = await app.db.write((connection) => {
    connection
      .prepare("UPDATE notices SET read_at = ? WHERE id = ? AND user_id = ? AND read_at IS NULL")
      .run(storedInstant(app.clock.now()), input.id, input.userId);
    return connection
      .prepare(`SELECT ${COLUMNS} FROM notices WHERE id = ? AND user_id = ?`)
      .get(input.id, input.userId) as NoticeRow | undefined;
  });
  if (!row) throw new AppError("NOT_FOUND", message("notification_not_found", {}));
  return toOutput({ ...row, id: Number(row.id) }, createSpeaker({ language: "en", now: app.clock.now() }));
}

/** Marks all as read, or those up to a notice that was on the screen: one that came meanwhile stays unread. */
export async function readAllNotices(
  app: App,
  input: { userId: number; up_to?: number | undefined },
): Promise<{ read: number }> {
  const { changes } = await app.db.write((connection) =>
    connection
      .prepare("UPDATE notices SET read_at = ? WHERE user_id = ? AND read_at IS NULL AND id <= ?")
      .run(storedInstant(app.clock.now()), input.userId, input.up_to ?? Number.MAX_SAFE_INTEGER),
  );
  return { read: Number(changes) };
}

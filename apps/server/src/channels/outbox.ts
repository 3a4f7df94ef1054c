import { type Connection, type Notice, storedInstant } from "../inbox/notices.ts";

/**
 * Queues a new notice for every channel of its user, inside the transaction that made the notice. Until `deliverAt` a notice may
 * gain items, so a message is written when it is sent, from the row. One without `deliverAt` stays in the inbox.
 */
export function queueDeliveries(connection: Connection, notice: Notice): void {
  if (notice.deliverAt === null) return;
  connection
    .prepare(
      `INSERT OR IGNORE INTO deliveries (channel_id, kind, notice_id, message_id, state, created_at, next_try_at)
       SELECT id, 'notice', ?, 'msg_' || lower(hex(randomblob(16))), 'waiting', ?, ? FROM channels
       WHERE user_id = ? AND is_active AND wants_alerts AND confirmed_at IS NOT NULL`,
    )
    .run(notice.id, storedInstant(notice.createdAt), storedInstant(notice.deliverAt), notice.userId);
}

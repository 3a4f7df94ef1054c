import type { Connection } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import { parseStoredMessage } from "@orwatch/messages/parse";
import type { Account } from "../accounts/stored.ts";
import { notifyUser } from "../alerts/notify.ts";
import { ABOUT_NO_KEY, type NotificationItem } from "../notifications/inbox/notifications.ts";

/** ID of the last event in the history of an account, 0 without any. */
export const lastEventId = (connection: Connection, accountId: number): number =>
  Number(
    connection.prepare("SELECT coalesce(max(id), 0) FROM account_events WHERE account_id = ?").pluck().get(accountId),
  );

const SINCE = `SELECT e.message, k.id, k.name FROM account_events e
  LEFT JOIN api_keys k ON k.user_id = :userId AND k.key_hash = e.key_hash
  WHERE e.account_id = :accountId AND e.id > :after AND e.key_hash IS NOT NULL ORDER BY e.id`;

/**
 * Notifies the user of what happened to the keys of an account since an event, in one notification, inside the caller's transaction. Does
 * nothing unless the user wants it. The first listing is no change.
 */
export function notifyKeyChanges(
  connection: Connection,
  { account, after, now }: { account: Account; after: number; now: Date },
): void {
  if (!account.notifiesChanges || account.lastListedAt === null) return;
  const rows = connection
    .prepare(SINCE)
    .safeIntegers(false)
    .all({ userId: account.userId, accountId: account.id, after }) as {
    message: string;
    id: number | null;
    name: string | null;
  }[];
  const items = rows.map(
    ({ message: stored, id, name }): NotificationItem => ({
      ...ABOUT_NO_KEY,
      event: "key_change",
      api_key_id: id,
      key_name: name,
      message: message("account_key_changed", { account: account.name, change: parseStoredMessage(stored) }),
    }),
  );
  if (items.length > 0) notifyUser(connection, { userId: account.userId, items, now });
}

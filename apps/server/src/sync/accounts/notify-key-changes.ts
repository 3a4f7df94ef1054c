import type { Connection } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import { parseStoredMessage } from "@orwatch/messages/parse";
import { notifyTeam } from "../../alerts/notify.ts";
import { ABOUT_NO_KEY, type NotificationItem } from "../../notifications/inbox/notifications.ts";

const PENDING = `SELECT e.message, k.id, k.name, a.name AS account, a.team_id, a.notifies_changes FROM account_events e
  JOIN openrouter_accounts a ON a.id = e.account_id
  LEFT JOIN api_keys k ON k.team_id = a.team_id AND k.key_hash = e.key_hash
  WHERE e.account_id = ? AND e.is_pending ORDER BY e.id`;

/**
 * Notifies the team once of what happened to the keys of an account, in one notification, inside the caller's transaction. Events that an
 * interrupted sync has recorded are included.
 */
export function notifyKeyChanges(connection: Connection, { accountId, now }: { accountId: number; now: Date }): void {
  const rows = connection.prepare(PENDING).safeIntegers(false).all(accountId) as {
    message: string;
    id: number | null;
    name: string | null;
    account: string;
    team_id: number;
    notifies_changes: number;
  }[];
  const [first] = rows;
  if (!first) return;
  connection.prepare("UPDATE account_events SET is_pending = 0 WHERE account_id = ? AND is_pending").run(accountId);
  // Turned off since.
  if (first.notifies_changes === 0) return;
  const items = rows.map(
    ({ message: stored, id, name, account }): NotificationItem => ({
      ...ABOUT_NO_KEY,
      event: "key_change",
      api_key_id: id,
      key_name: name,
      message: message("account_key_changed", { account, change: parseStoredMessage(stored) }),
    }),
  );
  notifyTeam(connection, { teamId: first.team_id, items, now });
}

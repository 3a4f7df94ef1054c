import type { Connection } from "@orwatch/db";
import { addDays, startOf, toDay } from "@orwatch/domain/day";
import { type Message, message } from "@orwatch/messages/message";
import { storeMessage } from "@orwatch/messages/parse";
import {
  ABOUT_NO_KEY,
  channelsOfItems,
  insertNotification,
  type NotificationItem,
  parseItems,
  QUEUED,
} from "../notifications/inbox/notifications.ts";
import { kindOf, titleOf } from "../notifications/inbox/title.ts";
import { queueDeliveries } from "../notifications/outbox/outbox.ts";
import { storedInstant } from "../platform/clock.ts";
import { deliverableAt } from "./quiet-hours.ts";
import { readDeliveryTimes } from "./settings.ts";

/** More items would make a notification that no one reads. */
const MAX_ITEMS = 100;
/** Kinds of notifications that count towards the daily limit. */
const COUNTED = "('alert', 'recovery', 'rule', 'key_change')";

/**
 * Creates one notification for several items, inside the caller's transaction. In quiet hours they are added to the notification that is
 * already queued. Above the daily limit they only go to the inbox, and into the next day's summary.
 */
export function notifyTeam(
  connection: Connection,
  input: { teamId: number; items: NotificationItem[]; now: Date },
): void {
  const { teamId, now } = input;
  const settings = readDeliveryTimes(connection, teamId);
  const items = shorten(input.items);
  const deliverAt = deliverableAt(settings, now);
  if (deliverAt > now && joinQueued(connection, { teamId, items, now })) return;
  const isHeld = countOn(connection, teamId, deliverAt) >= settings.maxPerDay;
  const notification = insertNotification(connection, {
    teamId,
    userId: null,
    kind: kindOf(items),
    title: titleOf(input.items),
    items,
    createdAt: now,
    deliverAt: isHeld ? null : deliverAt,
  });
  if (!isHeld) queueDeliveries(connection, notification);
}

function shorten(items: NotificationItem[]): NotificationItem[] {
  if (items.length <= MAX_ITEMS) return items;
  const omitted = message("items_omitted", { count: items.length - MAX_ITEMS + 1 });
  return [...items.slice(0, MAX_ITEMS - 1), summaryItem(omitted, items)];
}

/** It is sent where the items are sent that it is about. */
function summaryItem(content: Message, items: NotificationItem[]): NotificationItem {
  const channels = channelsOfItems(items);
  return { ...ABOUT_NO_KEY, event: "summary", message: content, ...(channels && { channels }) };
}

function joinQueued(connection: Connection, input: { teamId: number; items: NotificationItem[]; now: Date }): boolean {
  const queued = connection
    .prepare(
      `SELECT id, items, created_at, deliver_at FROM notifications WHERE team_id = ? AND kind IN ${COUNTED} AND ${QUEUED} ORDER BY id DESC LIMIT 1`,
    )
    .get(input.teamId, storedInstant(input.now)) as
    | { id: number | bigint; items: string; created_at: string; deliver_at: string }
    | undefined;
  if (!queued) return false;
  const items = [...parseItems(queued.items), ...input.items];
  if (items.length > MAX_ITEMS) return false;
  connection
    .prepare("UPDATE notifications SET kind = ?, title = ?, items = ? WHERE id = ?")
    .run(kindOf(items), storeMessage(titleOf(items)), JSON.stringify(items), queued.id);
  connection.prepare("DELETE FROM notification_reads WHERE notification_id = ?").run(queued.id);
  // The added items may be sent to further channels.
  if (channelsOfItems(parseItems(queued.items)) !== null)
    queueDeliveries(connection, {
      id: Number(queued.id),
      teamId: input.teamId,
      items,
      createdAt: new Date(queued.created_at),
      deliverAt: new Date(queued.deliver_at),
    });
  return true;
}

function countOn(connection: Connection, teamId: number, at: Date): number {
  const from = startOf(toDay(at));
  const { total } = connection
    .prepare(
      `SELECT count(*) AS total FROM notifications WHERE team_id = ? AND kind IN ${COUNTED} AND deliver_at >= ? AND deliver_at < ?`,
    )
    .get(teamId, storedInstant(from), storedInstant(startOf(addDays(toDay(at), 1)))) as { total: number | bigint };
  return Number(total);
}

/** Notifications of earlier days above the daily limit that are in no summary yet. */
const HELD = `kind IN ${COUNTED} AND deliver_at IS NULL AND summary_id IS NULL AND created_at < ?`;

const startOfToday = (now: Date): string => storedInstant(startOf(toDay(now)));

/** Whether `notifySummary` has something to send. */
export const isSummaryDue = (connection: Connection, { teamId, now }: { teamId: number; now: Date }): boolean =>
  connection
    .prepare(`SELECT 1 FROM notifications WHERE team_id = ? AND ${HELD} LIMIT 1`)
    .get(teamId, startOfToday(now)) !== undefined;

/** Sends one summary of the notifications above the daily limit on earlier days. */
export function notifySummary(connection: Connection, { teamId, now }: { teamId: number; now: Date }): void {
  const held = connection
    .prepare(`SELECT id, items FROM notifications WHERE team_id = ? AND ${HELD} ORDER BY id`)
    .all(teamId, startOfToday(now)) as { id: number | bigint; items: string }[];
  if (held.length === 0) return;
  const items = held.flatMap((row) => parseItems(row.items));
  const settings = readDeliveryTimes(connection, teamId);
  const head = message("notifications_over_daily_limit", { count: held.length, limit: settings.maxPerDay });
  const notification = insertNotification(connection, {
    teamId,
    userId: null,
    kind: "summary",
    title: head,
    items: shorten([summaryItem(head, items), ...items]),
    createdAt: now,
    deliverAt: deliverableAt(settings, now),
  });
  const link = connection.prepare("UPDATE notifications SET summary_id = ? WHERE id = ?");
  for (const { id } of held) link.run(notification.id, id);
  queueDeliveries(connection, notification);
}

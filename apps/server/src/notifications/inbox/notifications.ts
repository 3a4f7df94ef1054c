import type { Connection } from "@orwatch/db";
import type { ShownUsage } from "@orwatch/domain/usage-address";
import { type Message, message } from "@orwatch/messages/message";
import { parseMessage } from "@orwatch/messages/parse";
import { storedInstant } from "../../platform/clock.ts";

export type NotificationKind =
  | "alert"
  | "recovery"
  | "summary"
  | "rule"
  | "key_change"
  | "channel"
  | "account"
  | "server";

/** One item of a notification, as stored and delivered. Field names are those of the API. */
export interface NotificationItem {
  event: NotificationKind;
  rule_id: number | null;
  rule_name: string | null;
  rule_kind: string | null;
  api_key_id: number | null;
  /** Name of the key when it happened. */
  key_name: string | null;
  /** Configured threshold and measured value, both in `unit`: dollars as a decimal string, otherwise a number as text. */
  threshold: string | null;
  value: string | null;
  unit: "usd" | "percent" | "times" | "days" | "hours" | null;
  /** Readable period: "2026-03-10", "week of 2026-03-09" or "2026-03". */
  window: string | null;
  message: Message;
  /** What it is about, for links. */
  usage?: ShownUsage;
  /** What changed most. */
  cause?: Message;
  /** IDs of the only channels that it is sent to. Not in the API. */
  channels?: number[];
}

/** Fields of an item without a rule and key. */
export const ABOUT_NO_KEY: Omit<NotificationItem, "event" | "message"> = {
  rule_id: null,
  rule_name: null,
  rule_kind: null,
  api_key_id: null,
  key_name: null,
  threshold: null,
  value: null,
  unit: null,
  window: null,
};

export interface StoredNotification {
  id: number;
  teamId: number;
  /** The only member who sees it in the inbox; `null` for all. */
  userId: number | null;
  kind: NotificationKind;
  title: Message;
  items: NotificationItem[];
  createdAt: Date;
  /** When channels may deliver it; `null` for the inbox only. */
  deliverAt: Date | null;
}

/** Items as stored. Those of earlier versions contain a sentence instead of a message. */
export const parseItems = (json: string): NotificationItem[] =>
  (
    JSON.parse(json) as (Omit<NotificationItem, "message" | "cause"> & {
      message?: unknown;
      cause?: unknown;
      text?: string;
    })[]
  ).map(({ text = "", message: stored, cause, ...item }) => ({
    ...item,
    ...(cause !== undefined && { cause: parseMessage(cause) }),
    message: stored === undefined ? message("legacy_text", { text }) : parseMessage(stored),
  }));

/** The channels that any of the items is sent to; `null`: all channels. */
export function channelsOfItems(items: Pick<NotificationItem, "channels">[]): number[] | null {
  if (items.length === 0) return null;
  const ids = new Set<number>();
  for (const { channels } of items) {
    if (!channels) return null;
    for (const id of channels) ids.add(id);
  }
  return [...ids];
}

/** The items that a channel receives. */
export const itemsFor = (channelId: number, items: NotificationItem[]): Omit<NotificationItem, "channels">[] =>
  items.filter(({ channels }) => channels?.includes(channelId) ?? true).map(({ channels: _, ...item }) => item);

/** A notification that is not due yet and was not sent, which can happen if the clock was set back. */
export const QUEUED = `deliver_at > ? AND NOT EXISTS (SELECT 1 FROM deliveries WHERE notification_id = notifications.id AND attempts > 0)`;

/** Reschedules queued notifications, inside the caller's transaction that changed quiet hours or snooze. */
export function rescheduleQueued(
  connection: Connection,
  { teamId, deliverAt, now }: { teamId: number; deliverAt: Date; now: Date },
): void {
  const [due, current] = [storedInstant(deliverAt), storedInstant(now)];
  connection
    .prepare(
      `UPDATE deliveries SET next_try_at = ? WHERE state = 'waiting' AND attempts = 0
         AND notification_id IN (SELECT id FROM notifications WHERE team_id = ? AND ${QUEUED})`,
    )
    .run(due, teamId, current);
  connection
    .prepare(`UPDATE notifications SET deliver_at = ? WHERE team_id = ? AND ${QUEUED}`)
    .run(due, teamId, current);
}

/** Adds a notification to the inbox, inside the caller's transaction. `queueDeliveries` sends it to channels. */
export function insertNotification(
  connection: Connection,
  notification: Omit<StoredNotification, "id">,
): StoredNotification {
  const { lastInsertRowid } = connection
    .prepare(
      "INSERT INTO notifications (team_id, user_id, kind, title, items, created_at, deliver_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .run(
      notification.teamId,
      notification.userId,
      notification.kind,
      JSON.stringify(notification.title),
      JSON.stringify(notification.items),
      storedInstant(notification.createdAt),
      notification.deliverAt && storedInstant(notification.deliverAt),
    );
  return { ...notification, id: Number(lastInsertRowid) };
}

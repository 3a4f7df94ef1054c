import type { Connection } from "@orwatch/db";
import { type Message, message } from "@orwatch/messages/message";
import { parseMessage } from "@orwatch/messages/parse";
import { storedInstant } from "../../platform/clock.ts";

export type NotificationKind = "alert" | "recovery" | "summary" | "rule" | "channel" | "account" | "server";

/** One thing that happened, as it stands in a notification and goes out in a message. Names are the wire's. */
export interface NotificationItem {
  event: NotificationKind;
  rule_id: number | null;
  rule_name: string | null;
  rule_kind: string | null;
  api_key_id: number | null;
  /** Name of the key when it happened. */
  key_name: string | null;
  /** What was set and what was found, both in `unit`: dollars as a decimal string, else a number as text. */
  threshold: string | null;
  value: string | null;
  unit: "usd" | "percent" | "times" | "days" | "hours" | null;
  /** The span it is about, in words a person reads: "2026-03-10", "week of 2026-03-09", "2026-03". */
  window: string | null;
  message: Message;
}

/** Fields of an item that is about no rule and no key. */
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
  userId: number;
  kind: NotificationKind;
  title: Message;
  items: NotificationItem[];
  createdAt: Date;
  /** When channels may deliver it; `null`: in the inbox only. */
  deliverAt: Date | null;
}

/** Items as they are stored. Those of earlier versions hold a sentence in place of the message. */
export const parseItems = (json: string): NotificationItem[] =>
  (JSON.parse(json) as (Omit<NotificationItem, "message"> & { message?: unknown; text?: string })[]).map(
    ({ text = "", message: stored, ...item }) => ({
      ...item,
      message: stored === undefined ? message("legacy_text", { text }) : parseMessage(stored),
    }),
  );

/** A notification that is not due yet. One that was sent already, because the clock was set back since, is not queued. */
export const QUEUED = `deliver_at > ? AND NOT EXISTS (SELECT 1 FROM deliveries WHERE notification_id = notifications.id AND attempts > 0)`;

/** Moves what is queued to another time, inside the caller's transaction that changed quiet hours or snooze. */
export function rescheduleQueued(
  connection: Connection,
  { userId, deliverAt, now }: { userId: number; deliverAt: Date; now: Date },
): void {
  const [due, current] = [storedInstant(deliverAt), storedInstant(now)];
  connection
    .prepare(
      `UPDATE deliveries SET next_try_at = ? WHERE state = 'waiting' AND attempts = 0
         AND notification_id IN (SELECT id FROM notifications WHERE user_id = ? AND ${QUEUED})`,
    )
    .run(due, userId, current);
  connection
    .prepare(`UPDATE notifications SET deliver_at = ? WHERE user_id = ? AND ${QUEUED}`)
    .run(due, userId, current);
}

/** Puts a notification into the inbox, inside the caller's transaction. It goes to channels by `queueDeliveries` alone. */
export function insertNotification(
  connection: Connection,
  notification: Omit<StoredNotification, "id">,
): StoredNotification {
  const { lastInsertRowid } = connection
    .prepare(
      "INSERT INTO notifications (user_id, kind, title, items, created_at, deliver_at) VALUES (?, ?, ?, ?, ?, ?)",
    )
    .run(
      notification.userId,
      notification.kind,
      JSON.stringify(notification.title),
      JSON.stringify(notification.items),
      storedInstant(notification.createdAt),
      notification.deliverAt && storedInstant(notification.deliverAt),
    );
  return { ...notification, id: Number(lastInsertRowid) };
}

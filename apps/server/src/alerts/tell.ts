import { addDays, startOf, toDay } from "@orwatch/domain/day";
import { type Message, message } from "@orwatch/messages/message";
import {
  ABOUT_NO_KEY,
  type Connection,
  insertNotice,
  type NoticeItem,
  parseItems,
} from "../notifications/inbox/notices.ts";
import { titleOf } from "../notifications/inbox/title.ts";
import { queueDeliveries } from "../notifications/outbox/outbox.ts";
import { storedInstant } from "../platform/clock.ts";
import { kindOf } from "./items.ts";
import { deliverableAt, type Silence } from "./quiet.ts";

/** More would make a message nobody reads and a row nobody wants. */
const MAX_ITEMS = 100;
/** Kinds of notices that the day's maximum counts. */
const COUNTED = "('alert', 'recovery', 'rule')";

export const DEFAULT_MAX_PER_DAY = 20;

export interface Settings extends Silence {
  maxPerDay: number;
}

/** The user's settings, or the defaults. */
export function readSettings(connection: Connection, userId: number): Settings {
  const row = connection
    .prepare("SELECT quiet_from, quiet_to, time_zone, snoozed_until, max_per_day FROM alert_settings WHERE user_id = ?")
    .get(userId) as
    | {
        quiet_from: number | bigint | null;
        quiet_to: number | bigint | null;
        time_zone: string;
        snoozed_until: string | null;
        max_per_day: number | bigint;
      }
    | undefined;
  const number = (value: number | bigint | null) => (value === null ? null : Number(value));
  return {
    quietFrom: number(row?.quiet_from ?? null),
    quietTo: number(row?.quiet_to ?? null),
    timeZone: row?.time_zone ?? "UTC",
    snoozedUntil: row?.snoozed_until ? new Date(row.snoozed_until) : null,
    maxPerDay: Number(row?.max_per_day ?? DEFAULT_MAX_PER_DAY),
  };
}

/**
 * Tells a user what happened in one notice, inside the caller's transaction. In quiet hours it joins what waits already; beyond the
 * day's maximum it goes to the inbox only, and the next day's summary tells of it.
 */
export function tell(connection: Connection, input: { userId: number; items: NoticeItem[]; now: Date }): void {
  const { userId, now } = input;
  const settings = readSettings(connection, userId);
  const items = shorten(input.items);
  const deliverAt = deliverableAt(settings, now);
  if (deliverAt > now && joinWaiting(connection, { userId, items, now })) return;
  const isHeld = countOn(connection, userId, deliverAt) >= settings.maxPerDay;
  const notice = insertNotice(connection, {
    userId,
    kind: kindOf(items),
    title: titleOf(input.items),
    items,
    createdAt: now,
    deliverAt: isHeld ? null : deliverAt,
  });
  if (!isHeld) queueDeliveries(connection, notice);
}

function shorten(items: NoticeItem[]): NoticeItem[] {
  if (items.length <= MAX_ITEMS) return items;
  const omitted = message("items_omitted", { count: items.length - MAX_ITEMS + 1 });
  return [...items.slice(0, MAX_ITEMS - 1), summaryItem(omitted)];
}

const summaryItem = (content: Message): NoticeItem => ({ ...ABOUT_NO_KEY, event: "summary", message: content });

/** A notice whose time has not come. One that was sent all the same, by a clock that has been set back since, takes no more. */
const WAITING = `deliver_at > ? AND NOT EXISTS (SELECT 1 FROM deliveries WHERE notice_id = notices.id AND attempts > 0)`;

/**
 * Gives what waits its new time, inside the caller's transaction that changed quiet hours or snooze: "tell again" does, and "hold
 * everything back" holds also what was to go out in the morning.
 */
export function reappoint(connection: Connection, { userId, now }: { userId: number; now: Date }): void {
  const deliverAt = storedInstant(deliverableAt(readSettings(connection, userId), now));
  connection
    .prepare(
      `UPDATE deliveries SET next_try_at = ? WHERE state = 'waiting' AND attempts = 0
         AND notice_id IN (SELECT id FROM notices WHERE user_id = ? AND ${WAITING})`,
    )
    .run(deliverAt, userId, storedInstant(now));
  connection
    .prepare(`UPDATE notices SET deliver_at = ? WHERE user_id = ? AND ${WAITING}`)
    .run(deliverAt, userId, storedInstant(now));
}

function joinWaiting(connection: Connection, input: { userId: number; items: NoticeItem[]; now: Date }): boolean {
  const waiting = connection
    .prepare(
      `SELECT id, items FROM notices WHERE user_id = ? AND kind IN ${COUNTED} AND ${WAITING} ORDER BY id DESC LIMIT 1`,
    )
    .get(input.userId, storedInstant(input.now)) as { id: number | bigint; items: string } | undefined;
  if (!waiting) return false;
  const items = [...parseItems(waiting.items), ...input.items];
  if (items.length > MAX_ITEMS) return false;
  connection
    .prepare("UPDATE notices SET kind = ?, title = ?, items = ?, read_at = NULL WHERE id = ?")
    .run(kindOf(items), JSON.stringify(titleOf(items)), JSON.stringify(items), waiting.id);
  return true;
}

function countOn(connection: Connection, userId: number, at: Date): number {
  const from = startOf(toDay(at));
  const { total } = connection
    .prepare(
      `SELECT count(*) AS total FROM notices WHERE user_id = ? AND kind IN ${COUNTED} AND deliver_at >= ? AND deliver_at < ?`,
    )
    .get(userId, storedInstant(from), storedInstant(startOf(addDays(toDay(at), 1)))) as { total: number | bigint };
  return Number(total);
}

/** Notices of days gone by that the maximum held back, and that no summary has told of. */
export const HELD = `kind IN ${COUNTED} AND deliver_at IS NULL AND told_in_id IS NULL AND created_at < ?`;

/** Tells in one message of what the maximum held back on the days before. */
export function tellSummary(connection: Connection, { userId, now }: { userId: number; now: Date }): void {
  const today = storedInstant(startOf(toDay(now)));
  const held = connection
    .prepare(`SELECT id, items FROM notices WHERE user_id = ? AND ${HELD} ORDER BY id`)
    .all(userId, today) as { id: number | bigint; items: string }[];
  if (held.length === 0) return;
  const items = held.flatMap((row) => parseItems(row.items));
  const settings = readSettings(connection, userId);
  const head = message("notifications_over_daily_limit", { count: held.length, limit: settings.maxPerDay });
  const notice = insertNotice(connection, {
    userId,
    kind: "summary",
    title: head,
    items: shorten([summaryItem(head), ...items]),
    createdAt: now,
    deliverAt: deliverableAt(settings, now),
  });
  const note = connection.prepare("UPDATE notices SET told_in_id = ? WHERE id = ?");
  for (const { id } of held) note.run(notice.id, id);
  queueDeliveries(connection, notice);
}

import type { Connection } from "@orwatch/db";
import type { App } from "../app.ts";
import { rescheduleQueued } from "../notifications/inbox/notifications.ts";
import { storedInstant } from "../platform/clock.ts";
import { deliverableAt, type QuietTimes, snoozeEnd } from "./quiet-hours.ts";

const DEFAULT_MAX_PER_DAY = 20;

interface Settings extends QuietTimes {
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

const wallTime = (minutes: number | null): string | null =>
  minutes === null
    ? null
    : `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

function parseWallTime(text: string | null): number | null {
  if (text === null) return null;
  const [hours = 0, minutes = 0] = text.split(":").map(Number);
  return hours * 60 + minutes;
}

const toOutput = (settings: Settings) => ({
  quiet_from: wallTime(settings.quietFrom),
  quiet_to: wallTime(settings.quietTo),
  time_zone: settings.timeZone,
  snoozed_until: settings.snoozedUntil?.toISOString() ?? null,
  max_per_day: settings.maxPerDay,
});

/** Quiet hours, snooze and daily limit. */
export const getSettings = (app: App, { userId }: { userId: number }) => toOutput(readSettings(app.db.reader, userId));

/** Changes the given settings. Quiet hours need both ends. */
export async function updateSettings(
  app: App,
  input: {
    userId: number;
    quiet_from?: string | null | undefined;
    quiet_to?: string | null | undefined;
    time_zone?: string | undefined;
    max_per_day?: number | undefined;
  },
) {
  const now = app.clock.now();
  await app.db.write((connection) => {
    const before = readSettings(connection, input.userId);
    const from = input.quiet_from === undefined ? before.quietFrom : parseWallTime(input.quiet_from);
    const to = input.quiet_to === undefined ? before.quietTo : parseWallTime(input.quiet_to);
    connection
      .prepare(
        `INSERT INTO alert_settings (user_id, quiet_from, quiet_to, time_zone, max_per_day) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (user_id) DO UPDATE SET quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
           time_zone = excluded.time_zone, max_per_day = excluded.max_per_day`,
      )
      .run(input.userId, from, to, input.time_zone ?? before.timeZone, input.max_per_day ?? before.maxPerDay);
    reschedule(connection, input.userId, now);
  });
  return getSettings(app, input);
}

/** Pauses all channels for some hours; the inbox is not affected. What was queued goes out in one notification at the end. */
export async function snooze(app: App, input: { userId: number; hours: number }) {
  const now = app.clock.now();
  const until = snoozeEnd(now, input.hours);
  await app.db.write((connection) => {
    connection
      .prepare(
        `INSERT INTO alert_settings (user_id, snoozed_until) VALUES (?, ?)
         ON CONFLICT (user_id) DO UPDATE SET snoozed_until = excluded.snoozed_until`,
      )
      .run(input.userId, until && storedInstant(until));
    reschedule(connection, input.userId, now);
  });
  return getSettings(app, input);
}

const reschedule = (connection: Connection, userId: number, now: Date) =>
  rescheduleQueued(connection, { userId, deliverAt: deliverableAt(readSettings(connection, userId), now), now });

import type { App } from "../app.ts";
import { snoozeEnd } from "./service.ts";
import { readSettings, reappoint, type Settings } from "./tell.ts";

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

/** Quiet hours, snooze and the day's maximum; the defaults where the user has set none. */
export const getSettings = (app: App, { userId }: { userId: number }) => toOutput(readSettings(app.db.reader, userId));

/** Changes what is given; both ends of the quiet hours are needed for there to be some. */
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
    reappoint(connection, { userId: input.userId, now });
  });
  return getSettings(app, input);
}

/** Holds all messages back for some hours: the inbox gets them at once, channels in one message when it ends. */
export async function snooze(app: App, input: { userId: number; hours: number }) {
  const now = app.clock.now();
  const until = snoozeEnd(app, input.hours);
  await app.db.write((connection) => {
    connection
      .prepare(
        `INSERT INTO alert_settings (user_id, snoozed_until) VALUES (?, ?)
         ON CONFLICT (user_id) DO UPDATE SET snoozed_until = excluded.snoozed_until`,
      )
      .run(input.userId, until);
    reappoint(connection, { userId: input.userId, now });
  });
  return getSettings(app, input);
}

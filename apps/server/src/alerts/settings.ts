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
export function readSettings(connection: Connection, teamId: number): Settings {
  const row = connection
    .prepare("SELECT quiet_from, quiet_to, time_zone, snoozed_until, max_per_day FROM alert_settings WHERE team_id = ?")
    .get(teamId) as
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
export const getSettings = (app: App, { teamId }: { teamId: number }) => toOutput(readSettings(app.db.reader, teamId));

/** Changes the given settings. Quiet hours need both ends. */
export async function updateSettings(
  app: App,
  input: {
    teamId: number;
    quiet_from?: string | null | undefined;
    quiet_to?: string | null | undefined;
    time_zone?: string | undefined;
    max_per_day?: number | undefined;
  },
) {
  const now = app.clock.now();
  await app.db.write((connection) => {
    const before = readSettings(connection, input.teamId);
    const from = input.quiet_from === undefined ? before.quietFrom : parseWallTime(input.quiet_from);
    const to = input.quiet_to === undefined ? before.quietTo : parseWallTime(input.quiet_to);
    connection
      .prepare(
        `INSERT INTO alert_settings (team_id, quiet_from, quiet_to, time_zone, max_per_day) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (team_id) DO UPDATE SET quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
           time_zone = excluded.time_zone, max_per_day = excluded.max_per_day`,
      )
      .run(input.teamId, from, to, input.time_zone ?? before.timeZone, input.max_per_day ?? before.maxPerDay);
    reschedule(connection, input.teamId, now);
  });
  return getSettings(app, input);
}

/** Pauses all channels for some hours; the inbox is not affected. What was queued goes out in one notification at the end. */
export async function snooze(app: App, input: { teamId: number; hours: number }) {
  const now = app.clock.now();
  const until = snoozeEnd(now, input.hours);
  await app.db.write((connection) => {
    connection
      .prepare(
        `INSERT INTO alert_settings (team_id, snoozed_until) VALUES (?, ?)
         ON CONFLICT (team_id) DO UPDATE SET snoozed_until = excluded.snoozed_until`,
      )
      .run(input.teamId, until && storedInstant(until));
    reschedule(connection, input.teamId, now);
  });
  return getSettings(app, input);
}

const reschedule = (connection: Connection, teamId: number, now: Date) =>
  rescheduleQueued(connection, { teamId, deliverAt: deliverableAt(readSettings(connection, teamId), now), now });

import type { Connection } from "@orwatch/db";
import type { App } from "../app.ts";
import { leadOf } from "../memberships/membership.ts";
import { rescheduleQueued } from "../notifications/inbox/notifications.ts";
import { storedInstant } from "../platform/clock.ts";
import { deliverableAt, type QuietTimes, snoozeEnd } from "./quiet-hours.ts";

const DEFAULT_MAX_PER_DAY = 20;

interface Settings extends QuietTimes {
  maxPerDay: number;
}

interface QuietRow {
  quiet_from: number | null;
  quiet_to: number | null;
  time_zone: string | null;
  snoozed_until: string | null;
}

const toQuietTimes = (row: QuietRow | undefined): QuietTimes => ({
  quietFrom: row?.quiet_from ?? null,
  quietTo: row?.quiet_to ?? null,
  timeZone: row?.time_zone ?? "UTC",
  snoozedUntil: row?.snoozed_until ? new Date(row.snoozed_until) : null,
});

const QUIET_COLUMNS = "s.quiet_from, s.quiet_to, s.time_zone, s.snoozed_until";

/** Quiet hours and pause of a user, or the defaults. */
const readQuietTimes = (connection: Connection, userId: number): QuietTimes =>
  toQuietTimes(
    connection
      .prepare(`SELECT ${QUIET_COLUMNS} FROM alert_settings s WHERE s.user_id = ?`)
      .safeIntegers(false)
      .get(userId) as QuietRow | undefined,
  );

/** When channels deliver notifications of a team: its daily limit, and the quiet hours and pause of its first owner. */
export function readDeliveryTimes(connection: Connection, teamId: number): Settings {
  const row = connection
    .prepare(
      `SELECT ${QUIET_COLUMNS}, t.max_per_day FROM teams t LEFT JOIN alert_settings s ON s.user_id = ${leadOf("t.id")} WHERE t.id = ?`,
    )
    .safeIntegers(false)
    .get(teamId) as (QuietRow & { max_per_day: number }) | undefined;
  return { ...toQuietTimes(row), maxPerDay: row?.max_per_day ?? DEFAULT_MAX_PER_DAY };
}

const readMaxPerDay = (connection: Connection, teamId: number): number =>
  Number(connection.prepare("SELECT max_per_day FROM teams WHERE id = ?").pluck().get(teamId) ?? DEFAULT_MAX_PER_DAY);

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

interface Member {
  userId: number;
  teamId: number;
}

const readSettings = (connection: Connection, { userId, teamId }: Member): Settings => ({
  ...readQuietTimes(connection, userId),
  maxPerDay: readMaxPerDay(connection, teamId),
});

/** Quiet hours and pause of the user, and daily limit of the team. */
export const getSettings = (app: App, member: Member) => toOutput(readSettings(app.db.reader, member));

/** Changes the given settings. Quiet hours need both ends. */
export async function updateSettings(
  app: App,
  input: Member & {
    quiet_from?: string | null | undefined;
    quiet_to?: string | null | undefined;
    time_zone?: string | undefined;
    max_per_day?: number | undefined;
  },
) {
  const now = app.clock.now();
  await app.db.write((connection) => {
    const before = readQuietTimes(connection, input.userId);
    const from = input.quiet_from === undefined ? before.quietFrom : parseWallTime(input.quiet_from);
    const to = input.quiet_to === undefined ? before.quietTo : parseWallTime(input.quiet_to);
    connection
      .prepare(
        `INSERT INTO alert_settings (user_id, quiet_from, quiet_to, time_zone) VALUES (?, ?, ?, ?)
         ON CONFLICT (user_id) DO UPDATE SET quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
           time_zone = excluded.time_zone`,
      )
      .run(input.userId, from, to, input.time_zone ?? before.timeZone);
    if (input.max_per_day !== undefined)
      connection.prepare("UPDATE teams SET max_per_day = ? WHERE id = ?").run(input.max_per_day, input.teamId);
    reschedule(connection, input.userId, now);
  });
  return getSettings(app, input);
}

/**
 * Pauses the channels of all teams whose first owner is the user for some hours; the inbox is not affected. What was queued goes out in
 * one notification at the end.
 */
export async function snooze(app: App, input: Member & { hours: number }) {
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

function reschedule(connection: Connection, userId: number, now: Date): void {
  const deliverAt = deliverableAt(readQuietTimes(connection, userId), now);
  const teams = connection
    .prepare(`SELECT m.team_id FROM memberships m WHERE m.user_id = ? AND ${leadOf("m.team_id")} = m.user_id`)
    .pluck()
    .all(userId) as (number | bigint)[];
  for (const teamId of teams) rescheduleQueued(connection, { teamId: Number(teamId), deliverAt, now });
}

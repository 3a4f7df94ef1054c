import { addDays, type Day, firstOfMonth, lastOfMonth } from "@orwatch/domain/day";
import type { App } from "../app.ts";
import { isActiveTeam } from "../memberships/active-teams.ts";
import { currentDay } from "../platform/clock.ts";
import { forecastMonth, paceOf } from "./pace.ts";
import { addUp, type KeyRow, readDays, readKeys } from "./read.ts";

/** Subject of a forecast for all keys combined. */
export const ALL_KEYS = 0;
/** Days after the end of a month in which late usage may still arrive. */
const SETTLED_AFTER_DAYS = 3;

/** Saves today's forecasts, once per day, team and key, and compares the forecasts of finished months with actual spend. */
export async function keepForecasts(app: App): Promise<{ forecasts: number }> {
  const today = currentDay(app.clock);
  const teams = app.db.reader
    .prepare<[string], { id: number }>(
      `SELECT t.id FROM teams t WHERE ${isActiveTeam("t.id")} AND EXISTS (SELECT 1 FROM api_keys WHERE team_id = t.id)
         AND NOT EXISTS (SELECT 1 FROM forecasts f WHERE f.team_id = t.id AND f.subject = ${ALL_KEYS} AND f.made_on = ?)
       ORDER BY t.id`,
    )
    .all(today);
  let forecasts = 0;
  for (const { id } of teams) {
    if (app.stopping.aborted) break;
    forecasts += await keepOfTeam(app, { teamId: id, today });
    await new Promise((resolve) => setImmediate(resolve));
  }
  await compare(app, today);
  return { forecasts };
}

async function keepOfTeam(app: App, input: { teamId: number; today: Day }): Promise<number> {
  const keys = readKeys(app, input.teamId).filter(({ kind }) => kind !== "management");
  const days = readDays(app, input);
  const single = keys.filter(({ kind }) => kind !== "residual");
  const made = [{ subject: ALL_KEYS, keys }, ...single.map((key) => ({ subject: key.id, keys: [key] }))].flatMap(
    ({ subject, keys: counted }) => {
      const costs = addUp(days, counted);
      const pace = paceOf(costs, input.today);
      return pace ? [{ subject, counted, ...forecastMonth(pace, costs, input.today) }] : [];
    },
  );
  if (made.length === 0) return 0;
  await app.db.write((connection) => {
    const insert = connection.prepare(
      `INSERT INTO forecasts (team_id, subject, made_on, keys, low, middle, high)
       SELECT id, ?, ?, ?, ?, ?, ? FROM teams WHERE id = ? ON CONFLICT DO NOTHING`,
    );
    for (const { subject, counted, low, middle, high } of made)
      insert.run(subject, input.today, JSON.stringify(idsOf(counted)), low, middle, high, input.teamId);
  });
  return made.length;
}

const idsOf = (keys: KeyRow[]) => keys.map(({ id }) => id);

interface OpenRow {
  id: number;
  team_id: number;
  made_on: Day;
  keys: string;
}

const BATCH = 500;

/** Stores the actual spend of forecasts whose month has ended and whose keys all still exist. */
async function compare(app: App, today: Day): Promise<void> {
  const before = firstOfMonth(addDays(today, -SETTLED_AFTER_DAYS));
  const read = app.db.reader.prepare<[Day, number], OpenRow>(
    "SELECT id, team_id, made_on, keys FROM forecasts WHERE NOT closed AND made_on < ? ORDER BY team_id, made_on, id LIMIT ?",
  );
  for (let rows = read.all(before, BATCH); rows.length > 0 && !app.stopping.aborted; rows = read.all(before, BATCH)) {
    const known = new Map<string, bigint | null>();
    const actuals = rows.map((row) => {
      const name = `${row.team_id} ${firstOfMonth(row.made_on)} ${row.keys}`;
      if (!known.has(name)) known.set(name, readActual(app, row));
      return { id: row.id, actual: known.get(name) ?? null };
    });
    await app.db.write((connection) => {
      const close = connection.prepare("UPDATE forecasts SET actual = ?, closed = 1 WHERE id = ?");
      for (const { id, actual } of actuals) close.run(actual, id);
    });
  }
}

function readActual(app: App, { team_id, made_on, keys }: OpenRow): bigint | null {
  const row = app.db.reader
    .prepare<[string, number, string, Day, Day]>(
      `SELECT
         (SELECT count(*) FROM api_keys WHERE id IN (SELECT value FROM json_each(?)) AND team_id = ?) AS present,
         (SELECT sum(cost) FROM usage_days WHERE api_key_id IN (SELECT value FROM json_each(?)) AND date BETWEEN ? AND ?) AS cost`,
    )
    .safeIntegers(true)
    .get(keys, team_id, keys, firstOfMonth(made_on), lastOfMonth(made_on)) as { present: bigint; cost: bigint | null };
  return Number(row.present) === (JSON.parse(keys) as number[]).length ? row.cost : null;
}

import { addDays } from "@orwatch/domain/day";
import type { DashboardInput } from "@orwatch/server/stats/dashboard/schema";
import type Database from "better-sqlite3";

/** The rows that the numbers of a dashboard are written from, as plain numbers: no money text, no percentages, no checks. */
export interface BareDashboard {
  models: [model: string, cost: number, byokCost: number, requests: number, ...rest: number[]][];
  days: [date: string, cost: number, requests: number][];
  series: [date: string, model: string, cost: number][];
  keys: [id: number, cost: number, byokCost: number, requests: number, ...rest: number[]][];
  previous: unknown;
  named: unknown[];
}

const marks = (count: number) => Array.from({ length: count }, () => "?").join(", ");
const SUMS = `sum(cost) AS cost, sum(byok_cost) AS byok, sum(requests) AS requests, sum(tokens_input) AS input,
  sum(tokens_output) AS output, sum(counted_cost) AS counted`;
const ROW_SUMS = `sum(cost) AS cost, sum(byok_cost) AS byok, sum(requests_count) AS requests, sum(tokens_input) AS input,
  sum(tokens_output) AS output, sum(cost) FILTER (WHERE requests_count IS NOT NULL) AS counted`;

/** The shortest prepared statements we know for what a dashboard needs; each selection gets SQL of its own, prepared beforehand. */
export function openBare(db: Database.Database, options: { teamId: number; today: string }) {
  const { teamId, today } = options;
  const owned = db.prepare("SELECT id FROM api_keys WHERE team_id = ?").pluck().all(teamId) as number[];
  return (input: DashboardInput): (() => BareDashboard) => {
    const days = input.days ?? 30;
    const from = addDays(today, 1 - days);
    const before = [addDays(from, -days), addDays(from, -1)];
    const keyIds = input.api_key_id ?? owned;
    const models = input.model ?? [];
    const byTeam = keyIds.length === owned.length;
    const excluded = owned.filter((id) => !keyIds.includes(id));
    const bySubtraction = !byTeam && excluded.length < keyIds.length && models.length === 0;
    const ofModels = models.length === 0 ? "" : `AND model IN (${marks(models.length)})`;
    const ofKeys = `api_key_id IN (${marks(keyIds.length)}) AND date BETWEEN ? AND ?`;
    const keyRange = [...keyIds, from, today];
    const ofTeam = "team_id = ? AND date BETWEEN ? AND ?";
    const teamRange = [teamId, from, today];
    const difference = `(SELECT date, model, cost, byok_cost, requests, tokens_input, tokens_output, counted_cost FROM usage_models WHERE ${ofTeam}
      UNION ALL SELECT date, model, -cost, -byok_cost, -requests_count, -tokens_input, -tokens_output, -iif(requests_count IS NULL, 0, cost)
      FROM usage_stats WHERE api_key_id IN (${marks(excluded.length)}) AND date BETWEEN ? AND ?)`;
    const source = bySubtraction
      ? { from: difference, sums: SUMS, range: [...teamRange, ...excluded, from, today] }
      : byTeam
        ? { from: `usage_models WHERE ${ofTeam} ${ofModels}`, sums: SUMS, range: [...teamRange, ...models] }
        : { from: `usage_stats WHERE ${ofKeys} ${ofModels}`, sums: ROW_SUMS, range: [...keyRange, ...models] };
    const order = "ORDER BY cost DESC, model";
    const model = db.prepare(`SELECT model, ${source.sums} FROM ${source.from} GROUP BY model ${order}`);
    const perDay = models.length === 0;
    const day = perDay
      ? db.prepare(
          `SELECT date, sum(cost) AS cost, sum(requests) AS requests FROM usage_days WHERE ${ofKeys} GROUP BY 1`,
        )
      : db.prepare(
          `SELECT date, sum(cost), sum(${byTeam ? "requests" : "requests_count"}) FROM ${source.from} GROUP BY date`,
        );
    const isOneRow = byTeam || keyIds.length === 1;
    const where = source.from.includes("WHERE") && !bySubtraction ? "AND" : "WHERE";
    const series = (count: number) =>
      isOneRow
        ? db.prepare(`SELECT date, model, cost FROM ${source.from} ${where} model IN (${marks(count)})`)
        : db.prepare(
            `SELECT date, model, sum(cost) AS cost FROM ${source.from} ${where} model IN (${marks(count)}) GROUP BY 1, 2`,
          );
    const seriesOf = new Map(Array.from({ length: 11 }, (_, count) => [count, series(count)]));
    const key = perDay
      ? db.prepare(`SELECT api_key_id AS id, ${SUMS} FROM usage_days WHERE ${ofKeys} GROUP BY 1 ORDER BY cost DESC, id`)
      : db.prepare(
          `SELECT api_key_id AS id, ${ROW_SUMS} FROM usage_stats WHERE ${ofKeys} ${ofModels} GROUP BY 1 ORDER BY cost DESC, id`,
        );
    const previous = perDay
      ? db.prepare(`SELECT ${SUMS} FROM usage_days WHERE ${ofKeys}`)
      : db.prepare(`SELECT ${source.sums} FROM ${source.from}`);
    const names = db.prepare(
      `SELECT id, name, is_active, last_synced_at, complete_through FROM api_keys WHERE id IN (${marks(keyIds.length)})`,
    );
    const previousRange = perDay ? [...keyIds, ...before] : [...(byTeam ? [teamId] : keyIds), ...before, ...models];
    for (const statement of [model, day, key, previous, ...seriesOf.values()]) statement.raw(true);
    return () => {
      const rows = model.all(source.range) as BareDashboard["models"];
      const top = rows.slice(0, 10).map(([name]) => name);
      return {
        models: rows,
        days: day.all(perDay ? keyRange : source.range) as BareDashboard["days"],
        series: seriesOf.get(top.length)!.all([...source.range, ...top]) as BareDashboard["series"],
        keys: key.all(perDay ? keyRange : [...keyRange, ...models]) as BareDashboard["keys"],
        previous: previous.get(previousRange),
        named: names.all(keyIds),
      };
    };
  };
}

import type { App } from "../app.ts";
import type { Period } from "./period.ts";

/** Whose usage, and which part of it. `null` filters let everything through. */
export interface Selection {
  userId: number;
  period: Period;
  keyIds: number[] | null;
  models: string[] | null;
}

/** A key of the user, as far as the numbers need it. */
export interface SelectedKey {
  id: number;
  name: string;
  isActive: boolean;
  lastSyncedAt: Date | null;
  completeThrough: string | null;
}

/** Sums over rows of usage. Counts are those of the rows that have any. */
export interface Sums {
  cost: bigint;
  byokCost: bigint;
  requests: bigint;
  tokensInput: bigint;
  tokensOutput: bigint;
  countedCost: bigint;
  countedRows: bigint;
}

const SUMS = `coalesce(sum(cost), 0) AS cost, coalesce(sum(byok_cost), 0) AS byokCost, coalesce(sum(requests), 0) AS requests,
  coalesce(sum(tokens_input), 0) AS tokensInput, coalesce(sum(tokens_output), 0) AS tokensOutput,
  coalesce(sum(counted_cost), 0) AS countedCost, coalesce(sum(counted_rows), 0) AS countedRows`;

const cache = new WeakMap<App, Map<string, { all(parameters: object): unknown[] }>>();

/** Rows of a statement that is prepared once for each text; integers come as bigint. */
export function select<Row>(app: App, sql: string, parameters: object): Row[] {
  let statements = cache.get(app);
  if (!statements) {
    statements = new Map();
    cache.set(app, statements);
  }
  let statement = statements.get(sql);
  if (!statement) {
    statement = app.db.reader.prepare(sql).safeIntegers(true);
    statements.set(sql, statement);
  }
  return statement.all(parameters) as Row[];
}

export const parametersOf = ({ userId, period, keyIds, models }: Selection) => ({
  userId,
  from: period.from,
  through: period.through,
  keyIds: JSON.stringify(keyIds ?? []),
  models: JSON.stringify(models ?? []),
});

const OWN_KEYS = "SELECT id FROM api_keys WHERE user_id = :userId";
export const keysOf = ({ keyIds }: Selection) =>
  keyIds === null ? OWN_KEYS : `${OWN_KEYS} AND id IN (SELECT value FROM json_each(:keyIds))`;
export const modelsOf = ({ models }: Selection, column: string) =>
  models === null ? "" : `AND ${column} IN (SELECT value FROM json_each(:models))`;

const COUNTED = `s.cost, s.byok_cost, coalesce(s.requests_count, 0) AS requests, coalesce(s.tokens_input, 0) AS tokens_input,
  coalesce(s.tokens_output, 0) AS tokens_output, iif(s.requests_count IS NULL, 0, s.cost) AS counted_cost, s.requests_count IS NOT NULL AS counted_rows`;

/**
 * The usage of a selection by day and model. All keys: the roll-up by model. Some keys: their rows, reached by day so that a
 * filter on models is a look-up and not a scan.
 */
function usageOf(selection: Selection): string {
  if (selection.keyIds === null)
    return `SELECT date, model, cost, byok_cost, requests, tokens_input, tokens_output, counted_cost, counted_rows
      FROM usage_models WHERE user_id = :userId AND date BETWEEN :from AND :through ${modelsOf(selection, "model")}`;
  return rowsOf(selection);
}

const rowsOf = (selection: Selection) => `SELECT d.api_key_id, s.date, s.model, ${COUNTED}
  FROM usage_days d CROSS JOIN usage_stats s ON s.api_key_id = d.api_key_id AND s.date = d.date ${modelsOf(selection, "s.model")}
  WHERE d.api_key_id IN (${keysOf(selection)}) AND d.date BETWEEN :from AND :through AND d.rows > 0`;

export const sumByModel = (app: App, selection: Selection) =>
  select<Sums & { model: string }>(
    app,
    `SELECT model, ${SUMS} FROM (${usageOf(selection)}) GROUP BY model ORDER BY cost DESC, model`,
    parametersOf(selection),
  );

/** By day and model, all models but `named` under one name. */
export const sumByDayAndModel = (app: App, selection: Selection, input: { named: string[]; other: string }) =>
  select<{ date: string; model: string; cost: bigint; requests: bigint; countedRows: bigint }>(
    app,
    `SELECT date, iif(model IN (SELECT value FROM json_each(:named)), model, :other) AS model, ${SUMS}
     FROM (${usageOf(selection)}) GROUP BY 1, 2 ORDER BY 1`,
    { ...parametersOf(selection), named: JSON.stringify(input.named), other: input.other },
  );

export const sumByKey = (app: App, selection: Selection) =>
  selection.models === null
    ? select<Sums & { id: bigint }>(
        app,
        `SELECT api_key_id AS id, ${SUMS.replace("sum(counted_rows)", "sum(requests IS NOT NULL)")}
         FROM usage_days WHERE api_key_id IN (${keysOf(selection)}) AND date BETWEEN :from AND :through GROUP BY api_key_id`,
        parametersOf(selection),
      )
    : select<Sums & { id: bigint }>(
        app,
        `SELECT api_key_id AS id, ${SUMS} FROM (${rowsOf(selection)}) GROUP BY api_key_id`,
        parametersOf(selection),
      );

/** The whole of a selection; `null` when nothing is known of any of its days. */
export function sumAll(app: App, selection: Selection): Sums | null {
  const known = select<{ days: bigint; counted: bigint } & Sums>(
    app,
    `SELECT count(*) AS days, ${SUMS.replace("sum(counted_rows)", "sum(requests IS NOT NULL)")}
     FROM usage_days WHERE api_key_id IN (${keysOf(selection)}) AND date BETWEEN :from AND :through`,
    parametersOf(selection),
  )[0];
  if (!known || known.days === 0n) return null;
  if (selection.models === null) return known;
  const [sums] = select<Sums>(app, `SELECT ${SUMS} FROM (${usageOf(selection)})`, parametersOf(selection));
  // A model that a covered key did not use was used 0 times: that is known.
  return sums ? { ...sums, countedRows: known.countedRows } : null;
}

/** Days of which something is known, and whether requests are among it. */
export const knownDays = (app: App, selection: Selection) =>
  select<{ date: string; requests: bigint | null }>(
    app,
    `SELECT date, sum(requests) AS requests FROM usage_days
     WHERE api_key_id IN (${keysOf(selection)}) AND date BETWEEN :from AND :through GROUP BY date`,
    parametersOf(selection),
  );

/** Every key of the user that the selection lets through. */
export function selectedKeys(app: App, selection: Selection): SelectedKey[] {
  const rows = select<{
    id: bigint;
    name: string;
    is_active: bigint;
    last_synced_at: string | null;
    complete_through: string | null;
  }>(
    app,
    `SELECT id, name, is_active, last_synced_at, complete_through FROM api_keys WHERE id IN (${keysOf(selection)}) ORDER BY id`,
    parametersOf(selection),
  );
  return rows.map((row) => ({
    id: Number(row.id),
    name: row.name,
    isActive: row.is_active === 1n,
    lastSyncedAt: row.last_synced_at === null ? null : new Date(row.last_synced_at),
    completeThrough: row.complete_through,
  }));
}

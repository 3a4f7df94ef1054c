import type { Day } from "@orwatch/domain/day";
import type { App } from "../app.ts";
import type { ResidualKind } from "../usage/residual-split.ts";
import type { Period } from "./period.ts";

/** What reading statistics takes. */
export type Reading = Pick<App, "db" | "clock">;

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
  /** Of what an account has beyond its keys: of which kind it is. */
  residual: ResidualKind | null;
  accountId: number | null;
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
const DAY_SUMS = SUMS.replace("sum(counted_rows)", "sum(requests IS NOT NULL)");

/** Rows of a statement; integers come as bigint. Arrays are cheaper where rows are many. */
export const select = <Row>(
  app: Reading,
  sql: string,
  parameters: object,
  shape: "objects" | "arrays" = "objects",
): Row[] =>
  app.db.reader
    .prepare(sql)
    .safeIntegers(true)
    .raw(shape === "arrays")
    .all(parameters) as Row[];

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

const knownDaysOf = (selection: Selection) =>
  `usage_days WHERE api_key_id IN (${keysOf(selection)}) AND date BETWEEN :from AND :through`;

/** Where the sums by day and model of a selection come from. */
export type Source = "roll-up" | "rows" | "difference";

/**
 * The shortest way to the usage of some of a user's keys: all of them have a roll-up, few are read row by row, and most are the
 * roll-up less the rows of the others.
 */
export function sourceOf(selected: number, all: number): Source {
  if (selected === all) return "roll-up";
  return all - selected < selected ? "difference" : "rows";
}

const COLUMNS = "date, model, cost, byok_cost, requests, tokens_input, tokens_output, counted_cost, counted_rows, rows";

const rollUpOf = (selection: Selection) =>
  `SELECT ${COLUMNS} FROM usage_models
   WHERE user_id = :userId AND date BETWEEN :from AND :through ${modelsOf(selection, "model")}`;

/** Rows of the keys that `keys` selects, shaped as the roll-up. Filtered by model each is looked up, day by day. */
export function rowsOf(selection: Selection, keys: string, sign: "+" | "-" = "+"): string {
  const rows =
    selection.models === null
      ? `usage_stats s WHERE s.api_key_id IN (${keys}) AND s.date BETWEEN :from AND :through`
      : `usage_days d CROSS JOIN usage_stats s ON s.api_key_id = d.api_key_id AND s.date = d.date ${modelsOf(selection, "s.model")}
         WHERE d.api_key_id IN (${keys}) AND d.date BETWEEN :from AND :through AND d.rows > 0`;
  return `SELECT s.date, s.model, ${sign}s.cost AS cost, ${sign}s.byok_cost AS byok_cost,
      ${sign}coalesce(s.requests_count, 0) AS requests, ${sign}coalesce(s.tokens_input, 0) AS tokens_input,
      ${sign}coalesce(s.tokens_output, 0) AS tokens_output, ${sign}iif(s.requests_count IS NULL, 0, s.cost) AS counted_cost,
      ${sign}(s.requests_count IS NOT NULL) AS counted_rows, ${sign}1 AS rows, s.api_key_id
    FROM ${rows}`;
}

export function usageOf(selection: Selection, source: Source): string {
  if (source === "rows") return rowsOf(selection, keysOf(selection));
  if (source === "roll-up") return rollUpOf(selection);
  const others = `${OWN_KEYS} AND id NOT IN (SELECT value FROM json_each(:keyIds))`;
  return `${rollUpOf(selection)} UNION ALL SELECT ${COLUMNS} FROM (${rowsOf(selection, others, "-")})`;
}

/** Only a difference has groups of which nothing is left. */
const leftOver = (source: Source) => (source === "difference" ? "HAVING sum(rows) > 0" : "");

export interface ModelSums {
  model: string;
  cost: bigint;
  requests: bigint;
  tokens: bigint;
  countedCost: bigint;
  countedRows: bigint;
}

/** Most expensive first. */
export const sumByModel = (app: Reading, selection: Selection, source: Source) =>
  select<ModelSums>(
    app,
    `SELECT model, sum(cost) AS cost, sum(requests) AS requests, sum(tokens_input + tokens_output) AS tokens,
       sum(counted_cost) AS countedCost, sum(counted_rows) AS countedRows
     FROM (${usageOf(selection, source)}) GROUP BY model ${leftOver(source)} ORDER BY cost DESC, model`,
    parametersOf(selection),
  );

export type SeriesRow = [date: Day, model: string, cost: bigint, requests: bigint, rows: bigint];

/** By day and model, of the models `named` alone; in no order. */
export function sumByDayAndModel(
  app: Reading,
  selection: Selection,
  { source, named }: { source: Source; named: string[] },
): SeriesRow[] {
  const filtered = { ...selection, models: named };
  const usage = usageOf(filtered, source);
  const sql =
    source === "roll-up"
      ? `SELECT date, model, cost, requests, rows FROM (${usage})`
      : `SELECT date, model, sum(cost), sum(requests), sum(rows) FROM (${usage}) GROUP BY 1, 2 HAVING sum(rows) > 0`;
  return select<SeriesRow>(app, sql, parametersOf(filtered), "arrays");
}

/** Keys with known days; with a filter on models, keys that used one of them. */
export const sumByKey = (app: Reading, selection: Selection) =>
  select<Sums & { id: bigint }>(
    app,
    selection.models === null
      ? `SELECT api_key_id AS id, ${DAY_SUMS} FROM ${knownDaysOf(selection)} GROUP BY api_key_id`
      : `SELECT api_key_id AS id, ${SUMS} FROM (${rowsOf(selection, keysOf(selection))}) GROUP BY api_key_id`,
    parametersOf(selection),
  );

/** The whole of a selection; `null` when nothing is known of any of its days. */
export function sumAll(
  app: Reading,
  selection: Selection,
  source: Source = selection.keyIds === null ? "roll-up" : "rows",
): Sums | null {
  const known = select<{ days: bigint } & Sums>(
    app,
    `SELECT count(*) AS days, ${DAY_SUMS} FROM ${knownDaysOf(selection)}`,
    parametersOf(selection),
  )[0];
  if (!known || known.days === 0n) return null;
  if (selection.models === null) return known;
  const sums = select<Sums>(app, `SELECT ${SUMS} FROM (${usageOf(selection, source)})`, parametersOf(selection))[0];
  // A model that a covered key did not use was used 0 times: that is known.
  return sums ? { ...sums, countedRows: known.countedRows } : null;
}

/** A day of which something is known. `requests` is null when they are not. */
export type KnownDay = [date: Day, cost: bigint, requests: bigint | null, rows: bigint];

/** The known days of the selected keys, all models together. */
export const knownDays = (app: Reading, selection: Selection) =>
  select<KnownDay>(
    app,
    `SELECT date, sum(cost), sum(requests), sum(rows) FROM ${knownDaysOf(selection)} GROUP BY date`,
    parametersOf(selection),
    "arrays",
  );

/** Every key of the user. */
export function listOwnKeys(app: Reading, userId: number): SelectedKey[] {
  const rows = select<{
    id: bigint;
    name: string;
    is_active: bigint;
    last_synced_at: string | null;
    complete_through: string | null;
    residual: ResidualKind | null;
    account_id: bigint | null;
  }>(
    app,
    `SELECT id, name, is_active, last_synced_at, complete_through, iif(kind = 'residual', source, NULL) AS residual, account_id
     FROM api_keys WHERE user_id = :userId ORDER BY id`,
    { userId },
  );
  return rows.map((row) => ({
    id: Number(row.id),
    name: row.name,
    isActive: row.is_active === 1n,
    lastSyncedAt: row.last_synced_at === null ? null : new Date(row.last_synced_at),
    completeThrough: row.complete_through,
    residual: row.residual,
    accountId: row.account_id === null ? null : Number(row.account_id),
  }));
}

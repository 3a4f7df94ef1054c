import type { Day } from "@orwatch/domain/day";
import type { App } from "../app.ts";
import { ROLL_UP_COLUMNS, ROLLED_UP } from "../usage/ledger/roll-ups.ts";
import type { ResidualKind } from "../usage/residuals/residual-split.ts";
import type { Period } from "./period.ts";

/** Dependencies of reading statistics. */
export type Reading = Pick<App, "db" | "clock">;

/** The selected usage of a team. `null` filters select everything. */
export interface Selection {
  teamId: number;
  period: Period;
  keyIds: number[] | null;
  models: string[] | null;
}

/** A key of the team, with the columns that statistics need. */
export interface SelectedKey {
  id: number;
  name: string;
  isActive: boolean;
  /** Kind of usage that belongs to no key; `null` for keys. */
  residual: ResidualKind | null;
  accountId: number | null;
}

/** Sums of usage rows. Counts are sums of the known ones. */
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

/** Rows of a statement, with integers as bigint. Arrays are faster for many rows. */
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

export const parametersOf = ({ teamId, period, keyIds, models }: Selection) => ({
  teamId,
  from: period.from,
  through: period.through,
  keyIds: JSON.stringify(keyIds ?? []),
  models: JSON.stringify(models ?? []),
});

const OWN_KEYS = "SELECT id FROM api_keys WHERE team_id = :teamId";
export const keysOf = ({ keyIds }: Pick<Selection, "keyIds">) =>
  keyIds === null ? OWN_KEYS : `${OWN_KEYS} AND id IN (SELECT value FROM json_each(:keyIds))`;
export const modelsOf = ({ models }: Selection, column: string) =>
  models === null ? "" : `AND ${column} IN (SELECT value FROM json_each(:models))`;

const knownDaysOf = (selection: Selection) =>
  `usage_days WHERE api_key_id IN (${keysOf(selection)}) AND date BETWEEN :from AND :through`;

/** Source of the sums by day and model of a selection. */
export type Source = "roll-up" | "rows" | "difference";

/**
 * The fastest source of the usage of some keys: the roll-up for all keys, their rows for few keys, and for most keys the
 * roll-up minus the rows of the others.
 */
export function sourceOf(selected: number, all: number): Source {
  if (selected === all) return "roll-up";
  return all - selected < selected ? "difference" : "rows";
}

const COLUMNS = ["date", "model", ...ROLL_UP_COLUMNS].join(", ");

const rollUpOf = (selection: Selection) =>
  `SELECT ${COLUMNS} FROM usage_models
   WHERE team_id = :teamId AND date BETWEEN :from AND :through ${modelsOf(selection, "model")}`;

/** Rows of the keys that `keys` selects, in the columns of the roll-up. With a filter on models, each is looked up by day. */
export function rowsOf(selection: Selection, keys: string, sign: "+" | "-" = "+"): string {
  const rows =
    selection.models === null
      ? `usage_stats s WHERE s.api_key_id IN (${keys}) AND s.date BETWEEN :from AND :through`
      : `usage_days d CROSS JOIN usage_stats s ON s.api_key_id = d.api_key_id AND s.date = d.date ${modelsOf(selection, "s.model")}
         WHERE d.api_key_id IN (${keys}) AND d.date BETWEEN :from AND :through AND d.rows > 0`;
  const sums = ROLL_UP_COLUMNS.map((name) => `${sign}${ROLLED_UP[name]} AS ${name}`).join(", ");
  return `SELECT s.date, s.model, ${sums}, s.api_key_id FROM ${rows}`;
}

/** Months of the keys that are selected, in the columns of the roll-up by model. */
export const monthsOf = (selection: Selection) =>
  `SELECT month AS date, model, ${ROLL_UP_COLUMNS.join(", ")}, api_key_id FROM usage_months
   WHERE api_key_id IN (${keysOf(selection)}) AND month BETWEEN :from AND :through ${modelsOf(selection, "model")}`;

export function usageOf(selection: Selection, source: Source): string {
  if (source === "rows") return rowsOf(selection, keysOf(selection));
  if (source === "roll-up") return rollUpOf(selection);
  const others = `${OWN_KEYS} AND id NOT IN (SELECT value FROM json_each(:keyIds))`;
  return `${rollUpOf(selection)} UNION ALL SELECT ${COLUMNS} FROM (${rowsOf(selection, others, "-")})`;
}

/** Only a difference can have empty groups. */
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

type SeriesRow = [date: Day, model: string, cost: bigint, requests: bigint, rows: bigint];

/** By day and model, only for the models `named`, unordered. */
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

/** Total of a selection; `null` if none of its days is known. */
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
  // A model that a covered key did not use was used 0 times, which is known.
  return sums ? { ...sums, countedRows: known.countedRows } : null;
}

/** A day with known cost. `requests` is null if unknown. */
export type KnownDay = [date: Day, cost: bigint, requests: bigint | null, rows: bigint];

/** The known days of the selected keys, all models together. */
export const knownDays = (app: Reading, selection: Selection) =>
  select<KnownDay>(
    app,
    `SELECT date, sum(cost), sum(requests), sum(rows) FROM ${knownDaysOf(selection)} GROUP BY date`,
    parametersOf(selection),
    "arrays",
  );

/** Every key of the team. */
export function listOwnKeys(app: Reading, teamId: number): SelectedKey[] {
  const rows = select<{
    id: bigint;
    name: string;
    is_active: bigint;
    residual: ResidualKind | null;
    account_id: bigint | null;
  }>(
    app,
    `SELECT id, name, is_active, iif(kind = 'residual', source, NULL) AS residual, account_id
     FROM api_keys WHERE team_id = :teamId ORDER BY id`,
    { teamId },
  );
  return rows.map((row) => ({
    id: Number(row.id),
    name: row.name,
    isActive: row.is_active === 1n,
    residual: row.residual,
    accountId: row.account_id === null ? null : Number(row.account_id),
  }));
}

/** The vendor of a model in SQL: the part before the slash, or the whole name without one. */
export const vendorOf = (model: string): string =>
  `iif(instr(${model}, '/') > 1, substr(${model}, 1, instr(${model}, '/') - 1), ${model})`;

/** The same in code. */
export function vendorOfModel(model: string): string {
  const slash = model.indexOf("/");
  return slash > 0 ? model.slice(0, slash) : model;
}

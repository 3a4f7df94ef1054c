import type { Day } from "@orwatch/domain/day";
import Database from "better-sqlite3";
import { DETAIL_COLUMNS } from "../../usage/ledger/detail-columns.ts";
import { type Grouping, timeOf } from "../schema.ts";
import { vendorOf } from "../selection.ts";
import { CHUNK, columnsOf, type UsageQuery } from "./columns.ts";

/**
 * Reads a snapshot of usage on its own connection, which is closed when reading ends or stops early. Steps are
 * short, and empty chunks only let other work run.
 */
export function* readUsage(file: string, query: UsageQuery): Generator<unknown[][]> {
  const connection = new Database(file, { readonly: true });
  try {
    for (const pragma of ["busy_timeout = 5000", "cache_size = -4000", "temp_store = FILE"]) connection.pragma(pragma);
    connection.exec("BEGIN");
    const keys = listKeys(connection, query);
    if (Array.isArray(query.shape) || query.sort !== null) yield* readSums(connection, query, keys);
    else yield* readInOrder(connection, query, keys);
  } finally {
    connection.close();
  }
}

/** IDs of the selected keys. */
const listKeys = (connection: Database.Database, query: UsageQuery): number[] =>
  connection
    .prepare<[number], { id: number }>("SELECT id FROM api_keys WHERE team_id = ? ORDER BY id")
    .all(query.teamId)
    .map(({ id }) => id)
    .filter((id) => (query.keyIds === null || query.keyIds.includes(id)) && !query.notKeyIds.includes(id));

/** The days and the condition of the rows to read. */
function openSource(connection: Database.Database, query: UsageQuery, keys: number[]) {
  const parameters = {
    keys: JSON.stringify(keys),
    models: JSON.stringify(query.models ?? []),
    notModels: JSON.stringify(query.notModels),
  };
  const days = connection
    .prepare<object, { date: Day }>(
      `SELECT date FROM usage_days WHERE api_key_id IN (SELECT value FROM json_each(:keys)) AND date BETWEEN :from AND :through AND rows > 0
       GROUP BY date ORDER BY date DESC`,
    )
    .all({ ...parameters, from: query.period.from, through: query.period.through })
    .map(({ date }) => date);
  const models = `${query.models === null ? "" : "AND s.model IN (SELECT value FROM json_each(:models))"}
    ${query.notModels.length === 0 ? "" : "AND s.model NOT IN (SELECT value FROM json_each(:notModels))"}`;
  return {
    parameters,
    days,
    where: `s.api_key_id IN (SELECT value FROM json_each(:keys)) AND s.date = :date ${models}`,
  };
}

/** Reads by day, and within a day in order, so that only one day is sorted at a time. */
function* readInOrder(connection: Database.Database, query: UsageQuery, keys: number[]): Generator<unknown[][]> {
  const source = openSource(connection, query, keys);
  const columns = columnsOf(query);
  const isOwn = query.shape !== "public";
  const order = isOwn ? "s.model, s.api_key_id" : "k.name, s.model, s.api_key_id";
  const after = isOwn ? "(:model, :key)" : "(:name, :model, :key)";
  const page = (isFirst: boolean) =>
    connection
      .prepare<object, unknown[]>(
        `SELECT ${columns.map(({ sql }) => sql).join(", ")}, s.api_key_id FROM usage_stats s JOIN api_keys k ON k.id = s.api_key_id
         WHERE ${source.where} ${isFirst ? "" : `AND (${order}) > ${after}`} ORDER BY ${order} LIMIT ${CHUNK}`,
      )
      .safeIntegers(true)
      .raw(true);
  const first = page(true);
  const next = page(false);
  const place = (name: string) => columns.findIndex((item) => item.name === name);
  const [model, name] = [place("model"), place("api_key_name")];
  for (const date of source.days) {
    let rows = first.all({ ...source.parameters, date });
    for (;;) {
      // The last column is the cursor of the next page and not part of the response.
      let key: unknown = null;
      for (const row of rows) key = row.pop();
      yield rows;
      const last = rows.at(-1);
      if (!last || rows.length < CHUNK) break;
      rows = next.all({ ...source.parameters, date, model: last[model], key, name: last[name] ?? null });
    }
  }
}

/** Rows summed per step (a few milliseconds). Other work runs between steps. */
const STEP_ROWS = 4000;

const SUMS = ["requests_count", "tokens_input", "tokens_output", "cost", "byok_cost"] as const;
type Sums = Record<string, string>;

/** Source of sums: the smallest table with the required columns. The roll-ups count unknown values as 0. */
interface Source {
  /** Table with its joins, ending in a condition. Limited by `:keys`, `:from` and `:through`. */
  from: string;
  /** Days with their number of rows in the source. */
  days: string;
  sums: Sums;
}

const IN_RANGE = "s.date BETWEEN :from AND :through";
const ofKeys = (table: string) => `json_each(:keys) k CROSS JOIN ${table} s ON s.api_key_id = k.value AND ${IN_RANGE}`;
const known = (isKnown: string, [requests, input, output]: [string, string, string]): Sums => ({
  requests_count: `iif(${isKnown}, ${requests}, NULL)`,
  tokens_input: `iif(${isKnown}, ${input}, NULL)`,
  tokens_output: `iif(${isKnown}, ${output}, NULL)`,
  cost: "s.cost",
  byok_cost: "s.byok_cost",
});

const DAYS = `FROM ${ofKeys("usage_days")} AND s.rows > 0 GROUP BY s.date ORDER BY s.date DESC`;
/** A day without usage in analytics has 0 requests, even if counters include a cost, whose requests are unknown. */
const IS_COUNTED = `s.requests > 0 OR EXISTS (SELECT 1 FROM usage_stats u
  WHERE u.api_key_id = s.api_key_id AND u.date = s.date AND u.requests_count IS NOT NULL)`;

function sourceOf(query: UsageQuery, groups: Grouping[]): Source {
  const models = `${query.models === null ? "" : "AND s.model IN (SELECT value FROM json_each(:models))"}
    ${query.notModels.length === 0 ? "" : "AND s.model NOT IN (SELECT value FROM json_each(:notModels))"}`;
  const isByModel = groups.includes("model") || groups.includes("vendor");
  if (!query.hasDetails && !isByModel && query.models === null && query.notModels.length === 0)
    return {
      from: `${ofKeys("usage_days")} AND s.rows > 0`,
      days: `SELECT s.date, count(*) AS rows ${DAYS}`,
      sums: known(IS_COUNTED, ["s.requests", "s.tokens_input", "s.tokens_output"]),
    };
  if (!query.hasDetails && !groups.includes("key") && query.keyIds === null && query.notKeyIds.length === 0) {
    const from = `usage_models s WHERE s.team_id = :teamId AND ${IN_RANGE} AND s.rows > 0 ${models}`;
    return {
      from,
      days: `SELECT s.date, count(*) AS rows FROM ${from} GROUP BY s.date ORDER BY s.date DESC`,
      sums: known("s.counted_rows > 0", ["s.requests", "s.tokens_input", "s.tokens_output"]),
    };
  }
  return {
    from: `${ofKeys("usage_stats")} ${models}`,
    days: `SELECT s.date, sum(s.rows) AS rows ${DAYS}`,
    sums: Object.fromEntries([...SUMS, ...DETAIL_COLUMNS].map((name) => [name, `s.${name}`])),
  };
}

interface Step {
  from: Day;
  through: Day;
  keys: number[];
}

/** Splits days, newest first, into ranges of about STEP_ROWS rows, and days with many more rows by keys. */
export function cutSteps(days: { date: Day; rows: number }[], keys: number[], stepRows = STEP_ROWS): Step[] {
  const steps: Step[] = [];
  let rows = 0;
  for (const { date, rows: ofDay } of days) {
    const last = steps.at(-1);
    if (last && rows + ofDay <= stepRows) {
      last.from = date;
      rows += ofDay;
      continue;
    }
    const parts = Math.max(1, Math.min(keys.length, Math.floor(ofDay / stepRows)));
    const size = Math.ceil(keys.length / parts);
    for (let at = 0; at < Math.max(1, keys.length); at += Math.max(1, size))
      steps.push({ from: date, through: date, keys: keys.slice(at, at + size) });
    rows = parts === 1 ? ofDay : stepRows;
  }
  return steps;
}

const TIMES = {
  day: "s.date",
  week: "date(s.date, '-6 days', 'weekday 1')",
  month: "substr(s.date, 1, 7)",
};

const modelGroup = (groups: Grouping[]) =>
  groups.includes("model") ? "s.model" : groups.includes("vendor") ? vendorOf("s.model") : "''";

/** Sums in a temporary table step by step, sorts by the key of a second one, then reads in that order. */
function* readSums(connection: Database.Database, query: UsageQuery, keys: number[]): Generator<unknown[][]> {
  const groups: Grouping[] = Array.isArray(query.shape) ? query.shape : ["day", "model", "key"];
  const time = timeOf(groups);
  const isSummed = Array.isArray(query.shape);
  const sums = [...SUMS, ...(isSummed && query.hasDetails ? DETAIL_COLUMNS : [])];
  const source = sourceOf({ ...query, hasDetails: isSummed && query.hasDetails }, groups);
  connection.exec(
    `CREATE TEMP TABLE g (n INTEGER, m TEXT, k INTEGER, t TEXT, ${sums.join(", ")}, PRIMARY KEY (n, m, k)) WITHOUT ROWID`,
  );
  // Newest first in an ascending key. WHERE is needed, because SQLite would parse ON as a join condition.
  const add = connection.prepare(
    `INSERT INTO g SELECT ${time === null ? "0" : "-CAST(replace(t, '-', '') AS INTEGER)"}, m, k, t, ${sums.join(", ")} FROM (
       SELECT ${modelGroup(groups)} AS m, ${groups.includes("key") ? "s.api_key_id" : "0"} AS k,
         ${time === null ? "''" : TIMES[time]} AS t, ${sums.map((name) => `sum(${source.sums[name]}) AS ${name}`).join(", ")}
       FROM ${source.from} GROUP BY 1, 2, 3) WHERE true
     ON CONFLICT (n, m, k) DO UPDATE SET ${sums.map((name) => `${name} = coalesce(${name} + excluded.${name}, ${name}, excluded.${name})`).join(", ")}`,
  );
  const parameters = {
    teamId: query.teamId,
    models: JSON.stringify(query.models ?? []),
    notModels: JSON.stringify(query.notModels),
  };
  const days = connection
    .prepare<object, { date: Day; rows: number }>(source.days)
    .all({ ...parameters, keys: JSON.stringify(keys), ...query.period });
  for (const { from, through, keys: some } of cutSteps(days, keys)) {
    add.run({ ...parameters, keys: JSON.stringify(some), from, through });
    yield [];
  }
  const sort = query.sort ?? (time === null ? "-cost" : null);
  let order = "g.n, g.m, g.k";
  if (sort !== null) {
    yield* sortBy(connection, sort);
    const direction = isReversed(sort) ? "DESC" : "ASC";
    order = ["o.u", "o.v", "o.n", "o.m", "o.k"].map((name) => `${name} ${direction}`).join(", ");
  }
  const columns = columnsOf(query);
  const rows = connection
    .prepare<[], unknown[]>(
      `SELECT ${columns.map(({ sql }) => sql).join(", ")}
       FROM ${sort === null ? "g" : "o CROSS JOIN g ON g.n = o.n AND g.m = o.m AND g.k = o.k"} LEFT JOIN api_keys k ON k.id = g.k
       ${isSummed ? "" : "JOIN usage_stats s ON s.api_key_id = g.k AND s.date = g.t AND s.model = g.m"} ORDER BY ${order}`,
    )
    .safeIntegers(true)
    .raw(true)
    .iterate();
  for (let chunk: unknown[][] = []; ; chunk = []) {
    for (let row = rows.next(); !row.done; row = rows.next()) if (chunk.push(row.value) === CHUNK) break;
    yield chunk;
    if (chunk.length < CHUNK) return;
  }
}

/** Names are sorted descending by reading backwards; numbers by their negative, so that unknown values stay last. */
const isReversed = (sort: string) => ["-model", "-vendor", "-key"].includes(sort);

function* sortBy(connection: Database.Database, sort: string): Generator<unknown[][]> {
  const name = sort.replace(/^-/, "").replace(/^requests$/, "requests_count");
  const sign = sort.startsWith("-") ? "-" : "";
  const value =
    name === "date"
      ? sign
        ? "g.n"
        : "-g.n"
      : name === "model"
        ? "g.m"
        : name === "vendor"
          ? vendorOf("g.m")
          : name === "key"
            ? "k.name"
            : `${sign}g.${name}`;
  const isNumber = !["date", "model", "vendor", "key"].includes(name);
  connection.exec(
    "CREATE TEMP TABLE o (u INTEGER, v, n INTEGER, m TEXT, k INTEGER, PRIMARY KEY (u, v, n, m, k)) WITHOUT ROWID",
  );
  const copy = connection.prepare<object, { n: number; m: string; k: number }>(
    `INSERT INTO o SELECT ${isNumber ? `g.${name} IS NULL` : "0"}, coalesce(${value}, 0), g.n, g.m, g.k FROM g LEFT JOIN api_keys k ON k.id = g.k
     WHERE (g.n, g.m, g.k) > (:n, :m, :k) ORDER BY g.n, g.m, g.k LIMIT ${CHUNK}`,
  );
  const end = connection.prepare<object, { n: number; m: string; k: number }>(
    `SELECT n, m, k FROM g WHERE (n, m, k) > (:n, :m, :k) ORDER BY n, m, k LIMIT 1 OFFSET ${CHUNK - 1}`,
  );
  let place: { n: number; m: string; k: number } | undefined = { n: -99_999_999, m: "", k: 0 };
  while (place) {
    copy.run(place);
    place = end.get(place);
    yield [];
  }
}

import type { Day } from "@orwatch/domain/day";
import Database from "better-sqlite3";
import { DETAIL_COLUMNS } from "../../usage/ledger/detail-columns.ts";
import { type Grouping, timeOf } from "../schema.ts";
import { vendorOf } from "../selection.ts";
import { CHUNK, columnsOf, type UsageQuery } from "./columns.ts";
import { inChunks, isReversed, orderOf, readSorted } from "./sorted-rows.ts";
import { cutSteps, DAYS, IN_RANGE, modelParameters, ofKeys, ofModels } from "./steps.ts";

/**
 * Reads a snapshot of usage on its own connection, which is closed when reading ends or stops early. Steps are
 * short, and empty chunks only let other work run. `atMost` limits sorted rows: the fewer, the faster.
 */
export function* readUsage(file: string, query: UsageQuery, atMost = Number.POSITIVE_INFINITY): Generator<unknown[][]> {
  const connection = new Database(file, { readonly: true });
  try {
    for (const pragma of ["busy_timeout = 5000", "cache_size = -4000", "temp_store = FILE"]) connection.pragma(pragma);
    connection.exec("BEGIN");
    const keys = listKeys(connection, query);
    if (Array.isArray(query.shape)) yield* readSums(connection, { ...query, shape: query.shape }, keys);
    else if (query.sort !== null) yield* readSorted(connection, { ...query, sort: query.sort }, { keys, atMost });
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
  const parameters = { keys: JSON.stringify(keys), ...modelParameters(query) };
  const days = connection
    .prepare<object, { date: Day }>(
      `SELECT date FROM usage_days WHERE api_key_id IN (SELECT value FROM json_each(:keys)) AND date BETWEEN :from AND :through AND rows > 0
       GROUP BY date ORDER BY date DESC`,
    )
    .all({ ...parameters, from: query.period.from, through: query.period.through })
    .map(({ date }) => date);
  return {
    parameters,
    days,
    where: `s.api_key_id IN (SELECT value FROM json_each(:keys)) AND s.date = :date ${ofModels(query)}`,
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

const known = (isKnown: string, [requests, input, output]: [string, string, string]): Sums => ({
  requests_count: `iif(${isKnown}, ${requests}, NULL)`,
  tokens_input: `iif(${isKnown}, ${input}, NULL)`,
  tokens_output: `iif(${isKnown}, ${output}, NULL)`,
  cost: "s.cost",
  byok_cost: "s.byok_cost",
});

/** A day without usage in analytics has 0 requests, even if counters include a cost, whose requests are unknown. */
const IS_COUNTED = `s.requests > 0 OR EXISTS (SELECT 1 FROM usage_stats u
  WHERE u.api_key_id = s.api_key_id AND u.date = s.date AND u.requests_count IS NOT NULL)`;

function sourceOf(query: UsageQuery, groups: Grouping[]): Source {
  const models = ofModels(query);
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

const TIMES = {
  day: "s.date",
  week: "date(s.date, '-6 days', 'weekday 1')",
  month: "substr(s.date, 1, 7)",
};

const modelGroup = (groups: Grouping[]) =>
  groups.includes("model") ? "s.model" : groups.includes("vendor") ? vendorOf("s.model") : "''";

/** Sums in a temporary table step by step, sorts by the key of a second one, then reads in that order. */
function* readSums(
  connection: Database.Database,
  query: UsageQuery & { shape: Grouping[] },
  keys: number[],
): Generator<unknown[][]> {
  const groups = query.shape;
  const time = timeOf(groups);
  const sums = [...SUMS, ...(query.hasDetails ? DETAIL_COLUMNS : [])];
  const source = sourceOf(query, groups);
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
  const parameters = { teamId: query.teamId, ...modelParameters(query) };
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
       ORDER BY ${order}`,
    )
    .safeIntegers(true)
    .raw(true)
    .iterate();
  yield* inChunks(rows);
}

function* sortBy(connection: Database.Database, sort: string): Generator<unknown[][]> {
  const { isNumber, value } = orderOf(sort, {
    time: "g.n",
    model: "g.m",
    keyName: "k.name",
    column: (name) => `g.${name}`,
  });
  connection.exec(
    "CREATE TEMP TABLE o (u INTEGER, v, n INTEGER, m TEXT, k INTEGER, PRIMARY KEY (u, v, n, m, k)) WITHOUT ROWID",
  );
  const copy = connection.prepare<object, { n: number; m: string; k: number }>(
    `INSERT INTO o SELECT ${isNumber ? `${value} IS NULL` : "0"}, coalesce(${value}, 0), g.n, g.m, g.k FROM g LEFT JOIN api_keys k ON k.id = g.k
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

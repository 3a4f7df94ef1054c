import Database from "better-sqlite3";
import { type Day, mondayOf } from "../day.ts";
import type { Column } from "./export-format.ts";
import type { Period } from "./period.ts";
import type { Grouping } from "./schema.ts";

export interface UsageQuery {
  userId: number;
  period: Period;
  keyIds: number[] | null;
  models: string[] | null;
  notKeyIds: number[];
  notModels: string[];
  /** The rows of /api/usage or of /api/v1/usage; or sums. */
  shape: "own" | "public" | Grouping[];
  /** Column, with `-` for descending; `null` for the order of the shape. */
  sort: string | null;
}

/** Rows read before anybody else gets a turn. */
const CHUNK = 1000;

const column = (name: string, sql: string, kind: Column["kind"]) => ({ name, sql, kind });
const COUNTS = [
  column("requests_count", "s.requests_count", "integer"),
  column("tokens_input", "s.tokens_input", "integer"),
  column("tokens_output", "s.tokens_output", "integer"),
];
const OWN = [
  column("id", "s.id", "integer"),
  column("api_key_id", "s.api_key_id", "integer"),
  column("date", "s.date", "text"),
  column("model", "s.model", "text"),
  ...COUNTS,
  column("cost", "s.cost", "money"),
  column("byok_cost", "s.byok_cost", "money"),
  column("created_at", "s.created_at", "instant"),
];
const PUBLIC = [
  column("date", "s.date", "text"),
  column("api_key_id", "s.api_key_id", "integer"),
  column("api_key_name", "k.name", "text"),
  column("model", "s.model", "text"),
  ...COUNTS,
  column("cost", "s.cost", "money"),
];

const isTime = (name: Grouping) => name === "day" || name === "week" || name === "month";
const timeOf = (groups: Grouping[]) => groups.find(isTime) ?? null;

/** Columns of an answer, in order. */
export function columnsOf(shape: UsageQuery["shape"]): (Column & { sql: string })[] {
  if (shape === "own") return OWN;
  if (shape === "public") return PUBLIC;
  const time = timeOf(shape);
  return [
    ...(time ? [column(time === "day" ? "date" : time, "g.t", "text")] : []),
    ...(shape.includes("key")
      ? [column("api_key_id", "g.k", "integer"), column("api_key_name", "k.name", "text")]
      : []),
    ...(shape.includes("model") ? [column("model", "g.m", "text")] : []),
    column("requests_count", "g.requests_count", "integer"),
    column("tokens_input", "g.tokens_input", "integer"),
    column("tokens_output", "g.tokens_output", "integer"),
    column("cost", "g.cost", "money"),
    column("byok_cost", "g.byok_cost", "money"),
  ];
}

/**
 * Reads usage as it was at one instant, on a connection of its own that is closed when the reader stops, early or not. Each step is
 * short; an empty one only gives others their turn.
 */
export function* readUsage(file: string, query: UsageQuery): Generator<unknown[][]> {
  const connection = new Database(file, { readonly: true });
  try {
    for (const pragma of ["busy_timeout = 5000", "cache_size = -4000", "temp_store = FILE"]) connection.pragma(pragma);
    connection.exec("BEGIN");
    const source = openSource(connection, query);
    if (Array.isArray(query.shape) || query.sort !== null) yield* readSorted(connection, query, source);
    else yield* readInOrder(connection, query, source);
  } finally {
    connection.close();
  }
}

type Source = ReturnType<typeof openSource>;

/** The keys, the days and the condition that everything is read by. */
function openSource(connection: Database.Database, query: UsageQuery) {
  const keys = connection
    .prepare<[number], { id: number }>("SELECT id FROM api_keys WHERE user_id = ? ORDER BY id")
    .all(query.userId)
    .map(({ id }) => id)
    .filter((id) => (query.keyIds === null || query.keyIds.includes(id)) && !query.notKeyIds.includes(id));
  const parameters = {
    userId: query.userId,
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
  const where = `s.api_key_id IN (SELECT value FROM json_each(:keys)) AND s.date = :date ${models}`;
  return { parameters, days, where, whereModels: `s.user_id = :userId AND s.date = :date AND s.rows > 0 ${models}` };
}

/** Day by day, and within a day by the key of the order: nothing is sorted but one day. */
function* readInOrder(connection: Database.Database, query: UsageQuery, source: Source): Generator<unknown[][]> {
  const columns = columnsOf(query.shape);
  const isOwn = query.shape === "own";
  const order = isOwn ? "s.model, s.api_key_id" : "k.name, s.model, s.api_key_id";
  const after = isOwn ? "(:model, :key)" : "(:name, :model, :key)";
  const page = (isFirst: boolean) =>
    connection
      .prepare<object, unknown[]>(
        `SELECT ${columns.map(({ sql }) => sql).join(", ")} FROM usage_stats s JOIN api_keys k ON k.id = s.api_key_id
         WHERE ${source.where} ${isFirst ? "" : `AND (${order}) > ${after}`} ORDER BY ${order} LIMIT ${CHUNK}`,
      )
      .safeIntegers(true)
      .raw(true);
  const first = page(true);
  const next = page(false);
  const place = (name: string) => columns.findIndex((item) => item.name === name);
  const [model, key, name] = [place("model"), place("api_key_id"), place("api_key_name")];
  for (const date of source.days) {
    let rows = first.all({ ...source.parameters, date });
    for (;;) {
      yield rows;
      const last = rows.at(-1);
      if (!last || rows.length < CHUNK) break;
      rows = next.all({ ...source.parameters, date, model: last[model], key: last[key], name: last[name] ?? null });
    }
  }
}

const SUMS = ["requests_count", "tokens_input", "tokens_output", "cost", "byok_cost"] as const;

/** The same in the roll-up by model, which counts what is unknown as nothing. */
const ROLLED_UP: Record<(typeof SUMS)[number], string> = {
  requests_count: "iif(s.counted_rows = 0, NULL, s.requests)",
  tokens_input: "iif(s.counted_rows = 0, NULL, s.tokens_input)",
  tokens_output: "iif(s.counted_rows = 0, NULL, s.tokens_output)",
  cost: "s.cost",
  byok_cost: "s.byok_cost",
};

/** Adds up in a temporary table day by day, sorts by the key of a second one, then reads it in that order. */
function* readSorted(connection: Database.Database, query: UsageQuery, source: Source): Generator<unknown[][]> {
  const groups: Grouping[] = Array.isArray(query.shape) ? query.shape : ["day", "model", "key"];
  const time = timeOf(groups);
  connection.exec(
    `CREATE TEMP TABLE g (n INTEGER, m TEXT, k INTEGER, t TEXT, ${SUMS.join(", ")}, PRIMARY KEY (n, m, k)) WITHOUT ROWID`,
  );
  // Of all keys together there are sums already, a row for each model and day.
  const isRolledUp = !groups.includes("key") && query.keyIds === null && query.notKeyIds.length === 0;
  const add = connection.prepare(
    `INSERT INTO g SELECT :n, ${groups.includes("model") ? "s.model" : "''"} AS m, ${groups.includes("key") ? "s.api_key_id" : "0"} AS k, :t,
       ${SUMS.map((name) => `sum(${isRolledUp ? ROLLED_UP[name] : `s.${name}`})`).join(", ")}
     FROM ${isRolledUp ? `usage_models s WHERE ${source.whereModels}` : `usage_stats s WHERE ${source.where}`} GROUP BY m, k
     ON CONFLICT (n, m, k) DO UPDATE SET ${SUMS.map((name) => `${name} = coalesce(${name} + excluded.${name}, ${name}, excluded.${name})`).join(", ")}`,
  );
  for (const date of source.days) {
    const t = time === "week" ? mondayOf(date) : time === "month" ? date.slice(0, 7) : date;
    // Newest first in an ascending key.
    const n = time === null ? 0 : -Number(t.replaceAll("-", ""));
    add.run({ ...source.parameters, date, n, t });
    yield [];
  }
  const sort = query.sort ?? (time === null ? "-cost" : null);
  let order = "g.n, g.m, g.k";
  if (sort !== null) {
    yield* sortBy(connection, sort);
    const direction = isReversed(sort) ? "DESC" : "ASC";
    order = ["o.u", "o.v", "o.n", "o.m", "o.k"].map((name) => `${name} ${direction}`).join(", ");
  }
  const columns = columnsOf(query.shape);
  const rows = connection
    .prepare<[], unknown[]>(
      `SELECT ${columns.map(({ sql }) => sql).join(", ")}
       FROM ${sort === null ? "g" : "o CROSS JOIN g ON g.n = o.n AND g.m = o.m AND g.k = o.k"} LEFT JOIN api_keys k ON k.id = g.k
       ${Array.isArray(query.shape) ? "" : "JOIN usage_stats s ON s.api_key_id = g.k AND s.date = g.t AND s.model = g.m"} ORDER BY ${order}`,
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

/** Names sort backwards by reading backwards; numbers by their negative, so that unknown stays last. */
const isReversed = (sort: string) => sort === "-model" || sort === "-key";

function* sortBy(connection: Database.Database, sort: string): Generator<unknown[][]> {
  const name = sort.replace(/^-/, "");
  const sign = sort.startsWith("-") ? "-" : "";
  const value =
    name === "date"
      ? sign
        ? "g.n"
        : "-g.n"
      : name === "model"
        ? "g.m"
        : name === "key"
          ? "k.name"
          : `${sign}g.${name}`;
  const isNumber = !["date", "model", "key"].includes(name);
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

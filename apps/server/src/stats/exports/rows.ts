import type { Day } from "@orwatch/domain/day";
import Database from "better-sqlite3";
import { CHUNK, columnsOf, type UsageQuery } from "./columns.ts";
import { readSums } from "./sums.ts";

/**
 * Reads usage as it was at one instant, on its own connection that is closed when the reader stops, early or not. Each step is
 * short; an empty one only gives others their turn.
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

/** The keys that everything is read of. */
const listKeys = (connection: Database.Database, query: UsageQuery): number[] =>
  connection
    .prepare<[number], { id: number }>("SELECT id FROM api_keys WHERE user_id = ? ORDER BY id")
    .all(query.userId)
    .map(({ id }) => id)
    .filter((id) => (query.keyIds === null || query.keyIds.includes(id)) && !query.notKeyIds.includes(id));

/** The days and the condition by which rows are read. */
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

/** Day by day, and within a day by the key of the order: nothing is sorted but one day. */
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
      // The last column is where the next page begins, and no column of the response.
      let key: unknown = null;
      for (const row of rows) key = row.pop();
      yield rows;
      const last = rows.at(-1);
      if (!last || rows.length < CHUNK) break;
      rows = next.all({ ...source.parameters, date, model: last[model], key, name: last[name] ?? null });
    }
  }
}

import type { Day } from "@orwatch/domain/day";
import type Database from "better-sqlite3";
import { vendorOf } from "../selection.ts";
import { CHUNK, columnsOf, type UsageQuery } from "./columns.ts";
import { cutSteps, DAYS, modelParameters, ofKeys, ofModels } from "./steps.ts";

/** Names are sorted descending by reading backwards; numbers by their negative, so that unknown values stay last. */
export const isReversed = (sort: string): boolean => ["-model", "-vendor", "-key"].includes(sort);

/** What rows are sorted by, in SQL. `time` is a number that is smaller for newer rows. */
export function orderOf(
  sort: string,
  { time, model, keyName, column }: { time: string; model: string; keyName: string; column: (name: string) => string },
): { isNumber: boolean; value: string } {
  const name = sort.replace(/^-/, "").replace(/^requests$/, "requests_count");
  const sign = sort.startsWith("-") ? "-" : "";
  // Newer times are smaller already.
  if (name === "date") return { isNumber: false, value: sign ? time : `-${time}` };
  if (name === "model") return { isNumber: false, value: model };
  if (name === "vendor") return { isNumber: false, value: vendorOf(model) };
  if (name === "key") return { isNumber: false, value: keyName };
  return { isNumber: true, value: sign + column(name) };
}

/** The rows of a statement in chunks; the last one is smaller. */
export function* inChunks(rows: Iterator<unknown[]>): Generator<unknown[][]> {
  for (let chunk: unknown[][] = []; ; chunk = []) {
    for (let row = rows.next(); !row.done; row = rows.next()) if (chunk.push(row.value) === CHUNK) break;
    yield chunk;
    if (chunk.length < CHUNK) return;
  }
}

/** Position of a row in the order: the value, and what ties are resolved by. */
const POSITION = ["u", "v", "n", "m", "k"];

/**
 * Reads rows in the order of a column. Puts the position of each into a temporary table, in steps, and reads in that order. With `atMost`,
 * the table keeps only positions that can be among the first so many.
 */
export function* readSorted(
  connection: Database.Database,
  query: UsageQuery & { sort: string },
  { keys, atMost, stepRows }: { keys: number[]; atMost: number; stepRows?: number },
): Generator<unknown[][]> {
  const { sort } = query;
  const parameters = { ...modelParameters(query), keys: JSON.stringify(keys) };
  const days = connection
    .prepare<object, { date: Day; rows: number }>(`SELECT s.date, sum(s.rows) AS rows ${DAYS}`)
    .all({ ...parameters, ...query.period });
  const steps = cutSteps(days, keys, stepRows);
  if (sort === "date") steps.reverse();
  const positions = createPositions(connection, query, atMost);
  for (const [index, { from, through, keys: some }] of steps.entries()) {
    // Days that were read come before all others.
    const isNextDay = index > 0 && steps[index - 1]?.from !== from;
    if (isNextDay && sort.endsWith("date") && positions.count() >= atMost) break;
    positions.add({ ...parameters, keys: JSON.stringify(some), from, through });
    yield [];
  }
  const rows = connection
    .prepare<object, unknown[]>(
      `SELECT ${columnsOf(query)
        .map(({ sql }) => sql)
        .join(", ")}
       FROM o CROSS JOIN usage_stats s ON s.id = o.id JOIN api_keys k ON k.id = s.api_key_id ORDER BY ${positions.order} LIMIT :limit`,
    )
    .safeIntegers(true)
    .raw(true)
    .iterate({ limit: Number.isFinite(atMost) ? atMost : -1 });
  yield* inChunks(rows);
}

/** The positions of rows in a temporary table. */
function createPositions(connection: Database.Database, query: UsageQuery & { sort: string }, atMost: number) {
  connection.exec(
    `CREATE TEMP TABLE o (u INTEGER, v, n INTEGER, m TEXT, k INTEGER, id INTEGER, PRIMARY KEY (${POSITION})) WITHOUT ROWID`,
  );
  const time = "-CAST(replace(s.date, '-', '') AS INTEGER)";
  const { isNumber, value } = orderOf(query.sort, {
    time: `(${time})`,
    model: "s.model",
    keyName: "(SELECT name FROM api_keys WHERE id = s.api_key_id)",
    column: (name) => `s.${name}`,
  });
  const [direction, worse] = isReversed(query.sort) ? ["DESC", "<"] : ["ASC", ">"];
  const order = POSITION.map((name) => `o.${name} ${direction}`).join(", ");
  const columns = `SELECT ${isNumber ? `${value} IS NULL` : "0"} AS u, coalesce(${value}, 0) AS v, ${time}, s.model, s.api_key_id, s.id
    FROM ${ofKeys("usage_stats")} ${ofModels(query)}`;
  const addAll = connection.prepare<object>(`INSERT INTO o ${columns}`);
  const addBest = connection.prepare<object>(
    `INSERT INTO o SELECT * FROM (${columns}) WHERE NOT (u, v) ${worse} (:u, :v)`,
  );
  const findLast = connection
    .prepare<object, Record<string, unknown>>(`SELECT u, v, n, m, k FROM o ORDER BY ${order} LIMIT 1 OFFSET :skip`)
    .safeIntegers(true);
  const removeAfter = connection.prepare<object>(`DELETE FROM o WHERE (${POSITION}) ${worse} (:u, :v, :n, :m, :k)`);
  let count = 0;
  let last: Record<string, unknown> | undefined;
  return {
    order,
    count: () => count,
    add(parameters: object): void {
      count += (last ? addBest.run({ ...parameters, ...last }) : addAll.run(parameters)).changes;
      // Each removal is paid for by as many additions.
      if (count < 2 * atMost) return;
      last = findLast.get({ skip: atMost - 1 });
      if (last) count -= removeAfter.run(last).changes;
    },
  };
}

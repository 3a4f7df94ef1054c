import { deflateRawSync, inflateRawSync } from "node:zlib";
import { addDays, listDays } from "@orwatch/domain/day";
import { formatNanos } from "@orwatch/domain/money";
import type { App } from "../../app.ts";
import { createYielder } from "../../platform/scheduling/read-scheduler.ts";
import { toCount } from "../../rpc/wire.ts";
import { readDataVersion } from "../../usage/data-version.ts";
import { DETAIL_COLUMNS } from "../../usage/ledger/detail-columns.ts";
import { type Column, columnsOf, type UsageQuery } from "../exports/columns.ts";
import { toUsageQuery } from "../exports/export.ts";
import { readUsage } from "../exports/read.ts";
import { keysOf, select } from "../selection.ts";
import type { Table, TableMemory } from "./memory.ts";
import { PAGE_ROWS, type TableInput, type TableOutput, UNKNOWN_SPANS } from "./schema.ts";

type Row = TableOutput["rows"][number];

/** Sums of a table without rows. Costs are 0, the rest is unknown. */
const WITHOUT_ROWS: Record<string, bigint | null> = {
  requests_count: null,
  tokens_input: null,
  tokens_output: null,
  cost: 0n,
  byok_cost: 0n,
  ...Object.fromEntries(DETAIL_COLUMNS.map((name) => [name, null])),
};

/** Maximum size of cached tables. Larger ones are read again for each page. */
const KEPT_BYTES = 16 * 1024 * 1024;
const KEPT_TABLES = 20;

/**
 * A page of the rows of an export, with the sum of all rows.
 * @throws BAD_REQUEST for a range that is reversed or too long
 */
export async function getTable(app: App, input: TableInput & { teamId: number }): Promise<TableOutput> {
  const { page, details, ...question } = input;
  const query = { ...toUsageQuery(question), hasDetails: details };
  const table = await findTable(app, query);
  return {
    rows: rowsOf(table, { skip: (page - 1) * PAGE_ROWS, limit: PAGE_ROWS }) as Row[],
    total: table.total,
    page_rows: PAGE_ROWS,
    sum: table.sum,
    days: { asked: query.period.days, ...table.days },
  };
}

interface Span {
  skip: number;
  limit: number;
}

/** Some sums of a query in its order, and the number of all. They are kept for the next page. */
export async function readSums(app: App, query: UsageQuery, span: Span): Promise<{ rows: object[]; total: number }> {
  const table = await findTable(app, query);
  return { rows: rowsOf(table, span), total: table.total };
}

/** Some single rows of a query in the order of its column. They are too many to keep, so they are read again for the next page. */
export async function readSortedRows(app: App, query: UsageQuery, { skip, limit }: Span): Promise<object[]> {
  const columns = columnsOf(query);
  const rows: object[] = [];
  let read = 0;
  const breathe = createYielder("page");
  await breathe();
  for (const chunk of readUsage(app.config.databaseFile, query, skip + limit)) {
    rows.push(...chunk.slice(Math.max(0, skip - read)).map((row) => toRow(columns, row)));
    read += chunk.length;
    await breathe();
  }
  return rows;
}

function rowsOf({ pages }: Table, { skip, limit }: Span): object[] {
  const first = Math.floor(skip / PAGE_ROWS);
  const rows = pages
    .slice(first, Math.ceil((skip + limit) / PAGE_ROWS))
    .flatMap((packed) => JSON.parse(inflateRawSync(packed).toString()) as object[]);
  return rows.slice(skip - first * PAGE_ROWS, skip - first * PAGE_ROWS + limit);
}

function findTable(app: App, query: UsageQuery): Promise<Table> {
  const { tables, queues } = app.memory.tables;
  const name = JSON.stringify([readDataVersion(app, query.teamId), query]);
  const kept = tables.get(name);
  if (kept) {
    tables.delete(name);
    tables.set(name, kept);
    return kept;
  }
  const before = queues.get(query.teamId);
  const reading = Promise.resolve(before).then(() => readTable(app, query));
  const settled = reading
    .catch(() => undefined)
    .finally(() => {
      if (queues.get(query.teamId) === settled) queues.delete(query.teamId);
    });
  queues.set(query.teamId, settled);
  tables.set(name, reading);
  reading.then(
    () => void forgetOldest(tables),
    () => tables.delete(name),
  );
  return reading;
}

/** Removes the least recently used tables until the rest fits. */
async function forgetOldest(tables: TableMemory["tables"]): Promise<void> {
  let bytes = 0;
  let count = 0;
  for (const [name, table] of [...tables].reverse()) {
    bytes += (await table.catch(() => null))?.bytes ?? 0;
    count += 1;
    if (bytes > KEPT_BYTES || count > KEPT_TABLES) tables.delete(name);
  }
}

async function readTable(app: App, query: UsageQuery): Promise<Table> {
  const columns = columnsOf(query);
  const sums = columns.flatMap(({ name, kind }, at) =>
    name in WITHOUT_ROWS ? { name, kind, at, sum: WITHOUT_ROWS[name] ?? null } : [],
  );
  const pages: Buffer[] = [];
  let rest: unknown[][] = [];
  let total = 0;
  const pack = (rows: unknown[][]) =>
    pages.push(deflateRawSync(JSON.stringify(rows.map((row) => toRow(columns, row))), { level: 1 }));
  const breathe = createYielder("page");
  await breathe();
  for (const chunk of readUsage(app.config.databaseFile, query)) {
    for (const row of chunk) {
      for (const column of sums) {
        const value = row[column.at] as bigint | null;
        if (value !== null) column.sum = (column.sum ?? 0n) + value;
      }
      if (rest.push(row) === PAGE_ROWS) {
        pack(rest);
        rest = [];
      }
    }
    total += chunk.length;
    await breathe();
  }
  if (rest.length > 0) pack(rest);
  return {
    pages,
    bytes: pages.reduce((bytes, { length }) => bytes + length, 0),
    total,
    sum: Object.fromEntries(sums.map(({ name, kind, sum }) => [name, toValue(kind, sum)])) as Table["sum"],
    days: describeDays(app, query),
  };
}

const toRow = (columns: Column[], row: unknown[]) =>
  Object.fromEntries(columns.map(({ name, kind }, index) => [name, toValue(kind, row[index])]));

function toValue(kind: Column["kind"], value: unknown): unknown {
  if (value === null) return null;
  if (kind === "money") return formatNanos(value as bigint);
  return kind === "integer" ? toCount(value as bigint) : value;
}

/** Days that are known for any selected key. */
function describeDays(app: App, query: UsageQuery): Table["days"] {
  const selection = { teamId: query.teamId, period: query.period, keyIds: query.keyIds, models: null };
  const known = select<[string]>(
    app,
    `SELECT DISTINCT date FROM usage_days WHERE api_key_id IN (${keysOf(selection)})
     AND api_key_id NOT IN (SELECT value FROM json_each(:notKeyIds)) AND date BETWEEN :from AND :through`,
    {
      teamId: query.teamId,
      from: query.period.from,
      through: query.period.through,
      keyIds: JSON.stringify(query.keyIds ?? []),
      notKeyIds: JSON.stringify(query.notKeyIds),
    },
    "arrays",
  );
  const days = new Set(known.map(([date]) => date));
  const unknown: { from: string; through: string }[] = [];
  for (const date of listDays(query.period.from, query.period.through)) {
    if (days.has(date)) continue;
    const last = unknown.at(-1);
    if (last && addDays(last.through, 1) === date) last.through = date;
    else unknown.push({ from: date, through: date });
  }
  return { known: days.size, unknown: unknown.reverse().slice(0, UNKNOWN_SPANS) };
}

import type { Day } from "@orwatch/domain/day";
import { formatNanos } from "@orwatch/domain/money";
import type { App } from "../app.ts";
import { formatMoney, toCount } from "../rpc/wire.ts";
import {
  DETAIL_COLUMNS,
  DETAIL_COUNT_COLUMNS,
  DETAIL_MONEY_COLUMNS,
  type DetailColumns,
} from "../usage/ledger/detail-columns.ts";
import type { ResidualKind } from "../usage/residuals/residual-split.ts";
import { readSyncState } from "../usage/sync-state.ts";
import { toPublicQuery } from "./exports/export.ts";
import { selectFrom } from "./filters.ts";
import type { PublicStatsInput, PublicUsageInput, PublicUsageRow, UsageInput } from "./schema.ts";
import { keysOf, modelsOf, parametersOf, type Selection, type Sums, select, sumAll } from "./selection.ts";
import { type PagePosition, readCursor, toCursor } from "./usage/page-cursor.ts";
import { readSortedRows, readSums } from "./usage/table.ts";

interface UsageColumns extends DetailColumns {
  id: bigint;
  api_key_id: bigint;
  api_key_name: string;
  date: string;
  model: string;
  requests_count: bigint | null;
  tokens_input: bigint | null;
  tokens_output: bigint | null;
  cost: bigint;
  byok_cost: bigint;
  created_at: string;
  kind: ResidualKind | null;
  account_id: bigint | null;
}

const countOf = (count: bigint | null) => (count === null ? null : toCount(count));

const countsOf = (row: UsageColumns) => ({
  requests_count: countOf(row.requests_count),
  tokens_input: countOf(row.tokens_input),
  tokens_output: countOf(row.tokens_output),
});

const keyIdOf = (row: UsageColumns) => (row.kind === null ? Number(row.api_key_id) : null);
const ownerOf = (row: UsageColumns) => ({
  kind: row.kind,
  account_id: row.account_id === null ? null : Number(row.account_id),
});

const entriesOf = <Name extends string, Value>(names: readonly Name[], read: (name: Name) => Value) =>
  Object.fromEntries(names.map((name) => [name, read(name)])) as Record<Name, Value>;

const detailsOf = (row: UsageColumns) => ({
  ...entriesOf(DETAIL_COUNT_COLUMNS, (name) => countOf(row[name])),
  ...entriesOf(DETAIL_MONEY_COLUMNS, (name) => formatMoney(row[name])),
});

/** Number of rows per day of the selection, newest first, to find a page without counting. */
function rowsByDay(app: App, selection: Selection): { date: Day; rows: number }[] {
  const where = `d.api_key_id IN (${keysOf(selection)}) AND d.date BETWEEN :from AND :through AND d.rows > 0`;
  const sql =
    selection.models === null
      ? `SELECT d.date, sum(d.rows) AS rows FROM usage_days d WHERE ${where} GROUP BY d.date ORDER BY d.date DESC`
      : `SELECT d.date, count(*) AS rows FROM usage_days d CROSS JOIN usage_stats s
           ON s.api_key_id = d.api_key_id AND s.date = d.date ${modelsOf(selection, "s.model")}
         WHERE ${where} GROUP BY d.date ORDER BY d.date DESC`;
  return select<{ date: Day; rows: bigint }>(app, sql, parametersOf(selection)).map(({ date, rows }) => ({
    date,
    rows: Number(rows),
  }));
}

const countRows = (app: App, selection: Selection): number =>
  rowsByDay(app, selection).reduce((sum, { rows }) => sum + rows, 0);

type Order = "s.model, s.api_key_id" | "k.name, s.model, s.api_key_id";

/** One page, newest day first. Only the days of the page are sorted. */
function pageOf(
  app: App,
  selection: Selection,
  input: { skip: number; limit: number; order: Order },
): { rows: UsageColumns[]; total: number } {
  let [total, before] = [0, 0];
  let newest: Day | null = null;
  let oldest: Day | null = null;
  for (const { date, rows } of rowsByDay(app, selection)) {
    if (newest === null && total + rows > input.skip) {
      newest = date;
      before = total;
    }
    if (newest !== null && total < input.skip + input.limit) oldest = date;
    total += rows;
  }
  if (newest === null || oldest === null) return { rows: [], total };
  const rows = select<UsageColumns>(
    app,
    `SELECT s.id, s.api_key_id, k.name AS api_key_name, s.date, s.model, s.requests_count, s.tokens_input, s.tokens_output,
       s.cost, s.byok_cost, s.created_at, iif(k.kind = 'residual', k.source, NULL) AS kind, k.account_id,
       ${DETAIL_COLUMNS.map((name) => `s.${name}`).join(", ")}
     FROM usage_stats s JOIN api_keys k ON k.id = s.api_key_id
     WHERE s.api_key_id IN (${keysOf(selection)}) AND s.date BETWEEN :oldest AND :newest ${modelsOf(selection, "s.model")}
     ORDER BY s.date DESC, ${input.order} LIMIT :limit OFFSET :offset`,
    { ...parametersOf(selection), oldest, newest, limit: input.limit, offset: input.skip - before },
  );
  return { rows, total };
}

/** @throws BAD_REQUEST for a range that is reversed or too long */
export function listUsage(app: App, input: UsageInput & { teamId: number }) {
  const { selection } = selectFrom(app, input);
  const { rows } = pageOf(app, selection, { skip: input.skip, limit: input.limit, order: "s.model, s.api_key_id" });
  return rows.map((row) => ({
    id: Number(row.id),
    api_key_id: keyIdOf(row),
    date: row.date,
    model: row.model,
    ...countsOf(row),
    cost: formatNanos(row.cost),
    byok_cost: formatNanos(row.byok_cost),
    created_at: new Date(row.created_at).toISOString(),
    ...ownerOf(row),
    ...detailsOf(row),
  }));
}

/**
 * Totals of the days, keys and models that are selected.
 * @throws BAD_REQUEST for a range that is reversed or too long
 */
export function getPublicStats(app: App, input: PublicStatsInput & { teamId: number }) {
  const { selection, source } = selectFrom(app, input);
  const { from, through, days } = selection.period;
  const sums = sumAll(app, selection, source);
  const isCounted = sums !== null && sums.countedRows > 0n;
  const counted = (count: (sums: Sums) => bigint) => (isCounted ? toCount(count(sums)) : null);
  const totals = {
    requests: counted(({ requests }) => requests),
    cost: formatNanos(sums?.cost ?? 0n),
    tokens: counted(({ tokensInput, tokensOutput }) => tokensInput + tokensOutput),
    tokens_input: counted(({ tokensInput }) => tokensInput),
    tokens_output: counted(({ tokensOutput }) => tokensOutput),
  };
  return {
    summary: {
      ...totals,
      byok_cost: formatNanos(sums?.byokCost ?? 0n),
      total_requests: totals.requests,
      total_cost: totals.cost,
      total_tokens: totals.tokens,
      total_tokens_input: totals.tokens_input,
      total_tokens_output: totals.tokens_output,
    },
    period: { start_date: from, end_date: through, days },
    ...readSyncState(app, selection),
  };
}

/** @throws BAD_REQUEST for a range that is reversed or too long */
export async function listPublicUsage(app: App, input: PublicUsageInput & { teamId: number }) {
  const { page, cursor, limit, ...query } = input;
  const { selection } = selectFrom(app, input);
  if (query.group_by !== undefined || query.sort !== undefined) {
    const asked = toPublicQuery(query);
    const span = { skip: (page - 1) * limit, limit };
    const { rows, total } = query.group_by
      ? await readSums(app, asked, span)
      : { rows: await readSortedRows(app, asked, span), total: countRows(app, selection) };
    return {
      items: rows as PublicUsageRow[],
      next_cursor: null,
      pagination: { page, limit, total, pages: Math.ceil(total / limit) },
      ...readSyncState(app, selection),
    };
  }
  const skip = cursor === undefined ? (page - 1) * limit : rowsThrough(app, selection, readCursor(cursor));
  const { items, total } = pageInOrder(app, selection, { skip, limit });
  const last = items.at(-1);
  return {
    items: items.map(({ row }) => row),
    next_cursor: last && skip + items.length < total ? toCursor(last.position) : null,
    pagination: { page: Math.floor(skip / limit) + 1, limit, total, pages: Math.ceil(total / limit) },
    ...readSyncState(app, selection),
  };
}

/** Number of rows up to and including a position, which need not exist any more. */
function rowsThrough(app: App, selection: Selection, { date, keyName, model, keyId }: PagePosition): number {
  const newer = rowsByDay(app, selection).reduce((sum, day) => (day.date > date ? sum + day.rows : sum), 0);
  const [ofDay] = select<{ rows: bigint }>(
    app,
    `SELECT count(*) AS rows FROM usage_stats s JOIN api_keys k ON k.id = s.api_key_id
     WHERE s.api_key_id IN (${keysOf(selection)}) AND s.date = :date AND s.date BETWEEN :from AND :through ${modelsOf(selection, "s.model")}
       AND (k.name, s.model, s.api_key_id) <= (:keyName, :model, :keyId)`,
    { ...parametersOf(selection), date, keyName, model, keyId },
  );
  return newer + Number(ofDay?.rows ?? 0);
}

/** Rows without `group_by` and `sort`, which need not be read up to the page. */
function pageInOrder(app: App, selection: Selection, span: { skip: number; limit: number }) {
  const { rows, total } = pageOf(app, selection, { ...span, order: "k.name, s.model, s.api_key_id" });
  return {
    items: rows.map((row) => ({ row: toPublicRow(row), position: positionOf(row) })),
    total,
  };
}

const positionOf = (row: UsageColumns): PagePosition => ({
  date: row.date as Day,
  keyName: row.api_key_name,
  model: row.model,
  keyId: Number(row.api_key_id),
});

const toPublicRow = (row: UsageColumns): PublicUsageRow => ({
  date: row.date,
  api_key_id: keyIdOf(row),
  api_key_name: row.api_key_name,
  model: row.model,
  requests: countOf(row.requests_count),
  ...countsOf(row),
  cost: formatNanos(row.cost),
  byok_cost: formatNanos(row.byok_cost),
  ...ownerOf(row),
  ...detailsOf(row),
});

import type { Day } from "@orwatch/domain/day";
import { ROLL_UP_COLUMNS, ROLLED_UP } from "../../usage/ledger/roll-ups.ts";
import {
  keysOf,
  monthsOf,
  parametersOf,
  type Reading,
  rowsOf,
  type SelectedKey,
  type Selection,
  type Source,
  select,
  usageOf,
  vendorOf,
} from "../selection.ts";
import type { SumName, Sums } from "./metrics.ts";

/** Usage by what it is grouped by. Without a group by model, vendor or key, these are empty. */
export interface StoredUsage extends Partial<Sums> {
  /** Name of the model or, grouped by vendor, of the vendor. */
  model: string;
  keyId: number;
}

/** Usage in an interval. */
export interface UsageAt {
  at: string;
  usage: StoredUsage;
}

/** What usage is summed by, and which sums. */
export interface Columns {
  model: "none" | "vendor" | "model";
  isByKey: boolean;
  sums: readonly SumName[];
}

/** A model of a key. */
export interface KeyModel {
  keyId: number;
  model: string;
}

/** Usage to read. */
export interface StoredQuestion {
  selection: Selection;
  /** The selected keys. */
  keys: SelectedKey[];
  source: Source;
  columns: Columns;
  /** Only usage of these keys and models. For rows by key and model. */
  only?: KeyModel[];
}

type SumColumns = Partial<Record<SumName, string>>;

/** The sums in the columns of the roll-ups. Latencies are not stored there. */
const COLUMNS: SumColumns = {
  cost: "cost",
  requests: "requests",
  tokensInput: "tokens_input",
  tokensOutput: "tokens_output",
  countedCost: "counted_cost",
  countedRows: "counted_rows",
  rows: "rows",
  reasoning: "reasoning_tokens",
  reasoningRows: "reasoning_rows",
  cached: "cached_tokens",
  cachedRows: "cached_rows",
  cachedOf: "cached_of",
};
/** Those of the roll-up by day, whose counts may be unknown. */
const OF_DAYS: SumColumns = {
  cost: "cost",
  requests: "requests",
  tokensInput: "tokens_input",
  tokensOutput: "tokens_output",
  countedCost: "counted_cost",
  countedRows: "iif(requests IS NULL, 0, rows)",
  rows: "rows",
};

/** The smallest table that has the usage. */
export function tableOf({ selection, source, columns }: Omit<StoredQuestion, "keys">): "days" | "models" | "rows" {
  if (columns.model === "none" && selection.models === null && columns.sums.every((name) => name in OF_DAYS))
    return "days";
  return columns.isByKey || source === "rows" ? "rows" : "models";
}

interface Relation {
  sql: string;
  columns: SumColumns;
  /** Whether it has at most one row for each day and group. */
  isGrouped: boolean;
}

/** Rows of few keys and models, each of them looked up by day. */
const ONLY = `SELECT s.date, s.model, ${ROLL_UP_COLUMNS.map((name) => `${ROLLED_UP[name]} AS ${name}`).join(", ")}, s.api_key_id
  FROM (SELECT value ->> 0 AS api_key_id, value ->> 1 AS model FROM json_each(:only)) o
  CROSS JOIN usage_days d ON d.api_key_id = o.api_key_id AND d.date BETWEEN :from AND :through AND d.rows > 0
  CROSS JOIN usage_stats s ON s.api_key_id = d.api_key_id AND s.date = d.date AND s.model = o.model`;

const inDays = (selection: Selection) =>
  `usage_days WHERE api_key_id IN (${keysOf(selection)}) AND date BETWEEN :from AND :through`;

function relationOf(question: StoredQuestion): Relation {
  const { selection, source, only, columns } = question;
  const table = tableOf(question);
  // Days whose usage is known to be 0 have no rows.
  if (table === "days")
    return { sql: `SELECT * FROM ${inDays(selection)} AND rows > 0`, columns: OF_DAYS, isGrouped: false };
  const sql = table === "models" ? usageOf(selection, source) : only ? ONLY : rowsOf(selection, keysOf(selection));
  const isGrouped = columns.model === "model" && (table === "models" ? source === "roll-up" : columns.isByKey);
  return { sql, columns: COLUMNS, isGrouped };
}

type Amounts = (bigint | null)[];

function sumRelation(
  app: Reading,
  { selection, columns, only = [] }: StoredQuestion,
  { relation, at }: { relation: Relation; at: string | null },
): UsageAt[] {
  const { model, isByKey, sums } = columns;
  // Grouping takes longer than reading, so rows are not grouped by what is the same in all of them.
  const groups = [
    ...(at === null ? ["date"] : []),
    ...(model === "none" ? [] : [model === "model" ? "model" : vendorOf("model")]),
    ...(isByKey ? ["api_key_id"] : []),
  ];
  const isGrouped = relation.isGrouped && at === null;
  const amounts = sums.map((name) => relation.columns[name] ?? "0");
  const summed = isGrouped ? amounts : amounts.map((sql) => `sum(${sql})`);
  const grouping = groups.length === 0 ? "" : `GROUP BY ${groups.map((_, index) => index + 1).join(", ")}`;
  const rows = select<unknown[]>(
    app,
    `SELECT ${[...groups, ...summed].join(", ")} FROM (${relation.sql}) ${isGrouped ? "" : `${grouping} HAVING sum(rows) <> 0`}`,
    { ...parametersOf(selection), only: JSON.stringify(only.map(({ keyId, model }) => [keyId, model])) },
    "arrays",
  );
  const [modelAt, keyAt] = [at === null ? 1 : 0, groups.length - 1];
  return rows.map((row) => ({
    at: at ?? (row[0] as Day),
    usage: {
      model: model === "none" ? "" : (row[modelAt] as string),
      keyId: isByKey ? Number(row[keyAt]) : 0,
      ...toSums(sums, row as Amounts, groups.length),
    },
  }));
}

function toSums(names: readonly SumName[], row: Amounts, from: number): Partial<Sums> {
  const sums: Partial<Sums> = {};
  for (let index = 0; index < names.length; index += 1)
    (sums[names[index] as SumName] as bigint) = row[from + index] ?? 0n;
  return sums;
}

/** Usage in the period of the selection by group, as usage at `at`, or if that is `null` by day. In one statement. */
export const readUsage = (app: Reading, question: StoredQuestion, at: string | null): UsageAt[] =>
  sumRelation(app, question, { relation: relationOf(question), at });

/** Usage by group of whole months, which the period of the selection begins and ends with the first days of. In one statement. */
export const readMonths = (app: Reading, question: StoredQuestion): UsageAt[] =>
  sumRelation(app, question, {
    relation: { sql: monthsOf(question.selection), columns: COLUMNS, isGrouped: false },
    at: "",
  });

/** A day on which the cost of any selected key is known, with the usage of all of them. */
export interface KnownDay {
  date: Day;
  hasCounts: boolean;
  /** The sums that the roll-up by day has. */
  usage: Partial<Sums>;
}

/** In one statement. */
export function readKnown(app: Reading, selection: Selection, sums: readonly SumName[]): KnownDay[] {
  const rows = select<[date: Day, hasCounts: bigint, ...amounts: Amounts]>(
    app,
    `SELECT date, max(requests IS NOT NULL), ${sums.map((name) => `sum(${OF_DAYS[name] ?? "0"})`).join(", ")}
     FROM ${inDays(selection)} GROUP BY date`,
    parametersOf(selection),
    "arrays",
  );
  return rows.map((row) => ({
    date: row[0],
    hasCounts: row[1] === 1n,
    usage: toSums(sums, row as unknown as Amounts, 2),
  }));
}

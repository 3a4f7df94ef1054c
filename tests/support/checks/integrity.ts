import type Database from "better-sqlite3";
import { expect } from "vitest";
import type { Harness } from "../server/harness.ts";

/** Sums of usage_stats by day and key. */
const SUMS_BY_DAY = `
  SELECT api_key_id, date, sum(cost) AS cost, sum(byok_cost) AS byok_cost, count(*) AS rows,
    sum(requests_count) AS requests,
    sum(coalesce(tokens_input, 0)) FILTER (WHERE requests_count IS NOT NULL) AS tokens_input,
    sum(coalesce(tokens_output, 0)) FILTER (WHERE requests_count IS NOT NULL) AS tokens_output,
    coalesce(sum(cost) FILTER (WHERE requests_count IS NOT NULL), 0) AS counted_cost
  FROM usage_stats GROUP BY api_key_id, date`;

/** Sums of the columns that the roll-ups by model and by month share. */
const SUMS = `sum(s.cost) AS cost, sum(s.byok_cost) AS byok_cost, count(*) AS rows, count(s.requests_count) AS counted_rows,
    coalesce(sum(s.requests_count), 0) AS requests,
    coalesce(sum(s.tokens_input) FILTER (WHERE s.requests_count IS NOT NULL), 0) AS tokens_input,
    coalesce(sum(s.tokens_output) FILTER (WHERE s.requests_count IS NOT NULL), 0) AS tokens_output,
    coalesce(sum(s.cost) FILTER (WHERE s.requests_count IS NOT NULL), 0) AS counted_cost`;
const COLUMNS = "model, cost, byok_cost, requests, tokens_input, tokens_output, counted_cost, counted_rows, rows";
const DETAIL_SUMS = `coalesce(sum(s.reasoning_tokens), 0) AS reasoning_tokens, count(s.reasoning_tokens) AS reasoning_rows,
    coalesce(sum(s.cached_tokens), 0) AS cached_tokens, count(s.cached_tokens) AS cached_rows,
    coalesce(sum(s.tokens_input) FILTER (WHERE s.cached_tokens IS NOT NULL), 0) AS cached_of`;
const DETAIL_COLUMNS = "reasoning_tokens, reasoning_rows, cached_tokens, cached_rows, cached_of";

interface RollUp {
  table: string;
  /** Columns of a row beside the model, and what they are of a row `s` of usage_stats and its key `k`. */
  place: Record<string, string>;
  hasDetails: boolean;
}

/** Rows of a roll-up that are not what their rows of usage_stats add up to, or that are missing. */
function compareRollUp({ table, place, hasDetails }: RollUp): { defect: string; sql: string }[] {
  const columns = `${Object.keys(place).join(", ")}, ${COLUMNS}${hasDetails ? `, ${DETAIL_COLUMNS}` : ""}`;
  const stored = `SELECT ${columns} FROM ${table}`;
  const named = Object.entries(place).map(([name, sql]) => `${sql} AS ${name}`);
  const summed = `SELECT ${columns} FROM (
    SELECT ${named.join(", ")}, s.model, ${SUMS}${hasDetails ? `, ${DETAIL_SUMS}` : ""}
    FROM usage_stats s JOIN api_keys k ON k.id = s.api_key_id GROUP BY ${Object.values(place).join(", ")}, s.model)`;
  return [
    { defect: `a row of ${table} is not what its rows add up to`, sql: `${stored} EXCEPT ${summed}` },
    { defect: `${table} lacks a row like this`, sql: `${summed} EXCEPT ${stored}` },
  ];
}

const QUESTIONS: { defect: string; sql: string }[] = [
  {
    defect: "a day of usage_days differs from its rows",
    sql: `SELECT d.*, s.cost AS true_cost, s.requests AS true_requests, s.rows AS true_rows
      FROM usage_days d LEFT JOIN (${SUMS_BY_DAY}) s USING (api_key_id, date)
      WHERE d.cost IS NOT coalesce(s.cost, 0) OR d.byok_cost IS NOT coalesce(s.byok_cost, 0)
        OR d.rows IS NOT coalesce(s.rows, 0) OR d.counted_cost IS NOT coalesce(s.counted_cost, 0)
        OR d.requests IS NOT coalesce(s.requests, iif(d.attributed, 0, NULL))
        OR d.tokens_input IS NOT coalesce(s.tokens_input, iif(d.attributed, 0, NULL))
        OR d.tokens_output IS NOT coalesce(s.tokens_output, iif(d.attributed, 0, NULL))`,
  },
  {
    defect: "a day with rows has no usage_days",
    sql: `SELECT s.* FROM (${SUMS_BY_DAY}) s LEFT JOIN usage_days d USING (api_key_id, date) WHERE d.api_key_id IS NULL`,
  },
  {
    defect: "some counts of a row are known and others not",
    sql: `SELECT * FROM usage_stats WHERE (requests_count IS NULL) + (tokens_input IS NULL) + (tokens_output IS NULL) NOT IN (0, 3)`,
  },
  {
    defect: "a count or a part of a day is negative",
    sql: "SELECT * FROM usage_stats WHERE requests_count < 0 OR tokens_input < 0 OR tokens_output < 0",
  },
  { defect: "a foreign key points nowhere", sql: "PRAGMA foreign_key_check" },
];

const SHOWN = 3;

/** Describes what is wrong with the stored usage: roll-ups recomputed from usage_stats. Empty when all is well. */
export function listDefects(connection: Database.Database): string[] {
  const hasTable = (name: string) => connection.prepare("SELECT 1 FROM pragma_table_info(?)").get(name) !== undefined;
  // In databases of earlier versions, users own keys and usage, and there are no months.
  const owner = hasTable("teams") ? "team_id" : "user_id";
  const hasDetails = hasTable("usage_months");
  const questions = [
    ...QUESTIONS,
    ...compareRollUp({ table: "usage_models", place: { [owner]: `k.${owner}`, date: "s.date" }, hasDetails }),
    ...(hasDetails
      ? compareRollUp({
          table: "usage_months",
          place: { api_key_id: "s.api_key_id", month: "strftime('%Y-%m-01', s.date)" },
          hasDetails,
        })
      : []),
  ];
  const defects = questions.flatMap(({ defect, sql }) => {
    const rows = connection.prepare(sql).safeIntegers(true).all() as Record<string, unknown>[];
    const more = rows.length > SHOWN ? [`${defect}: ${rows.length - SHOWN} more`] : [];
    return [...rows.slice(0, SHOWN).map((row) => `${defect}: ${show(row)}`), ...more];
  });
  const [check] = connection.pragma("quick_check") as { quick_check: string }[];
  return check?.quick_check === "ok" ? defects : [...defects, `the file is damaged: ${check?.quick_check}`];
}

const show = (row: Record<string, unknown>) =>
  JSON.stringify(row, (_, value) => (typeof value === "bigint" ? value.toString() : value));

/** Expects every roll-up of the database to match its rows, and no dangling references. */
export function expectIntact(harness: Harness): void {
  expect(listDefects(harness.server.app.db.reader)).toEqual([]);
}

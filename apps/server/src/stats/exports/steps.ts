import type { Day } from "@orwatch/domain/day";
import type { UsageQuery } from "./columns.ts";

/** Rows read per step (a few milliseconds). Other work runs between steps. */
const STEP_ROWS = 4000;

export const IN_RANGE = "s.date BETWEEN :from AND :through";

/** The rows of a table, limited by `:keys`, `:from` and `:through`. */
export const ofKeys = (table: string): string =>
  `json_each(:keys) k CROSS JOIN ${table} s ON s.api_key_id = k.value AND ${IN_RANGE}`;

/** End of a statement that selects days with usage, newest first. */
export const DAYS = `FROM ${ofKeys("usage_days")} AND s.rows > 0 GROUP BY s.date ORDER BY s.date DESC`;

/** Condition of the selected models, limited by `:models` and `:notModels`. */
export const ofModels = ({ models, notModels }: UsageQuery): string =>
  `${models === null ? "" : "AND s.model IN (SELECT value FROM json_each(:models))"}
    ${notModels.length === 0 ? "" : "AND s.model NOT IN (SELECT value FROM json_each(:notModels))"}`;

export const modelParameters = ({ models, notModels }: UsageQuery) => ({
  models: JSON.stringify(models ?? []),
  notModels: JSON.stringify(notModels),
});

export interface Step {
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

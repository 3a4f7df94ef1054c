import type { Day } from "@orwatch/domain/day";
import { createYielder } from "../../platform/scheduling/read-scheduler.ts";
import { stepsOf } from "../period.ts";
import {
  keysOf,
  modelsOf,
  parametersOf,
  type Reading,
  rowsOf,
  type Selection,
  type Source,
  select,
  usageOf,
  vendorOf,
} from "../selection.ts";
import type { Sums } from "./metrics.ts";

/** Usage of a day by what it is grouped by. Without a group by model or key, these are empty. */
export interface StoredUsage extends Partial<Sums> {
  date: Day;
  /** Model or vendor. */
  model: string;
  keyId: number;
}

/** What to read. */
export interface Columns {
  model: "model" | "vendor" | null;
  isByKey: boolean;
  /** Whether to read reasoning and cached tokens, which are in no roll-up. */
  hasDetails: boolean;
}

const NAMES = ["cost", "requests", "tokensInput", "tokensOutput", "countedCost", "countedRows", "rows"] as const;
const DETAIL_NAMES = ["reasoning", "reasoningRows", "cached", "cachedRows", "cachedOf"] as const;

type Row = [date: Day, model: string, keyId: bigint, ...sums: bigint[]];

const SUMS = `sum(cost), sum(requests), sum(tokens_input), sum(tokens_output), sum(counted_cost), sum(counted_rows), sum(rows)`;

function sqlOf(selection: Selection, source: Source, { model, isByKey, hasDetails }: Columns): string {
  const group = (column: string) => (model === null ? "''" : model === "vendor" ? vendorOf(column) : column);
  const key = (column: string) => (isByKey ? column : "0");
  if (hasDetails)
    return `SELECT s.date, ${group("s.model")}, ${key("s.api_key_id")}, sum(s.cost), sum(s.requests_count), sum(s.tokens_input),
        sum(s.tokens_output), sum(iif(s.requests_count IS NULL, 0, s.cost)), count(s.requests_count), count(*),
        sum(s.reasoning_tokens), count(s.reasoning_tokens), sum(s.cached_tokens), count(s.cached_tokens),
        sum(iif(s.cached_tokens IS NULL, 0, s.tokens_input))
      FROM usage_stats s
      WHERE s.api_key_id IN (${keysOf(selection)}) AND s.date BETWEEN :from AND :through ${modelsOf(selection, "s.model")}
      GROUP BY 1, 2, 3`;
  // Days whose usage is known to be 0 have no rows.
  if (model === null && selection.models === null)
    return `SELECT date, '', ${key("api_key_id")}, sum(cost), sum(requests), sum(tokens_input), sum(tokens_output),
        sum(counted_cost), sum(iif(requests IS NULL, 0, rows)), sum(rows)
      FROM usage_days WHERE api_key_id IN (${keysOf(selection)}) AND date BETWEEN :from AND :through AND rows > 0
      GROUP BY 1, 3`;
  const usage = isByKey ? rowsOf(selection, keysOf(selection)) : usageOf(selection, source);
  return `SELECT date, ${group("model")}, ${key("api_key_id")}, ${SUMS} FROM (${usage}) GROUP BY 1, 2, 3 HAVING sum(rows) > 0`;
}

/** Usage by day and group, read in steps, so that a year of many keys does not delay other requests. */
export async function* readStoredUsage(
  app: Reading,
  { selection, source, columns }: { selection: Selection; source: Source; columns: Columns },
): AsyncGenerator<StoredUsage> {
  const pause = createYielder("page");
  const names = columns.hasDetails ? [...NAMES, ...DETAIL_NAMES] : NAMES;
  for (const period of stepsOf(selection.period)) {
    await pause();
    const step = { ...selection, period };
    const sql = sqlOf(step, source, columns);
    for (const [date, model, keyId, ...sums] of select<Row>(app, sql, parametersOf(step), "arrays")) {
      const usage: StoredUsage = { date, model, keyId: Number(keyId) };
      for (const [index, name] of names.entries()) usage[name] = sums[index] ?? 0n;
      yield usage;
    }
  }
}

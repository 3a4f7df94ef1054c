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
} from "../selection.ts";
import type { SumName, Sums } from "./metrics.ts";

/** Usage by what it is grouped by. Without a group by day, model or key, these are empty. */
export interface StoredUsage extends Partial<Sums> {
  date: Day;
  model: string;
  keyId: number;
}

/** What to read. */
export interface Columns {
  isByModel: boolean;
  isByKey: boolean;
  isByDay: boolean;
  sums: readonly SumName[];
}

type Row = [date: Day, model: string, keyId: bigint, ...sums: bigint[]];

type Expressions = Partial<Record<SumName, string>>;

/** Of the roll-up by model, and of rows in its columns. */
const OF_ROLL_UP: Expressions = {
  cost: "cost",
  requests: "requests",
  tokensInput: "tokens_input",
  tokensOutput: "tokens_output",
  countedCost: "counted_cost",
  countedRows: "counted_rows",
  rows: "rows",
};
/** Of the roll-up by day, whose counts may be unknown. */
const OF_DAYS: Expressions = { ...OF_ROLL_UP, countedRows: "iif(requests IS NULL, 0, rows)" };
/** Of stored rows, which alone have reasoning and cached tokens. */
const OF_ROWS: Expressions = {
  cost: "s.cost",
  requests: "s.requests_count",
  tokensInput: "s.tokens_input",
  tokensOutput: "s.tokens_output",
  countedCost: "iif(s.requests_count IS NULL, 0, s.cost)",
  countedRows: "s.requests_count IS NOT NULL",
  rows: "1",
  reasoning: "s.reasoning_tokens",
  reasoningRows: "s.reasoning_tokens IS NOT NULL",
  cached: "s.cached_tokens",
  cachedRows: "s.cached_tokens IS NOT NULL",
  cachedOf: "iif(s.cached_tokens IS NULL, 0, s.tokens_input)",
};

function sqlOf(selection: Selection, source: Source, { isByModel, isByKey, isByDay, sums }: Columns): string {
  const day = (column: string) => (isByDay ? column : "''");
  const model = (column: string) => (isByModel ? column : "''");
  const key = (column: string) => (isByKey ? column : "0");
  const add = (expressions: Expressions) => sums.map((name) => `sum(${expressions[name] ?? "0"})`).join(", ");
  if (sums.some((name) => !(name in OF_ROLL_UP) && name in OF_ROWS))
    return `SELECT ${day("s.date")}, ${model("s.model")}, ${key("s.api_key_id")}, ${add(OF_ROWS)} FROM usage_stats s
      WHERE s.api_key_id IN (${keysOf(selection)}) AND s.date BETWEEN :from AND :through ${modelsOf(selection, "s.model")}
      GROUP BY 1, 2, 3`;
  // Days whose usage is known to be 0 have no rows.
  if (!isByModel && selection.models === null)
    return `SELECT ${day("date")}, '', ${key("api_key_id")}, ${add(OF_DAYS)} FROM usage_days
      WHERE api_key_id IN (${keysOf(selection)}) AND date BETWEEN :from AND :through AND rows > 0 GROUP BY 1, 3`;
  const usage = isByKey ? rowsOf(selection, keysOf(selection)) : usageOf(selection, source);
  return `SELECT ${day("date")}, ${model("model")}, ${key("api_key_id")}, ${add(OF_ROLL_UP)} FROM (${usage})
    GROUP BY 1, 2, 3 HAVING sum(rows) > 0`;
}

/** Usage by day and group, read in steps, so that a year of many keys does not delay other requests. */
export async function* readStoredUsage(
  app: Reading,
  { selection, source, columns }: { selection: Selection; source: Source; columns: Columns },
): AsyncGenerator<StoredUsage[]> {
  const pause = createYielder("page");
  for (const period of stepsOf(selection.period)) {
    await pause();
    const step = { ...selection, period };
    const rows = select<Row>(app, sqlOf(step, source, columns), parametersOf(step), "arrays");
    yield rows.map(([date, model, keyId, ...sums]) => {
      const usage: StoredUsage = { date, model, keyId: Number(keyId) };
      for (let index = 0; index < sums.length; index += 1)
        (usage[columns.sums[index] as SumName] as bigint) = sums[index] ?? 0n;
      return usage;
    });
  }
}

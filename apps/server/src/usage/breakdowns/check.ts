import { toModelName } from "../ledger/ledger.ts";
import type { Amounts, BreakdownRow } from "./dimensions.ts";

/** Stored usage of a day by model. */
export type DayTotals = ReadonlyMap<string, Amounts>;

interface CheckedDay {
  rows: BreakdownRow[];
  /** Nothing of the usage is left over. */
  isWhole: boolean;
}

/**
 * Compares the rows of a day with its stored usage, model by model (pure). Differences within rounding go to the largest row, so that
 * rows sum to the nano. Usage that the response lacks beyond that stays unknown.
 * @returns `null` if the response has more than the stored usage, or a model that was not used: the two were read at different times
 */
export function checkDay(answered: readonly BreakdownRow[], totals: DayTotals): CheckedDay | null {
  const rows = mergeRows(answered);
  const byModel = groupRows(rows, ({ model }) => model);
  let isWhole = true;
  for (const [model, ofModel] of byModel) {
    const total = totals.get(model);
    if (!total) {
      if (ofModel.some(isSomething)) return null;
      continue;
    }
    const sum = sumOf(ofModel);
    if (COUNTS.some((count) => sum[count] > total[count])) return null;
    // Both sides are rounded to the nano: each row, and the total.
    const tolerance = BigInt(ofModel.length + 1);
    const largest = ofModel.reduce((a, b) => (b.cost + b.byokCost > a.cost + a.byokCost ? b : a));
    for (const amount of AMOUNTS) {
      const missing = total[amount] - sum[amount];
      if (-2n * missing > tolerance) return null;
      if (2n * missing <= tolerance) largest[amount] += missing;
      else isWhole = false;
    }
    if (COUNTS.some((count) => sum[count] < total[count])) isWhole = false;
  }
  for (const [model, total] of totals) if (!byModel.has(model) && isSomething(total)) isWhole = false;
  return { rows: rows.filter((row) => isSomething(row) && (row.value !== null || row.hour !== null)), isWhole };
}

const AMOUNTS = ["cost", "byokCost"] as const;
const COUNTS = ["requests", "tokensInput", "tokensOutput"] as const;

const isSomething = (row: Amounts): boolean =>
  AMOUNTS.some((amount) => row[amount] !== 0n) || COUNTS.some((count) => row[count] !== 0);

export function sumOf(rows: readonly Amounts[]): Amounts {
  const sum: Amounts = { cost: 0n, byokCost: 0n, requests: 0, tokensInput: 0, tokensOutput: 0 };
  for (const row of rows) {
    for (const amount of AMOUNTS) sum[amount] += row[amount];
    for (const count of COUNTS) sum[count] += row[count];
  }
  return sum;
}

/** Groups rows by a key. */
export function groupRows(
  rows: readonly BreakdownRow[],
  of: (row: BreakdownRow) => string,
): Map<string, BreakdownRow[]> {
  const groups = new Map<string, BreakdownRow[]>();
  for (const row of rows) {
    const group = groups.get(of(row));
    if (group) group.push(row);
    else groups.set(of(row), [row]);
  }
  return groups;
}

/** Sums rows with the same value and model, for example of two workspaces with the same name. */
function mergeRows(rows: readonly BreakdownRow[]): BreakdownRow[] {
  const merged = new Map<string, BreakdownRow>();
  for (const answered of rows) {
    const row = { ...answered, model: toModelName(answered.model) };
    const id = JSON.stringify([row.hour, row.value, row.model]);
    const known = merged.get(id);
    merged.set(id, known ? addRow(known, row) : row);
  }
  return [...merged.values()];
}

function addRow(a: BreakdownRow, b: BreakdownRow): BreakdownRow {
  const larger = b.requests > a.requests ? b : a;
  const { latencyP50, latencyP95, throughputP50, throughputP95 } = larger;
  return { ...a, ...sumOf([a, b]), latencyP50, latencyP95, throughputP50, throughputP95 };
}

import { type Day, listDays } from "@orwatch/domain/day";
import { formatNanos } from "@orwatch/domain/money";
import { OTHER, SERIES } from "../dashboard/dashboard.ts";
import { selectFrom } from "../filters.ts";
import {
  keysOf,
  knownDays,
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
import type { SeriesInput, SeriesOutput } from "./schema.ts";

type Cell = [date: Day, id: string | bigint, cost: bigint];

/**
 * Cost by day, stacked by key or by the vendor of the model: the ten most expensive and "(other)". The sum of a day is that of the dashboard.
 * @throws BAD_REQUEST for a range that is reversed, incomplete or too long
 */
export function getSeries(app: Reading, input: SeriesInput & { teamId: number }): SeriesOutput {
  const { selection, keys, source } = selectFrom(app, input);
  const cells = input.by === "key" ? readByKey(app, selection) : readByVendor(app, selection, source);
  const known = new Set(knownDays(app, selection).map(([date]) => date));
  const totals = new Map<string, bigint>();
  for (const [, id, cost] of cells) totals.set(String(id), (totals.get(String(id)) ?? 0n) + cost);
  const ids = [...totals].sort(mostExpensiveFirst).map(([id]) => id);
  const named = new Set(ids.slice(0, SERIES));
  const days = new Map<Day, { cost: bigint; parts: Map<string, bigint> }>();
  for (const [date, id, cost] of cells) {
    const day = days.get(date) ?? { cost: 0n, parts: new Map() };
    days.set(date, day);
    const series = named.has(String(id)) ? String(id) : OTHER;
    day.cost += cost;
    day.parts.set(series, (day.parts.get(series) ?? 0n) + cost);
  }
  return {
    by: input.by,
    series: [...named, ...(ids.length > SERIES ? [OTHER] : [])].map((id) => ({ id, name: nameOf(id, input.by, keys) })),
    by_date: listDays(selection.period.from, selection.period.through).map((date) => {
      const day = days.get(date);
      return {
        date,
        cost: known.has(date) ? formatNanos(day?.cost ?? 0n) : null,
        parts: [...(day?.parts ?? [])].map(([id, cost]) => ({ id, cost: formatNanos(cost) })),
      };
    }),
  };
}

const mostExpensiveFirst = ([a, left]: [string, bigint], [b, right]: [string, bigint]) =>
  left === right ? (a < b ? -1 : 1) : left > right ? -1 : 1;

function nameOf(id: string, by: SeriesInput["by"], keys: SelectedKey[]): string {
  if (by !== "key" || id === OTHER) return id;
  return keys.find((key) => String(key.id) === id)?.name ?? id;
}

const readByKey = (app: Reading, selection: Selection) =>
  select<Cell>(
    app,
    selection.models === null
      ? `SELECT date, api_key_id, cost FROM usage_days WHERE api_key_id IN (${keysOf(selection)})
         AND date BETWEEN :from AND :through AND rows > 0`
      : `SELECT date, api_key_id, sum(cost) FROM (${rowsOf(selection, keysOf(selection))}) GROUP BY 1, 2`,
    parametersOf(selection),
    "arrays",
  );

const readByVendor = (app: Reading, selection: Selection, source: Source) =>
  select<Cell>(
    app,
    `SELECT date, ${vendorOf("model")}, sum(cost) FROM (${usageOf(selection, source)}) GROUP BY 1, 2 HAVING sum(rows) > 0`,
    parametersOf(selection),
    "arrays",
  );

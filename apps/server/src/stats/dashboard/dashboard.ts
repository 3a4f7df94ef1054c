import { addDays, type Day, listDays, minDay, toDay } from "@orwatch/domain/day";
import { divideHalfUp, formatNanos, percentage } from "@orwatch/domain/money";
import { toCount } from "../../rpc/wire.ts";
import { readSyncState } from "../../usage/sync-state.ts";
import { selectFrom } from "../filters.ts";
import { periodOf, previousPeriod } from "../period.ts";
import {
  type KnownDay,
  knownDays,
  type ModelSums,
  type Reading,
  type SelectedKey,
  type Selection,
  type Source,
  type Sums,
  sumAll,
  sumByDayAndModel,
  sumByKey,
  sumByModel,
} from "../selection.ts";
import type { DashboardInput, DashboardOutput } from "./schema.ts";

/** Number of models shown by name. The others are combined. */
export const SERIES = 10;
const TOP = 5;
/** Combined name of the models that are not among the ten most expensive of the range. */
export const OTHER = "(other)";
const MILLION = 1_000_000n;

/** A count is known if at least one row has it. */
const countOf = (count: bigint, isKnown: boolean) => (isKnown ? toCount(count) : null);

/**
 * All data of the dashboard, from the roll-ups. Synchronous, so that all queries see the same state.
 * @throws BAD_REQUEST for a range that is reversed, incomplete or too long
 */
export function getDashboard(app: Reading, input: DashboardInput & { teamId: number }): DashboardOutput {
  const { selection, keys, source } = selectFrom(app, input);
  const byModel = sumByModel(app, selection, source);
  const byKey = sumByKey(app, selection);
  const known = knownDays(app, selection);
  const total = add(byKey);
  const isCounted = known.some(([, , requests]) => requests !== null);
  const state = readSyncState(app, selection);
  return {
    summary: {
      total_requests: countOf(total.requests, isCounted),
      total_cost: formatNanos(total.cost),
      byok_cost: formatNanos(total.byokCost),
      total_tokens_input: countOf(total.tokensInput, isCounted),
      total_tokens_output: countOf(total.tokensOutput, isCounted),
      avg_cost_per_request: total.requests === 0n ? null : formatNanos(divideHalfUp(total.countedCost, total.requests)),
      cost_per_million_tokens: perMillionTokens(total.countedCost, total.tokensInput + total.tokensOutput),
      avg_requests_per_day: isCounted ? Math.round((Number(total.requests) / selection.period.days) * 100) / 100 : null,
      period_days: selection.period.days,
    },
    by_model: byModel.map((row) => describeModel(row, total)),
    by_date: describeDays(app, { selection, source, known, byModel }),
    by_key: describeKeys(byKey, { keys, total }),
    top_models: byModel.slice(0, TOP).map((row) => row.model),
    previous: sumPeriod(app, { ...selection, period: previousPeriod(selection.period) }, source),
    comparison: compare(app, { selection, source, completeThrough: state.complete_through }),
    keys: countKeys(keys),
    ...state,
  };
}

/** Usage of a model as a part of a total. */
export const describeModel = (
  row: ModelSums,
  total: Pick<Sums, "cost" | "requests">,
): DashboardOutput["by_model"][number] => ({
  model: row.model,
  requests_count: countOf(row.requests, row.countedRows > 0n),
  cost: formatNanos(row.cost),
  percentage_requests: row.countedRows > 0n ? percentage(row.requests, total.requests) : null,
  percentage_cost: percentage(row.cost, total.cost),
  cost_per_million_tokens: perMillionTokens(row.countedCost, row.tokens),
});

/** Cost per million tokens, input and output combined; `null` without tokens. */
const perMillionTokens = (cost: bigint, tokens: bigint) =>
  tokens === 0n ? null : formatNanos(divideHalfUp(cost * MILLION, tokens));

function add(rows: Sums[]): Sums {
  const total = {
    cost: 0n,
    byokCost: 0n,
    requests: 0n,
    tokensInput: 0n,
    tokensOutput: 0n,
    countedCost: 0n,
    countedRows: 0n,
  };
  for (const row of rows) for (const name of Object.keys(total) as (keyof Sums)[]) total[name] += row[name];
  return total;
}

interface DayOfModels {
  cost: bigint;
  requests: bigint;
  rows: bigint;
  /** Cost of the most expensive models, by rank; empty if a model was not used. */
  named: (bigint | undefined)[];
  namedCost: bigint;
  namedRows: bigint;
}

/**
 * Only the models shown by name are read by day; the others are the rest of the day's total. With a filter on models there is no such
 * total, but few models, so all of them are read.
 */
function describeDays(
  app: Reading,
  input: { selection: Selection; source: Source; known: KnownDay[]; byModel: ModelSums[] },
): DashboardOutput["by_date"] {
  const { selection, source, byModel } = input;
  const isWhole = selection.models === null;
  const named = byModel.slice(0, SERIES).map((row) => row.model);
  const rank = new Map(named.map((model, index) => [model, index]));
  const known = new Map<Day, bigint | null>();
  const days = new Map<Day, DayOfModels>();
  const none = () => ({ cost: 0n, requests: 0n, rows: 0n, named: [], namedCost: 0n, namedRows: 0n });
  for (const [date, cost, requests, rows] of input.known) {
    known.set(date, requests);
    days.set(date, isWhole ? { ...none(), cost, requests: requests ?? 0n, rows } : none());
  }
  const read = isWhole ? named : byModel.map((row) => row.model);
  for (const [date, model, cost, requests, rows] of sumByDayAndModel(app, selection, { source, named: read })) {
    const day = days.get(date);
    if (!day) continue;
    if (!isWhole) {
      day.cost += cost;
      day.requests += requests;
      day.rows += rows;
    }
    const index = rank.get(model);
    if (index === undefined) continue;
    day.named[index] = cost;
    day.namedCost += cost;
    day.namedRows += rows;
  }
  return listDays(selection.period.from, selection.period.through).map((date) => {
    const day = days.get(date);
    if (!day) return { date, requests_count: null, cost: null, by_model: [] };
    const models: { model: string; cost: string }[] = [];
    // Ranks without a cost are holes, which forEach skips.
    day.named.forEach((cost, index) => {
      models.push({ model: named[index] ?? "", cost: formatNanos(cost ?? 0n) });
    });
    if (day.rows > day.namedRows) models.push({ model: OTHER, cost: formatNanos(day.cost - day.namedCost) });
    return {
      date,
      requests_count: countOf(day.requests, known.get(date) !== null),
      cost: formatNanos(day.cost),
      by_model: models,
    };
  });
}

function countKeys(keys: SelectedKey[]): DashboardOutput["keys"] {
  const real = keys.filter(({ residual }) => residual === null);
  return { active: real.filter((key) => key.isActive).length, total: real.length };
}

function describeKeys(
  rows: (Sums & { id: bigint })[],
  { keys, total }: { keys: SelectedKey[]; total: Sums },
): DashboardOutput["by_key"] {
  const byId = new Map(keys.map((key) => [key.id, key]));
  return rows
    .sort((a, b) => (a.cost === b.cost ? Number(a.id - b.id) : a.cost > b.cost ? -1 : 1))
    .filter((row) => row.cost !== 0n || row.requests !== 0n || !byId.get(Number(row.id))?.residual)
    .map((row) => ({ ...row, key: byId.get(Number(row.id)) }))
    .map((row) => ({
      api_key_id: row.key?.residual ? null : Number(row.id),
      name: row.key?.name ?? "",
      requests_count: countOf(row.requests, row.countedRows > 0n),
      cost: formatNanos(row.cost),
      percentage_cost: percentage(row.cost, total.cost),
      kind: row.key?.residual ?? null,
      account_id: row.key?.accountId ?? null,
    }));
}

/**
 * Compares the complete days of a range with the same days one range earlier. Days that a key has not completely synced are not
 * complete either, unless none would be left.
 */
function compare(
  app: Reading,
  input: { selection: Selection; source: Source; completeThrough: Day | null },
): DashboardOutput["comparison"] {
  const { selection, source, completeThrough } = input;
  const { from, through: last, days } = selection.period;
  const ended = minDay(last, addDays(toDay(app.clock.now()), -1));
  const through = completeThrough !== null && completeThrough >= from ? minDay(ended, completeThrough) : ended;
  if (through < from) return null;
  const period = periodOf(from, through);
  const before = periodOf(addDays(from, -days), addDays(through, -days));
  const current = sumPeriod(app, { ...selection, period }, source);
  const previous = sumPeriod(app, { ...selection, period: before }, source);
  return (
    current &&
    previous && {
      start_date: period.from,
      end_date: period.through,
      previous_start_date: before.from,
      previous_end_date: before.through,
      current,
      previous,
    }
  );
}

/** `null` if none of the days is known. */
function sumPeriod(app: Reading, selection: Selection, source: Source): DashboardOutput["previous"] {
  const sums = sumAll(app, selection, source);
  if (!sums) return null;
  const isCounted = sums.countedRows > 0n;
  return {
    total_requests: countOf(sums.requests, isCounted),
    total_cost: formatNanos(sums.cost),
    total_tokens_input: countOf(sums.tokensInput, isCounted),
    total_tokens_output: countOf(sums.tokensOutput, isCounted),
    cost_per_million_tokens: perMillionTokens(sums.countedCost, sums.tokensInput + sums.tokensOutput),
  };
}

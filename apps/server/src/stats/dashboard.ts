import type { App } from "../app.ts";
import { type Day, listDays, toDay } from "../day.ts";
import { divideHalfUp, formatNanos, percentage } from "../money.ts";
import { lastDays, type Period, periodOf, previousPeriod } from "./period.ts";
import type { DashboardInput, DashboardOutput } from "./schema.ts";
import {
  knownDays,
  type SelectedKey,
  type Selection,
  type Sums,
  selectedKeys,
  sumAll,
  sumByDayAndModel,
  sumByKey,
  sumByModel,
} from "./selection.ts";

const DEFAULT_DAYS = 30;
const SERIES = 10;
const TOP = 5;
/** The models of a day beyond the dearest ten of the range. */
export const OTHER = "(other)";

/** A count is known when some row has it. */
const countOf = (count: bigint, isKnown: boolean) => (isKnown ? Number(count) : null);

/**
 * Everything the dashboard shows, from the roll-ups. Totals are the sums of `by_model`, so they cannot differ from it.
 * @throws BAD_REQUEST for a range that is the wrong way round, half given or too long
 */
export function getDashboard(app: App, input: DashboardInput & { userId: number }): DashboardOutput {
  const today = toDay(app.clock.now());
  const selection: Selection = {
    userId: input.userId,
    period: periodFrom(input, today),
    keyIds: input.api_key_id ?? null,
    models: input.model ?? null,
  };
  const byModel = sumByModel(app, selection);
  const known = new Map(knownDays(app, selection).map((day) => [day.date, day.requests !== null]));
  const keys = selectedKeys(app, selection);
  const total = add(byModel);
  const isCounted = [...known.values()].some(Boolean);
  return {
    summary: {
      total_requests: countOf(total.requests, isCounted),
      total_cost: formatNanos(total.cost),
      byok_cost: formatNanos(total.byokCost),
      total_tokens_input: countOf(total.tokensInput, isCounted),
      total_tokens_output: countOf(total.tokensOutput, isCounted),
      avg_cost_per_request: total.requests === 0n ? null : formatNanos(divideHalfUp(total.countedCost, total.requests)),
      avg_requests_per_day: isCounted ? Math.round((Number(total.requests) / selection.period.days) * 100) / 100 : null,
      period_days: selection.period.days,
    },
    by_model: byModel.map((row) => ({
      model: row.model,
      requests_count: countOf(row.requests, row.countedRows > 0n),
      cost: formatNanos(row.cost),
      percentage_requests: row.countedRows > 0n ? percentage(row.requests, total.requests) : null,
      percentage_cost: percentage(row.cost, total.cost),
    })),
    by_date: byDate(app, { selection, known, byModel }),
    by_key: byKey(app, { selection, keys, total }),
    top_models: byModel.slice(0, TOP).map((row) => row.model),
    previous: previousOf(app, selection),
    keys: { active: keys.filter((key) => key.isActive).length, total: keys.length },
    ...freshness(keys),
  };
}

function periodFrom(input: DashboardInput, today: Day): Period {
  const { start_date: from, end_date: through } = input;
  if (from === undefined && through === undefined) return lastDays(input.days ?? DEFAULT_DAYS, today);
  return periodOf(from ?? lastDays(input.days ?? DEFAULT_DAYS, through as Day).from, through ?? today);
}

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

function byDate(
  app: App,
  input: { selection: Selection; known: Map<Day, boolean>; byModel: { model: string }[] },
): DashboardOutput["by_date"] {
  const { selection, known } = input;
  const named = input.byModel.slice(0, SERIES).map((row) => row.model);
  const rank = new Map([...named, OTHER].map((model, index) => [model, index]));
  const days = new Map<Day, { cost: bigint; requests: bigint; models: { model: string; cost: bigint }[] }>();
  for (const row of sumByDayAndModel(app, selection, { named, other: OTHER })) {
    const day = days.get(row.date) ?? { cost: 0n, requests: 0n, models: [] };
    day.cost += row.cost;
    day.requests += row.requests;
    day.models.push({ model: row.model, cost: row.cost });
    days.set(row.date, day);
  }
  return listDays(selection.period.from, selection.period.through).map((date) => {
    const day = days.get(date);
    const models = day?.models.sort((a, b) => (rank.get(a.model) ?? 0) - (rank.get(b.model) ?? 0)) ?? [];
    return {
      date,
      requests_count: countOf(day?.requests ?? 0n, known.get(date) === true),
      cost: known.has(date) ? formatNanos(day?.cost ?? 0n) : null,
      by_model: models.map(({ model, cost }) => ({ model, cost: formatNanos(cost) })),
    };
  });
}

function byKey(
  app: App,
  { selection, keys, total }: { selection: Selection; keys: SelectedKey[]; total: Sums },
): DashboardOutput["by_key"] {
  const names = new Map(keys.map((key) => [key.id, key.name]));
  return sumByKey(app, selection)
    .sort((a, b) => (a.cost === b.cost ? Number(a.id - b.id) : a.cost > b.cost ? -1 : 1))
    .map((row) => ({
      api_key_id: Number(row.id),
      name: names.get(Number(row.id)) ?? "",
      requests_count: countOf(row.requests, row.countedRows > 0n),
      cost: formatNanos(row.cost),
      percentage_cost: percentage(row.cost, total.cost),
    }));
}

function previousOf(app: App, selection: Selection): DashboardOutput["previous"] {
  const sums = sumAll(app, { ...selection, period: previousPeriod(selection.period) });
  if (!sums) return null;
  const isCounted = sums.countedRows > 0n;
  return {
    total_requests: countOf(sums.requests, isCounted),
    total_cost: formatNanos(sums.cost),
    total_tokens_input: countOf(sums.tokensInput, isCounted),
    total_tokens_output: countOf(sums.tokensOutput, isCounted),
  };
}

/** The selected active keys are as old as the oldest of them. Keys never synced say nothing. */
function freshness(keys: SelectedKey[]): Pick<DashboardOutput, "as_of" | "complete_through"> {
  const active = keys.filter((key) => key.isActive && key.lastSyncedAt !== null);
  const synced = active.map((key) => key.lastSyncedAt as Date).sort((a, b) => a.getTime() - b.getTime());
  const complete = active.flatMap((key) => key.completeThrough ?? []).sort();
  return { as_of: synced[0]?.toISOString() ?? null, complete_through: complete[0] ?? null };
}

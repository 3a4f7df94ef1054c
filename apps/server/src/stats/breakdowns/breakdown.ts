import { formatNanos } from "@orwatch/domain/money";
import { toCount } from "../../rpc/wire.ts";
import { readSyncState } from "../../usage/sync-state.ts";
import { periodOf, stepsOf } from "../period.ts";
import type { Reading } from "../selection.ts";
import { findFirstDay, type Split, type Sums, sumByValue, sumTotal, type ValueSums } from "./rows.ts";
import type { BreakdownInput, BreakdownOutput } from "./schema.ts";
import { addSpeed, averageSpeed } from "./speed.ts";

type Item = BreakdownOutput["items"][number];

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const UNKNOWN_SPEED = { latency_p50_ms: null, latency_p95_ms: null, throughput_p50: null, throughput_p95: null };

/**
 * Usage of a range split by a dimension. Usage that no breakdown explains has the value `null`, so items always sum to the total.
 * @throws BAD_REQUEST if the range is reversed or too long
 */
export async function getBreakdown(app: Reading, input: BreakdownInput & { teamId: number }): Promise<BreakdownOutput> {
  const split: Split = {
    teamId: input.teamId,
    dimension: input.dimension,
    period: periodOf(input.start_date, input.end_date),
    keyIds: input.api_key_id ?? null,
    accountId: input.account_id ?? null,
    models: input.model ?? null,
  };
  const { values, total } = await readInSteps(app, split);
  const isHourly = split.dimension === "hour" || split.dimension === "weekday_hour";
  const shown = isHourly ? values : values.slice(0, input.limit);
  const hidden = values.slice(shown.length);
  const rest = subtract(total, values);
  const unknown = rest === null ? [] : [{ value: null, ...toWire(rest), ...UNKNOWN_SPEED }];
  const first = findFirstDay(app, split);
  return {
    items: [...shown.map((value) => toItem(value, split.dimension)), ...unknown],
    others: hidden.length === 0 ? null : { values: hidden.length, ...toWire(addUp(hidden)) },
    total: toWire(total),
    since: first === null ? null : new Date(Number(first) * DAY_MS).toISOString().slice(0, 10),
    ...readSyncState(app, split),
  };
}

async function readInSteps(app: Reading, split: Split): Promise<{ values: ValueSums[]; total: Sums }> {
  const values = new Map<string | bigint, ValueSums>();
  const totals: Sums[] = [];
  for await (const period of stepsOf(split.period)) {
    const step = { ...split, period };
    for (const value of sumByValue(app, step)) {
      const known = values.get(value.value);
      if (known) addTo(known, value);
      else values.set(value.value, value);
    }
    totals.push(sumTotal(app, step));
  }
  return { values: [...values.values()].sort(compareValues), total: addTotals(totals) };
}

/** Most expensive first, hours by time. */
function compareValues(a: ValueSums, b: ValueSums): number {
  if (typeof a.value === "bigint" || typeof b.value === "bigint") return Number(a.value) - Number(b.value);
  return compare(b.cost, a.cost) || compare(b.requests, a.requests) || compare(a.value, b.value);
}

const compare = (a: bigint | string, b: bigint | string): number => (a < b ? -1 : a > b ? 1 : 0);

function addTo(sum: ValueSums, more: ValueSums): void {
  sum.cost += more.cost;
  sum.byokCost += more.byokCost;
  for (const count of COUNTS) sum[count] += more[count];
  addSpeed(sum, more);
}

/** Counts are those that are known, and `null` if none is. */
function addTotals(totals: readonly Sums[]): Sums {
  const sum: Sums = { cost: 0n, byokCost: 0n, requests: null, tokensInput: null, tokensOutput: null };
  for (const total of totals) {
    sum.cost += total.cost;
    sum.byokCost += total.byokCost;
    for (const count of COUNTS) if (total[count] !== null) sum[count] = (sum[count] ?? 0n) + total[count];
  }
  return sum;
}

const COUNTS = ["requests", "tokensInput", "tokensOutput"] as const;

function addUp(values: readonly ValueSums[]): Sums {
  const sum = { cost: 0n, byokCost: 0n, requests: 0n, tokensInput: 0n, tokensOutput: 0n };
  for (const value of values) {
    sum.cost += value.cost;
    sum.byokCost += value.byokCost;
    for (const count of COUNTS) sum[count] += value[count];
  }
  return sum;
}

/** Subtracts the values from the total. `null` if nothing remains. Counts are `null` if those of the total are. */
function subtract(total: Sums, values: readonly ValueSums[]): Sums | null {
  const known = addUp(values);
  const left = (count: (typeof COUNTS)[number]) => (total[count] === null ? null : total[count] - (known[count] ?? 0n));
  const rest: Sums = {
    cost: total.cost - known.cost,
    byokCost: total.byokCost - known.byokCost,
    requests: left("requests"),
    tokensInput: left("tokensInput"),
    tokensOutput: left("tokensOutput"),
  };
  const isNothing = rest.cost === 0n && rest.byokCost === 0n && COUNTS.every((count) => (rest[count] ?? 0n) === 0n);
  return isNothing ? null : rest;
}

/** Counts are never negative, not even if OpenRouter has corrected one model after the breakdown was collected. */
const countOf = (count: bigint | null) => (count === null ? null : toCount(count < 0n ? 0n : count));

const toWire = (sums: Sums) => ({
  cost: formatNanos(sums.cost),
  byok_cost: formatNanos(sums.byokCost),
  requests: countOf(sums.requests),
  requests_count: countOf(sums.requests),
  tokens_input: countOf(sums.tokensInput),
  tokens_output: countOf(sums.tokensOutput),
});

const toItem = (sums: ValueSums, dimension: BreakdownInput["dimension"]): Item => ({
  value: textOf(sums.value, dimension),
  ...toWire(sums),
  ...averageSpeed(sums),
});

function textOf(value: string | bigint, dimension: BreakdownInput["dimension"]): string {
  if (typeof value === "string") return value;
  if (dimension === "hour") return new Date(Number(value) * HOUR_MS).toISOString();
  return `${value / 24n}-${value % 24n}`;
}

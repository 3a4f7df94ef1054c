import { formatNanos } from "@orwatch/domain/money";
import { toCount } from "../../rpc/wire.ts";
import { periodOf, stepsOf } from "../period.ts";
import type { Reading } from "../selection.ts";
import { type ModelSpeedSums, type SpeedSums, type Split, sumSpeeds } from "./rows.ts";
import type { SpeedInput, SpeedOutput } from "./schema.ts";

const SPEEDS = ["latencyP50", "latencyP95", "throughputP50", "throughputP95"] as const;

/** Adds weighted sums of speed. */
export function addSpeed(sum: SpeedSums, more: SpeedSums): void {
  sum.measured += more.measured;
  for (const speed of SPEEDS) if (more[speed] !== null) sum[speed] = Number(sum[speed] ?? 0) + Number(more[speed]);
}

/** Averages weighted by requests; `null` if unknown. */
export function averageSpeed(sums: SpeedSums) {
  const average = (weighted: number | bigint | null, digits: number) =>
    weighted === null || sums.measured === 0n
      ? null
      : Number((Number(weighted) / Number(sums.measured)).toFixed(digits));
  return {
    latency_p50_ms: average(sums.latencyP50, 0),
    latency_p95_ms: average(sums.latencyP95, 0),
    throughput_p50: average(sums.throughputP50, 1),
    throughput_p95: average(sums.throughputP95, 1),
  };
}

/**
 * Speed of models at providers, most expensive first. Usage whose speed is unknown is left out.
 * @throws BAD_REQUEST if the range is reversed or too long
 */
export async function getSpeed(app: Reading, input: SpeedInput & { teamId: number }): Promise<SpeedOutput> {
  const split: Split = {
    teamId: input.teamId,
    dimension: "provider",
    period: periodOf(input.start_date, input.end_date),
    keyIds: null,
    accountId: input.account_id,
    models: null,
  };
  const found = new Map<string, ModelSpeedSums>();
  for await (const period of stepsOf(split.period)) {
    for (const row of sumSpeeds(app, { ...split, period })) {
      const name = JSON.stringify([row.model, row.provider]);
      const known = found.get(name);
      if (!known) found.set(name, row);
      else {
        known.cost += row.cost;
        known.requests += row.requests;
        addSpeed(known, row);
      }
    }
  }
  const sorted = [...found.values()].sort((a, b) => (a.cost === b.cost ? 0 : a.cost < b.cost ? 1 : -1));
  return {
    items: sorted.slice(0, input.limit).map((sums) => ({
      model: sums.model,
      provider: sums.provider,
      cost: formatNanos(sums.cost),
      requests_count: toCount(sums.requests),
      ...averageSpeed(sums),
    })),
    total: sorted.length,
  };
}

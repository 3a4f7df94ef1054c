import { type Day, toDay } from "@orwatch/domain/day";
import { sumByOwner } from "../breakdowns/rows.ts";
import { stepsOf } from "../period.ts";
import type { Reading, Selection } from "../selection.ts";
import type { Sums } from "./metrics.ts";
import type { CollectedDimension } from "./schema.ts";

const HOUR_MS = 3_600_000;

/** Usage of a value of a collected dimension in an hour or day. */
export interface CollectedUsage extends Partial<Sums> {
  /** Start of the hour; of usage by day the start of the day. */
  at: Date;
  date: Day;
  /** `null` by hour. */
  value: string | null;
  model: string;
  /** `null` if it is known for the whole account only. */
  keyId: number | null;
}

/** Collected usage by key, model and value, read in steps. Days whose usage OpenRouter has corrected since are left out. */
export async function* readCollectedUsage(
  app: Reading,
  { selection, dimension }: { selection: Selection; dimension: CollectedDimension | "hour" },
): AsyncGenerator<CollectedUsage> {
  for await (const period of stepsOf(selection.period)) {
    for (const row of sumByOwner(app, { ...selection, period, dimension, accountId: null })) {
      const at = new Date(Number(row.hour) * HOUR_MS);
      const { measured } = row;
      yield {
        at,
        date: toDay(at),
        value: row.value,
        model: row.model ?? "",
        keyId: row.keyId === null ? null : Number(row.keyId),
        cost: row.cost,
        requests: row.requests,
        tokensInput: row.tokensInput,
        tokensOutput: row.tokensOutput,
        countedCost: row.cost,
        countedRows: 1n,
        rows: 1n,
        latencyP50: Number(row.latencyP50 ?? 0),
        latencyP95: Number(row.latencyP95 ?? 0),
        measured,
      };
    }
  }
}

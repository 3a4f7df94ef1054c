import type { Day } from "@orwatch/domain/day";
import { formatNanos } from "@orwatch/domain/money";
import type { z } from "zod";
import { readSyncState } from "../../usage/sync-state.ts";
import { describeModel } from "../dashboard/dashboard.ts";
import { selectFrom } from "../filters.ts";
import type { modelsOutput } from "../schema.ts";
import { type Reading, type Sums, select, sumAll, sumByModel, vendorOf, vendorOfModel } from "../selection.ts";
import type { ModelUsageInput, ModelUsageOutput, modelFactsOutput } from "./schema.ts";

interface ModelRow {
  model: string;
  vendor: string;
  first_used: Day;
  last_used: Day;
  cost: bigint;
}

/** Models that the keys of a team have used, most expensive first. */
const readModels = (app: Reading, { teamId, model = null }: { teamId: number; model?: string | null }) =>
  select<ModelRow>(
    app,
    `SELECT model, ${vendorOf("model")} AS vendor, min(date) AS first_used, max(date) AS last_used, sum(cost) AS cost
     FROM usage_models WHERE team_id = :teamId AND rows > 0 AND (:model IS NULL OR model = :model)
     GROUP BY model ORDER BY sum(cost) DESC, model`,
    { teamId, model },
  );

/** Every model that the keys of a team have used. */
export const listModels = (app: Reading, { teamId }: { teamId: number }): z.infer<typeof modelsOutput> => ({
  items: readModels(app, { teamId }).map((row) => ({ ...row, cost: formatNanos(row.cost) })),
  ...readSyncState(app, { teamId }),
});

/** Since when a team has used a model. */
export function getModel(
  app: Reading,
  { teamId, model }: { teamId: number; model: string },
): z.infer<typeof modelFactsOutput> {
  const [row] = readModels(app, { teamId, model });
  return {
    model,
    vendor: vendorOfModel(model),
    first_used: row?.first_used ?? null,
    last_used: row?.last_used ?? null,
    total_cost: row ? formatNanos(row.cost) : null,
  };
}

const UNUSED = { cost: 0n, requests: 0n, tokens: 0n, countedCost: 0n, countedRows: 1n };

/**
 * Every model that a team has used, with its usage in a range.
 * @throws BAD_REQUEST for a range that is reversed, incomplete or too long
 */
export function listModelUsage(app: Reading, input: ModelUsageInput & { teamId: number }): ModelUsageOutput {
  const { selection, source } = selectFrom(app, input);
  const total: Pick<Sums, "cost" | "requests"> = sumAll(app, selection) ?? { cost: 0n, requests: 0n };
  const used = new Map(sumByModel(app, selection, source).map((row) => [row.model, row]));
  return {
    items: readModels(app, input)
      .map((row) => ({ ...row, ...(used.get(row.model) ?? UNUSED) }))
      .sort((a, b) => (a.cost === b.cost ? 0 : a.cost > b.cost ? -1 : 1))
      .map(({ vendor, first_used, last_used, ...sums }) => {
        const { percentage_requests: _, ...usage } = describeModel(sums, total);
        return { vendor, first_used, last_used, ...usage };
      }),
    ...readSyncState(app, selection),
  };
}

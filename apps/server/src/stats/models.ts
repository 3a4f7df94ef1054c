import type { Day } from "@orwatch/domain/day";
import { formatNanos } from "@orwatch/domain/money";
import { z } from "zod";
import { dayOutput, money, syncState } from "../rpc/wire.ts";
import { readSyncState } from "../usage/sync-state.ts";
import { type Reading, select } from "./selection.ts";
import { vendorOf } from "./vendor.ts";

export const modelsOutput = z
  .object({
    items: z
      .array(
        z.object({
          model: z
            .string()
            .describe("Model slug, such as `openai/gpt-5`. `(unattributed)` for spend whose model is unknown."),
          vendor: z.string().describe("Part of the model before the slash, or the whole without one."),
          first_used: dayOutput.describe("First day with usage that is stored."),
          last_used: dayOutput.describe("Last day with usage."),
          cost: money.describe("Cost of all stored usage of the model."),
        }),
      )
      .describe("Every model with stored usage, most expensive first."),
    ...syncState,
  })
  .meta({ id: "Models" });

interface ModelRow {
  model: string;
  vendor: string;
  first_used: Day;
  last_used: Day;
  cost: bigint;
}

/** Every model that the keys of a user have used. */
export function listModels(app: Reading, { userId }: { userId: number }): z.infer<typeof modelsOutput> {
  const rows = select<ModelRow>(
    app,
    `SELECT model, ${vendorOf("model")} AS vendor, min(date) AS first_used, max(date) AS last_used, sum(cost) AS cost
     FROM usage_models WHERE user_id = :userId AND rows > 0 GROUP BY model ORDER BY sum(cost) DESC, model`,
    { userId },
  );
  return {
    items: rows.map((row) => ({ ...row, cost: formatNanos(row.cost) })),
    ...readSyncState(app, { userId }),
  };
}

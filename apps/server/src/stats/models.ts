import type { Day } from "@orwatch/domain/day";
import { formatNanos } from "@orwatch/domain/money";
import type { z } from "zod";
import { readSyncState } from "../usage/sync-state.ts";
import type { modelsOutput } from "./schema.ts";
import { type Reading, select, vendorOf } from "./selection.ts";

interface ModelRow {
  model: string;
  vendor: string;
  first_used: Day;
  last_used: Day;
  cost: bigint;
}

/** Every model that the keys of a team have used. */
export function listModels(app: Reading, { teamId }: { teamId: number }): z.infer<typeof modelsOutput> {
  const rows = select<ModelRow>(
    app,
    `SELECT model, ${vendorOf("model")} AS vendor, min(date) AS first_used, max(date) AS last_used, sum(cost) AS cost
     FROM usage_models WHERE team_id = :teamId AND rows > 0 GROUP BY model ORDER BY sum(cost) DESC, model`,
    { teamId },
  );
  return {
    items: rows.map((row) => ({ ...row, cost: formatNanos(row.cost) })),
    ...readSyncState(app, { teamId }),
  };
}

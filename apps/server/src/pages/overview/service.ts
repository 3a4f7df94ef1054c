import { addDays, firstOfMonth } from "@orwatch/domain/day";
import { listCreditsForecasts } from "../../accounts/credits/current-credits.ts";
import type { App } from "../../app.ts";
import { currentDay } from "../../platform/clock.ts";
import { selectFrom } from "../../stats/filters.ts";
import { readSyncState } from "../../usage/sync-state.ts";
import { getDay } from "./day.ts";
import { getMonth } from "./month.ts";
import type { OverviewInput, OverviewOutput } from "./schema.ts";

/** Month, forecast and today of the selected keys and models, and the credits of all accounts, which keys share. */
export async function getOverview(app: App, input: OverviewInput & { teamId: number }): Promise<OverviewOutput> {
  const today = currentDay(app.clock);
  const start = firstOfMonth(addDays(firstOfMonth(today), -1));
  const selected = selectFrom(app, { ...input, start_date: start, end_date: today });
  const state = readSyncState(app, selected.selection);
  const { costs, ...month } = getMonth(app, { ...selected, today, completeThrough: state.complete_through });
  const credits = listCreditsForecasts(app, { teamId: input.teamId });
  const day = await getDay(app, { ...selected, today, cost: costs.get(today) ?? null, asOf: state.as_of });
  return { month, day, credits, ...state };
}

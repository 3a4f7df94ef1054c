import type { Day } from "@orwatch/domain/day";
import { message } from "@orwatch/messages/message";
import { currentDay } from "../platform/clock.ts";
import { AppError } from "../rpc/app-error.ts";
import type { DashboardInput } from "./dashboard/schema.ts";
import { lastDays, type Period, periodOf, previousPeriod } from "./period.ts";
import {
  listOwnKeys,
  type Reading,
  type SelectedKey,
  type Selection,
  type Source,
  select,
  sourceOf,
} from "./selection.ts";

const DEFAULT_DAYS = 30;

/**
 * The selection of a request: its keys, models and period, and the fastest source of their usage. Exclusions are resolved here, so that
 * the queries do not need them.
 * @throws BAD_REQUEST for a range that is reversed, incomplete or too long
 */
export function selectFrom(
  app: Reading,
  input: DashboardInput & { teamId: number },
): { selection: Selection; keys: SelectedKey[]; source: Source } {
  const { teamId, api_key_id: only, exclude_api_key_id: without } = input;
  const period = periodFrom(input, currentDay(app.clock));
  const own = listOwnKeys(app, teamId);
  const keys = own.filter(({ id }) => (!only || only.includes(id)) && !without?.includes(id));
  const selection = {
    teamId,
    period,
    keyIds: only || without ? keys.map(({ id }) => id) : null,
    models: modelsFrom(app, input, period),
  };
  return { selection, keys, source: sourceOf(keys.length, own.length) };
}

function periodFrom(input: DashboardInput, today: Day): Period {
  const { start_date: from, end_date: through } = input;
  if (from === undefined && through === undefined) return lastDays(input.days ?? DEFAULT_DAYS, today);
  if (from !== undefined && through === undefined && from > today)
    throw new AppError("BAD_REQUEST", message("start_in_future", { from, today }));
  return periodOf(from ?? lastDays(input.days ?? DEFAULT_DAYS, through as Day).from, through ?? today);
}

/** `null` for all models. With exclusions, the models used in the period or the one before. */
function modelsFrom(app: Reading, input: DashboardInput & { teamId: number }, period: Period): string[] | null {
  const { model: only, exclude_model: without } = input;
  if (!without) return only ?? null;
  if (only) return only.filter((model) => !without.includes(model));
  const used = select<{ model: string }>(
    app,
    "SELECT DISTINCT model FROM usage_models WHERE team_id = :teamId AND date BETWEEN :from AND :through",
    { teamId: input.teamId, from: previousPeriod(period).from, through: period.through },
  );
  return used.map(({ model }) => model).filter((model) => !without.includes(model));
}

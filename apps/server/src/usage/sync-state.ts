import type { App } from "../app.ts";
import { currentDay } from "../platform/clock.ts";

export interface SyncState {
  as_of: string | null;
  complete_through: string | null;
}

// A day in the future was stored by a wrong clock.
const STATE = `SELECT min(last_synced_at) AS as_of,
    min(iif(complete_through <= :today, complete_through, NULL)) AS complete_through
  FROM api_keys
  WHERE team_id = :teamId AND is_active AND last_synced_at IS NOT NULL
    AND (:accountId IS NULL OR account_id = :accountId)
    AND (:keyIds IS NULL OR id IN (SELECT value FROM json_each(:keyIds)))`;

/** The state of the selected keys. Keys that are turned off or were never synced do not count. */
export function readSyncState(
  app: Pick<App, "db" | "clock">,
  { teamId, keyIds = null, accountId = null }: { teamId: number; keyIds?: number[] | null; accountId?: number | null },
): SyncState {
  const state = app.db.reader.prepare(STATE).get({
    teamId,
    accountId,
    keyIds: keyIds && JSON.stringify(keyIds),
    today: currentDay(app.clock),
  }) as SyncState;
  return { ...state, as_of: state.as_of && new Date(state.as_of).toISOString() };
}

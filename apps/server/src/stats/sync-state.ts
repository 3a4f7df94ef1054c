import { currentDay } from "../platform/clock.ts";
import { dayOutput, formatInstant, instant } from "../rpc/wire.ts";
import { keysOf, type Reading, select } from "./selection.ts";

/** How current a response is. */
export const syncState = {
  as_of: instant
    .nullable()
    .describe("Oldest of the last successful syncs of the selected active keys. `null` if none was synced."),
  complete_through: dayOutput
    .nullable()
    .describe("Last day that is final, except for later restatements by OpenRouter. `null` if there is none."),
};

export interface SyncState {
  as_of: string | null;
  complete_through: string | null;
}

// A day in the future was stored by a wrong clock.
const stateOf = (keys: string) => `SELECT min(last_synced_at) AS as_of,
    min(iif(complete_through <= :today, complete_through, NULL)) AS complete_through
  FROM api_keys WHERE id IN (${keys}) AND is_active AND last_synced_at IS NOT NULL
    AND (:accountId IS NULL OR account_id = :accountId)`;

/** The state of the selected keys. Keys that are turned off or were never synced do not count. */
export function readSyncState(
  app: Reading,
  { accountId = null, ...selection }: { userId: number; keyIds?: number[] | null; accountId?: number | null },
): SyncState {
  const { userId, keyIds = null } = selection;
  const [state] = select<SyncState>(app, stateOf(keysOf({ keyIds })), {
    userId,
    accountId,
    keyIds: JSON.stringify(keyIds ?? []),
    today: currentDay(app.clock),
  });
  return { as_of: formatInstant(state?.as_of ?? null), complete_through: state?.complete_through ?? null };
}

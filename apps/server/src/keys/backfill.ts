import type { App } from "../app.ts";

/** Runs `work` and counts it as a running sync of the team. */
export async function duringRun<T>(app: App, teamId: number, work: () => Promise<T>): Promise<T> {
  const { runs } = app.memory.keys;
  runs.set(teamId, (runs.get(teamId) ?? 0) + 1);
  try {
    return await work();
  } finally {
    const left = (runs.get(teamId) ?? 1) - 1;
    if (left > 0) runs.set(teamId, left);
    else runs.delete(teamId);
  }
}

// A working key whose first sync has not ended, or that was found to be covered and whose history has not been read
// yet. A management key reads the history of others.
const WAITING = `SELECT 1 FROM api_keys
  WHERE team_id = ? AND is_active AND status = 'valid' AND last_sync_error IS NULL
    AND (last_synced_at IS NULL OR (key_encrypted IS NULL AND (usage_nanos > 0 OR byok_nanos > 0) AND year_resynced_on IS NULL AND gone_at IS NULL)
      OR (managed_by_id IS NOT NULL AND watermark IS NULL AND cover_checked_at > last_synced_at)) LIMIT 1`;

/** Whether the history of a key of the team was not read yet. */
export const isHistoryPending = (app: App, teamId: number): boolean =>
  app.db.reader.prepare(WAITING).get(teamId) !== undefined;

/**
 * Whether sums over the team's keys are incomplete, because keys are still being read for the first time, or a sync that a user
 * started has not recorded all of its keys yet.
 */
export const isBackfilling = (app: App, teamId: number): boolean =>
  app.memory.keys.runs.has(teamId) || isHistoryPending(app, teamId);

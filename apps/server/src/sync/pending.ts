import type { App } from "../app.ts";
import { isActiveTeam } from "../memberships/active-teams.ts";
import { storedInstant } from "../platform/clock.ts";
import { waitLeft } from "../platform/scheduling/pacing.ts";

/** An interrupted first sync, and how long to wait before it is started again. */
interface PendingSync {
  apiKeyId: number;
  waitMs: number;
}

/** Interrupted first syncs, earliest due first. */
export function listPending(app: App): PendingSync[] {
  const rows = app.db.reader
    .prepare(
      `SELECT p.api_key_id AS id, p.attempts, p.started_at FROM pending_syncs p JOIN api_keys k ON k.id = p.api_key_id
       WHERE k.is_active AND ${isActiveTeam("k.team_id")} ORDER BY p.api_key_id`,
    )
    .safeIntegers(false)
    .all() as { id: number; attempts: number; started_at: string | null }[];
  const now = app.clock.now();
  return rows
    .map(({ id, attempts, started_at }) => ({
      apiKeyId: id,
      waitMs: started_at === null ? 0 : waitLeft({ times: attempts, startedAt: new Date(started_at), now }),
    }))
    .sort((a, b) => a.waitMs - b.waitMs);
}

/**
 * Runs the first sync of a key. Its record, created with the key, is removed when the sync has ended, but kept if the server
 * stops before.
 */
export async function runPending(app: App, apiKeyId: number, work: () => Promise<unknown>): Promise<void> {
  const at = storedInstant(app.clock.now());
  await app.db.write((connection) =>
    connection
      .prepare("UPDATE pending_syncs SET attempts = attempts + 1, started_at = ? WHERE api_key_id = ?")
      .run(at, apiKeyId),
  );
  await work();
  if (app.stopping.aborted) return;
  await app.db.write((connection) =>
    connection.prepare("DELETE FROM pending_syncs WHERE api_key_id = ?").run(apiKeyId),
  );
}

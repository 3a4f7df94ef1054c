import { formatNanos } from "@orwatch/domain/money";
import { message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import { recordEvent } from "../audit/service.ts";
import type { Origin } from "../rpc/principal.ts";
import { removeUsageOfKey } from "../usage/removal.ts";
import type { DeletionImpactOutput } from "./schema.ts";
import { notFound, paramsOf } from "./service.ts";
import { forgetCoverage } from "./stored.ts";

/** Deletes the key with its usage. @throws NOT_FOUND */
export async function deleteKey(
  app: App,
  input: { userId: number; teamId: number; id: number; origin: Origin },
): Promise<void> {
  const deleted = await app.db.write((connection) => {
    const owned = connection
      .prepare("SELECT name, label FROM api_keys WHERE id = ? AND team_id = ? AND kind IS NOT 'residual'")
      .get(input.id, input.teamId) as { name: string; label: string } | undefined;
    if (!owned) return null;
    // The account still has the key and would list it again.
    connection
      .prepare(
        `INSERT OR IGNORE INTO removed_keys (account_id, key_hash, name, label)
         SELECT account_id, key_hash, name, label FROM api_keys
         WHERE id = ? AND kind IS NOT 'management' AND account_id IS NOT NULL AND gone_at IS NULL`,
      )
      .run(input.id);
    removeUsageOfKey(connection, { teamId: input.teamId, id: input.id });
    forgetCoverage(connection, { managedById: input.id });
    connection.prepare("DELETE FROM api_keys WHERE id = ?").run(input.id);
    return { id: input.id, name: owned.name, label: owned.label };
  });
  if (!deleted) throw notFound();
  await recordEvent(app, {
    userId: input.userId,
    teamId: input.teamId,
    message: message("event_key_removed", paramsOf(deleted)),
    origin: input.origin,
  });
}

/** What would be deleted together with a key, from the roll-up. @throws NOT_FOUND */
export function getDeletionImpact(app: App, input: { teamId: number; id: number }): DeletionImpactOutput {
  const row = app.db.reader
    .prepare(
      `SELECT coalesce(sum(d.rows), 0) AS rows, count(d.date) AS days, coalesce(sum(d.cost), 0) AS cost,
         min(d.date) AS first, max(d.date) AS last, (SELECT count(*) FROM api_keys c WHERE c.managed_by_id = k.id) AS covered
       FROM api_keys k LEFT JOIN usage_days d ON d.api_key_id = k.id AND d.rows > 0
       WHERE k.id = :id AND k.team_id = :teamId AND k.kind IS NOT 'residual' GROUP BY k.id`,
    )
    .safeIntegers(true)
    .get(input) as
    | { rows: bigint; days: bigint; cost: bigint; first: string | null; last: string | null; covered: bigint }
    | undefined;
  if (!row) throw notFound();
  return {
    id: input.id,
    usage_rows: Number(row.rows),
    usage_days: Number(row.days),
    cost: formatNanos(row.cost),
    first_day: row.first,
    last_day: row.last,
    covered_keys: Number(row.covered),
  };
}

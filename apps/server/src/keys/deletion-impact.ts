import { formatNanos } from "@orwatch/domain/money";
import type { App } from "../app.ts";
import type { DeletionImpactOutput } from "./schema.ts";
import { notFound } from "./service.ts";

/** What would be deleted together with a key, from the roll-up. @throws NOT_FOUND */
export function getDeletionImpact(app: App, input: { userId: number; id: number }): DeletionImpactOutput {
  const row = app.db.reader
    .prepare(
      `SELECT coalesce(sum(d.rows), 0) AS rows, count(d.date) AS days, coalesce(sum(d.cost), 0) AS cost,
         min(d.date) AS first, max(d.date) AS last, (SELECT count(*) FROM api_keys c WHERE c.managed_by_id = k.id) AS covered
       FROM api_keys k LEFT JOIN usage_days d ON d.api_key_id = k.id AND d.rows > 0
       WHERE k.id = :id AND k.user_id = :userId AND k.kind IS NOT 'residual' GROUP BY k.id`,
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

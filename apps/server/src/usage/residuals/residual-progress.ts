import type { Connection } from "@orwatch/db";
import type { Day } from "@orwatch/domain/day";

const COUNT = "UPDATE openrouter_accounts SET usage_version = usage_version + 1 WHERE id = ?";

/** Marks all residuals of an account for recalculation, because its keys have changed. */
export function noteResidualsStale(connection: Connection, accountId: number): void {
  connection.prepare(COUNT).run(accountId);
  connection.prepare("UPDATE api_keys SET watermark = NULL WHERE kind = 'residual' AND account_id = ?").run(accountId);
}

/** Marks the residuals of a key's account for recalculation, from a day on or, without it, all of them. */
export function noteKeyChanged(connection: Connection, keyId: number, from: Day | null = null): void {
  const accountId = connection
    .prepare("SELECT account_id FROM api_keys WHERE id = ? AND kind IS NOT 'residual'")
    .pluck()
    .safeIntegers(false)
    .get(keyId) as number | null | undefined;
  if (accountId === null || accountId === undefined) return;
  if (from === null) noteResidualsStale(connection, accountId);
  else noteStaleFrom(connection, accountId, from);
}

function noteStaleFrom(connection: Connection, accountId: number, from: Day): void {
  connection.prepare(COUNT).run(accountId);
  connection
    .prepare(
      "UPDATE api_keys SET watermark = :from WHERE kind = 'residual' AND account_id = :accountId AND watermark > :from",
    )
    .run({ accountId, from });
}

/** A number that increases when the keys of an account or their usage change. */
export const readUsageVersion = (connection: Connection, accountId: number): number | undefined =>
  connection
    .prepare("SELECT usage_version FROM openrouter_accounts WHERE id = ?")
    .pluck()
    .safeIntegers(false)
    .get(accountId) as number | undefined;

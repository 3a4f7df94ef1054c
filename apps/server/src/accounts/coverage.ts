import type { App } from "../app.ts";

/** Within the days of which the total of the account is known. */
const SPENT = `SELECT sum(d.cost) AS total, sum(d.cost) FILTER (WHERE k.kind = 'inference' AND k.is_active) AS watched
  FROM (SELECT min(d.date) AS first, max(d.date) AS last FROM api_keys k JOIN usage_days d ON d.api_key_id = k.id
      WHERE k.account_id = :id AND k.kind = 'residual' AND k.source = 'unknown') known
    CROSS JOIN api_keys k
    CROSS JOIN usage_days d ON d.api_key_id = k.id AND d.date BETWEEN known.first AND known.last
  WHERE k.account_id = :id AND k.kind IN ('inference', 'residual')`;

/** Share of the spend of an account that is of its watched keys, in percent with one decimal; `null` when it is not known. */
export function readCoverage(app: App, accountId: number): number | null {
  const { total, watched } = app.db.reader.prepare(SPENT).safeIntegers(true).get({ id: accountId }) as {
    total: bigint | null;
    watched: bigint | null;
  };
  return total === null || total <= 0n ? null : Number(((watched ?? 0n) * 1000n) / total) / 10;
}

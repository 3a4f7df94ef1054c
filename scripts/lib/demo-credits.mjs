// Gives the demo's account two months of credits, as if orwatch had read them every midnight.
import { createRequire } from "node:module";

const Database = createRequire(new URL("../../packages/db/package.json", import.meta.url))("better-sqlite3");

const DAYS = 60;
const DAY_MS = 86_400_000;
const PURCHASE = 100_000_000_000n;
/** Credits are bought when less is left. */
const LEAST = 25_000_000_000n;

/** Does nothing when there are earlier readings, as after a restart of the demo. */
export function addCreditsHistory(file, accountId) {
  const db = new Database(file);
  try {
    const last = db
      .prepare("SELECT at, total_nanos, used_nanos FROM account_credits WHERE account_id = ? ORDER BY at DESC LIMIT 1")
      .safeIntegers(true)
      .get(accountId);
    if (!last) return;
    const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
    const spent = new Map(
      db
        .prepare(
          `SELECT d.date, sum(d.cost) AS cost FROM api_keys k JOIN usage_days d ON d.api_key_id = k.id
           WHERE k.account_id = ? AND k.kind <> 'management' GROUP BY d.date`,
        )
        .safeIntegers(true)
        .all(accountId)
        .map(({ date, cost }) => [date, cost]),
    );
    const insert = db.prepare("INSERT OR IGNORE INTO account_credits VALUES (?, ?, ?, ?, ?)");
    let used = last.used_nanos;
    db.transaction(() => {
      const earlier = db.prepare("SELECT count(*) FROM account_credits WHERE account_id = ? AND at < ?").pluck();
      if (earlier.get(accountId, new Date(today).toISOString()) > 0) return;
      for (let day = 0; day < DAYS; day++) {
        const midnight = today - day * DAY_MS;
        used -= spent.get(new Date(midnight).toISOString().slice(0, 10)) ?? 0n;
        const at = new Date(midnight + 5_000).toISOString().replace("Z", "+00:00");
        const left = last.total_nanos - used - LEAST;
        insert.run(accountId, at, at, last.total_nanos - (left / PURCHASE) * PURCHASE, used);
      }
      db.prepare("UPDATE users SET data_version = data_version + 1").run();
    })();
  } finally {
    db.close();
  }
}

import { addDays, startOf, toDay } from "@orwatch/domain/day";
import type { App } from "../app.ts";
import { storedInstant } from "../platform/clock.ts";

/** A little over a year, so that users can look back on one. */
const KEEP_DAYS = 400;

/**
 * Removes notifications, forecasts and resolved alerts of more than 400 days ago. Open alerts stay: they keep a rule from firing again.
 * @returns number of notifications removed
 */
export async function removeOldAlerts(app: App): Promise<number> {
  const oldest = addDays(toDay(app.clock.now()), -KEEP_DAYS);
  const before = storedInstant(startOf(oldest));
  return app.db.write((connection) => {
    connection
      .prepare("DELETE FROM alert_firings WHERE resolved_at IS NOT NULL AND resolved_at < ? AND fired_at < ?")
      .run(before, before);
    connection.prepare("DELETE FROM forecasts WHERE made_on < ?").run(oldest);
    return Number(connection.prepare("DELETE FROM notifications WHERE created_at < ?").run(before).changes);
  });
}

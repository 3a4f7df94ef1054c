import { addDays, startOf, toDay } from "@orwatch/domain/day";
import type { App } from "../app.ts";
import { storedInstant } from "../platform/clock.ts";

/** A little over a year, so that a year can be looked back on. */
const KEEP_DAYS = 400;

/**
 * Removes notices, forecasts and what rules said of spans that are over, all of more than 400 days ago. What is still open stays: it is
 * what keeps it from being said again.
 * @returns how many notices went
 */
export async function forgetOldAlerts(app: App): Promise<number> {
  const oldest = addDays(toDay(app.clock.now()), -KEEP_DAYS);
  const before = storedInstant(startOf(oldest));
  return app.db.write((connection) => {
    connection
      .prepare("DELETE FROM alert_firings WHERE recovered_at IS NOT NULL AND recovered_at < ? AND fired_at < ?")
      .run(before, before);
    connection.prepare("DELETE FROM forecasts WHERE made_on < ?").run(oldest);
    return Number(connection.prepare("DELETE FROM notices WHERE created_at < ?").run(before).changes);
  });
}

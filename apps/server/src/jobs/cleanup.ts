import type { App } from "../app.ts";
import { removeOldDeliveries } from "../channels/log.ts";
import { addDays, toDay } from "../day.ts";

const KEEP_RUNS_DAYS = 90;
const MONTH_OF_DAYS = 30;

/** Removes usage older than the retention (0 keeps all), dead sessions, job runs of over 90 days ago, deliveries over for 30 days. */
export async function cleanUp(app: App): Promise<Record<string, number>> {
  const now = app.clock.now();
  const sessions = await app.db.prisma.session.deleteMany({ where: { expiresAt: { lte: now } } });
  const runs = await app.db.prisma.jobRun.deleteMany({
    where: { startedAt: { lt: new Date(now.getTime() - KEEP_RUNS_DAYS * 86_400_000) } },
  });
  const usageRows =
    app.config.retentionDays === 0 ? 0 : await removeUsage(app, addDays(toDay(now), 1 - app.config.retentionDays));
  const deliveries = await removeOldDeliveries(app);
  return { sessions: sessions.count, job_runs: runs.count, usage_rows: usageRows, deliveries };
}

/** Removes all usage before `oldest`, a month at a time so that nobody waits long for the writer. */
async function removeUsage(app: App, oldest: string): Promise<number> {
  let removed = 0;
  for (;;) {
    const count = await app.db.write((connection) => {
      const first = connection.prepare("SELECT min(date) AS day FROM usage_days WHERE date < ?").get(oldest) as {
        day: string | null;
      };
      if (first.day === null) return null;
      const monthLater = addDays(first.day, MONTH_OF_DAYS);
      const before = monthLater < oldest ? monthLater : oldest;
      connection
        .prepare(
          "UPDATE users SET data_version = data_version + 1 WHERE id IN (SELECT k.user_id FROM api_keys k JOIN usage_days d ON d.api_key_id = k.id WHERE d.date < ?)",
        )
        .run(before);
      const rows = connection
        .prepare("DELETE FROM usage_stats WHERE api_key_id IN (SELECT id FROM api_keys) AND date < ?")
        .run(before).changes;
      for (const table of ["usage_models", "usage_days", "openings"])
        connection.prepare(`DELETE FROM ${table} WHERE date < ?`).run(before);
      return rows;
    });
    if (count === null) return removed;
    removed += Number(count);
  }
}

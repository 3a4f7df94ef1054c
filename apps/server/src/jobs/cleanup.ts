import { addDays, toDay } from "@orwatch/domain/day";
import { thinCredits } from "../accounts/credits/credits-history.ts";
import { removeOldAlerts } from "../alerts/service.ts";
import type { App } from "../app.ts";
import { pruneEvents } from "../audit/service.ts";
import { removeOldDeliveries } from "../notifications/outbox/deliveries.ts";
import { removeOldIdempotencyKeys } from "../rpc/idempotency.ts";
import { removeOldShareLinks } from "../share-links/service.ts";
import { removeOldInvitations } from "../teams/invitations.ts";
import { oldestBreakdownKept, removeOldBreakdowns } from "../usage/breakdowns/removal.ts";
import { removeUsage } from "../usage/retention.ts";

const KEEP_RUNS_DAYS = 90;

/**
 * Removes usage and breakdowns older than their retention (0 keeps all), expired sessions, invitations, share links and idempotency keys, all but a few changes of credits per day, job runs older than
 * 90 days, deliveries that finished more than 30 days ago, and events, notifications and forecasts older than a year.
 */
export async function cleanUp(app: App): Promise<Record<string, number>> {
  const now = app.clock.now();
  const sessions = await app.db.prisma.session.deleteMany({
    where: {
      OR: [
        { expiresAt: { lte: now } },
        { createdAt: { lte: new Date(now.getTime() - app.config.sessionAbsoluteHours * 3_600_000) } },
      ],
    },
  });
  const events = await pruneEvents(app);
  const runs = await app.db.prisma.jobRun.deleteMany({
    where: { startedAt: { lt: new Date(now.getTime() - KEEP_RUNS_DAYS * 86_400_000) } },
  });
  const oldest = app.config.retentionDays === 0 ? null : addDays(toDay(now), 1 - app.config.retentionDays);
  const usageRows = oldest === null ? 0 : await removeUsage(app, oldest);
  const credits = await thinCredits(app, { today: toDay(now), oldest });
  const oldestBreakdown = oldestBreakdownKept(app.config, toDay(now));
  const breakdownRows = oldestBreakdown === null ? 0 : await removeOldBreakdowns(app, oldestBreakdown);
  const deliveries = await removeOldDeliveries(app);
  const notifications = await removeOldAlerts(app);
  const idempotencyKeys = await removeOldIdempotencyKeys(app);
  const invitations = await removeOldInvitations(app);
  const shareLinks = await removeOldShareLinks(app);
  const pages = await releaseFreePages(app);
  return {
    sessions: sessions.count,
    events,
    job_runs: runs.count,
    usage_rows: usageRows,
    credits,
    old_breakdown_rows: breakdownRows,
    deliveries,
    notifications,
    idempotency_keys: idempotencyKeys,
    invitations,
    share_links: shareLinks,
    pages_given_back: pages,
  };
}

const PAGES_PER_TURN = 256;
const PAUSE_MS = 5;

/**
 * Releases unused pages of the database to the disk, a few at a time. The file shrinks at SQLite's next checkpoint.
 * @returns the number of pages
 */
export async function releaseFreePages(app: App): Promise<number> {
  let released = 0;
  while (!app.stopping.aborted) {
    const { before, after } = await app.db.write((connection) => {
      const free = () => Number(connection.pragma("freelist_count", { simple: true }));
      const before = free();
      // The vacuum runs while its rows are read.
      if (before > 0) connection.pragma(`incremental_vacuum(${PAGES_PER_TURN})`);
      return { before, after: free() };
    });
    released += before - after;
    if (after === 0 || after >= before) break;
    await app.clock.sleep(PAUSE_MS, app.stopping);
  }
  return released;
}

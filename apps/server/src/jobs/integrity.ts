import { checkIntegrity, type IntegrityCheck } from "@orwatch/db/integrity";
import { message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import { ABOUT_NO_KEY, insertNotification } from "../notifications/inbox/notifications.ts";
import { queueDeliveries } from "../notifications/outbox/outbox.ts";
import { storedInstant } from "../platform/clock.ts";
import { startSchedule } from "./schedule.ts";

/** Some hours after the backup, which also reads the whole file. */
const DAILY = { cron: "0 4 * * *" };
const TITLE = message("database_damaged_title", {});
const ITEMS = [{ ...ABOUT_NO_KEY, event: "server" as const, message: message("database_damaged_notice", {}) }];
/** Administrators are notified once in this time, no matter how often the server starts. */
const NOTIFY_INTERVAL_MS = 24 * 3_600_000;

/** Checks the database in the background: quickly after the start, thoroughly every day, and as soon as a read finds damage. */
export function startIntegrityChecks(app: App): { stop(): void } {
  const work = (check: IntegrityCheck) => {
    const checking: Promise<unknown> = runIntegrityCheck(app, check).finally(() => app.background.delete(checking));
    app.background.add(checking);
  };
  const schedule = startSchedule(DAILY, () => work("integrity_check"), app.clock);
  app.storage.whenReported(() => work("integrity_check"));
  work("quick_check");
  return { stop: schedule.stop };
}

/** Checks the database now and reports the result. Never throws. */
export async function runIntegrityCheck(app: App, check: IntegrityCheck): Promise<void> {
  const began = performance.now();
  try {
    const damage = await checkIntegrity(app.config.databaseFile, { check, signal: app.stopping });
    app.storage.reportCheck(damage, app.clock.now());
    const ms = Math.round(performance.now() - began);
    app.log[damage === null ? "info" : "error"]("database.checked", { check, damage, ms });
    if (damage !== null) await notifyAdministrators(app);
  } catch (error) {
    if (!app.stopping.aborted) app.log.error("database.check_failed", { check, error });
  }
}

/** Notifies every administrator in the inbox and by their channels. This may fail because of the damage. */
async function notifyAdministrators(app: App): Promise<void> {
  const now = app.clock.now();
  const since = storedInstant(new Date(now.getTime() - NOTIFY_INTERVAL_MS));
  await app.db
    .write((connection) => {
      const administrators = connection
        .prepare(
          `SELECT u.id AS userId, t.id AS teamId FROM users u JOIN teams t ON t.personal_user_id = u.id
           WHERE u.is_admin AND u.is_active AND NOT EXISTS
             (SELECT 1 FROM notifications n WHERE n.team_id = t.id AND n.kind = 'server' AND n.title = ? AND n.created_at > ?)`,
        )
        .safeIntegers(false)
        .all(JSON.stringify(TITLE), since) as { userId: number; teamId: number }[];
      for (const administrator of administrators) {
        const notification = {
          ...administrator,
          kind: "server" as const,
          title: TITLE,
          items: ITEMS,
          createdAt: now,
          deliverAt: now,
        };
        queueDeliveries(connection, insertNotification(connection, notification));
      }
    })
    .catch((error) => app.log.error("database.notice", { error }));
}

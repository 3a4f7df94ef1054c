import type { Connection } from "@orwatch/db";
import type { Message } from "@orwatch/messages/message";
import { storeMessage } from "@orwatch/messages/parse";
import type { App } from "../../app.ts";
import { isActiveTeam } from "../../memberships/active-teams.ts";
import type { NotificationItem } from "../../notifications/inbox/notifications.ts";
import { storedInstant, usageNow } from "../../platform/clock.ts";
import { createDefaultRules } from "../default-rules.ts";
import { isSummaryDue, notifySummary, notifyTeam } from "../notify.ts";
import { findCauses } from "./cause.ts";
import { type Change, type Decision, decide, KEY_DELETED } from "./decide.ts";
import { readSituation } from "./facts.ts";
import { alertItem, deletedKeyItem, resolvedItem } from "./items.ts";

/** Set if a sync has just tried all keys. Otherwise the last recorded run counts. */
type Attempt = { attemptedAt?: Date };

/**
 * Evaluates the rules of one team and notifies of what is new. Alerts and the notification about them are written in one transaction, so
 * that none is lost or sent twice whenever the process ends. Never throws: a sync does not fail because of it.
 * @returns number of items notified
 */
export async function evaluateTeam(app: App, teamId: number, attempt: Attempt = {}): Promise<number> {
  try {
    await createDefaultRules(app, teamId);
    const now = app.clock.now();
    const { rules, facts, firings } = await readSituation(app, { teamId, now, ...attempt });
    const decision = decide({ rules, facts, firings, now: usageNow(app.clock) });
    if (isEmpty(decision) && !isSummaryDue(app.db.reader, { teamId, now })) return 0;
    const causes = await findCauses(app, { teamId, changes: decision.fire });
    return await app.db.write((connection) => {
      const items = record(connection, { decision, causes, now });
      if (items.length > 0) notifyTeam(connection, { teamId, items, now });
      notifySummary(connection, { teamId, now });
      return items.length;
    });
  } catch (error) {
    app.log.error("alerts.evaluate", { team_id: teamId, error });
    return 0;
  }
}

/** Evaluates every active team that has keys or rules, one after the other; other work runs in between. */
export async function evaluateAll(
  app: App,
  attempt: Attempt = {},
): Promise<{ users: number; notifications_sent: number }> {
  const teams = app.db.reader
    .prepare<[], { id: number }>(
      `SELECT id FROM teams WHERE ${isActiveTeam("teams.id")} AND (EXISTS (SELECT 1 FROM api_keys WHERE team_id = teams.id)
         OR EXISTS (SELECT 1 FROM alert_rules WHERE team_id = teams.id)) ORDER BY id`,
    )
    .all();
  let notified = 0;
  for (const { id } of teams) {
    if (app.stopping.aborted) break;
    notified += await evaluateTeam(app, id, attempt);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { users: teams.length, notifications_sent: notified };
}

const isEmpty = ({ fire, resolve, close, deletedKeys }: Decision): boolean =>
  fire.length + resolve.length + close.length + deletedKeys.length === 0;

/** Records a decision and returns what to notify: only what no other evaluation has recorded meanwhile. */
function record(
  connection: Connection,
  { decision, causes, now }: { decision: Decision; causes: Map<Change, Message>; now: Date },
): NotificationItem[] {
  const at = storedInstant(now);
  const items: (NotificationItem | null)[] = [];
  const insert = connection.prepare(
    `INSERT INTO alert_firings (rule_id, subject, threshold, window, fired_at, resolved_at, message)
     SELECT id, ?, ?, ?, ?, ?, ? FROM alert_rules WHERE id = ? AND is_active
     ON CONFLICT (rule_id, subject, threshold, window) DO UPDATE SET fired_at = excluded.fired_at,
       resolved_at = excluded.resolved_at, message = excluded.message
       WHERE resolved_at IS NOT NULL AND fired_at > excluded.fired_at`,
  );
  const close = connection.prepare("UPDATE alert_firings SET resolved_at = ? WHERE id = ? AND resolved_at IS NULL");
  for (const alert of decision.fire) {
    const { subject, window } = alert.assessment;
    const content = storeMessage(alert.level.alert().message);
    const resolvedAt = alert.isOver ? at : null;
    const { changes } = insert.run(subject, alert.level.threshold, window, at, resolvedAt, content, alert.rule.id);
    if (Number(changes) === 0 || !alert.isNotified) continue;
    items.push(alertItem(alert, causes.get(alert)));
    if (alert.isOver) items.push(resolvedItem(alert));
  }
  for (const resolved of decision.resolve) {
    const { changes } = close.run(at, resolved.firing.id);
    if (Number(changes) > 0 && resolved.isNotified) items.push(resolvedItem(resolved));
  }
  for (const deleted of decision.deletedKeys) {
    const { threshold, window } = KEY_DELETED;
    const { changes } = insert.run(`key:${deleted.key.id}`, threshold, window, at, null, null, deleted.rule.id);
    if (Number(changes) > 0) items.push(deletedKeyItem(deleted));
  }
  for (const firing of decision.close) close.run(at, firing.id);
  return items.filter((item) => item !== null);
}

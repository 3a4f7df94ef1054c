import { startOf, toDay } from "@orwatch/domain/day";
import type { App } from "../app.ts";
import type { Connection, NoticeItem } from "../notifications/inbox/notices.ts";
import { storedInstant, usageNow } from "../platform/clock.ts";
import { type Decision, decide, GONE } from "./decide.ts";
import { readSituation } from "./facts.ts";
import { alertItem, goneItem, recoveryItem } from "./items.ts";
import { DEFAULT_RULES, formatTerms, nameOf } from "./rule.ts";
import { HELD, tell, tellSummary } from "./tell.ts";

/** A sync that has just tried all keys says when; else the last run that is written down counts. */
type Attempt = { attemptedAt?: Date };

/**
 * Evaluates the rules of one user and tells what is new. What was said and the notice that says it are written in one
 * transaction, so that a message is neither lost nor doubled whenever the process ends. Never throws: a sync does not fail by it.
 * @returns how many things were told
 */
export async function evaluateUser(app: App, userId: number, attempt: Attempt = {}): Promise<number> {
  try {
    await makeFirstRules(app, userId);
    const now = app.clock.now();
    const { rules, facts, firings } = await readSituation(app, { userId, now, ...attempt });
    const decision = decide({ rules, facts, firings, now: usageNow(app.clock) });
    const isSummaryDue = findHeld(app, { userId, now });
    if (isEmpty(decision) && !isSummaryDue) return 0;
    return await app.db.write((connection) => {
      const items = note(connection, decision, now);
      if (items.length > 0) tell(connection, { userId, items, now });
      tellSummary(connection, { userId, now });
      return items.length;
    });
  } catch (error) {
    app.log.error("alerts.evaluate", { user_id: userId, error });
    return 0;
  }
}

/** Every user who has keys or rules. One after the other, with a breath between. */
export async function evaluateAll(app: App, attempt: Attempt = {}): Promise<{ users: number; told: number }> {
  const users = app.db.reader
    .prepare<[], { id: number }>(
      `SELECT id FROM users WHERE is_active AND (EXISTS (SELECT 1 FROM api_keys WHERE user_id = users.id)
         OR EXISTS (SELECT 1 FROM alert_rules WHERE user_id = users.id)) ORDER BY id`,
    )
    .all();
  let told = 0;
  for (const { id } of users) {
    if (app.stopping.aborted) break;
    told += await evaluateUser(app, id, attempt);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { users: users.length, told };
}

const isEmpty = ({ fire, recover, close, gone }: Decision): boolean =>
  fire.length + recover.length + close.length + gone.length === 0;

const findHeld = (app: App, { userId, now }: { userId: number; now: Date }): boolean =>
  app.db.reader
    .prepare(`SELECT 1 FROM notices WHERE user_id = ? AND ${HELD} LIMIT 1`)
    .get(userId, storedInstant(startOf(toDay(now)))) !== undefined;

/** Writes down what is said; only what nobody wrote down before is to be told. */
function note(connection: Connection, decision: Decision, now: Date): NoticeItem[] {
  const at = storedInstant(now);
  const items: NoticeItem[] = [];
  const insert = connection.prepare(
    `INSERT INTO alert_firings (rule_id, subject, threshold, window, fired_at)
     SELECT id, ?, ?, ?, ? FROM alert_rules WHERE id = ? AND is_active
     ON CONFLICT (rule_id, subject, threshold, window) DO UPDATE SET fired_at = excluded.fired_at, recovered_at = NULL
       WHERE recovered_at IS NOT NULL AND fired_at > excluded.fired_at`,
  );
  const close = connection.prepare("UPDATE alert_firings SET recovered_at = ? WHERE id = ? AND recovered_at IS NULL");
  for (const fire of decision.fire) {
    const { subject, window } = fire.assessment;
    const { changes } = insert.run(subject, fire.threshold, window, at, fire.rule.id);
    if (Number(changes) > 0 && fire.isSpoken) items.push(alertItem(fire, now));
  }
  for (const recover of decision.recover) {
    const { changes } = close.run(at, recover.firing.id);
    if (Number(changes) > 0 && recover.isSpoken) items.push(recoveryItem(recover));
  }
  for (const gone of decision.gone) {
    const { changes } = insert.run(`key:${gone.key.id}`, GONE.threshold, GONE.window, at, gone.rule.id);
    if (Number(changes) > 0) items.push(goneItem(gone));
  }
  for (const firing of decision.close) close.run(at, firing.id);
  return items;
}

/** Gives a user who has a key the rules everybody starts with, once. */
export async function makeFirstRules(app: App, userId: number): Promise<void> {
  const isDue = app.db.reader
    .prepare(
      `SELECT 1 FROM api_keys WHERE user_id = @userId
         AND NOT EXISTS (SELECT 1 FROM alert_settings WHERE user_id = @userId AND rules_made_at IS NOT NULL) LIMIT 1`,
    )
    .get({ userId });
  if (!isDue) return;
  const at = storedInstant(app.clock.now());
  await app.db.write((connection) => {
    const { changes } = connection
      .prepare(
        `INSERT INTO alert_settings (user_id, rules_made_at) SELECT id, ? FROM users WHERE id = ?
         ON CONFLICT (user_id) DO UPDATE SET rules_made_at = excluded.rules_made_at WHERE rules_made_at IS NULL`,
      )
      .run(at, userId);
    if (Number(changes) === 0) return;
    const insert = connection.prepare(
      "INSERT INTO alert_rules (user_id, name, has_default_name, kind, terms, created_at, updated_at) VALUES (?, ?, 1, ?, ?, ?, ?)",
    );
    for (const terms of DEFAULT_RULES)
      insert.run(
        userId,
        nameOf({ name: "", kind: terms.kind, has_default_name: 1 }),
        terms.kind,
        formatTerms(terms),
        at,
        at,
      );
  });
}

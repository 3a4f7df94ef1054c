import { readStored } from "@orwatch/messages/renderer";
import type { z } from "zod";
import type { App } from "../app.ts";
import { readSyncState } from "../usage/sync-state.ts";
import { KEY_DELETED } from "./evaluation/decide.ts";
import { isSnoozed } from "./quiet-hours.ts";
import { nameOf } from "./rule.ts";
import type { RuleKind } from "./rules/index.ts";
import type { currentAlertsOutput } from "./schema.ts";

interface AlertRow {
  rule_id: number;
  name: string;
  has_default_name: number;
  kind: RuleKind;
  snoozed_until: string | null;
  fired_at: string;
  message: string | null;
}

// Thresholds of one subject fire from the lowest to the highest.
const OPEN = `SELECT r.id AS rule_id, r.name, r.has_default_name, r.kind, r.snoozed_until, f.fired_at, f.message
  FROM alert_firings f JOIN alert_rules r ON r.id = f.rule_id
  WHERE f.id IN (SELECT max(f.id) FROM alert_firings f JOIN alert_rules r ON r.id = f.rule_id
    WHERE r.team_id = ? AND r.is_active AND f.resolved_at IS NULL AND f.threshold <> ? GROUP BY f.rule_id, f.subject)
  ORDER BY f.fired_at DESC, f.id DESC`;

/** The alerts of a team that are not resolved. */
export function listAlerts(app: App, { teamId }: { teamId: number }): z.infer<typeof currentAlertsOutput> {
  const rows = app.db.reader.prepare<[number, string], AlertRow>(OPEN).all(teamId, KEY_DELETED.threshold);
  const now = app.clock.now();
  return {
    items: rows.map((row) => {
      const { text, message } = readStored(row.message);
      const snoozedUntil = row.snoozed_until === null ? null : new Date(row.snoozed_until);
      return {
        rule_id: row.rule_id,
        name: nameOf(row),
        state: isSnoozed(snoozedUntil, now) ? ("snoozed" as const) : ("firing" as const),
        since: new Date(row.fired_at).toISOString(),
        message: text,
        reason: message?.code ?? null,
        params: message?.params ?? null,
      };
    }),
    ...readSyncState(app, { teamId }),
  };
}

import type { ApiKey } from "@orwatch/db";
import { addDays, type Day, toDay } from "@orwatch/domain/day";
import type { App } from "../../app.ts";
import { isBackfilling } from "../../keys/backfill.ts";
import { creditsLeft, currentCounters } from "../../keys/current.ts";
import { hasSecret } from "../../keys/service.ts";
import { storedInstant, usageNow } from "../../platform/clock.ts";
import { readHours } from "../../stats/breakdowns/hours.ts";
import { isSnoozed } from "../quiet-hours.ts";
import { channelsOf, keysOf, nameOf, RULE_COLUMNS, type Rule, type StoredRule, termsOf } from "../rule.ts";
import { type DayFacts, type Facts, type KeyFacts, WITHOUT_KEY } from "../rules/define.ts";
import { definitionOf } from "../rules/index.ts";
import type { Firing } from "./decide.ts";

/** A sync run that lasts longer than this many intervals counts as a failed attempt. */
const HANGING_INTERVALS = 2;
/** Closed alerts older than this belong to no period that is still evaluated. */
const FIRINGS_DAYS = 45;

const NO_FACTS: Facts = { keys: [], days: new Map(), hours: new Map(), attemptedAt: null, isBackfilling: false };

/** Rules, facts and earlier alerts of one team. */
export async function readSituation(
  app: App,
  input: { teamId: number; now: Date; attemptedAt?: Date | undefined },
): Promise<{ rules: Rule[]; facts: Facts; firings: Firing[] }> {
  const rules = readRules(app, input);
  if (rules.length === 0) return { rules, facts: NO_FACTS, firings: [] };
  return {
    rules,
    facts: {
      keys: await readKeys(app, input.teamId),
      days: readDays(app, { teamId: input.teamId, days: daysNeeded(rules, usageNow(app.clock)) }),
      hours: await readHours(app, { teamId: input.teamId, days: hourlyDaysOf(rules, usageNow(app.clock)) }),
      isBackfilling: isBackfilling(app, input.teamId),
      attemptedAt: input.attemptedAt ?? readAttempt(app, input.now),
    },
    firings: readFirings(app, input),
  };
}

/** All keys of a team. */
export async function readKeys(app: App, teamId: number): Promise<KeyFacts[]> {
  const accounts = readAccountNames(app, teamId);
  const keys = await app.db.prisma.apiKey.findMany({
    where: { teamId, OR: [{ kind: null }, { kind: { not: "residual" } }] },
    orderBy: { id: "asc" },
  });
  return keys.map((key) => toFacts(key, { accounts, now: usageNow(app.clock) }));
}

/** Active rules that are not snoozed. */
function readRules(app: App, { teamId, now }: { teamId: number; now: Date }): Rule[] {
  const rows = app.db.reader
    .prepare<[number], StoredRule>(
      `SELECT ${RULE_COLUMNS} FROM alert_rules r WHERE r.team_id = ? AND r.is_active ORDER BY r.id`,
    )
    .all(teamId);
  return rows
    .filter(({ snoozed_until }) => !isSnoozed(snoozed_until === null ? null : new Date(snoozed_until), now))
    .map((row) => ({
      id: row.id,
      name: nameOf(row),
      keys: keysOf(row),
      since: new Date(Math.max(Date.parse(row.updated_at), Date.parse(row.snoozed_until ?? row.updated_at))),
      terms: termsOf(row),
      channels: channelsOf(row),
    }));
}

const readAccountNames = (app: App, teamId: number): Map<number, string> =>
  new Map(
    app.db.reader
      .prepare<[number], { id: number; name: string }>("SELECT id, name FROM openrouter_accounts WHERE team_id = ?")
      .all(teamId)
      .map(({ id, name }) => [id, name]),
  );

const toFacts = (key: ApiKey, { accounts, now }: { accounts: Map<number, string>; now: Date }): KeyFacts => ({
  ...key,
  accountName: key.accountId === null ? null : (accounts.get(key.accountId) ?? null),
  hasSecret: hasSecret(key),
  limit: key.limitNanos,
  remaining: currentCounters(key, now).limitRemaining,
  creditsTotal: key.creditsTotalNanos,
  creditsLeft: creditsLeft(key),
});

function daysNeeded(rules: Rule[], now: Date): Set<Day> {
  const today = toDay(now);
  return new Set(
    rules.flatMap(({ terms: { kind, ...terms } }) => {
      const { days } = definitionOf(kind);
      return days ? days(terms, today) : [];
    }),
  );
}

function hourlyDaysOf(rules: Rule[], now: Date): Day[] {
  const days = rules.flatMap(
    ({ terms: { kind, ...terms } }) => definitionOf(kind).hourlyDays?.(terms, toDay(now)) ?? [],
  );
  return [...new Set(days)].sort();
}

/** Cost of all keys of a team on some days. */
export function readDays(
  app: App,
  { teamId, days: asked }: { teamId: number; days: ReadonlySet<Day> },
): Map<number, Map<Day, DayFacts>> {
  const days = new Map<number, Map<Day, DayFacts>>();
  if (asked.size === 0) return days;
  const rows = app.db.reader
    .prepare<[number, string]>(
      `SELECT iif(k.kind IS 'residual', ${WITHOUT_KEY}, k.id) AS id, d.date, sum(d.cost) AS cost, min(d.exact OR d.attributed) AS whole
       FROM api_keys k JOIN usage_days d ON d.api_key_id = k.id
       WHERE k.team_id = ? AND d.date IN (SELECT value FROM json_each(?)) GROUP BY 1, 2`,
    )
    .safeIntegers(true)
    .all(teamId, JSON.stringify([...asked])) as { id: bigint; date: Day; cost: bigint; whole: bigint }[];
  for (const { id, date, cost, whole } of rows) {
    const key = Number(id);
    let ofKey = days.get(key);
    if (!ofKey) {
      ofKey = new Map();
      days.set(key, ofKey);
    }
    ofKey.set(date, { cost, isWhole: whole !== 0n });
  }
  return days;
}

function readAttempt(app: App, now: Date): Date | null {
  const rows = app.db.reader
    .prepare<[], { started_at: string; finished_at: string | null; outcome: string }>(
      "SELECT started_at, finished_at, outcome FROM job_runs WHERE job = 'sync' ORDER BY started_at DESC, id DESC LIMIT 2",
    )
    .all();
  const hangingMs = HANGING_INTERVALS * app.config.syncIntervalMinutes * 60_000;
  for (const { started_at, finished_at, outcome } of rows) {
    if (outcome === "interrupted") continue;
    if (finished_at !== null) return new Date(finished_at);
    if (now.getTime() - Date.parse(started_at) > hangingMs) return now;
  }
  return null;
}

/** Alerts that were closed in the future, before the clock was set back, do not count. */
function readFirings(app: App, { teamId, now }: { teamId: number; now: Date }): Firing[] {
  const rows = app.db.reader
    .prepare<
      [number, string, string],
      { id: number; rule_id: number; subject: string; threshold: string; window: string; is_open: number }
    >(
      `SELECT f.id, f.rule_id, f.subject, f.threshold, f.window, f.resolved_at IS NULL AS is_open
       FROM alert_rules r JOIN alert_firings f ON f.rule_id = r.id
       WHERE r.team_id = ? AND (f.resolved_at IS NULL OR f.fired_at BETWEEN ? AND ?) ORDER BY f.id`,
    )
    .all(teamId, addDays(toDay(now), -FIRINGS_DAYS), storedInstant(now));
  return rows.map((row) => ({
    id: row.id,
    ruleId: row.rule_id,
    subject: row.subject,
    threshold: row.threshold,
    window: row.window,
    isOpen: row.is_open !== 0,
  }));
}

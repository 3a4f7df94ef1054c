import { addDays, DAY_MS, type Day, listDays, startOf, toDay } from "@orwatch/domain/day";
import type { Message } from "@orwatch/messages/message";
import { toEnglish } from "@orwatch/messages/renderer";
import type { z } from "zod";
import type { App } from "../app.ts";
import { isHistoryPending } from "../keys/backfill.ts";
import { usageNow } from "../platform/clock.ts";
import { createYielder } from "../platform/scheduling/read-scheduler.ts";
import { readHours } from "../stats/breakdowns/hours.ts";
import { assessRule, type Decision, decideRule, type Firing } from "./evaluation/decide.ts";
import { readDays, readKeys } from "./evaluation/facts.ts";
import type { Rule } from "./rule.ts";
import type { Facts } from "./rules/define.ts";
import { definitionOf, type RuleKind, type TermFields } from "./rules/index.ts";
import type { previewRuleOutput } from "./schema.ts";
import { keysJson, requireTerms } from "./service.ts";

type Preview = z.infer<typeof previewRuleOutput>;

const DAYS = 30;
const HOUR_MS = 3_600_000;
const MAX_ALERTS = 10;
/** Hours of subjects that are assessed in one preview: seconds of work, in slices. Of many keys, fewer days are evaluated. */
const MAX_SUBJECT_HOURS = 50_000;

/**
 * How often a rule would have fired in the last 30 days: evaluated as after a sync at the end of each day, or of each hour for rules on
 * hours, on the usage that is stored now.
 * @throws BAD_REQUEST for invalid terms, NOT_FOUND for a key of another team
 */
export async function previewRule(
  app: App,
  input: TermFields & { teamId: number; kind: RuleKind; api_key_ids?: number[] | null | undefined },
): Promise<Preview> {
  const { teamId, kind, api_key_ids, ...fields } = input;
  const { kind: _, ...terms } = requireTerms(kind, fields);
  const { days, hourlyDays, subjects } = definitionOf(kind);
  const json = keysJson(app, { teamId, ids: api_key_ids ?? null });
  const now = usageNow(app.clock);
  const today = toDay(now);
  const keys = await readKeys(app, teamId);
  const stepMs = hourlyDays ? HOUR_MS : DAY_MS;
  const rule: Rule = {
    id: 0,
    name: "",
    terms: { kind, ...terms } as Rule["terms"],
    keys: json === null ? null : JSON.parse(json),
    channels: null,
    since: new Date(0),
  };
  const count = hourlyDays ? daysWithin(subjects(keys).length) : DAYS;
  // The day before shows what was firing already.
  const evaluated = listDays(addDays(today, -count), today);
  const [, first = today] = evaluated;
  const empty: Preview = { start_date: first, end_date: today, known_days: 0, fired: null, problem: null, alerts: [] };
  if (!days && !hourlyDays) return { ...empty, problem: "no_history" };
  if (isHistoryPending(app, teamId)) return { ...empty, problem: "backfill_running" };
  const needed = (of: typeof days) => new Set(evaluated.flatMap((day) => of?.(terms, day) ?? []));
  const facts: Facts = {
    keys,
    days: readDays(app, { teamId, days: needed(days) }),
    hours: await readHours(app, { teamId, days: [...needed(hourlyDays)].sort() }),
    attemptedAt: now,
    isBackfilling: false,
  };
  const replayed = await replay({ rule, facts, from: startOf(evaluated[0] ?? today), first, now, stepMs });
  if (replayed.knownDays.size === 0) return { ...empty, problem: "too_little_history" };
  return {
    ...empty,
    known_days: replayed.knownDays.size,
    fired: replayed.fired.length,
    alerts: replayed.fired
      .slice(-MAX_ALERTS)
      .reverse()
      .map(({ date, message }) => ({ date, message, text: toEnglish(message) })),
  };
}

const daysWithin = (subjects: number): number =>
  Math.min(DAYS, Math.max(1, Math.floor(MAX_SUBJECT_HOURS / 24 / Math.max(1, subjects))));

interface Replay {
  rule: Rule;
  facts: Facts;
  from: Date;
  /** Alerts before this day are not counted. */
  first: Day;
  now: Date;
  stepMs: number;
}

async function replay({ rule, facts, from, first, now, stepMs }: Replay) {
  const pause = createYielder("page");
  const fired: { date: Day; message: Message }[] = [];
  const knownDays = new Set<Day>();
  let firings: Firing[] = [];
  for (let end = from.getTime() + stepMs; end - stepMs < now.getTime(); end += stepMs) {
    await pause();
    // A moment before the end, when all of the period is in it.
    const at = new Date(Math.min(end - 1, now.getTime()));
    const assessments = assessRule(rule, { facts, now: at });
    const decision: Decision = { fire: [], resolve: [], close: [], deletedKeys: [] };
    decideRule(decision, { rule, facts, assessments, firings });
    firings = record(firings, decision);
    const date = toDay(at);
    if (date < first) continue;
    if (assessments.some(({ levels }) => levels.length > 0)) knownDays.add(date);
    for (const { level, isNotified } of decision.fire)
      if (isNotified) fired.push({ date, message: level.alert().message });
  }
  return { fired, knownDays };
}

/** The alerts after a decision, as evaluation stores them. */
function record(firings: Firing[], { fire, resolve, close }: Decision): Firing[] {
  const ended = new Set([...resolve.map(({ firing }) => firing.id), ...close.map(({ id }) => id)]);
  const before =
    ended.size === 0 ? firings : firings.map((one) => (ended.has(one.id) ? { ...one, isOpen: false } : one));
  const started = fire.map(({ rule, assessment, level, isOver }, index) => ({
    id: firings.length + index + 1,
    ruleId: rule.id,
    subject: assessment.subject,
    threshold: level.threshold,
    window: assessment.window,
    isOpen: !isOver,
  }));
  return started.length === 0 ? before : [...before, ...started];
}

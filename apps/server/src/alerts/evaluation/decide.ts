import type { Rule } from "../rule.ts";
import { type Assessment, type Facts, type KeyFacts, LASTING, type Level, periodOf } from "../rules/define.ts";
import { definitionOf } from "../rules/index.ts";

/** One alert of a rule; a row of alert_firings. */
export interface Firing {
  id: number;
  ruleId: number;
  subject: string;
  threshold: string;
  window: string;
  isOpen: boolean;
}

/** An alert that starts or is resolved. Where several thresholds are passed at once, only one is notified. */
export interface Change {
  rule: Rule;
  assessment: Assessment;
  level: Level;
  isNotified: boolean;
}

/** An alert that starts. */
interface Start extends Change {
  /** It is resolved at the same time. */
  isOver: boolean;
}

export interface DeletedKey {
  rule: Rule;
  key: { id: number; name: string };
  /** The rule applies to no other key. */
  isLast: boolean;
}

export interface Decision {
  fire: Start[];
  resolve: (Change & { firing: Firing })[];
  /** Alerts that end without a notification: their period has ended, or the rule no longer applies to their subject. */
  close: Firing[];
  /** Deleted keys of a rule that were not notified yet. */
  deletedKeys: DeletedKey[];
}

/** How alert_firings records that a deleted key was notified. */
export const KEY_DELETED = { threshold: "key deleted", window: `${LASTING}/gone` };

/** What is to be notified and recorded. With the result recorded in `firings`, deciding again changes nothing. Pure. */
export function decide(input: { rules: Rule[]; facts: Facts; firings: Firing[]; now: Date }): Decision {
  const decision: Decision = { fire: [], resolve: [], close: [], deletedKeys: [] };
  const byRule = new Map<number, Firing[]>();
  for (const firing of input.firings) byRule.set(firing.ruleId, [...(byRule.get(firing.ruleId) ?? []), firing]);
  for (const rule of input.rules) {
    const assessments = assessRule(rule, input);
    decideRule(decision, { ...input, rule, assessments, firings: byRule.get(rule.id) ?? [] });
  }
  return decision;
}

/** The state of the subjects of a rule. Pure. */
export function assessRule(rule: Rule, { facts, now }: { facts: Facts; now: Date }): Assessment[] {
  const { kind, ...terms } = rule.terms;
  return definitionOf(kind).evaluate({ terms, rule, keys: keysOf(rule, facts), facts, now });
}

const idOf = ({ subject, threshold, window }: Pick<Firing, "subject" | "threshold" | "window">) =>
  `${subject}\n${threshold}\n${window}`;

/** Adds to a decision what follows from the assessments of one rule. */
export function decideRule(
  decision: Decision,
  { rule, facts, assessments, firings }: { rule: Rule; facts: Facts; assessments: Assessment[]; firings: Firing[] },
): void {
  const definition = definitionOf(rule.terms.kind);
  const keys = keysOf(rule, facts);
  const fired = new Set(firings.map(idOf));
  const open = firings.filter(({ isOpen, threshold }) => isOpen && threshold !== KEY_DELETED.threshold);
  decision.close.push(...findEnded(open, { assessments, subjects: new Set(definition.subjects(keys)) }));
  for (const assessment of assessments) {
    const ofSubject = open.filter(
      ({ subject, window }) => subject === assessment.subject && periodOf(window) === assessment.period,
    );
    decideSubject(decision, { rule, assessment, open: ofSubject, fired });
  }
  const deleted = (rule.keys ?? []).filter(({ id }) => !facts.keys.some((key) => key.id === id));
  for (const key of deleted)
    if (!fired.has(idOf({ subject: `key:${key.id}`, ...KEY_DELETED })))
      decision.deletedKeys.push({ rule, key, isLast: deleted.length === rule.keys?.length });
}

/** Keys of a rule that still exist. */
const keysOf = (rule: Rule, facts: Facts): KeyFacts[] =>
  rule.keys === null ? facts.keys : facts.keys.filter(({ id }) => rule.keys?.some((key) => key.id === id));

/** Alerts of a period that is no longer assessed, or of a subject that the rule no longer applies to. */
function findEnded(open: Firing[], current: { assessments: Assessment[]; subjects: Set<string> }): Firing[] {
  const periods = new Map<string, Set<string>>();
  for (const { subject, period } of current.assessments)
    periods.set(subject, (periods.get(subject) ?? new Set()).add(period));
  return open.filter(({ subject, window }) => {
    const assessed = periods.get(subject);
    return assessed ? !assessed.has(periodOf(window)) : !current.subjects.has(subject);
  });
}

function decideSubject(
  decision: Decision,
  { rule, assessment, open, fired }: { rule: Rule; assessment: Assessment; open: Firing[]; fired: Set<string> },
): void {
  const { subject, window, levels, sameAs = [] } = assessment;
  const isOpen = (threshold: string) => open.some((firing) => firing.threshold === threshold);
  const hasFired = (threshold: string) =>
    [window, ...sameAs].some((one) => fired.has(idOf({ subject, threshold, window: one })));
  const passed = levels.filter(
    ({ threshold, isFiring, wasFiring }) => ((isFiring && !isOpen(threshold)) || wasFiring) && !hasFired(threshold),
  );
  for (const [index, level] of passed.entries()) {
    const isNotified = index === passed.length - 1;
    decision.fire.push({ rule, assessment, level, isNotified, isOver: !level.isFiring });
  }
  // Of several thresholds that are no longer passed, the lowest says most.
  const resolved = levels
    .filter(({ isFiring, resolved }) => !isFiring && resolved !== undefined)
    .flatMap((level) =>
      open.filter(({ threshold }) => threshold === level.threshold).map((firing) => ({ level, firing })),
    );
  for (const [index, { level, firing }] of resolved.entries())
    decision.resolve.push({ rule, assessment, level, firing, isNotified: index === 0 });
  for (const firing of open)
    if (!levels.some(({ threshold }) => threshold === firing.threshold)) decision.close.push(firing);
}

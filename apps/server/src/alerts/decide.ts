import { assess, watchedBy } from "./assess.ts";
import { accountOf } from "./assess-keys.ts";
import { type Assessment, type Facts, LASTING, periodOf } from "./assessment.ts";
import type { Rule } from "./rule.ts";

/** What a rule has said; the table alert_firings. */
export interface Firing {
  id: number;
  ruleId: number;
  subject: string;
  threshold: string;
  window: string;
  isOpen: boolean;
}

/** To be said once for its threshold and window. Where several thresholds are passed at once, only the gravest is spoken. */
export interface Fire {
  rule: Rule;
  assessment: Assessment;
  threshold: string;
  isSpoken: boolean;
}

export interface Recover {
  rule: Rule;
  assessment: Assessment;
  firing: Firing;
  isSpoken: boolean;
}

export interface Decision {
  fire: Fire[];
  recover: Recover[];
  /** Firings that are over without a word: their span has passed, or nothing is watched there any more. */
  close: Firing[];
  /** Keys of a rule that were deleted, and that it has not told of. */
  gone: { rule: Rule; key: { id: number; name: string }; isLast: boolean }[];
}

export const GONE = { threshold: "key deleted", window: `${LASTING}/gone` };

/** What is to be said and noted. Saying it again changes nothing: `firings` remember. Pure. */
export function decide(input: { rules: Rule[]; facts: Facts; firings: Firing[]; now: Date }): Decision {
  const decision: Decision = { fire: [], recover: [], close: [], gone: [] };
  const byRule = new Map<number, Firing[]>();
  for (const firing of input.firings) byRule.set(firing.ruleId, [...(byRule.get(firing.ruleId) ?? []), firing]);
  for (const rule of input.rules) decideRule(decision, { ...input, rule, firings: byRule.get(rule.id) ?? [] });
  return decision;
}

function decideRule(decision: Decision, input: { rule: Rule; facts: Facts; firings: Firing[]; now: Date }): void {
  const { rule, facts, firings } = input;
  const said = new Set(firings.map(({ subject, threshold, window }) => `${subject}\n${threshold}\n${window}`));
  const assessments = assess(rule, facts, input.now);
  const periods = new Map<string, Set<string>>();
  for (const { subject, period } of assessments) periods.set(subject, (periods.get(subject) ?? new Set()).add(period));
  const open = firings.filter(({ isOpen, threshold }) => isOpen && threshold !== GONE.threshold);
  const watched = subjectsOf(rule, facts);
  for (const firing of open) {
    const current = periods.get(firing.subject);
    if (current ? !current.has(periodOf(firing.window)) : !watched.has(firing.subject)) decision.close.push(firing);
  }
  for (const assessment of assessments) {
    const here = open.filter(
      ({ subject, window }) => subject === assessment.subject && periodOf(window) === assessment.period,
    );
    decideSubject(decision, { rule, assessment, open: here, said });
  }
  const missing = (rule.keys ?? []).filter(({ id }) => !facts.keys.some((key) => key.id === id));
  for (const key of missing)
    if (!said.has(`key:${key.id}\n${GONE.threshold}\n${GONE.window}`))
      decision.gone.push({ rule, key, isLast: missing.length === rule.keys?.length });
}

function decideSubject(
  decision: Decision,
  { rule, assessment, open, said }: { rule: Rule; assessment: Assessment; open: Firing[]; said: Set<string> },
): void {
  const { subject, window, levels } = assessment;
  const isOpen = (threshold: string) => open.some((firing) => firing.threshold === threshold);
  const passed = levels.filter(
    ({ threshold, isOver }) => isOver && !isOpen(threshold) && !said.has(`${subject}\n${threshold}\n${window}`),
  );
  for (const [index, { threshold }] of passed.entries())
    decision.fire.push({ rule, assessment, threshold, isSpoken: index === passed.length - 1 });
  const under = open.filter((firing) => levels.some((level) => level.threshold === firing.threshold && !level.isOver));
  if (assessment.recovers)
    for (const firing of under)
      decision.recover.push({ rule, assessment, firing, isSpoken: firing === mildest(under) });
  for (const firing of open)
    if (!levels.some(({ threshold }) => threshold === firing.threshold)) decision.close.push(firing);
}

/** Of several thresholds one is under again, the lowest says most. */
const mildest = (firings: Firing[]): Firing | undefined =>
  firings.reduce(
    (least, firing) => (Number(firing.threshold) < Number(least.threshold) ? firing : least),
    firings[0] as Firing,
  );

/** Every subject there is something to watch at, known or not. */
function subjectsOf(rule: Rule, facts: Facts): Set<string> {
  const keys = watchedBy(rule, facts);
  const { kind } = rule.terms;
  if (kind === "spend" || kind === "unusual") return new Set(["all", ...keys.map(({ id }) => `key:${id}`)]);
  const active = keys.filter(({ isActive }) => isActive);
  return new Set(active.map((key) => (kind === "credits" ? accountOf(key) : `key:${key.id}`)));
}

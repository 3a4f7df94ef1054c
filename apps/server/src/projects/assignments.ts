import { addDays, type Day } from "@orwatch/domain/day";

/** From this day on, a key belongs to a project, or to none with `null`, until the next change. */
export interface AssignmentChange {
  fromDate: Day;
  projectId: number | null;
}

/** Days of a key in a project: from `from`, before `to`; `to` is `null` without an end. */
export interface AssignmentSpan {
  projectId: number;
  from: Day;
  to: Day | null;
}

const isBefore = (day: Day, end: Day | null) => end === null || day < end;

/** The days in projects that the changes of a key result in. `changes` are in the order of their days. */
export function spansOf(changes: readonly AssignmentChange[]): AssignmentSpan[] {
  const spans: AssignmentSpan[] = [];
  for (const [index, { fromDate, projectId }] of changes.entries()) {
    if (projectId === null) continue;
    const to = changes[index + 1]?.fromDate ?? null;
    const last = spans.at(-1);
    if (last && last.projectId === projectId && last.to === fromDate) last.to = to;
    else spans.push({ projectId, from: fromDate, to });
  }
  return spans;
}

/** The fewest changes that result in these days. The spans must not overlap. */
export function changesOf(spans: readonly AssignmentSpan[]): AssignmentChange[] {
  const days = [...new Set(spans.flatMap(({ from, to }) => (to === null ? [from] : [from, to])))].sort();
  const changes: AssignmentChange[] = [];
  for (const fromDate of days) {
    const span = spans.find(({ from, to }) => from <= fromDate && isBefore(fromDate, to));
    const projectId = span?.projectId ?? null;
    if (projectId !== (changes.at(-1)?.projectId ?? null)) changes.push({ fromDate, projectId });
  }
  return changes;
}

/** Two spans that share a day; `null` if there are none. */
export function findOverlap(spans: readonly AssignmentSpan[]): [AssignmentSpan, AssignmentSpan] | null {
  const ordered = spans.toSorted((a, b) => (a.from < b.from ? -1 : 1));
  for (const [index, span] of ordered.entries()) {
    const next = ordered[index + 1];
    if (next && isBefore(next.from, span.to)) return [span, next];
  }
  return null;
}

/** The spans after the days of `projectId` from `fromDate` on went to another project; `null` if it does not have that day. */
export function moveSpan(
  spans: readonly AssignmentSpan[],
  move: { projectId: number; fromDate: Day; toProjectId: number | null },
): AssignmentSpan[] | null {
  const { projectId, fromDate, toProjectId } = move;
  const moved = spans.find(
    (span) => span.projectId === projectId && span.from <= fromDate && isBefore(fromDate, span.to),
  );
  if (!moved) return null;
  const rest = spans.filter((span) => span !== moved);
  if (moved.from < fromDate) rest.push({ ...moved, to: fromDate });
  if (toProjectId !== null) rest.push({ projectId: toProjectId, from: fromDate, to: moved.to });
  return rest;
}

/** The first day whose project differs; `null` if none does. Both are in the order of their days. */
export function firstDifference(before: readonly AssignmentChange[], after: readonly AssignmentChange[]): Day | null {
  const days = [...before, ...after].map(({ fromDate }) => fromDate).sort();
  return days.find((day) => projectOn(before, day) !== projectOn(after, day)) ?? null;
}

/** The project of a day; `null` for none. */
export const projectOn = (changes: readonly AssignmentChange[], day: Day): number | null =>
  changes.findLast(({ fromDate }) => fromDate <= day)?.projectId ?? null;

/** The project of each day of a period, as spans of inclusive days. */
export function partsOf(
  changes: readonly AssignmentChange[],
  { from, through }: { from: Day; through: Day },
): { projectId: number | null; from: Day; through: Day }[] {
  const starts = [from, ...changes.map(({ fromDate }) => fromDate).filter((day) => day > from && day <= through)];
  return starts.map((start, index) => {
    const next = starts[index + 1];
    return {
      projectId: projectOn(changes, start),
      from: start,
      through: next === undefined ? through : addDays(next, -1),
    };
  });
}

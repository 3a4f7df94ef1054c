import { addDays, listDays } from "@orwatch/domain/day";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type AssignmentSpan,
  changesOf,
  findOverlap,
  firstDifference,
  moveSpan,
  partsOf,
  projectOn,
  spansOf,
} from "./assignments.ts";

const FIRST = "2026-03-01";
const DAYS = listDays("2026-02-20", "2026-03-31");
const day = fc.integer({ min: 0, max: 20 }).map((n) => addDays(FIRST, n));
const span = fc
  .record({ projectId: fc.integer({ min: 1, max: 3 }), from: day, days: fc.option(fc.integer({ min: 1, max: 9 })) })
  .map(
    ({ projectId, from, days }): AssignmentSpan => ({
      projectId,
      from,
      to: days === null ? null : addDays(from, days),
    }),
  );
/** Spans of a key without overlap. */
const spans = fc.array(span, { maxLength: 6 }).map((all) => {
  const kept: AssignmentSpan[] = [];
  for (const next of all) if (findOverlap([...kept, next]) === null) kept.push(next);
  return kept;
});

/** The projects of all days by looking at each span. */
const daily = (all: readonly AssignmentSpan[]) =>
  DAYS.map((at) => all.find(({ from, to }) => from <= at && (to === null || at < to))?.projectId ?? null);

describe("assignments", () => {
  test("are stored as changes that result in the same days", () => {
    fc.assert(
      fc.property(spans, (all) => {
        const changes = changesOf(all);
        expect(DAYS.map((at) => projectOn(changes, at))).toEqual(daily(all));
        expect(daily(spansOf(changes))).toEqual(daily(all));
        expect(changesOf(spansOf(changes))).toEqual(changes);
        for (const [index, change] of changes.entries())
          expect(change.projectId).not.toBe(changes[index - 1]?.projectId ?? null);
      }),
    );
  });

  test("overlap exactly if two of them have the same day", () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 4 }), (all) => {
        const counts = listDays(FIRST, "2026-05-01").map(
          (at) => all.filter(({ from, to }) => from <= at && (to === null || at < to)).length,
        );
        expect(findOverlap(all) !== null).toBe(counts.some((count) => count > 1));
      }),
    );
  });

  test("of the past stay when a key is moved", () => {
    fc.assert(
      fc.property(spans, day, fc.option(fc.integer({ min: 1, max: 3 })), (all, fromDate, toProjectId) => {
        const before = daily(all);
        const projectId = projectOn(changesOf(all), fromDate);
        if (projectId === null) {
          expect(moveSpan(all, { projectId: 1, fromDate, toProjectId })).toBeNull();
          return;
        }
        const moved = daily(moveSpan(all, { projectId, fromDate, toProjectId }) ?? []);
        const start = DAYS.indexOf(fromDate);
        expect(moved.slice(0, start)).toEqual(before.slice(0, start));
        expect(moved[start]).toBe(toProjectId);
        const first = firstDifference(
          changesOf(all),
          changesOf(moveSpan(all, { projectId, fromDate, toProjectId }) ?? []),
        );
        expect(first).toBe(toProjectId === projectId ? null : fromDate);
      }),
    );
  });

  test("cover every day of a period once", () => {
    fc.assert(
      fc.property(spans, day, fc.integer({ min: 0, max: 20 }), (all, from, days) => {
        const through = addDays(from, days);
        const parts = partsOf(changesOf(all), { from, through });
        expect(parts.flatMap((part) => listDays(part.from, part.through))).toEqual(listDays(from, through));
        for (const part of parts)
          for (const at of listDays(part.from, part.through))
            expect(part.projectId).toBe(projectOn(changesOf(all), at));
      }),
    );
  });
});

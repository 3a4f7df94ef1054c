import { expect, test } from "vitest";
import { describeCounts, describeLength } from "./describe-run.ts";

test("counts are told in words, zeros only where they say something", () => {
  expect(describeCounts({ keys: 7, failed: 0, rows_written: 0 })).toBe("7 keys, 0 usage rows changed");
  expect(describeCounts({ keys: 1, failed: 1, rows_written: 1 })).toBe("1 key, 1 failed, 1 usage row changed");
  expect(describeCounts({ bytes: 2_400_000, kept: 7, removed: 1 })).toBe("2.4 MB, 7 copies kept, 1 older copy removed");
  expect(describeCounts({ sessions: 0, job_runs: 0, usage_rows: 0 })).toBe("");
  expect(describeCounts({ somethingNew: 4 })).toBe("");
});

test("the length of a run is told once it has ended", () => {
  const run = {
    id: 1,
    started_at: "2026-11-22T10:00:00Z",
    outcome: "ok" as const,
    counts: {},
    error: null,
    error_message: null,
  };
  expect(describeLength({ ...run, finished_at: null })).toBeNull();
  expect(describeLength({ ...run, finished_at: "2026-11-22T10:00:00.4Z" })).toBe("took less than a second");
  expect(describeLength({ ...run, finished_at: "2026-11-22T10:00:41Z" })).toBe("took 41 seconds");
  expect(describeLength({ ...run, finished_at: "2026-11-22T10:05:00Z" })).toBe("took 5 minutes");
});

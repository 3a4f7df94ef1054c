import { beforeAll, expect, test } from "vitest";
import { currentFormat, currentTexts, loadTexts } from "../../lib/i18n/i18n.ts";
import { describeCounts, describeLength } from "./describe-run.ts";

beforeAll(() => loadTexts("jobs"));
const say = () => ({ t: currentTexts(), format: currentFormat() });

test("describes the counts of a run in words, zeros only where they matter", () => {
  expect(describeCounts({ keys: 7, failed: 0, rows_written: 0 }, say())).toBe("7 keys, 0 usage rows changed");
  expect(describeCounts({ keys: 1, failed: 1, rows_written: 1 }, say())).toBe("1 key, 1 failed, 1 usage row changed");
  expect(describeCounts({ bytes: 2_400_000, kept: 7, removed: 1 }, say())).toBe(
    "2.4 MB, 7 backups kept, 1 old backup deleted",
  );
  expect(describeCounts({ sessions: 0, job_runs: 0, usage_rows: 0 }, say())).toBe("");
  expect(describeCounts({ somethingNew: 4 }, say())).toBe("");
});

test("shows the duration of a run once it has ended", () => {
  const run = {
    id: 1,
    started_at: "2026-11-22T10:00:00Z",
    outcome: "ok" as const,
    counts: {},
    error: null,
    error_message: null,
  };
  expect(describeLength({ ...run, finished_at: null }, say())).toBeNull();
  expect(describeLength({ ...run, finished_at: "2026-11-22T10:00:00.4Z" }, say())).toBe("took less than a second");
  expect(describeLength({ ...run, finished_at: "2026-11-22T10:00:41Z" }, say())).toBe("took 41 seconds");
  expect(describeLength({ ...run, finished_at: "2026-11-22T10:05:00Z" }, say())).toBe("took 5 minutes");
});

import type { Format } from "@orwatch/messages/format";
import type { JobRun } from "../../lib/api/trpc.ts";
import type { TextsOf } from "../../lib/i18n/i18n.ts";

interface Say {
  t: TextsOf<"jobs">;
  format: Format;
}

/** Shown even if 0, because they are the items of the job. */
const ALWAYS = new Set(["keys", "rows_written", "bytes", "kept"]);

/** `7 keys, 1 failed, 12 usage rows changed`; counts that only a newer server knows are left out. */
export function describeCounts(counts: JobRun["counts"], { t, format }: Say): string {
  const parts: string[] = [];
  for (const [name, count] of Object.entries(counts)) {
    if (count === 0 && !ALWAYS.has(name)) continue;
    if (name === "bytes") parts.push(format.bytes(count));
    else if (name in t.jobs.counts) parts.push(t.jobs.counts[name as keyof typeof t.jobs.counts]({ count }));
  }
  return parts.join(", ");
}

/** `took less than a second`, `took 12 seconds`, `took 3 minutes`; `null` while it runs. */
export function describeLength({ started_at, finished_at }: JobRun, { t }: Pick<Say, "t">): string | null {
  if (!finished_at) return null;
  const seconds = (Date.parse(finished_at) - Date.parse(started_at)) / 1000;
  if (seconds >= 120) return t.jobs.took({ unit: "minutes", count: Math.round(seconds / 60) });
  return t.jobs.took({ unit: "seconds", count: seconds < 1 ? 0 : Math.round(seconds) });
}

import { formatNumber } from "../../lib/format.ts";
import { text } from "../../lib/text/jobs.ts";
import type { JobRun } from "../../lib/trpc.ts";

const words = text.jobs;

/** Told even when they are 0: without them one would not know what the job looked at. */
const ALWAYS = new Set(["keys", "rows_written", "bytes", "kept"]);

const sizeOf = (bytes: number): string =>
  bytes < 1_000_000
    ? `${formatNumber(String(Math.ceil(bytes / 1000)))} kB`
    : `${formatNumber((bytes / 1_000_000).toFixed(1))} MB`;

/** `7 keys, 1 failed, 12 usage rows changed`. */
export function describeCounts(counts: JobRun["counts"]): string {
  const parts: string[] = [];
  for (const [name, count] of Object.entries(counts)) {
    if (count === 0 && !ALWAYS.has(name)) continue;
    if (name === "bytes") parts.push(words.counts.bytes(sizeOf(count)));
    else if (name in words.counts) parts.push(words.counts[name as Exclude<keyof typeof words.counts, "bytes">](count));
  }
  return parts.join(", ");
}

/** `less than a second`, `12 seconds`, `3 minutes`; `null` while it runs. */
export function describeLength({ started_at, finished_at }: JobRun): string | null {
  if (!finished_at) return null;
  const seconds = (Date.parse(finished_at) - Date.parse(started_at)) / 1000;
  return words.took(seconds < 120 ? words.seconds(seconds) : words.minutes(Math.round(seconds / 60)));
}

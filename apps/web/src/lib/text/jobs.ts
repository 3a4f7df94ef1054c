import { translated } from "../language.ts";
import { text as shared } from "../text.ts";

const many = (count: number, one: string, more: string) => (count === 1 ? `1 ${one}` : `${count} ${more}`);

/** The jobs page. */
export const en = {
  jobs: {
    title: "Jobs",
    lead: "What the server does by itself, for every account.",
    names: {
      sync: "Sync usage",
      validate: "Check keys",
      alerts: "Evaluate alerts",
      digest: "Weekly digest",
      cleanup: "Clean up",
      backup: "Back up",
    },
    about: {
      sync: "Fetches the usage of each active key from OpenRouter.",
      validate: "Asks OpenRouter whether each key still works.",
      alerts: "Looks at every rule for what changes by time alone, and tells of it.",
      digest: "Writes the weekly digest for everybody who wants it, on Monday at 07:00 UTC.",
      cleanup: "Removes usage beyond the retention, sessions that have ended, and old runs of jobs.",
      backup: "Makes a consistent copy of the database beside it.",
    },
    outcomes: {
      running: "Running",
      ok: "Done",
      partial: "Done in part",
      failed: "Failed",
      interrupted: "Cut off",
    },
    last: "Last run",
    next: "Next run",
    never: "not yet",
    notPlanned: "not planned",
    took: (seconds: string) => `took ${seconds}`,
    runNow: "Run now",
    runThis: (name: string) => `Run “${name}” now`,
    history: "Earlier runs",
    historyOf: (name: string) => `Earlier runs: ${name}`,
    started: "Started",
    outcome: "Outcome",
    did: "What it did",
    nothing: "nothing to do",
    seconds: (seconds: number) => (seconds < 1 ? "less than a second" : many(Math.round(seconds), "second", "seconds")),
    minutes: (minutes: number) => many(minutes, "minute", "minutes"),
    said: (name: string, outcome: string, counts: string) => `${name}: ${outcome}${counts ? `, ${counts}` : ""}.`,
    counts: {
      keys: (count: number) => many(count, "key", "keys"),
      failed: (count: number) => `${count} failed`,
      rows_written: (count: number) => many(count, "usage row changed", "usage rows changed"),
      invalid: (count: number) => `${count} refused by OpenRouter`,
      unanswered: (count: number) => `${count} without an answer`,
      users: (count: number) => many(count, "user", "users"),
      told: (count: number) => `${many(count, "thing", "things")} told`,
      notices: (count: number) => `${many(count, "old notice", "old notices")} removed`,
      sessions: (count: number) => `${many(count, "session", "sessions")} removed`,
      job_runs: (count: number) => `${many(count, "old run", "old runs")} removed`,
      usage_rows: (count: number) => `${many(count, "usage row", "usage rows")} removed`,
      bytes: (size: string) => size,
      kept: (count: number) => `${many(count, "copy", "copies")} kept`,
      removed: (count: number) => `${many(count, "older copy", "older copies")} removed`,
    },
  },
};

export const text = { ...shared, ...translated("jobs", en) };

// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural, select } from "@messageformat/runtime";
import { en } from "@messageformat/runtime/lib/cardinals";
export default {
  lead: "Scheduled work that the server runs for all users.",
  notAdmin: "Only the administrator of this server can run jobs manually, because they work on everyone’s keys. You can sync your own keys on the Keys page.",
  names: {
    sync: "Sync usage",
    breakdowns: "Fetch breakdowns",
    validate: "Check keys",
    alerts: "Check alert rules",
    digest: "Weekly digest",
    cleanup: "Clean up",
    backup: "Back up"
  },
  outcomes: {
    running: "Running",
    ok: "Succeeded",
    partial: "Partly failed",
    failed: "Failed",
    interrupted: "Interrupted"
  },
  last: "Last run",
  next: "Next run",
  never: "Never",
  notScheduled: "Not scheduled",
  took: (d) => "took " + select(d.unit, { minutes: plural(d.count, 0, en, { one: number("en", d.count, 0) + " minute", other: number("en", d.count, 0) + " minutes" }), other: plural(d.count, 0, en, { "0": "less than a second", one: number("en", d.count, 0) + " second", other: number("en", d.count, 0) + " seconds" }) }),
  runNow: "Run now",
  runJob: (d) => "Run “" + d.name + "” now",
  history: "Previous runs",
  historyOf: (d) => "Previous runs: " + d.name,
  started: "Started",
  outcome: "Result",
  details: "Details",
  nothing: "nothing to do",
  finished: (d) => d.name + ": " + d.outcome + ".",
  finishedWith: (d) => d.name + ": " + d.outcome + ", " + d.counts + ".",
  counts: {
    keys: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " key", other: number("en", d.count, 0) + " keys" }),
    failed: (d) => number("en", d.count, 0) + " failed",
    rows_written: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " usage row changed", other: number("en", d.count, 0) + " usage rows changed" }),
    breakdowns: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " breakdown requested", other: number("en", d.count, 0) + " breakdowns requested" }),
    breakdown_rows: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " breakdown row changed", other: number("en", d.count, 0) + " breakdown rows changed" }),
    idempotency_keys: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " idempotency key deleted", other: number("en", d.count, 0) + " idempotency keys deleted" }),
    old_breakdown_rows: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " breakdown row deleted", other: number("en", d.count, 0) + " breakdown rows deleted" }),
    invalid: (d) => number("en", d.count, 0) + " rejected by OpenRouter",
    unanswered: (d) => number("en", d.count, 0) + " without a response",
    users: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " user", other: number("en", d.count, 0) + " users" }),
    notifications_sent: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " notification sent", other: number("en", d.count, 0) + " notifications sent" }),
    notifications: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " old notification deleted", other: number("en", d.count, 0) + " old notifications deleted" }),
    sessions: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " session deleted", other: number("en", d.count, 0) + " sessions deleted" }),
    job_runs: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " old run deleted", other: number("en", d.count, 0) + " old runs deleted" }),
    usage_rows: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " usage row deleted", other: number("en", d.count, 0) + " usage rows deleted" }),
    credits: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " credit reading deleted", other: number("en", d.count, 0) + " credit readings deleted" }),
    kept: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " backup kept", other: number("en", d.count, 0) + " backups kept" }),
    removed: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " old backup deleted", other: number("en", d.count, 0) + " old backups deleted" })
  }
}

// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  lead: string;
  notAdmin: string;
  names: {
    sync: string;
    breakdowns: string;
    validate: string;
    alerts: string;
    digest: string;
    cleanup: string;
    backup: string;
  };
  outcomes: {
    running: string;
    ok: string;
    partial: string;
    failed: string;
    interrupted: string;
  };
  last: string;
  next: string;
  never: string;
  notScheduled: string;
  took: (args: { unit: string; count: number }) => string;
  runNow: string;
  runJob: (args: { name: string }) => string;
  history: string;
  historyOf: (args: { name: string }) => string;
  started: string;
  outcome: string;
  details: string;
  nothing: string;
  finished: (args: { name: string; outcome: string }) => string;
  finishedWith: (args: { name: string; outcome: string; counts: string }) => string;
  counts: {
    keys: (args: { count: number }) => string;
    failed: (args: { count: number }) => string;
    rows_written: (args: { count: number }) => string;
    breakdowns: (args: { count: number }) => string;
    breakdown_rows: (args: { count: number }) => string;
    idempotency_keys: (args: { count: number }) => string;
    old_breakdown_rows: (args: { count: number }) => string;
    invalid: (args: { count: number }) => string;
    unanswered: (args: { count: number }) => string;
    users: (args: { count: number }) => string;
    notifications_sent: (args: { count: number }) => string;
    notifications: (args: { count: number }) => string;
    sessions: (args: { count: number }) => string;
    job_runs: (args: { count: number }) => string;
    usage_rows: (args: { count: number }) => string;
    credits: (args: { count: number }) => string;
    kept: (args: { count: number }) => string;
    removed: (args: { count: number }) => string;
  };
};
export default catalog;

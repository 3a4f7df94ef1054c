// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  digest_title: (args: { spent: string | number }) => string;
  digest_week: (args: { from: string | number; through: string | number }) => string;
  digest_top_models: () => string;
  digest_top_keys: () => string;
  digest_changes: () => string;
  digest_forecast: () => string;
  digest_spent: (args: { spent: string | number; trend: string }) => string;
  digest_spent_changed: (args: { spent: string | number; percent: string | number; trend: string; before: string | number }) => string;
  digest_requests: (args: { count: number }) => string;
  digest_model_line: (args: { model: string | number; spent: string | number; before: string | number }) => string;
  digest_key_line: (args: { key: string | number; spent: string | number; before: string | number }) => string;
  digest_key_stopped: (args: { key: string | number; before: string | number }) => string;
  digest_key_started: (args: { key: string | number; spent: string | number }) => string;
  digest_key_changed: (args: { key: string | number; difference: string | number; trend: string }) => string;
  digest_new_model: (args: { model: string | number }) => string;
  digest_key_rejected: (args: { key: string | number }) => string;
  digest_no_changes: () => string;
  digest_forecast_unknown: () => string;
  digest_forecast_month: (args: { expected: string | number; low: string | number; high: string | number; spent: string | number }) => string;
  digest_limit_runs_out: (args: { key: string | number; on: string | number }) => string;
  digest_limit_used_up: (args: { key: string | number }) => string;
  digest_credits_run_out: (args: { key: string | number; on: string | number }) => string;
  digest_credits_used_up: (args: { key: string | number }) => string;
};
export default catalog;

import { choice, count, day, entry, name, nanos, percent, text } from "./params.ts";

/** Lines of the weekly digest. */
export const digest = [
  entry("digest_title", { spent: nanos }),
  entry("digest_week", { from: day, through: day }),
  entry("digest_top_models", {}),
  entry("digest_top_keys", {}),
  entry("digest_changes", {}),
  entry("digest_forecast", {}),
  entry("digest_spent", { spent: nanos, trend: choice(["same", "from_zero", "about_same"]) }),
  entry("digest_spent_changed", { spent: nanos, percent, trend: choice(["more", "less"]), before: nanos }),
  entry("digest_requests", { count }),
  entry("digest_model_line", { model: text, spent: nanos, before: nanos }),
  entry("digest_key_line", { key: name, spent: nanos, before: nanos }),
  entry("digest_key_stopped", { key: name, before: nanos }),
  entry("digest_key_started", { key: name, spent: nanos }),
  entry("digest_key_changed", { key: name, difference: nanos, trend: choice(["more", "less"]) }),
  entry("digest_new_model", { model: text }),
  entry("digest_key_rejected", { key: name }),
  entry("digest_no_changes", {}),
  entry("digest_forecast_unknown", {}),
  entry("digest_forecast_month", { expected: nanos, low: nanos, high: nanos, spent: nanos }),
  entry("digest_limit_runs_out", { key: name, on: day }),
  entry("digest_limit_used_up", { key: name }),
  entry("digest_credits_run_out", { key: name, on: day }),
  entry("digest_credits_used_up", { key: name }),
] as const;

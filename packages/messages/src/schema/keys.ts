import { choice, count, day, days, entry, instant, integer, message, nanos, text } from "./params.ts";

/** Status of keys, and why a key or an account could not be synced. */
export const keys = [
  entry("key_not_checked", { cause: message }),
  entry("key_rejected_once", { at: instant }),
  entry("key_rejected_since", { since: instant, cause: choice(["deleted", "unknown"]) }),
  entry("account_keys_watched", { keys: count, watched: count }),
  entry("key_undecryptable", {}),
  entry("credits_unavailable", { cause: message }),
  entry("sync_interrupted", {}),
  entry("openrouter_key_rejected", {}),
  entry("openrouter_forbidden", {}),
  entry("openrouter_not_found", {}),
  entry("openrouter_rate_limited", {}),
  entry("openrouter_request_timeout", {}),
  entry("openrouter_server_error", { status: integer }),
  entry("openrouter_unexpected_status", { status: integer }),
  entry("openrouter_no_response", { seconds: count }),
  entry("openrouter_unreachable", {}),
  entry("openrouter_proxy_no_response", {}),
  entry("openrouter_proxy_status", { status: integer }),
  entry("openrouter_response_too_large", {}),
  /** Fields that no row of the response has. */
  entry("openrouter_fields_missing", { fields: text }),
  entry("openrouter_wrong_range", { answered: day, from: day, through: day }),
  entry("openrouter_usage_too_large", { day }),
  entry("openrouter_too_many_rows", {}),
  entry("openrouter_activity_of_account", {}),
  entry("openrouter_counters_contradict", {}),
  entry("sync_failed", {}),
  entry("openrouter_unreadable", {}),
  entry("openrouter_endless_list", {}),
  entry("openrouter_analytics_incomplete", {}),
  entry("openrouter_analytics_too_large", { day }),
  entry("openrouter_analytics_no_total", {}),
  /** `days` are the first of them, `more` counts the others. */
  entry("openrouter_totals_disagree", { days, more: count }),
  entry("openrouter_usage_reduced", { amount: nanos, days, more: count }),
  entry("openrouter_wrong_date", {
    amount: count,
    unit: choice(["minute", "hour", "day"]),
    direction: choice(["ahead", "behind"]),
  }),
  entry("openrouter_web_page", { status: integer }),
  /** Analytics and /activity, which stands in for it, have both failed. */
  entry("openrouter_usage_unavailable", { analytics: message, activity: message }),
  entry("openrouter_key_deleted", {}),
] as const;

import { choice, count, day, days, entry, instant, integer, message } from "./params.ts";

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
  entry("openrouter_unreadable", {}),
  entry("openrouter_endless_list", {}),
  entry("openrouter_analytics_incomplete", {}),
  entry("openrouter_analytics_too_large", { day }),
  entry("openrouter_analytics_no_total", {}),
  entry("openrouter_totals_disagree", { days }),
  entry("openrouter_key_deleted", {}),
] as const;

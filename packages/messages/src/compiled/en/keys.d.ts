// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  key_not_checked: (args: { cause: string | number }) => string;
  key_rejected_once: (args: { at: string | number }) => string;
  key_rejected_since: (args: { since: string | number; cause: string }) => string;
  account_keys_watched: (args: { keys: number; watched: number }) => string;
  key_undecryptable: () => string;
  credits_unavailable: (args: { cause: string | number }) => string;
  sync_interrupted: () => string;
  openrouter_key_rejected: () => string;
  openrouter_forbidden: () => string;
  openrouter_not_found: () => string;
  openrouter_rate_limited: () => string;
  openrouter_request_timeout: () => string;
  openrouter_server_error: (args: { status: string | number }) => string;
  openrouter_unexpected_status: (args: { status: string | number }) => string;
  openrouter_no_response: (args: { seconds: number }) => string;
  openrouter_unreachable: () => string;
  openrouter_unreadable: () => string;
  openrouter_endless_list: () => string;
  openrouter_analytics_incomplete: () => string;
  openrouter_analytics_too_large: (args: { day: string | number }) => string;
  openrouter_analytics_no_total: () => string;
  openrouter_totals_disagree: (args: { days: string | number }) => string;
  openrouter_key_deleted: () => string;
};
export default catalog;

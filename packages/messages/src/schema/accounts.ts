import { count, days, entry, instant, message, name, nanos } from "./params.ts";

/** What happens in an OpenRouter account, and why its keys could not be listed. */
export const accounts = [
  entry("account_keys_found", { keys: count, workspaces: count }),
  entry("account_key_found", { key: name, workspace: name.nullable() }),
  entry("account_key_renamed", { key: name, before: name }),
  entry("account_key_disabled", { key: name }),
  entry("account_key_enabled", { key: name }),
  entry("account_key_moved", { key: name, workspace: name, before: name }),
  /** Null is no limit. */
  entry("account_key_limit_changed", { key: name, limit: nanos.nullable(), before: nanos.nullable() }),
  entry("account_key_deleted", { key: name }),
  entry("account_key_restored", { key: name }),
  /** What OpenRouter took from finished days of a key. */
  entry("account_usage_reduced", { key: name, days, amount: nanos }),
  /** One of the changes above, in a notification. */
  entry("account_key_changed", { account: name, change: message }),
  entry("account_too_many_keys", { limit: count }),
  entry("account_not_listed", { cause: message }),
  entry("account_workspaces_not_listed", { cause: message }),
  entry("account_total_not_read", { cause: message }),
  entry("account_without_management_key", {}),
  entry("account_management_key_turned_off", {}),
  entry("key_disabled", {}),
  entry("key_expired_at", { at: instant }),
] as const;

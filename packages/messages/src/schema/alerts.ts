import {
  choice,
  count,
  day,
  entry,
  id,
  instant,
  message,
  messages,
  name,
  names,
  nanos,
  number,
  percent,
  scope,
} from "./params.ts";

const key = { key_id: id, key: name };
const resets = choice(["daily", "weekly", "monthly"]).nullable();

/** Alerts, resolved alerts, and changes of rules and notifications. */
export const alerts = [
  entry("spend_above_threshold", {
    scope,
    period: choice(["day", "week", "month"]),
    from: day,
    spent: nanos,
    threshold: nanos,
  }),
  /** `usual` and `times` are null if the usual spend of that weekday is 0. */
  entry("spend_unusual", { scope, day, spent: nanos, usual: nanos.nullable(), times: number.nullable() }),
  entry("hourly_spend_above_threshold", { scope, at: instant, spent: nanos, threshold: nanos }),
  entry("hourly_spend_resolved", { scope, at: instant, spent: nanos, threshold: nanos }),
  /** `usual` and `times` are null if the usual spend of that hour of the week is 0. */
  entry("hourly_spend_unusual", {
    scope,
    at: instant,
    spent: nanos,
    usual: nanos.nullable(),
    times: number.nullable(),
  }),
  entry("hourly_spend_unusual_resolved", { scope, at: instant, spent: nanos, usual: nanos.nullable() }),
  /** What grew most, compared with as many days from `against` on. */
  entry("spend_cause", { by: choice(["key", "model"]), name, change: nanos, against: day, days: count }),
  entry("key_limit_share", { ...key, percent, limit: nanos, remaining: nanos, resets }),
  entry("key_limit_exceeded", { ...key, percent, limit: nanos, exceeded_by: nanos, resets }),
  /** `key` is the name of the account, of messages stored by earlier versions that of its management key. */
  entry("credits_below", { ...key, remaining: nanos, threshold: nanos }),
  entry("key_rejected", { ...key, cause: message.nullable() }),
  entry("key_expires", { ...key, days: count, expires_at: instant }),
  entry("key_expired", { ...key, expired_at: instant }),
  entry("key_sync_stale", { ...key, hours: count, synced_at: instant.nullable(), cause: message.nullable() }),
  entry("key_limit_share_resolved", { ...key, threshold: percent, percent, limit: nanos }),
  entry("key_limit_removed", key),
  entry("credits_resolved", { ...key, remaining: nanos, threshold: nanos }),
  entry("key_rejected_resolved", key),
  entry("key_expires_resolved", { ...key, days: count }),
  entry("key_sync_stale_resolved", key),
  /** An implausible response of OpenRouter. */
  entry("key_sync_warning", { ...key, cause: message }),
  entry("default_rule_name", {
    kind: choice([
      "spend",
      "hourly_spend",
      "limit_share",
      "credits",
      "unusual",
      "hourly_unusual",
      "key_invalid",
      "key_expires",
      "sync_stale",
    ]),
  }),
  entry("rule_key_deleted", { rule_id: id, rule: name, ...key, remaining: choice(["none", "some"]) }),
  entry("notifications_over_daily_limit", { count, limit: count }),
  entry("items_omitted", { count }),
  /** Title of a notification with several items; `names` is null where there are several counts. */
  entry("items_title", { counts: messages, names: names.nullable(), more: choice(["no", "yes"]) }),
  entry("alert_count", { count }),
  entry("resolved_count", { count }),
  entry("rule_key_deleted_count", { count }),
  entry("key_change_count", { count }),
  entry("database_damaged_title", {}),
  entry("database_damaged_notice", {}),
] as const;

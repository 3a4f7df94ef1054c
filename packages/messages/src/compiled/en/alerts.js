// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural, select } from "@messageformat/runtime";
import { en } from "@messageformat/runtime/lib/cardinals";
export default {
  spend_above_threshold: (d) => "Spend of " + select(d.scope, { key: "key “" + d.scope_name + "”", all: "all keys", other: plural(d.scope_count, 0, en, { one: number("en", d.scope_count, 0) + " key", other: number("en", d.scope_count, 0) + " keys" }) }) + " " + select(d.period, { day: "on " + d.from, week: "in the week of " + d.from, other: "in " + d.from_month }) + ": " + d.spent + ", above " + d.threshold + ".",
  spend_unusual: (d) => "Spend of " + select(d.scope, { key: "key “" + d.scope_name + "”", all: "all keys", other: plural(d.scope_count, 0, en, { one: number("en", d.scope_count, 0) + " key", other: number("en", d.scope_count, 0) + " keys" }) }) + " on " + d.day_weekday + " " + d.day + ": " + d.spent + ", " + select(d.has_times, { yes: d.times + " times the usual " + d.usual, other: "when there is usually no spend" }) + ".",
  key_limit_share: (d) => "Key “" + d.key + "” has used " + d.percent + " of its " + select(d.resets, { daily: "daily ", weekly: "weekly ", monthly: "monthly ", other: "" }) + "limit of " + d.limit + " (" + d.remaining + " left).",
  key_limit_exceeded: (d) => "Key “" + d.key + "” has used " + d.percent + " of its " + select(d.resets, { daily: "daily ", weekly: "weekly ", monthly: "monthly ", other: "" }) + "limit of " + d.limit + " (" + d.exceeded_by + " over).",
  credits_below: (d) => "Credits of account “" + d.key + "”: " + d.remaining + " left, below " + d.threshold + ".",
  key_rejected: (d) => "OpenRouter no longer accepts key “" + d.key + "”." + select(d.has_cause, { yes: " " + d.cause, other: "" }),
  key_expires: (d) => "Key “" + d.key + "” expires " + plural(d.days, 0, en, { "0": "within a day", one: "in " + number("en", d.days, 0) + " day", other: "in " + number("en", d.days, 0) + " days" }) + ", on " + d.expires_at + ".",
  key_expired: (d) => "Key “" + d.key + "” expired on " + d.expired_at + ".",
  key_sync_stale: (d) => "Key “" + d.key + "” has not synced for at least " + plural(d.hours, 0, en, { one: number("en", d.hours, 0) + " hour", other: number("en", d.hours, 0) + " hours" }) + select(d.has_synced_at, { yes: " (last sync: " + d.synced_at + ")", other: "" }) + "." + select(d.has_cause, { yes: " " + d.cause, other: "" }),
  key_limit_share_resolved: (d) => "Key “" + d.key + "” is back under " + d.threshold + " of its limit: " + d.percent + " of " + d.limit + " used.",
  key_limit_removed: (d) => "Key “" + d.key + "” no longer has a limit.",
  credits_resolved: (d) => "Credits of account “" + d.key + "” are back to " + d.remaining + ", no longer below " + d.threshold + ".",
  key_rejected_resolved: (d) => "OpenRouter accepts key “" + d.key + "” again.",
  key_expires_resolved: (d) => "Key “" + d.key + "” no longer expires within " + plural(d.days, 0, en, { one: number("en", d.days, 0) + " day", other: number("en", d.days, 0) + " days" }) + ".",
  key_sync_stale_resolved: (d) => "Key “" + d.key + "” is syncing again.",
  key_sync_warning: (d) => "Key “" + d.key + "”: " + d.cause,
  default_rule_name: (d) => select(d.kind, { limit_share: "Key limit almost reached", credits: "Credits are low", unusual: "Unusual spend", key_invalid: "Key rejected", key_expires: "Key expires soon", sync_stale: "Key not syncing", other: "Spend above threshold" }),
  rule_key_deleted: (d) => "Rule “" + d.rule + "” applied to key “" + d.key + "”, which was deleted. " + select(d.remaining, { some: "It still applies to its other keys.", other: "It no longer applies to any key." }),
  notifications_over_daily_limit: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " notification was", other: number("en", d.count, 0) + " notifications were" }) + " not sent because of your daily limit of " + number("en", d.limit, 0) + ".",
  items_omitted: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " more item is", other: number("en", d.count, 0) + " more items are" }) + " not listed.",
  items_title: (d) => d.counts + select(d.has_names, { yes: ": " + d.names, other: "" }) + select(d.more, { yes: ", …", other: "" }),
  alert_count: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " alert", other: number("en", d.count, 0) + " alerts" }),
  resolved_count: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " alert resolved", other: number("en", d.count, 0) + " alerts resolved" }),
  rule_key_deleted_count: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " rule lost a key", other: number("en", d.count, 0) + " rules lost a key" }),
  key_change_count: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " key change", other: number("en", d.count, 0) + " key changes" }),
  database_damaged_title: () => "The database is damaged",
  database_damaged_notice: () => "The database of this server is damaged, so data may be missing and pages may not work. Stop the server and restore the latest backup with npm run restore."
}

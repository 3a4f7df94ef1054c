// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural, select } from "@messageformat/runtime";
import { en } from "@messageformat/runtime/lib/cardinals";
export default {
  digest_title: (d) => "Your week: " + d.spent,
  digest_week: (d) => d.from + " to " + d.through + " (UTC)",
  digest_top_models: () => "Top models",
  digest_top_keys: () => "Top keys",
  digest_changes: () => "Changes",
  digest_forecast: () => "Forecast",
  digest_spent: (d) => d.spent + " spent, " + select(d.trend, { same: "the same as the week before", from_zero: "after nothing the week before", other: "about the same as the week before" }),
  digest_spent_changed: (d) => d.spent + " spent, " + d.percent + " " + select(d.trend, { more: "more", other: "less" }) + " than " + d.before + " the week before",
  digest_requests: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " request", other: number("en", d.count, 0) + " requests" }),
  digest_model_line: (d) => d.model + ": " + d.spent + " (" + d.before + " the week before)",
  digest_key_line: (d) => d.key + ": " + d.spent + " (" + d.before + " the week before)",
  digest_key_stopped: (d) => d.key + " spent nothing, after " + d.before + " the week before",
  digest_key_started: (d) => d.key + " spent " + d.spent + ", after nothing the week before",
  digest_key_changed: (d) => d.key + " spent " + d.difference + " " + select(d.trend, { more: "more", other: "less" }),
  digest_new_model: (d) => "First use of " + d.model,
  digest_key_rejected: (d) => "OpenRouter no longer accepts key " + d.key,
  digest_no_changes: () => "No key’s spend changed by a cent or more",
  digest_forecast_unknown: () => "Not enough data to forecast this month",
  digest_forecast_month: (d) => "Month-end forecast: about " + d.expected + ", most likely between " + d.low + " and " + d.high + "; " + d.spent + " so far",
  digest_limit_runs_out: (d) => d.key + " reaches its limit on " + d.on + " at this pace",
  digest_limit_used_up: (d) => d.key + " has reached its limit",
  digest_credits_run_out: (d) => "The credits of the account behind " + d.key + " run out on " + d.on + " at this pace",
  digest_credits_used_up: (d) => "The credits of the account behind " + d.key + " have run out"
}

// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural, select } from "@messageformat/runtime";
import { en } from "@messageformat/runtime/lib/cardinals";
export default {
  account_keys_found: (d) => plural(d.keys, 0, en, { one: number("en", d.keys, 0) + " key", other: number("en", d.keys, 0) + " keys" }) + " found in " + plural(d.workspaces, 0, en, { one: number("en", d.workspaces, 0) + " workspace", other: number("en", d.workspaces, 0) + " workspaces" }),
  account_key_found: (d) => "New key “" + d.key + "”" + select(d.has_workspace, { yes: " in workspace “" + d.workspace + "”", other: "" }),
  account_key_renamed: (d) => "Key “" + d.before + "” renamed to “" + d.key + "”",
  account_key_disabled: (d) => "Key “" + d.key + "” disabled at OpenRouter",
  account_key_enabled: (d) => "Key “" + d.key + "” enabled at OpenRouter",
  account_key_moved: (d) => "Key “" + d.key + "” moved from workspace “" + d.before + "” to “" + d.workspace + "”",
  account_key_limit_changed: (d) => "Limit of key “" + d.key + "” changed from " + select(d.has_before, { yes: d.before, other: "none" }) + " to " + select(d.has_limit, { yes: d.limit, other: "none" }),
  account_key_deleted: (d) => "Key “" + d.key + "” deleted at OpenRouter",
  account_key_restored: (d) => "Key “" + d.key + "” is back at OpenRouter",
  account_usage_reduced: (d) => "OpenRouter corrected the usage of key “" + d.key + "” on " + d.days + ": " + d.amount + " less",
  account_key_changed: (d) => d.account + ": " + d.change,
  account_too_many_keys: (d) => "This account has more than " + plural(d.limit, 0, en, { one: number("en", d.limit, 0) + " key", other: number("en", d.limit, 0) + " keys" }) + ". The keys found first stay as they are; others are not listed, and their usage counts as “Not attributed to a key”.",
  account_not_listed: (d) => "The keys of this account could not be listed. " + d.cause,
  account_workspaces_not_listed: (d) => "The workspaces of this account could not be listed, so only the keys of its default workspace are listed; usage of other keys counts as “Not attributed to a key”. " + d.cause,
  account_total_not_read: (d) => "The total of this account could not be read, so recent usage without a watched key may be missing. " + d.cause,
  account_without_management_key: () => "No working management key is stored for this account. Add one to sync its keys.",
  account_management_key_turned_off: () => "The management key of this account is turned off. Turn it on to sync the keys of the account.",
  key_disabled: () => "This key is disabled at OpenRouter.",
  key_expired_at: (d) => "This key expired on " + d.at + "."
}

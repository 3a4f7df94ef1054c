// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural, select } from "@messageformat/runtime";
import { en } from "@messageformat/runtime/lib/cardinals";
export default {
  key_not_checked: (d) => "Not checked yet. " + d.cause + " orwatch tries again at the next sync.",
  key_rejected_once: (d) => "OpenRouter rejected this key on " + d.at + ". If it rejects it again, the key is marked as invalid.",
  key_rejected_since: (d) => "OpenRouter has rejected this key since " + d.since + ": it was " + select(d.cause, { deleted: "deleted", other: "deleted, disabled or has expired" }) + ".",
  account_keys_watched: (d) => plural(d.keys, 0, en, { one: "The account has " + number("en", d.keys, 0) + " key", other: "The account has " + number("en", d.keys, 0) + " keys" }) + "; " + plural(d.watched, 0, en, { "0": "none is watched", one: number("en", d.watched, 0) + " is watched", other: number("en", d.watched, 0) + " are watched" }) + " here.",
  key_undecryptable: () => "This key cannot be decrypted because ENCRYPTION_KEY has changed. Restore the previous ENCRYPTION_KEY, or add the key again: its history is kept.",
  credits_unavailable: (d) => "Credits could not be read. " + d.cause,
  sync_interrupted: () => "Sync was interrupted by a server restart. It resumes automatically.",
  openrouter_key_rejected: () => "OpenRouter does not accept this key.",
  openrouter_forbidden: () => "OpenRouter does not allow this key to read that.",
  openrouter_not_found: () => "OpenRouter does not know this key.",
  openrouter_rate_limited: () => "OpenRouter is rate limiting requests.",
  openrouter_request_timeout: () => "OpenRouter took too long to respond.",
  openrouter_server_error: (d) => "OpenRouter has a problem (status " + d.status + ").",
  openrouter_unexpected_status: (d) => "OpenRouter responded with status " + d.status + ".",
  openrouter_no_response: (d) => "OpenRouter did not respond within " + plural(d.seconds, 0, en, { one: number("en", d.seconds, 0) + " second", other: number("en", d.seconds, 0) + " seconds" }) + ".",
  openrouter_unreachable: () => "OpenRouter cannot be reached.",
  openrouter_unreadable: () => "OpenRouter’s response could not be read.",
  openrouter_endless_list: () => "OpenRouter’s list of keys does not end.",
  openrouter_analytics_incomplete: () => "OpenRouter reported that its analytics may be incomplete.",
  openrouter_analytics_too_large: (d) => "OpenRouter’s analytics for " + d.day + " are too large to read in full.",
  openrouter_analytics_no_total: () => "OpenRouter’s analytics did not include a complete total.",
  openrouter_totals_disagree: (d) => "OpenRouter’s totals do not match its figures by model for " + d.days + ". Earlier figures for those days are kept.",
  openrouter_key_deleted: () => "This key was deleted at OpenRouter. Its history is kept."
}

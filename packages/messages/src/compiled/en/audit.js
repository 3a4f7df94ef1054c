// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural, select } from "@messageformat/runtime";
import { en } from "@messageformat/runtime/lib/cardinals";
export default {
  event_account_opened: () => "Signed up",
  event_logged_in: () => "Logged in",
  event_log_in_failed: () => "Login failed: wrong password",
  event_second_factor_failed: () => "Login failed: two-factor code rejected",
  event_logged_out: () => "Logged out",
  event_reauthenticated: () => "Identity confirmed",
  event_password_check_failed: () => "Wrong password entered while signed in",
  event_password_changed: () => "Password changed",
  event_password_reset: () => "Password reset",
  event_second_factor_enabled: () => "Two-factor authentication turned on",
  event_second_factor_disabled: () => "Two-factor authentication turned off",
  event_recovery_code_used: () => "Recovery code used",
  event_recovery_codes_renewed: () => "Recovery codes replaced",
  event_session_ended: () => "Session signed out",
  event_sessions_ended: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " session signed out", other: number("en", d.count, 0) + " sessions signed out" }),
  event_key_added: (d) => "Key “" + d.key + "” added",
  event_key_removed: (d) => "Key “" + d.key + "” deleted",
  event_key_sent: (d) => "Key “" + d.key + "” sent to OpenRouter",
  event_api_token_issued: (d) => "API token “" + d.token + "” created",
  event_api_token_revoked: (d) => "API token “" + d.token + "” revoked",
  event_data_exported: () => "Data exported",
  event_account_switched_off: () => "User deactivated",
  event_account_switched_on: () => "User reactivated",
  event_made_administrator: () => "Made administrator",
  event_user_switched_off: (d) => "User " + d.user + " deactivated",
  event_user_switched_on: (d) => "User " + d.user + " reactivated",
  event_user_sessions_ended: (d) => "Sessions of " + d.user + " signed out",
  event_job_started: (d) => select(d.job, { sync: "Sync", validate: "Key check", alerts: "Alert check", digest: "Weekly digest", cleanup: "Cleanup", other: "Backup" }) + " started"
}

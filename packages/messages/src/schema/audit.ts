import { choice, count, entry, id, name, text } from "./params.ts";

const key = { api_key_id: id, name, label: text };
const token = { api_token_id: id, name };
const channel = { channel_id: id, name, kind: text };
const user = { user_id: id, email: name };

/** Entries of the activity log, one for each kind of event. */
export const audit = [
  entry("event_account_opened", {}),
  entry("event_logged_in", {}),
  entry("event_log_in_failed", {}),
  entry("event_second_factor_failed", {}),
  entry("event_logged_out", {}),
  entry("event_reauthenticated", {}),
  entry("event_password_check_failed", {}),
  entry("event_password_changed", {}),
  entry("event_password_reset", {}),
  entry("event_second_factor_enabled", {}),
  entry("event_second_factor_disabled", {}),
  entry("event_recovery_code_used", {}),
  entry("event_recovery_codes_renewed", {}),
  entry("event_session_ended", {}),
  /** `ended` is null in events of earlier versions. */
  entry("event_sessions_ended", { ended: count.nullable() }),
  entry("event_key_added", key),
  entry("event_key_removed", key),
  entry("event_key_sent", key),
  entry("event_api_token_issued", token),
  entry("event_api_token_revoked", token),
  entry("event_channel_added", channel),
  entry("event_channel_changed", channel),
  entry("event_channel_removed", channel),
  entry("event_data_exported", {}),
  entry("event_account_switched_off", {}),
  entry("event_account_switched_on", {}),
  entry("event_made_administrator", {}),
  entry("event_user_switched_off", user),
  entry("event_user_switched_on", user),
  entry("event_user_sessions_ended", user),
  entry("event_job_started", {
    job: choice(["sync", "breakdowns", "validate", "alerts", "digest", "cleanup", "backup"]),
  }),
] as const;

import { choice, count, day, entry, id, instant, name, text, texts } from "./params.ts";

const key = { api_key_id: id, name, label: text };
/** The API token that did it; earlier versions had none that could. */
const byToken = { api_token: name.nullable().default(null) };
const token = { api_token_id: id, name };
const channel = { channel_id: id, name, kind: text };
const passkey = { passkey_id: id, name };
const user = { user_id: id, email: name };
const view = { view_id: id, name };
/** `name` is its text. */
const annotation = { annotation_id: id, date: day, name };
const project = { project_id: id, name };
const team = { team_id: id, name };
const role = choice(["owner", "admin", "editor", "viewer"]);

/** Entries of the activity log, one for each kind of event. */
export const audit = [
  entry("event_account_opened", {}),
  /** The first registration: from the server's own machine or with the set-up code, after so many wrong codes. */
  entry("event_server_set_up", { way: choice(["local", "code"]), wrong_codes: count }),
  entry("event_logged_in", {}),
  entry("event_log_in_failed", {}),
  entry("event_second_factor_failed", {}),
  entry("event_logged_out", {}),
  entry("event_reauthenticated", {}),
  entry("event_password_check_failed", {}),
  entry("event_password_changed", {}),
  entry("event_password_reset", {}),
  entry("event_password_reset_requested", {}),
  entry("event_password_reset_by_email", {}),
  entry("event_email_change_requested", { email: name }),
  entry("event_email_changed", { email: name, before: name }),
  entry("event_second_factor_enabled", {}),
  entry("event_second_factor_disabled", {}),
  entry("event_authenticator_removed", {}),
  entry("event_passkey_added", passkey),
  entry("event_passkey_removed", passkey),
  entry("event_passkey_rejected", passkey),
  entry("event_recovery_code_used", {}),
  entry("event_recovery_codes_renewed", {}),
  entry("event_logged_in_with_provider", { name }),
  /** `name` is the address at the sign-in provider. */
  entry("event_identity_connected", { name }),
  entry("event_identity_disconnected", { name }),
  /** `none`: the provider ended the membership. */
  entry("event_provider_role", {
    team: name,
    role: choice(["owner", "admin", "editor", "viewer", "none"]),
  }),
  entry("event_provider_logout", { ended: count }),
  entry("event_session_ended", {}),
  /** `ended` is null in events of earlier versions. */
  entry("event_sessions_ended", { ended: count.nullable() }),
  entry("event_key_added", { ...key, ...byToken }),
  entry("event_key_changed", { ...key, ...byToken }),
  entry("event_key_removed", key),
  entry("event_key_sent", key),
  /** API tokens of earlier versions could only read, and did not expire. */
  entry("event_api_token_issued", {
    ...token,
    scopes: texts.default(["read"]),
    expires_at: instant.nullable().default(null),
  }),
  entry("event_api_token_revoked", token),
  entry("event_channel_added", channel),
  entry("event_channel_changed", channel),
  entry("event_channel_removed", channel),
  entry("event_data_exported", {}),
  entry("event_team_created", team),
  entry("event_team_renamed", team),
  entry("event_team_second_factor_required", team),
  entry("event_team_second_factor_optional", team),
  entry("event_team_handed_over", { ...team, ...user }),
  entry("event_team_deleted", team),
  /** `email` is null if anyone with the link may accept the invitation. */
  entry("event_member_invited", { ...team, invitation_id: id, role, email: name.nullable() }),
  entry("event_invitation_revoked", { ...team, invitation_id: id, role, email: name.nullable() }),
  entry("event_team_joined", { ...team, role }),
  entry("event_team_left", team),
  entry("event_member_role_changed", { ...team, ...user, role, role_before: role }),
  entry("event_member_removed", { ...team, ...user, role }),
  entry("event_share_link_created", { share_link_id: id, name }),
  entry("event_share_link_revoked", { share_link_id: id, name }),
  entry("event_share_link_viewed", { share_link_id: id, name }),
  entry("event_view_created", view),
  entry("event_view_changed", view),
  entry("event_view_deleted", view),
  entry("event_annotation_created", annotation),
  entry("event_annotation_changed", annotation),
  entry("event_annotation_deleted", annotation),
  entry("event_project_created", project),
  entry("event_project_changed", project),
  entry("event_project_deleted", project),
  /** `from_date` is the first day that has changed. */
  entry("event_project_keys_changed", { ...project, from_date: day }),
  /** `to`: the name of the other project, `null` for none. */
  entry("event_project_key_moved", { ...project, key: name, from_date: day, to: name.nullable() }),
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

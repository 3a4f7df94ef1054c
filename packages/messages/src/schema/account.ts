import { choice, entry, origin } from "./params.ts";

const change = choice([
  "password_changed",
  "password_reset",
  "two_factor_enabled",
  "two_factor_disabled",
  "email_changed",
  "authenticator_removed",
  "passkey_added",
  "passkey_removed",
  "recovery_codes_replaced",
  "two_factor_failing",
  "channel_added",
  "channel_changed",
  "identity_connected",
  "identity_disconnected",
  "account_deleted",
]);

/** Security notifications to the owner of an account. */
export const account = [
  entry("account_changed_title", { change }),
  entry("account_changed", { change, origin }),
] as const;

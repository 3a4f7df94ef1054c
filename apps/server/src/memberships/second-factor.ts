/** Of a row `u` of users: whether the user has a second factor, an authenticator app or a passkey. */
export const HAS_SECOND_FACTOR =
  "(u.totp_secret IS NOT NULL OR EXISTS (SELECT 1 FROM passkeys p WHERE p.user_id = u.id))";

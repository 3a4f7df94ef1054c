import { randomBytes } from "node:crypto";
import { resetPassword } from "../auth/service.ts";
import { runUserCommand } from "./user-command.ts";

const REMOVE = "--remove-second-factor";
const REVOKE = "--revoke-api-tokens";

/** `npm run reset-password -- EMAIL [--remove-second-factor] [--revoke-api-tokens]`: sets and prints a new password. */
await runUserCommand("reset-password", [REMOVE, REVOKE], async ({ app, email, options }) => {
  // The suffix meets the rules for passwords whatever the random part is.
  const password = `${randomBytes(15).toString("base64url")}-aA1!`;
  const done = await resetPassword(app, {
    email,
    password,
    removeSecondFactor: options.has(REMOVE),
    revokeApiTokens: options.has(REVOKE),
  });
  if (!done) return null;
  const factor = done.hasSecondFactor
    ? `Two-factor authentication stays on: logging in still requires a code or a recovery code. To turn it off, add ${REMOVE}.\n`
    : "";
  const tokens = done.revoked > 0 ? `API tokens revoked: ${done.revoked}.\n` : "";
  const left =
    done.apiTokens > 0 ? `API tokens that still work: ${done.apiTokens}. To revoke them, add ${REVOKE}.\n` : "";
  const off = app.config.passwordLogin
    ? ""
    : "Passwords are turned off on this server. To log in with one, set PASSWORD_LOGIN=true and restart it.\n";
  return `New password of ${email}: ${password}\nAll sessions were signed out and all known browsers forgotten. Log in and change the password under Profile.\n${factor}${tokens}${left}${off}`;
});

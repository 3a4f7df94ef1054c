import { randomBytes } from "node:crypto";
import { email as emailSchema } from "../auth/schema.ts";
import { resetPassword } from "../auth/service.ts";
import { readConfig } from "../config.ts";
import { createLog } from "../platform/log.ts";
import { openApp } from "../start.ts";
import { CommandError, requireDatabase, runCommand } from "./command.ts";

const REMOVE = "--remove-second-factor";
const REVOKE = "--revoke-api-tokens";

/** `npm run reset-password -- EMAIL [--remove-second-factor] [--revoke-api-tokens]`: sets and prints a new password. The server can keep running. */
await runCommand("reset-password", async (args) => {
  const [address, ...others] = args.filter((arg) => arg !== REMOVE && arg !== REVOKE);
  if (!address || others.length > 0)
    throw new CommandError(`Usage: npm run reset-password -- EMAIL [${REMOVE}] [${REVOKE}]`);
  const email = emailSchema.safeParse(address);
  if (!email.success) throw new CommandError(`${address} is not an email address.`);
  const config = readConfig();
  requireDatabase(config);
  const { app, close } = await openApp(config, {
    log: createLog({ level: "error", write: (line) => void process.stderr.write(line) }),
  });
  try {
    // The suffix meets the rules for passwords whatever the random part is.
    const password = `${randomBytes(15).toString("base64url")}-aA1!`;
    const done = await resetPassword(app, {
      email: email.data,
      password,
      removeSecondFactor: args.includes(REMOVE),
      revokeApiTokens: args.includes(REVOKE),
    });
    if (!done) throw new CommandError(`There is no user ${email.data}.`);
    const factor = done.hasSecondFactor
      ? `Two-factor authentication stays on: logging in still requires a code or a recovery code. To turn it off, add ${REMOVE}.\n`
      : "";
    const tokens = done.revoked > 0 ? `API tokens revoked: ${done.revoked}.\n` : "";
    const left =
      done.apiTokens > 0 ? `API tokens that still work: ${done.apiTokens}. To revoke them, add ${REVOKE}.\n` : "";
    return `New password of ${email.data}: ${password}\nAll sessions were signed out and all known browsers forgotten. Log in and change the password under Profile.\n${factor}${tokens}${left}`;
  } finally {
    await close();
  }
});

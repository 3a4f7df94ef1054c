import { randomBytes } from "node:crypto";
import { email as emailSchema } from "../auth/schema.ts";
import { resetPassword } from "../auth/service.ts";
import { readConfig } from "../config.ts";
import { createLog } from "../platform/log.ts";
import { openApp } from "../start.ts";
import { CommandError, requireDatabase, runCommand } from "./command.ts";

const REMOVE = "--remove-second-factor";
const REVOKE = "--revoke-api-tokens";

/** `npm run reset-password -- EMAIL [--remove-second-factor] [--revoke-api-tokens]`: prints a new password for who forgot theirs; beside a running server too. */
await runCommand("reset-password", async (args) => {
  const [address, ...others] = args.filter((arg) => arg !== REMOVE && arg !== REVOKE);
  if (!address || others.length > 0)
    throw new CommandError(`say whose: npm run reset-password -- EMAIL [${REMOVE}] [${REVOKE}]`);
  const email = emailSchema.safeParse(address);
  if (!email.success) throw new CommandError(`${address} is not an e-mail address`);
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
    if (!done) throw new CommandError(`${email.data} has no account here`);
    const factor = done.hasSecondFactor
      ? `The second factor stays: a code or a recovery code is asked for as before. To remove it, add ${REMOVE}.\n`
      : "";
    const tokens = done.revoked > 0 ? `API tokens revoked: ${done.revoked}.\n` : "";
    const left =
      done.apiTokens > 0 ? `API tokens that still work: ${done.apiTokens}. To revoke them, add ${REVOKE}.\n` : "";
    return `New password of ${email.data}: ${password}\nAll its sessions have ended, and no browser is remembered. Change it under Profile after logging in.\n${factor}${tokens}${left}`;
  } finally {
    await close();
  }
});

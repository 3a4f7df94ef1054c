import { randomBytes } from "node:crypto";
import { email as emailSchema } from "./auth/schema.ts";
import { resetPassword } from "./auth/service.ts";
import { ConfigRefused, readConfig } from "./config.ts";
import { createLog } from "./log.ts";
import { openApp, StartRefused } from "./start.ts";

/** `npm run reset-password -- EMAIL`: prints a new password for who forgot theirs; beside a running server too. */
async function main(address: string | undefined): Promise<string> {
  if (!address) throw new StartRefused("say whose: npm run reset-password -- EMAIL");
  const email = emailSchema.safeParse(address);
  if (!email.success) throw new StartRefused(`${address} is not an e-mail address`);
  const config = readConfig();
  const { app, close } = await openApp(config, {
    log: createLog({ level: "error", write: (line) => void process.stderr.write(line) }),
  });
  try {
    // The suffix meets the rules for passwords whatever the random part is.
    const password = `${randomBytes(15).toString("base64url")}-aA1!`;
    if (!(await resetPassword(app, { email: email.data, password })))
      throw new StartRefused(`${email.data} has no account here`);
    return `New password of ${email.data}: ${password}\nAll its sessions have ended. Change it under Profile after logging in.\n`;
  } finally {
    await close();
  }
}

try {
  process.stdout.write(await main(process.argv[2]));
} catch (error) {
  const isExplained = error instanceof ConfigRefused || error instanceof StartRefused;
  process.stderr.write(`${isExplained ? error.message : ((error as Error).stack ?? String(error))}\n`);
  process.exitCode = 1;
}

import { makeAdministrator } from "../admin/service.ts";
import { email as emailSchema } from "../auth/schema.ts";
import { readConfig } from "../config.ts";
import { createLog } from "../platform/log.ts";
import { openApp } from "../start.ts";
import { CommandError, requireDatabase, runCommand } from "./command.ts";

/** `npm run make-administrator -- EMAIL`: for a server without an administrator. The server can keep running. */
await runCommand("make-administrator", async ([address]) => {
  if (!address) throw new CommandError("Usage: npm run make-administrator -- EMAIL");
  const email = emailSchema.safeParse(address);
  if (!email.success) throw new CommandError(`${address} is not an email address.`);
  const config = readConfig();
  requireDatabase(config);
  const { app, close } = await openApp(config, {
    log: createLog({ level: "error", write: (line) => void process.stderr.write(line) }),
  });
  try {
    if (!(await makeAdministrator(app, { email: email.data })))
      throw new CommandError(`There is no user ${email.data}.`);
    return `${email.data} is now an administrator.\n`;
  } finally {
    await close();
  }
});

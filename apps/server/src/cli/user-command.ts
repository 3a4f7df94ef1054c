import type { App } from "../app.ts";
import { readConfig } from "../config.ts";
import { createLog } from "../platform/log.ts";
import { email as emailSchema } from "../rpc/wire.ts";
import { openApp } from "../start.ts";
import { CommandError, type CommandName, requireDatabase, runCommand } from "./command.ts";
import COMMANDS from "./commands.json" with { type: "json" };

interface UserCommand {
  app: App;
  email: string;
  /** Options that were given. */
  options: ReadonlySet<string>;
}

/**
 * Runs a command with the email address of a user and `known` options. The server can keep running.
 * @param work returns the text to print; `null` if there is no such user
 */
export function runUserCommand(
  name: CommandName,
  known: readonly string[],
  work: (input: UserCommand) => Promise<string | null>,
): Promise<void> {
  return runCommand(name, async (args) => {
    const [address, ...others] = args.filter((arg) => !known.includes(arg));
    if (!address || others.length > 0) throw new CommandError(`Usage: npm run ${name} -- ${COMMANDS[name].arguments}`);
    const email = emailSchema.safeParse(address);
    if (!email.success) throw new CommandError(`${address} is not an email address.`);
    const config = readConfig();
    requireDatabase(config);
    const { app, close } = await openApp(config, {
      log: createLog({ level: "error", write: (line) => void process.stderr.write(line) }),
    });
    try {
      const done = await work({ app, email: email.data, options: new Set(args) });
      if (done === null) throw new CommandError(`There is no user ${email.data}.`);
      return done;
    } finally {
      await close();
    }
  });
}

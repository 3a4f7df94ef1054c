import fs from "node:fs";
import type { Config } from "./config.ts";

/** A reason a command ends without having done its work, in one line. */
export class CommandRefused extends Error {
  override name = "CommandRefused";
}

/**
 * Started in the wrong place, a command would make an empty database and find nothing in it.
 * @throws CommandRefused when there is no database yet
 */
export function requireDatabase({ databaseFile }: Pick<Config, "databaseFile">): void {
  if (!fs.existsSync(databaseFile))
    throw new CommandRefused(
      `There is no database at ${databaseFile}; set DATABASE_URL to the one that the server uses.`,
    );
}

/** Runs a command of the terminal: prints what `work` returns, or why it was refused, and ends with 1 then. */
export async function runCommand(work: (args: string[]) => Promise<string>): Promise<void> {
  try {
    process.stdout.write(await work(process.argv.slice(2)));
  } catch (error) {
    const isExplained = error instanceof Error && error.name.endsWith("Refused");
    process.stderr.write(`${isExplained ? error.message : ((error as Error).stack ?? String(error))}\n`);
    process.exitCode = 1;
  }
}

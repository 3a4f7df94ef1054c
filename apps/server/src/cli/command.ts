import fs from "node:fs";
import type { Config } from "../config.ts";
import COMMANDS from "./commands.json" with { type: "json" };

/** Errors whose message says what to do, so that no stack is printed. */
const EXPLAINED = new Set(["CommandError", "ConfigError", "DatabaseError", "StartError"]);

/** Why a command failed, in one line. */
export class CommandError extends Error {
  override name = "CommandError";
}

export type CommandName = keyof typeof COMMANDS;

export const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[];

/** True if the arguments ask for help. */
export const asksForHelp = (args: string[]): boolean => args.includes("--help") || args.includes("-h");

export function describeCommand(name: CommandName): string {
  const { arguments: args, help } = COMMANDS[name];
  const usage = [`orwatch ${name} ${args}`.trim(), `npm run ${name}${args ? ` -- ${args}` : ""}`];
  if (name === "start") usage[1] = "npm start";
  return `Usage: ${usage.join("\n       ")}\n\n${help}\n`;
}

/**
 * Without this check, a command started in the wrong folder would create an empty database.
 * @throws CommandError if there is no database yet
 */
export function requireDatabase({ databaseFile }: Pick<Config, "databaseFile">): void {
  if (!fs.existsSync(databaseFile))
    throw new CommandError(`There is no database at ${databaseFile}. Set DATABASE_URL to the server's database.`);
}

/** Runs a CLI command: prints its help, the result of `work`, or the error (with exit code 1). */
export async function runCommand(name: CommandName, work: (args: string[]) => Promise<string>): Promise<void> {
  const args = process.argv.slice(2);
  try {
    process.stdout.write(asksForHelp(args) ? describeCommand(name) : await work(args));
  } catch (error) {
    const isExplained = error instanceof Error && EXPLAINED.has(error.name);
    process.stderr.write(`${isExplained ? error.message : ((error as Error).stack ?? String(error))}\n`);
    process.exitCode = 1;
  }
}

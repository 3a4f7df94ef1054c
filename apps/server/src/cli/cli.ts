#!/usr/bin/env node
import { asksForHelp, COMMAND_NAMES, type CommandName, describeCommand } from "./command.ts";

const RUN: Record<CommandName, () => Promise<unknown>> = {
  start: () => import("../main.ts"),
  backup: () => import("./backup.ts"),
  restore: () => import("./restore.ts"),
  "rotate-keys": () => import("./rotate-keys.ts"),
  "reset-password": () => import("./reset-password.ts"),
  "make-administrator": () => import("./make-administrator.ts"),
  doctor: () => import("./doctor.ts"),
};

const USAGE = `Usage: orwatch COMMAND [ARGUMENTS]\n\nCommands: ${COMMAND_NAMES.join(", ")}\nRun orwatch COMMAND --help for details.\n`;

const isCommand = (name: string | undefined): name is CommandName => COMMAND_NAMES.some((known) => known === name);

/** `orwatch COMMAND`: the server and its commands under one name. */
const [name, ...args] = process.argv.slice(2);
if (name === undefined || (!isCommand(name) && asksForHelp([name]))) process.stdout.write(USAGE);
else if (!isCommand(name)) {
  process.stderr.write(`Unknown command ${name}.\n${USAGE}`);
  process.exitCode = 1;
} else if (asksForHelp(args)) process.stdout.write(describeCommand(name));
else {
  // The command reads process.argv without its name.
  process.argv.splice(2, 1);
  await RUN[name]();
}

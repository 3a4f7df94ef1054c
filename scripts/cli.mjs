import "./lib/help.mjs";
import fs from "node:fs";
import path from "node:path";
import { prepare } from "./build.mjs";
import { loadEnv } from "./lib/env.mjs";
import { main, ROOT, runBundle, Stop } from "./lib/run.mjs";

const COMMANDS = ["reset-password", "make-administrator", "backup", "restore", "rotate-keys", "doctor"];

/** npm runs its scripts in the root, wherever it was typed: a file named from there is meant. */
function fromWhereTyped(arg) {
  const file = path.resolve(process.env.INIT_CWD ?? ROOT, arg);
  return arg !== "" && !arg.startsWith("-") && fs.existsSync(file) ? file : arg;
}

await main("", async () => {
  const [command, ...args] = process.argv.slice(2);
  if (!COMMANDS.includes(command)) throw new Stop(`Unknown command ${command}. Commands: ${COMMANDS.join(", ")}.`);
  const file = path.join(ROOT, `apps/server/dist/${command}.js`);
  const env = loadEnv({ mayWrite: false });
  // A bundle that is there is not changed: the server may be running from it.
  if (!fs.existsSync(file)) await prepare("app", { dependencies: "app" });
  process.argv.splice(1, process.argv.length, file, ...args.map(fromWhereTyped));
  await runBundle(`${command}.js`, env);
});

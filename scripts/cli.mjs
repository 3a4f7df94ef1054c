import fs from "node:fs";
import path from "node:path";
import { loadEnv } from "./env.mjs";
import { prepare } from "./prepare.mjs";
import { main, ROOT, Stop } from "./run.mjs";
import { runBundle } from "./serve.mjs";

const COMMANDS = ["reset-password", "make-administrator", "backup", "restore", "rotate-keys"];

await main("", async () => {
  const [command, ...args] = process.argv.slice(2);
  if (!COMMANDS.includes(command)) throw new Stop(`There is no command ${command}; there are: ${COMMANDS.join(", ")}.`);
  const file = path.join(ROOT, `apps/server/dist/${command}.js`);
  // A bundle that is there is left alone: the server may be running from it.
  if (!fs.existsSync(file)) await prepare("app");
  process.argv.splice(1, process.argv.length, file, ...args);
  await runBundle(`${command}.js`, loadEnv());
});

// Imported before everything else by scripts that people run: with --help, says what the script does, and nothing else is done.
import fs from "node:fs";
import path from "node:path";

const SCRIPTS = {
  "start.mjs": [
    "npm start",
    "Installs and builds what is missing, writes .env with an ENCRYPTION_KEY the first time, and serves.",
  ],
  "demo.mjs": [
    "npm run demo",
    "Serves the product with a year of data against a stand-in for OpenRouter; no account is needed.",
  ],
  "dev.mjs": [
    "npm run dev",
    "Serves from the source: the server on PORT, restarting after changes, and vite on http://localhost:5173.",
  ],
  "test.mjs": [
    "npm test [-- PART …]",
    "Runs everything that checks this repository, or the parts checks, vitest or e2e.",
  ],
  "test.mjs unit": ["npm run test:unit", "Runs the tests that need no server, in seconds."],
  "check.mjs": ["npm run check", "Format, lint, types, import rules and migrations; runs nothing of the product."],
  "build.mjs": ["npm run build [-- PART]", "Builds the whole workspace, or only PART: app (server and web app)."],
  "measure.mjs bench": ["npm run bench [-- NAME]", "Runs every measurement of bench/, or those with NAME in theirs."],
  "measure.mjs load": [
    "npm run load",
    "Puts a hundred users on ten million rows while a thousand keys sync, and measures.",
  ],
  "measure.mjs lighthouse": [
    "npm run lighthouse",
    "Runs Lighthouse on the log-in and on a dashboard with a million rows. RUNS, ROWS and REPORTS change how.",
  ],
  "screenshots.mjs": [
    "npm run screenshots [-- FOLDER]",
    "Takes pictures of every page, in test-results/screenshots by default.",
  ],
  "supply.mjs": [
    "npm run audit, npm run sbom",
    "Asks the registry about known vulnerabilities, or writes .artifacts/sbom.cdx.json.",
  ],
  "prove.mjs kills": [
    "npm run prove:kills",
    "Kills the server at random moments (KILLS, SEED) and compares what the next start finds.",
  ],
  "prove.mjs mutations": [
    "npm run prove:mutations",
    "Changes the parts that only calculate in every way that Stryker knows, and counts what no test notices.",
  ],
  "prove.mjs rules": [
    "npm run prove:rules [-- NAME]",
    "Breaks each rule in memory, or those with NAME in theirs, and sees its test fail.",
  ],
  "prove.mjs limits": [
    "npm run prove:limits",
    "Opens 10,000 connections (FLOOD) and sees that people are still served.",
  ],
  "prove.mjs export": ["npm run prove:export", "Exports a million rows (EXPORT_MODELS) while others are served."],
  "prove.mjs sync": [
    "npm run prove:sync",
    "Syncs through 300 accounts with random events (EVENT_RUNS) and 400 full days of 36 keys, and compares with the ledger.",
  ],
  "check.mjs format": ["npm run format", "Formats, sorts imports and applies safe fixes."],
  "test-node.mjs": [
    "npm run test:node [-- 22 24 26]",
    "Runs the tests and one start under each of these versions of Node.",
  ],
  "check-container.mjs": ["npm run check:container", "Replays the Dockerfile without Docker and runs its last stage."],
};

/** The commands of the server, as the server itself describes them. */
const COMMANDS = path.resolve(import.meta.dirname, "../../apps/server/src/cli/commands.json");

function describe(script, [command]) {
  if (script !== "cli.mjs") return (SCRIPTS[`${script} ${command}`] ?? SCRIPTS[script])?.join("\n\n") ?? null;
  const commands = JSON.parse(fs.readFileSync(COMMANDS, "utf8"));
  const { arguments: args, help } = commands[command] ?? {};
  return help === undefined ? null : `npm run ${command}${args ? ` -- ${args}` : ""}\n\n${help}`;
}

const [, script = "", ...args] = process.argv;
if (args.includes("--help") || args.includes("-h")) {
  const text = describe(path.basename(script), args);
  if (text !== null) {
    console.log(`Usage: ${text}`);
    process.exit(0);
  }
}

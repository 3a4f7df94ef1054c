// Imported first by every script that people run: prints help for --help and exits.
import fs from "node:fs";
import path from "node:path";

const SCRIPTS = {
  "start.mjs": [
    "npm start",
    "Installs and builds what is missing, writes .env with an ENCRYPTION_KEY the first time, and starts the server.",
  ],
  "demo.mjs": [
    "npm run demo",
    "Starts the app with a year of data from a simulated OpenRouter. Needs no OpenRouter account.",
  ],
  "dev.mjs": [
    "npm run dev",
    "Runs from source: the server on PORT, restarted after changes, and Vite on http://localhost:5173.",
  ],
  "test.mjs": ["npm test [-- PART …]", "Runs all checks and tests, or the parts checks, nodes, vitest or e2e."],
  "test.mjs unit": ["npm run test:unit", "Runs the unit tests, in seconds."],
  "test.mjs coverage": [
    "npm run test:coverage",
    "Runs the unit and integration tests and measures which lines and branches they cover; fails below 90%.",
  ],
  "check.mjs": ["npm run check", "Checks format, lint, types, import rules and migrations. Runs no tests."],
  "build.mjs": ["npm run build [-- PART]", "Builds the whole workspace, or only PART: app (server and web app)."],
  "measure.mjs bench": ["npm run bench [-- NAME]", "Runs all benchmarks in bench/, or those whose name contains NAME."],
  "measure.mjs load": ["npm run load", "Measures a hundred users on ten million rows while a thousand keys sync."],
  "measure.mjs lighthouse": [
    "npm run lighthouse",
    "Runs Lighthouse on the login page and on a dashboard with a million rows. Options: RUNS, ROWS and REPORTS.",
  ],
  "screenshots.mjs": [
    "npm run screenshots [-- FOLDER]",
    "Takes screenshots of every page. Default folder: test-results/screenshots.",
  ],
  "supply.mjs": [
    "npm run audit, npm run sbom",
    "Checks the registry for known vulnerabilities, or writes .artifacts/sbom.cdx.json.",
  ],
  "supply.mjs notes": [
    "npm run release:notes -- TAG",
    "Prints the changelog of a release, such as v0.2.0, after checking that all packages have its version.",
  ],
  "prove.mjs kills": [
    "npm run prove:kills",
    "Kills the server at random moments (KILLS, SEED) and checks the data after the next start.",
  ],
  "prove.mjs mutations": [
    "npm run prove:mutations [-- --mutate FILE]",
    "Runs mutation tests (Stryker) of the calculations and counts undetected changes.",
  ],
  "prove.mjs rules": [
    "npm run prove:rules [-- NAME]",
    "Breaks each rule in memory, or those whose name contains NAME, and checks that its test fails.",
  ],
  "prove.mjs limits": [
    "npm run prove:limits",
    "Opens 10,000 connections (FLOOD) and checks that users are still served.",
  ],
  "prove.mjs export": [
    "npm run prove:export",
    "Exports a million rows (EXPORT_MODELS) while other requests are served.",
  ],
  "prove.mjs fuzz": [
    "npm run prove:fuzz",
    "Sends 400 random requests (FUZZ_RUNS) to every operation of the REST API and compares the answers with the document.",
  ],
  "prove.mjs clients": [
    "npm run prove:clients",
    "Generates clients from the OpenAPI document with six generators, compiles them, and runs them against a server.",
  ],
  "prove.mjs consumers": [
    "npm run prove:consumers",
    "Compiles and runs programs that use the packed SDK, with every supported version of TypeScript and tRPC.",
  ],
  "prove.mjs sync": [
    "npm run prove:sync",
    "Syncs through 300 accounts with random events (EVENT_RUNS) and 400 full days of 36 keys, and compares with the ledger.",
  ],
  "prove.mjs teams": [
    "npm run prove:teams",
    "Compares what members may do with an oracle, in 10,000 random sequences of joins, role changes and removals.",
  ],
  "check.mjs format": ["npm run format", "Formats, sorts imports and applies safe fixes."],
  "test-node.mjs": ["npm run test:node [-- 22 24 26]", "Runs the tests and one start on each of these Node versions."],
  "check-container.mjs": [
    "npm run check:container",
    "Runs the steps of the Dockerfile without Docker, then its last stage.",
  ],
};

/** The commands of the server and their help. */
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
  // Never runs a command that was asked for help.
  if (text === null) console.error(`There is no help for ${[path.basename(script), ...args].join(" ")}.`);
  else console.log(`Usage: ${text}`);
  process.exit(text === null ? 1 : 0);
}

// Everything at once, from a fresh clone too. `npm test -- vitest` and the like run one part: checks, audit, nodes, vitest, e2e.
import "./lib/help.mjs";
import fs from "node:fs";
import path from "node:path";
import { prepare } from "./build.mjs";
import { runChecks } from "./check.mjs";
import { ensureChromium } from "./lib/chromium.mjs";
import { ensureNode } from "./lib/node-version.mjs";
import { ARTIFACTS, bin, main, run, secondsSince } from "./lib/run.mjs";
import { add, countLogs, countPlaywright, countVitest, listFlaky, orItself, prepareLogs } from "./lib/suite.mjs";
import { runAudit } from "./supply.mjs";
import { countSmokes } from "./test-node.mjs";

const readReport = (file) => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : null);

async function runVitest(...options) {
  const report = path.join(ARTIFACTS, "vitest.json");
  fs.rmSync(report, { force: true });
  const args = ["run", ...options, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { code } = await run(bin("vitest"), args, { show: true });
  return orItself(countVitest(readReport(report)), code);
}

/** Not part of the whole: it takes half as long again. Fails below the percentages of vitest.config.ts. */
const runCoverage = () => runVitest("--coverage");

async function runEndToEnd() {
  const chromium = ensureChromium();
  if (!chromium) {
    console.log("  There is no Chromium and none could be installed: set CHROMIUM_PATH to one.");
    return { passed: 0, failed: 1 };
  }
  const report = path.join(ARTIFACTS, "e2e.json");
  fs.rmSync(report, { force: true });
  const env = { ...process.env, CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const args = ["test", "--config=playwright.config.ts", "--reporter=list,json"];
  const { code } = await run(bin("playwright", "tests"), args, { cwd: "tests", env, show: true });
  for (const title of listFlaky(readReport(report))) console.log(`  Needed its second try: ${title}`);
  return orItself(countPlaywright(readReport(report)), code);
}

const LOGS = path.join(ARTIFACTS, "logs");

const MEMORY = "/dev/shm";
const TMPFS_MAGIC = 0x01021994;
const ENOUGH_BYTES = 4 * 2 ** 30;

/** Temporary files in memory, where there is enough of it: tests create and delete thousands of databases. */
function useMemoryForFiles() {
  if (process.env.TMPDIR || !fs.existsSync(MEMORY)) return;
  const { type, bavail, bsize } = fs.statfsSync(MEMORY);
  if (type !== TMPFS_MAGIC || bavail * bsize < ENOUGH_BYTES) return;
  const folder = fs.mkdtempSync(path.join(MEMORY, "orwatch-tests-"));
  // As /tmp: some tests run a process as another user.
  fs.chmodSync(folder, 0o1777);
  process.env.TMPDIR = folder;
  process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
}

/** Last: searches what the other parts logged. */
const searchLogs = async () => countLogs(LOGS);

/** The suite runs on one version of Node; on the other supported ones the built server is started and used once. */
const runOtherNodes = () => countSmokes(["22", "26"].map((line) => ({ name: `Node ${line}`, path: ensureNode(line) })));

/** In seconds, for while one works: not part of the whole, which runs them with the rest. */
async function runUnit() {
  // The whole runs them more often; each prints how much it tried.
  process.env.STATS_RUNS ??= "15";
  process.env.DETAIL_RUNS ??= "15";
  const { code } = await run(bin("vitest"), ["run", "--project", "unit"], { show: true });
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

const PARTS = {
  checks: runChecks,
  audit: runAudit,
  nodes: runOtherNodes,
  vitest: () => runVitest(),
  e2e: runEndToEnd,
  logs: searchLogs,
};

/** Parts that the whole does not need. */
const ALONE = { unit: runUnit, coverage: runCoverage };

await main("", async () => {
  const start = performance.now();
  const asked = process.argv.slice(2);
  let total = { passed: 0, failed: 0 };
  const times = [];
  const time = async (name, work) => {
    const began = performance.now();
    console.log(name);
    const result = await work();
    times.push(`${name} ${secondsSince(began)}`);
    return result;
  };
  try {
    await time("prepare", () => prepare(asked[0] === "unit" ? "none" : "all"));
    fs.mkdirSync(ARTIFACTS, { recursive: true });
    prepareLogs(LOGS);
    useMemoryForFiles();
    process.env.SUITE_LOG = LOGS;
    process.env.SERVER_CODE ??= "dist";
    const alone = ALONE[asked[0]];
    if (alone) total = await time(asked[0], alone);
    for (const [name, work] of Object.entries(PARTS)) {
      if (alone || (asked.length > 0 && ![...asked, "logs"].includes(name))) continue;
      total = add(total, await time(name, work));
    }
  } catch (error) {
    console.error(error.message);
    total = add(total, { passed: 0, failed: 1 });
  }
  console.log([...times, `all ${secondsSince(start)}`].join(" · "));
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed > 0 ? 1 : 0);
});

// Proofs that take too long for every test run: `prove.mjs limits|export|fuzz|kills|sync|teams|clients|consumers|rules|mutations`.
import "./lib/help.mjs";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { prepare } from "./build.mjs";
import { bin, main, run, Stop } from "./lib/run.mjs";

/** Tests that CI runs with small numbers, with large ones. Variables set in the environment take precedence. */
const LONG_RUNS = {
  limits: { env: { FLOOD: "10000" }, files: ["tests/http/connection-limits.test.ts"] },
  export: { env: { EXPORT_MODELS: "250" }, files: ["tests/stats/export-large.test.ts"] },
  fuzz: { env: { FUZZ_RUNS: "400" }, files: ["tests/bad-input/rest-fuzz.test.ts"] },
  kills: {
    env: { KILLS: "100", KILL_BREAKDOWNS: "1", SERVER_CODE: "dist" },
    files: ["tests/resilience/kills.test.ts"],
  },
  sync: {
    env: { EVENT_RUNS: "300", SCALE: "full" },
    files: [
      "tests/accounts/counters-only.test.ts",
      "tests/accounts/key-limit.test.ts",
      "tests/accounts/random-events.test.ts",
      "tests/accounts/request-budget.test.ts",
      "tests/archive/random-events.test.ts",
      "tests/usage/random-events.test.ts",
      "tests/usage/scale.test.ts",
    ],
  },
  teams: { env: { SEQUENCES: "10000" }, files: ["tests/teams/random-memberships.test.ts"] },
  clients: { env: { CLIENTS: "all" }, files: ["tests/sdk/generated-clients.test.ts", "tests/sdk/clients.test.ts"] },
  consumers: { env: { CONSUMERS: "all" }, files: ["tests/sdk/consumer.test.ts", "tests/sdk/runtimes.test.ts"] },
};

/**
 * Runs the tests of a file whose names match, with a defect or ("") without: names of those that passed and failed.
 * @throws when none of them ran, because that shows nothing about the defect
 */
function runTests(report, { file, names, defect }) {
  rmSync(report, { force: true });
  const withDefect = defect && ` with "${defect}"`;
  const args = ["vitest", "run", file, `--testNamePattern=${names}`, "--reporter=json", `--outputFile=${report}`];
  const { stderr } = spawnSync("npx", args, {
    env: { ...process.env, SEEDED_DEFECT: defect },
    stdio: ["ignore", "ignore", "pipe"],
  });
  if (!existsSync(report)) throw new Stop(`${file} could not be run${withDefect}:\n${stderr}`);
  const { testResults } = JSON.parse(readFileSync(report, "utf8"));
  const tests = testResults.flatMap((result) => result.assertionResults);
  const namesOf = (status) => tests.filter((test) => test.status === status).map((test) => test.fullName);
  const [passed, failed] = [namesOf("passed"), namesOf("failed")];
  if (passed.length + failed.length === 0) {
    const reasons = testResults.map(({ message }) => message).join("\n");
    throw new Stop(`No test of ${file} ran${withDefect}. ${reasons || stderr}`);
  }
  return { passed, failed };
}

/** Seeds every defect in turn, in memory, or those with `only` in their name, and prints for each whether its test failed. */
async function proveRules(only) {
  // Only this proof needs it.
  const { tsImport } = await import("tsx/esm/api");
  const { SEEDED_DEFECTS } = await tsImport("../tests/repository/seeded-defects.ts", import.meta.url);
  const folder = mkdtempSync(path.join(tmpdir(), "orwatch-defects-"));
  const report = path.join(folder, "report.json");
  const chosen = SEEDED_DEFECTS.filter(({ name }) => !only || name.includes(only));
  for (const file of new Set(chosen.map(({ tests }) => tests))) {
    const patterns = chosen.filter(({ tests }) => tests === file).map(({ noticedBy }) => noticedBy);
    const names = patterns.map(({ source }) => `(?:${source})`).join("|");
    const { passed, failed } = runTests(report, { file, names, defect: "" });
    if (failed.length > 0) throw new Stop(`${file} fails by itself, so it proves nothing: ${failed[0]}`);
    const unknown = patterns.find((pattern) => !passed.some((name) => pattern.test(name)));
    if (unknown) throw new Stop(`${file} has no test ${unknown}`);
  }
  let [noticed, missed] = [0, 0];
  for (const { name, tests, noticedBy } of chosen) {
    const { failed } = runTests(report, { file: tests, names: noticedBy.source, defect: name });
    if (failed.length > 0) noticed += 1;
    else missed += 1;
    console.log(failed.length > 0 ? `noticed  ${name} (${failed.length} fail)` : `MISSED   ${name}`);
  }
  rmSync(folder, { recursive: true });
  console.log(`${noticed} passed, ${missed} failed`);
  process.exitCode = missed === 0 ? 0 : 1;
}

await main("", async () => {
  const [name, ...args] = process.argv.slice(2);
  if (name === "rules") return proveRules(...args);
  if (name === "mutations") {
    process.exitCode = (await run(bin("stryker"), ["run", ...args], { show: true })).code;
    return;
  }
  const proof = LONG_RUNS[name];
  if (!proof) throw new Stop(`Say what to prove: ${[...Object.keys(LONG_RUNS), "rules", "mutations"].join(", ")}.`);
  await prepare("app");
  const env = { ...proof.env, ...process.env };
  process.exitCode = (await run(bin("vitest"), ["run", ...proof.files], { env, show: true })).code;
});

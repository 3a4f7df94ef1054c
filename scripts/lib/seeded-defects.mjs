// Breaks each rule in turn, in memory, and checks that the test of the rule fails.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { tsImport } from "tsx/esm/api";

/** Runs the tests of a file whose names match, with a defect or ("") without: names of those that passed and failed. */
function runTests(report, { file, names, defect }) {
  rmSync(report, { force: true });
  const args = ["vitest", "run", file, `--testNamePattern=${names}`, "--reporter=json", `--outputFile=${report}`];
  spawnSync("npx", args, { env: { ...process.env, SEEDED_DEFECT: defect }, stdio: "ignore" });
  const { testResults } = JSON.parse(readFileSync(report, "utf8"));
  const tests = testResults.flatMap((result) => result.assertionResults);
  const namesOf = (status) => tests.filter((test) => test.status === status).map((test) => test.fullName);
  return { passed: namesOf("passed"), failed: namesOf("failed") };
}

/** Seeds every defect, or those with `only` in their name, and prints for each whether its test failed. */
export async function proveRules(only) {
  const { SEEDED_DEFECTS } = await tsImport("../../tests/repository/seeded-defects.ts", import.meta.url);
  const folder = mkdtempSync(path.join(tmpdir(), "orwatch-defects-"));
  const report = path.join(folder, "report.json");
  const chosen = SEEDED_DEFECTS.filter(({ name }) => !only || name.includes(only));
  for (const file of new Set(chosen.map(({ tests }) => tests))) {
    const patterns = chosen.filter(({ tests }) => tests === file).map(({ noticedBy }) => noticedBy);
    const names = patterns.map(({ source }) => `(?:${source})`).join("|");
    const { passed, failed } = runTests(report, { file, names, defect: "" });
    if (failed.length > 0) throw new Error(`${file} fails by itself, so it proves nothing: ${failed[0]}`);
    const unknown = patterns.find((pattern) => !passed.some((name) => pattern.test(name)));
    if (unknown) throw new Error(`${file} has no test ${unknown}`);
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

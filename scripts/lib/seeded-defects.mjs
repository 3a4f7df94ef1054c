// Breaks each rule in turn, in memory, and checks that the test of the rule fails.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { tsImport } from "tsx/esm/api";

/** Names of the tests of a file that fail while the defect is in. */
function failures(report, file, defect) {
  rmSync(report, { force: true });
  const env = { ...process.env, SEEDED_DEFECT: defect };
  spawnSync("npx", ["vitest", "run", file, "--reporter=json", `--outputFile=${report}`], { env, stdio: "ignore" });
  const { testResults } = JSON.parse(readFileSync(report, "utf8"));
  return testResults
    .flatMap((result) => result.assertionResults)
    .flatMap((test) => (test.status === "failed" ? [test.fullName] : []));
}

/** Seeds every defect, or those with `only` in their name, and prints for each whether its test failed. */
export async function proveRules(only) {
  const { SEEDED_DEFECTS } = await tsImport("../../tests/repository/seeded-defects.ts", import.meta.url);
  const folder = mkdtempSync(path.join(tmpdir(), "orwatch-defects-"));
  const report = path.join(folder, "report.json");
  const chosen = SEEDED_DEFECTS.filter(({ name }) => !only || name.includes(only));
  for (const file of new Set(chosen.map(({ tests }) => tests))) {
    const failed = failures(report, file, "");
    if (failed.length > 0) throw new Error(`${file} fails by itself, so it proves nothing: ${failed[0]}`);
  }
  let [noticed, missed] = [0, 0];
  for (const defect of chosen) {
    const failed = failures(report, defect.tests, defect.name);
    const isNoticed = failed.some((title) => defect.noticedBy.test(title));
    if (isNoticed) noticed += 1;
    else missed += 1;
    console.log(
      isNoticed
        ? `noticed  ${defect.name} (${failed.length} fail)`
        : `MISSED   ${defect.name} (fail: ${failed[0] ?? "none"})`,
    );
  }
  rmSync(folder, { recursive: true });
  console.log(`${noticed} passed, ${missed} failed`);
  process.exitCode = missed === 0 ? 0 : 1;
}

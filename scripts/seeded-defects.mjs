// Breaks each rule in turn, in memory, and checks that a test named after the rule fails: proof that the tests bite.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { tsImport } from "tsx/esm/api";

const { SEEDED_DEFECTS } = await tsImport("../tests/support/seeded-defects.ts", import.meta.url);
const only = process.argv[2];
const folder = mkdtempSync(path.join(tmpdir(), "orwatch-defects-"));
let [noticed, missed] = [0, 0];
for (const defect of SEEDED_DEFECTS) {
  if (only && !defect.name.includes(only)) continue;
  const report = path.join(folder, "report.json");
  spawnSync("npx", ["vitest", "run", defect.tests, "--reporter=json", `--outputFile=${report}`], {
    env: { ...process.env, SEEDED_DEFECT: defect.name },
    stdio: "ignore",
  });
  const { testResults } = JSON.parse(readFileSync(report, "utf8"));
  const failed = testResults.flatMap((file) => file.assertionResults).filter((test) => test.status === "failed");
  const by = failed.find((test) => defect.noticedBy.test(test.fullName));
  if (by) noticed += 1;
  else missed += 1;
  console.log(
    by
      ? `noticed  ${defect.name}`
      : `MISSED   ${defect.name} (failed: ${failed.map((test) => test.fullName).join("; ") || "nothing"})`,
  );
}
rmSync(folder, { recursive: true });
console.log(`${noticed} passed, ${missed} failed`);
process.exitCode = missed === 0 ? 0 : 1;

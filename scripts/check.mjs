// `npm run check`, and `npm run format`, which applies safe fixes.
import "./lib/help.mjs";
import { availableParallelism } from "node:os";
import { prepare } from "./build.mjs";
import { bin, listPackages, main, run, runScript, secondsSince } from "./lib/run.mjs";

/** The checks that run nothing of the product, each counted as one test. */
export function listChecks() {
  const typed = listPackages().filter(({ manifest }) => manifest.scripts?.typecheck);
  return [
    { name: "lint", work: () => run(bin("biome"), ["ci", "--colors=off", "."]) },
    ...typed.map(({ folder }) => ({ name: `types ${folder}`, work: () => runScript(folder, "typecheck") })),
    { name: "imports", work: () => run(process.execPath, ["packages/import-rules/src/check.ts"]) },
    {
      name: "messages",
      work: () => run(bin("tsx", "packages/messages"), ["scripts/compile.ts", "--check"], { cwd: "packages/messages" }),
    },
    {
      name: "migrations",
      work: () => run(bin("tsx", "packages/db"), ["scripts/migrate.ts", "check"], { cwd: "packages/db" }),
    },
  ];
}

/** Runs all checks, as many at a time as there are cores; what a failed one printed is shown. */
export async function runChecks() {
  const counts = { passed: 0, failed: 0 };
  const waiting = listChecks();
  const runNext = async () => {
    const check = waiting.shift();
    if (!check) return;
    const { name, work } = check;
    const start = performance.now();
    const { code, output } = await work();
    counts[code === 0 ? "passed" : "failed"] += 1;
    console.log(`  ${name.padEnd(32)}${secondsSince(start).padStart(8)}${code === 0 ? "" : "  FAILED"}`);
    if (code !== 0) console.log(output.trimEnd());
    await runNext();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, runNext));
  return counts;
}

if (process.argv[1] === import.meta.filename)
  await main("", async () => {
    await prepare("none");
    if (process.argv[2] === "format") {
      process.exitCode = (await run(bin("biome"), ["check", "--write", "."], { show: true })).code;
      return;
    }
    const { passed, failed } = await runChecks();
    console.log(`${passed} passed, ${failed} failed`);
    process.exitCode = failed > 0 ? 1 : 0;
  });

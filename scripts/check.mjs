// `npm run check`, and `npm run format`, which applies safe fixes.
import "./lib/help.mjs";
import { runChecks } from "./lib/checks.mjs";
import { prepare } from "./lib/prepare.mjs";
import { bin, main, run } from "./lib/run.mjs";

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

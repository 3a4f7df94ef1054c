import "./help.mjs";
import { runChecks } from "./checks.mjs";
import { prepare } from "./prepare.mjs";
import { main } from "./run.mjs";

await main("", async () => {
  await prepare("none");
  const { passed, failed } = await runChecks();
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
});

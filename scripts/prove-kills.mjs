// `npm run prove:kills`: kills the built server 100 times (KILLS) at random moments (SEED) and looks at what it finds afterwards.
import "./help.mjs";
import { prepare } from "./prepare.mjs";
import { bin, main, run } from "./run.mjs";

await main("", async () => {
  await prepare("app");
  const env = { KILLS: "100", ...process.env, SERVER_CODE: "dist" };
  const { code } = await run(bin("vitest"), ["run", "tests/resilience/kills.test.ts"], {
    env,
    show: true,
  });
  process.exitCode = code;
});

// `npm run lighthouse`; RUNS and ROWS change how much, REPORTS names a folder that keeps the reports. Lighthouse itself is fetched at the first run: nothing else needs it.
import "./help.mjs";
import { ensureChromium } from "./chromium.mjs";
import { prepare } from "./prepare.mjs";
import { main, run, Stop } from "./run.mjs";

await main("", async () => {
  await prepare("app");
  const chromium = ensureChromium();
  if (!chromium) throw new Stop("there is no Chromium and none could be installed: set CHROMIUM_PATH to one.");
  const env = { ...process.env, NODE_ENV: "production", CHROMIUM_PATH: chromium };
  const { code } = await run(process.execPath, ["--import", "tsx", "bench/lighthouse.ts"], { env, show: true });
  process.exitCode = code;
});

// Pictures of every page in light, dark and on a phone: `npm run screenshots -- FOLDER`.
import "./lib/help.mjs";
import path from "node:path";
import { prepare } from "./build.mjs";
import { ensureChromium } from "./lib/chromium.mjs";
import { bin, main, run } from "./lib/run.mjs";

await main("", async () => {
  await prepare("all");
  const folder = path.resolve(process.argv[2] ?? "test-results/screenshots");
  const env = { ...process.env, CHROMIUM_PATH: ensureChromium() ?? "" };
  const { code } = await run(bin("tsx"), ["e2e/screenshots.ts", folder], { cwd: "tests", env, show: true });
  console.log(
    code === 0 ? `The pictures are in ${folder}` : "The pictures could not be taken; the lines above say why.",
  );
  process.exitCode = code;
});

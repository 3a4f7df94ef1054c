import "./lib/help.mjs";
import { loadEnv } from "./lib/env.mjs";
import { prepare } from "./lib/prepare.mjs";
import { main, runBundle } from "./lib/run.mjs";

await main("orwatch cannot start: ", async () => {
  const env = loadEnv();
  await prepare("app", { dependencies: "app" });
  await runBundle("main.js", env);
});

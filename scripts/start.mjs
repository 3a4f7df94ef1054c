import "./lib/help.mjs";
import { prepare } from "./build.mjs";
import { loadEnv } from "./lib/env.mjs";
import { main, runBundle } from "./lib/run.mjs";

await main("orwatch cannot start: ", async () => {
  const env = loadEnv();
  await prepare("app", { dependencies: "app" });
  await runBundle("main.js", env);
});

import "./lib/help.mjs";
import { loadEnv } from "./lib/env.mjs";
import { prepare } from "./lib/prepare.mjs";
import { main } from "./lib/run.mjs";
import { runBundle } from "./lib/serve.mjs";

await main("orwatch cannot start: ", async () => {
  const env = loadEnv();
  await prepare("app", { dependencies: "app" });
  await runBundle("main.js", env);
});

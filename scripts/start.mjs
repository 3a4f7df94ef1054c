import "./help.mjs";
import { loadEnv } from "./env.mjs";
import { prepare } from "./prepare.mjs";
import { main } from "./run.mjs";
import { runBundle } from "./serve.mjs";

await main("orwatch cannot start: ", async () => {
  const env = loadEnv();
  await prepare("app", { dependencies: "app" });
  await runBundle("main.js", env);
});

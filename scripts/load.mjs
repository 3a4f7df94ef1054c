// `npm run load`: what bench/load/main.ts says, on the built server.
import "./help.mjs";
import { prepare } from "./prepare.mjs";
import { main, run } from "./run.mjs";

await main("", async () => {
  await prepare("app");
  const env = { ...process.env, NODE_ENV: "production" };
  const { code } = await run(process.execPath, ["--import", "tsx", "bench/load/main.ts"], { env, show: true });
  process.exitCode = code;
});

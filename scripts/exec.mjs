// Runs a command of the workspace under a supported Node: `node scripts/exec.mjs vitest run tests/http/connection-limits.test.ts`.
import { bin, main, run } from "./run.mjs";

await main("", async () => {
  const [name, ...args] = process.argv.slice(2);
  process.exitCode = (await run(bin(name), args, { show: true })).code;
});

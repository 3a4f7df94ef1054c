// `npm run test:node -- 22 24 26`: unit and integration tests and a start of the built server under each of these versions of Node.
import "./lib/help.mjs";
import path from "node:path";
import { ensureNode, SUPPORTED_LINES } from "./lib/pinned-node.mjs";
import { prepare } from "./lib/prepare.mjs";
import { main, ROOT, run, Stop, secondsSince } from "./lib/run.mjs";
import { countSmokes } from "./lib/smoke.mjs";

await main("", async () => {
  const lines = process.argv.length > 2 ? process.argv.slice(2) : SUPPORTED_LINES;
  for (const line of lines)
    if (!SUPPORTED_LINES.includes(line)) throw new Stop(`Choose from Node ${SUPPORTED_LINES.join(", ")}.`);
  await prepare("all");
  const results = [];
  for (const line of lines) {
    const node = ensureNode(line);
    const env = {
      ...process.env,
      SERVER_CODE: "dist",
      PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}`,
    };
    const start = performance.now();
    const vitest = path.join(ROOT, "node_modules/vitest/vitest.mjs");
    const { code } = await run(node, [vitest, "run"], { env, show: true });
    const { failed } = await countSmokes([{ name: `Node ${line}`, path: node }]);
    const outcome = `tests ${code === 0 ? "passed" : "FAILED"}, start ${failed === 0 ? "passed" : "FAILED"}`;
    results.push(`Node ${line.padEnd(4)}${outcome}, ${secondsSince(start)}`);
    if (code !== 0 || failed > 0) process.exitCode = 1;
  }
  console.log(results.join("\n"));
});

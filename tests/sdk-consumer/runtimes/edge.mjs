// Runs a bundled script in Vercel's edge runtime, which has the APIs of the web and none of Node.
import { readFileSync } from "node:fs";
import { EdgeRuntime } from "edge-runtime";

const runtime = new EdgeRuntime({
  extend: (context) => Object.assign(context, { process: { env: { ...process.env } } }),
});
process.stdout.write(JSON.stringify(await runtime.evaluate(`${readFileSync(process.argv[2], "utf8")}; result`)));

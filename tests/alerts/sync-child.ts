/** A server without a port in its own process, to be killed: syncs at the instant of each line it reads, and reports when done. */
import { createInterface } from "node:readline";
import { parseConfig } from "@orwatch/server/config";
import { createLog } from "@orwatch/server/platform/log";
import { openApp } from "@orwatch/server/start";
import { syncAll } from "@orwatch/server/sync/service";

let now = 0;
const { app } = await openApp(parseConfig({ ...process.env } as Record<string, string>), {
  log: createLog({ level: "error", write: (line) => void process.stderr.write(line) }),
  clock: {
    now: () => new Date(now),
    monotonicMs: () => now,
    async sleep(ms) {
      now += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
  },
  openRouterTimeoutMs: 5000,
});
process.stdout.write("ready\n");
for await (const line of createInterface({ input: process.stdin })) {
  now = Date.parse(line);
  await syncAll(app);
  process.stdout.write(`${line}\n`);
}

// The sync job of a server in its own process, so that its CPU time and memory are no one else's. Run with a file, a URL and an
// ENCRYPTION_KEY. Each line on stdin starts a sync.
import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";
import { parseConfig } from "@orwatch/server/config";
import { runJobNow } from "@orwatch/server/jobs/service";
import { createLog } from "@orwatch/server/platform/log";
import { openApp } from "@orwatch/server/start";

let aheadMs = 0;
/** Waiting costs no time here: the clock moves instead. */
const clock = {
  now: () => new Date(Date.now() + aheadMs),
  monotonicMs: () => performance.now() + aheadMs,
  async sleep(ms: number) {
    aheadMs += ms;
    await new Promise((resolve) => setImmediate(resolve));
  },
};

const { app, close } = await openApp(parseConfig(process.env), {
  log: createLog({ level: "info", write: () => {} }),
  clock,
});
for await (const _ of createInterface({ input: process.stdin })) {
  const [cpu, waitedMs] = [process.cpuUsage(), aheadMs];
  await runJobNow(app, "sync");
  const { user, system } = process.cpuUsage(cpu);
  const { outcome } = await app.db.prisma.jobRun.findFirstOrThrow({ orderBy: { id: "desc" } });
  const minutes = (aheadMs - waitedMs) / 60_000;
  const peakMb = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(`${JSON.stringify({ outcome, cpuS: (user + system) / 1e6, minutes, peakMb })}\n`);
}
await close();

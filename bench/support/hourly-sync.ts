// A server's sync job in its own process, so that its CPU time is no one else's. Run with a file, a URL and an ENCRYPTION_KEY.
import { performance } from "node:perf_hooks";
import { parseConfig } from "@orwatch/server/config";
import { runJobNow } from "@orwatch/server/jobs/service";
import { createLog } from "@orwatch/server/platform/log";
import { openApp } from "@orwatch/server/start";

/** Waiting costs no time here: the clock moves instead. */
function createFastClock() {
  let aheadMs = 0;
  return {
    now: () => new Date(Date.now() + aheadMs),
    monotonicMs: () => performance.now() + aheadMs,
    async sleep(ms: number) {
      aheadMs += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

const { app, close } = await openApp(parseConfig(process.env), {
  log: createLog({ level: "info", write: () => {} }),
  clock: createFastClock(),
});
for (const name of ["first", "hourly", "hourly again"]) {
  const [cpu, began] = [process.cpuUsage(), performance.now()];
  await runJobNow(app, "sync");
  const { user, system } = process.cpuUsage(cpu);
  const run = await app.db.prisma.jobRun.findFirstOrThrow({ orderBy: { id: "desc" } });
  process.stdout.write(
    `${JSON.stringify({ name, cpuS: (user + system) / 1e6, wallS: (performance.now() - began) / 1000, outcome: run.outcome, counts: JSON.parse(run.counts) })}\n`,
  );
}
await close();

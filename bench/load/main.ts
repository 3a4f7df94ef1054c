// 100 people at once for SECONDS (300) over ROWS (10,000,000) of usage, while a sync of 1,000 keys runs; then the same for a bare
// server on the same file. SECONDS=60 ROWS=1000000 USERS=100 BARE=0 npm run load
import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";
import { startSim } from "@orwatch/openrouter-sim";
import { makeFile } from "../support/file.ts";
import { percentile, print } from "../support/measure.ts";
import { NODE_FLAGS } from "../support/node-flags.ts";
import { fillFile, randomSecret } from "./fill.ts";
import type { Plan, Seen } from "./generator.ts";
import { KINDS, type Visitor } from "./kinds.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const SECONDS = Number(process.env.SECONDS ?? 300);
const ROWS = Number(process.env.ROWS ?? 10_000_000);
const USERS = Number(process.env.USERS ?? 100);
const THINK_MS = 1000;
const SAMPLE_MS = 5000;
const READS_P95_MS = 100;
const READY_S = 2;
const TEMPLATE = { email: "template@example.com", password: "Correct-Horse-9" };
const METRICS_TOKEN = randomSecret();
const ENCRYPTION_KEY = `${randomSecret()}${randomSecret()}`;

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

/** Starts a server and waits for its "ready at". @returns seconds until then */
async function start(args: string[], env: Record<string, string>): Promise<{ child: ChildProcess; readyS: number }> {
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH ?? "", NODE_ENV: "production", MALLOC_TRIM_THRESHOLD_: "131072", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`${args.at(-1)} ended with ${code}`)));
    child.stdout?.setEncoding("utf8").on("data", (line: string) => line.includes("ready at") && resolve());
  });
  child.removeAllListeners("exit");
  return { child, readyS: (performance.now() - began) / 1000 };
}

const stop = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });

const { folder, file } = await makeFile();
const sim = await startSim({ warnings: "never", lagMs: 0, analyticsPerMinute: Number.POSITIVE_INFINITY });
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const startOurs = () =>
  start([...NODE_FLAGS, path.join(ROOT, "apps/server/dist/main.js")], {
    DATABASE_URL: `file:${file}`,
    BACKUP_DIR: path.join(folder, "backups"),
    ENCRYPTION_KEY,
    METRICS_TOKEN,
    OPENROUTER_API_URL: sim.url,
    PORT: String(port),
    TRUST_PROXY: "127.0.0.1",
    RATE_LIMIT_REQUESTS: "1000000000",
    SYNC_INTERVAL_MINUTES: "5",
    LOG_LEVEL: "info",
  });

interface Sample {
  atS: number;
  rssMb: number;
  longestMs: number;
  cpuS: number;
  syncs: number;
}

async function sample(began: number): Promise<Sample> {
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
  const lines = (await answer.text()).split("\n");
  const read = (name: string) => Number(lines.find((line) => line.startsWith(`${name} `))?.split(" ")[1] ?? Number.NaN);
  return {
    atS: (performance.now() - began) / 1000,
    rssMb: read("process_resident_memory_bytes") / 2 ** 20,
    longestMs: read("orwatch_event_loop_longest_seconds") * 1000,
    cpuS: read("process_cpu_seconds_total"),
    syncs: read('orwatch_key_syncs_total{outcome="ok"}'),
  };
}

/** The visitors, in their own process, to the end of their time. */
async function visit(visitors: Visitor[]): Promise<Seen> {
  const plan: Plan = { url, seconds: SECONDS, thinkMs: THINK_MS, visitors };
  const child = spawn(process.execPath, ["--import", "tsx", path.join(import.meta.dirname, "generator.ts")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(JSON.stringify(plan));
  return JSON.parse(await text(child.stdout)) as Seen;
}

function report(name: string, { times, errors, requests }: Seen): { worstReadMs: number; errors: number } {
  print(`\n${name}: ${requests} requests, ${(requests / SECONDS).toFixed(0)}/s`);
  let worstReadMs = 0;
  for (const kind of KINDS) {
    const sorted = (times[kind.name] ?? []).sort((a, b) => a - b);
    const at = (share: number) => percentile(sorted, share).toFixed(1).padStart(8);
    print(
      `  ${kind.name.padEnd(20)}${String(sorted.length).padStart(6)}  p50 ${at(0.5)}  p95 ${at(0.95)}  p99 ${at(0.99)} ms`,
    );
    if (kind.isRead && sorted.length > 0) worstReadMs = Math.max(worstReadMs, percentile(sorted, 0.95));
  }
  const reads = KINDS.filter(({ isRead }) => isRead).flatMap((kind) => times[kind.name] ?? []);
  reads.sort((a, b) => a - b);
  print(`  all reads: p95 ${percentile(reads, 0.95).toFixed(1)} ms, p99 ${percentile(reads, 0.99).toFixed(1)} ms`);
  const failed = Object.entries(errors);
  print(
    failed.length === 0 ? "  no error" : `  errors: ${failed.map(([what, count]) => `${count} × ${what}`).join(", ")}`,
  );
  return { worstReadMs, errors: failed.reduce((sum, [, count]) => sum + count, 0) };
}

let child: ChildProcess | null = null;
try {
  ({ child } = await startOurs());
  const registered = await fetch(`${url}/api/auth/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...TEMPLATE, password_confirm: TEMPLATE.password }),
  });
  if (!registered.ok) throw new Error(`no template user: ${await registered.text()}`);
  await stop(child);
  const filling = performance.now();
  const { visitors, rows, keys } = fillFile(
    { file, users: USERS, rows: ROWS, encryptionKey: ENCRYPTION_KEY, template: TEMPLATE },
    sim,
  );
  print(
    `${rows.toLocaleString("en")} rows, ${keys} keys, filled in ${((performance.now() - filling) / 1000).toFixed(0)} s`,
  );
  let readyS = 0;
  ({ child, readyS } = await startOurs());
  print(`cold start to ready: ${readyS.toFixed(2)} s (the aim is under ${READY_S} s)`);
  const began = performance.now();
  const samples: Sample[] = [await sample(began)];
  const timer = setInterval(
    () =>
      void sample(began).then(
        (one) => samples.push(one),
        () => {},
      ),
    SAMPLE_MS,
  );
  const seen = await visit(visitors);
  clearInterval(timer);
  const last = await sample(began);
  const { worstReadMs, errors } = report("orwatch", seen);
  const minute = samples.find(({ atS }) => atS >= 60) ?? samples.at(-1) ?? last;
  const longest = Math.max(...samples.slice(1).map(({ longestMs }) => longestMs), last.longestMs);
  const middle = percentile(
    samples.map(({ longestMs }) => longestMs).sort((a, b) => a - b),
    0.5,
  );
  print(
    `  event loop held at most ${longest.toFixed(0)} ms (median of the minutes ${middle.toFixed(0)}; the aim is 100), ${last.syncs} of ${keys} keys synced`,
  );
  const minutes = Array.from({ length: Math.floor(last.atS / 60) }, (_, index) =>
    samples.find(({ atS }) => atS >= 60 * (index + 1)),
  );
  print(
    `  resident ${minute.rssMb.toFixed(0)} MB after the first minute, ${last.rssMb.toFixed(0)} MB at the end; minute by minute ${minutes.map((one) => (one ?? last).rssMb.toFixed(0)).join(", ")}; ${last.cpuS.toFixed(0)} s of CPU`,
  );
  await stop(child);
  if (process.env.BARE !== "0") {
    const args = [
      path.join(import.meta.dirname, "bare.ts"),
      file,
      path.join(ROOT, "apps/web/dist/index.html"),
      String(port),
    ];
    ({ child } = await start(["--import", "tsx", ...args], {}));
    report("bare server, without a sync", await visit(visitors));
    await stop(child);
  }
  child = null;
  const isMet = errors === 0 && worstReadMs < READS_P95_MS && longest < 100 && readyS < READY_S;
  print(
    `\n${isMet ? "All aims are met." : `Not all aims are met: ${errors} errors, the slowest kind of read has a p95 of ${worstReadMs.toFixed(0)} ms.`}`,
  );
  process.exitCode = errors === 0 ? 0 : 1;
} finally {
  child?.kill("SIGKILL");
  await sim.close();
  rmSync(folder, { recursive: true, force: true });
}

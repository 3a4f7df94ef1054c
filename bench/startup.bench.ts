import { execFileSync, spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { makeFile } from "./support/file.ts";
import { median, ms, print } from "./support/measure.ts";
import { NODE_FLAGS } from "./support/node-flags.ts";

const MAIN = path.resolve(import.meta.dirname, "../apps/server/dist/main.js");
const ROUNDS = Number(process.env.ROUNDS ?? 7);
const PASSWORD = "Correct-Horse-9";

if (!existsSync(MAIN)) {
  print(`${MAIN} is missing: run \`npm run build\` first.`);
  process.exit(1);
}

const rssMb = (pid: number) =>
  Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024;

async function send(url: string, options: { body?: unknown; token?: string } = {}) {
  const { body, token } = options;
  const response = await fetch(url, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as { access_token?: string };
}

/** Starts the server on `file`, makes its first requests, and stops it. */
async function startOnce(file: string, email: string) {
  const started = performance.now();
  // The flag and the variable are those of `npm start`.
  const server = spawn(process.execPath, [...NODE_FLAGS, MAIN], {
    cwd: path.dirname(file),
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      PATH: process.env.PATH,
      MALLOC_TRIM_THRESHOLD_: "131072",
      NODE_ENV: "production",
      DATABASE_URL: `file:${file}`,
      BACKUP_DIR: path.join(path.dirname(file), "backups"),
      ENCRYPTION_KEY: "a-key-for-benches-of-more-than-32-characters",
      PORT: "0",
      LOG_LEVEL: "warn",
    },
  });
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  try {
    const url = await new Promise<string>((resolve, reject) => {
      server.once("exit", (code) => reject(new Error(`the server ended with ${code} before it was ready`)));
      server.stdout.setEncoding("utf8").on("data", (text: string) => {
        const [, found] = /ready at (http:\S+)/.exec(text) ?? [];
        if (found) resolve(found);
      });
    });
    const readyMs = performance.now() - started;
    const pid = server.pid as number;
    const idleMb = rssMb(pid);
    const account = { email, password: PASSWORD };
    await send(`${url}/api/auth/register`, { body: { ...account, password_confirm: PASSWORD } });
    const { access_token: token } = await send(`${url}/api/auth/login`, { body: account });
    await send(`${url}/api/stats/dashboard?days=30`, token === undefined ? {} : { token });
    return { readyMs, idleMb, usedMb: rssMb(pid) };
  } finally {
    server.kill("SIGTERM");
    await ended;
  }
}

const { file, folder } = await makeFile();
try {
  const runs: Awaited<ReturnType<typeof startOnce>>[] = [];
  for (let round = 0; round < ROUNDS; round += 1) runs.push(await startOnce(file, `user${round}@example.com`));
  const middle = (name: keyof (typeof runs)[number]) => median(runs.map((run) => run[name]).sort((a, b) => a - b));
  print(`startup: median of ${ROUNDS} starts of the built server on a migrated file`);
  print(`ready after ${ms(middle("readyMs"))} (the aim is under 1000 ms)`);
  print(
    `resident ${middle("idleMb").toFixed(0)} MB when ready, ${middle("usedMb").toFixed(0)} MB after register, log-in and dashboard (the aim is under 150 MB)`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

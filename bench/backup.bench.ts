// The longest any request waits while the backup job copies a file of 1 GB, beside the same requests with nothing else going on.
// USERS=10 for a file of 100 MB.
import { spawn } from "node:child_process";
import { existsSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { makeFile, TODAY } from "./support/file.ts";
import { fillUsers } from "./support/fill-users.ts";
import { ms, percentile, print } from "./support/measure.ts";
import { NODE_FLAGS } from "./support/node-flags.ts";

const USERS = Number(process.env.USERS ?? 95);
const QUIET_MS = 30_000;
const LIMIT_MS = 250;
const MAIN = path.resolve(import.meta.dirname, "../apps/server/dist/main.js");
const ACCOUNT = { email: "bench@example.com", password: "Correct-Horse-9" };
if (!existsSync(MAIN)) throw new Error("apps/server/dist is missing; run `npm run build` first");

const { folder, file } = await makeFile();
const connection = new Database(file);
connection.exec("BEGIN");
const { tokens, rows } = fillUsers(connection, USERS);
connection.exec("COMMIT");
connection.close();
print(`${rows.toLocaleString("en")} rows, ${(statSync(file).size / 1024 ** 2).toFixed(0)} MB`);

const server = spawn(process.execPath, [...NODE_FLAGS, MAIN], {
  env: {
    PATH: process.env.PATH ?? "",
    NODE_ENV: "production",
    DATABASE_URL: `file:${file}`,
    BACKUP_DIR: `${folder}/backups`,
    ENCRYPTION_KEY: "a-key-for-the-bench-of-more-than-32-characters",
    OPENROUTER_API_URL: "http://127.0.0.1:9/api/v1",
    RATE_LIMIT_REQUESTS: "1000000000",
    LOG_LEVEL: "warn",
    PORT: "0",
  },
  stdio: ["ignore", "pipe", "inherit"],
});
const url = await new Promise<string>((resolve, reject) => {
  server.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  server.stdout.setEncoding("utf8").on("data", (text: string) => {
    const [, found] = /ready at (http:\S+)/.exec(text) ?? [];
    if (found) resolve(found);
  });
});

async function send(
  target: string,
  options: { body?: unknown; method?: string; headers?: Record<string, string> } = {},
) {
  const { body, headers = {}, method = body === undefined ? "GET" : "POST" } = options;
  const json: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
  const response = await fetch(url + target, {
    method,
    headers: { ...json, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${target} answered ${response.status}: ${text}`);
  return { text, headers: response.headers };
}

await send("/api/auth/register", { body: { ...ACCOUNT, password_confirm: ACCOUNT.password } });
const admin = new Database(file);
admin.exec("UPDATE users SET is_admin = 1");
admin.close();
const signedIn = await send("/trpc/auth.signIn", { body: ACCOUNT });
const cookie = { cookie: signedIn.headers.getSetCookie()[0]?.split(";")[0] ?? "" };
const { access_token } = JSON.parse((await send("/api/auth/login", { body: ACCOUNT })).text);
const session = { authorization: `Bearer ${access_token}` };

let turn = 0;
let issued: number | null = null;
const KINDS: Record<string, () => Promise<unknown>> = {
  health: () => send("/health"),
  read: () => {
    turn += 1;
    const headers = { authorization: `Bearer ${tokens[turn % tokens.length]}` };
    return send(`/api/v1/usage?start_date=2025-12-${10 + (turn % 20)}&end_date=${TODAY}&limit=100`, { headers });
  },
  write: async () => {
    const answer = await (issued === null
      ? send("/api/tokens", { body: { name: "bench" }, headers: session })
      : send(`/api/tokens/${issued}`, { method: "DELETE", headers: session }));
    issued = issued === null ? JSON.parse(answer.text).id : null;
  },
};

/** Each kind asks again and again until `isOver`; times in milliseconds, sorted. */
async function watch(isOver: () => boolean): Promise<Record<string, number[]>> {
  const times: Record<string, number[]> = {};
  const repeat = async (name: string, work: () => Promise<unknown>) => {
    const found: number[] = [];
    while (!isOver()) {
      const start = performance.now();
      await work();
      found.push(performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    times[name] = found.sort((a, b) => a - b);
  };
  await Promise.all(Object.entries(KINDS).map(([name, work]) => repeat(name, work)));
  return times;
}

async function backUp(): Promise<{ ok: boolean; seconds: number }> {
  const start = performance.now();
  await send("/trpc/jobs.runNow", { body: { name: "backup" }, headers: cookie });
  for (;;) {
    const { text } = await send("/trpc/jobs.list", { headers: cookie });
    const { last_runs: runs } = JSON.parse(text).result.data.find((job: { name: string }) => job.name === "backup");
    if (runs[0]?.outcome !== "running")
      return { ok: runs[0]?.outcome === "ok", seconds: (performance.now() - start) / 1000 };
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

const after = (time: number) => {
  const end = performance.now() + time;
  return () => performance.now() > end;
};
const show = (label: string, times: Record<string, number[]>) => {
  for (const [name, list] of Object.entries(times))
    print(
      `${label.padEnd(8)}${name.padEnd(8)}${String(list.length).padStart(6)} requests   median ${ms(percentile(list, 0.5)).padStart(9)}   p99 ${ms(percentile(list, 0.99)).padStart(9)}   longest ${ms(list.at(-1) ?? 0).padStart(9)}`,
    );
};

try {
  await watch(after(2000));
  show("quiet", await watch(after(QUIET_MS)));
  let isOver = false;
  const backup = backUp().finally(() => {
    isOver = true;
  });
  const times = await watch(() => isOver);
  const { ok, seconds } = await backup;
  show("backup", times);
  const longest = Math.max(...Object.values(times).map((list) => list.at(-1) ?? 0));
  print(
    `backup ${ok ? "done and checked" : "FAILED"} in ${seconds.toFixed(1)} s; the longest wait was ${ms(longest)} (at most ${LIMIT_MS})`,
  );
  if (!ok || longest > LIMIT_MS) process.exitCode = 1;
} finally {
  server.removeAllListeners("exit");
  const ended = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  await ended;
  rmSync(folder, { recursive: true, force: true });
}

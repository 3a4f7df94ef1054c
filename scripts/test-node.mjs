// `npm run test:node -- 22 24 26`: unit and integration tests and a start of the built server under each of these versions of Node.
import "./lib/help.mjs";
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { prepare } from "./build.mjs";
import { ensureNode, SUPPORTED_LINES } from "./lib/node-version.mjs";
import { main, ROOT, run, Stop, secondsSince } from "./lib/run.mjs";

const STEP_MS = 60_000;
const USER = { email: "smoke@example.com", password: "Walk-Through-42" };

/** First line of a process's output that fits, or an error with what it printed instead. */
function waitForLine(child, pattern) {
  const lines = [];
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`${why}\n${lines.slice(-5).join("\n")}`));
    const timer = setTimeout(() => fail(`no line like ${pattern}`), STEP_MS);
    child.once("exit", (code, signal) => fail(`ended with ${code ?? signal}`));
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on("line", (line) => {
        lines.push(line);
        const match = pattern.exec(line);
        if (!match) return;
        clearTimeout(timer);
        resolve(match);
      });
  });
}

async function until(read, isDone) {
  for (const end = performance.now() + STEP_MS; performance.now() < end; ) {
    const value = await read();
    if (isDone(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("it took too long");
}

function createApi(base) {
  let token = null;
  return async (method, route, body) => {
    const response = await fetch(`${base}/api${route}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body ? { "content-type": "application/json" } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${answer.message}`);
    token = answer.access_token ?? token;
    return answer;
  };
}

/**
 * One short life of the built server under a given Node: start, register, add a key, sync, dashboard, stop.
 * @throws Error that says which step failed
 */
export async function runSmoke(node) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "orwatch-smoke-"));
  const children = [];
  const start = (args, env = {}) => {
    const child = spawn(node, args, { cwd: ROOT, env: { ...process.env, ...env } });
    children.push(child);
    return child;
  };
  try {
    const simulator = start(
      ["--import", "tsx", "packages/openrouter-sim/src/main.ts", "--port", "0", "--keys", "2", "--days", "40"],
      { SUITE_LOG: "" },
    );
    const { url, managementKey, keys } = JSON.parse((await waitForLine(simulator, /^\{.*\}$/))[0]);
    const server = start(["--max-semi-space-size=2", "--max-old-space-size=768", "apps/server/dist/main.js"], {
      NODE_ENV: "production",
      DATABASE_URL: `file:${folder}/app.db`,
      BACKUP_DIR: `${folder}/backups`,
      ENCRYPTION_KEY: "a-key-for-the-smoke-test-of-40-characters",
      OPENROUTER_API_URL: url,
      PORT: "0",
      PUBLIC_URL: "",
    });
    const ended = new Promise((resolve) => server.once("exit", (code, signal) => resolve(code ?? signal)));
    const [, base] = await waitForLine(server, /ready at (http:\/\/\S+)/);
    const api = createApi(base);
    await api("POST", "/auth/register", { ...USER, password_confirm: USER.password });
    await api("POST", "/auth/login", USER);
    await api("POST", "/keys", { name: "manager", key: managementKey });
    await api("POST", "/keys", { name: keys[0].name, key: keys[0].secret });
    await until(
      () => api("GET", "/keys"),
      ({ items }) => items.every((key) => key.last_synced_at !== null && key.last_sync_error === null),
    );
    const { summary } = await api("GET", "/stats/dashboard");
    if (!(Number(summary.total_cost) > 0)) throw new Error(`the dashboard shows a cost of ${summary.total_cost}`);
    server.kill("SIGTERM");
    const code = await ended;
    if (code !== 0) throw new Error(`SIGTERM ended the server with ${code}`);
  } finally {
    for (const child of children) child.kill("SIGKILL");
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs the smoke test under each version of Node, and prints and counts the results. */
export async function countSmokes(nodes) {
  const counts = { passed: 0, failed: 0 };
  const count = async ({ name, path: node }) => {
    const start = performance.now();
    const error = await runSmoke(node).then(
      () => null,
      (reason) => reason,
    );
    counts[error ? "failed" : "passed"] += 1;
    const seconds = `${((performance.now() - start) / 1000).toFixed(1)} s`;
    console.log(`  smoke ${name.padEnd(26)}${seconds.padStart(8)}${error ? `  FAILED: ${error.message}` : ""}`);
  };
  // Most of it is waiting.
  await Promise.all(nodes.map(count));
  return counts;
}

if (process.argv[1] === import.meta.filename)
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

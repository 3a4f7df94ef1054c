// Lighthouse, mobile, on the login and on the dashboard with a million rows behind it: `npm run lighthouse`.
import { execFile, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import Database from "better-sqlite3";
import { openFile, TODAY } from "./support/file.ts";
import { fill } from "./support/fill.ts";
import { median, print } from "./support/measure.ts";
import { NODE_FLAGS } from "./support/node-flags.ts";

const LIGHTHOUSE = "lighthouse@12.8.2";
const RUNS = Number(process.env.RUNS ?? 5);
const ROWS = Number(process.env.ROWS ?? 1_000_000);
/** A folder that keeps every report, to see why a figure is what it is. */
const REPORTS = process.env.REPORTS;
const RUN_TIMEOUT_MS = 120_000;
const MAIN = path.resolve(import.meta.dirname, "../apps/server/dist/main.js");
const ACCOUNT = { email: "lighthouse@example.com", password: "Correct-Horse-9" };
const CATEGORIES = ["performance", "accessibility", "best-practices"] as const;
const METRICS = {
  FCP: "first-contentful-paint",
  LCP: "largest-contentful-paint",
  TBT: "total-blocking-time",
  CLS: "cumulative-layout-shift",
  SI: "speed-index",
} as const;

interface Report {
  categories: Record<string, { score: number | null; auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, { score: number | null; numericValue?: number; title: string }>;
  runtimeError?: { message: string };
}

const { file, folder, db, close } = await openFile();
const { userId, rows } = await db.write((connection) => fill(connection, ROWS));
// The server opens the file alone.
await db.close();
print(`lighthouse: ${rows} rows of usage, median of ${RUNS} runs, mobile`);

const server = spawn(process.execPath, [...NODE_FLAGS, MAIN], {
  stdio: ["ignore", "pipe", "inherit"],
  env: {
    PATH: process.env.PATH,
    NODE_ENV: "production",
    DATABASE_URL: `file:${file}`,
    BACKUP_DIR: path.join(folder, "backups"),
    ENCRYPTION_KEY: "a-key-for-benches-of-more-than-32-characters",
    OPENROUTER_API_URL: "http://127.0.0.1:9",
    PORT: "0",
    LOG_LEVEL: "error",
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
  const cookie = await signIn(url);
  const start = `${TODAY.slice(0, 5)}02-09`;
  await measure("log-in", `${url}/login`, "");
  await measure("dashboard", `${url}/dashboard?start_date=${start}&end_date=${TODAY}`, cookie);
} finally {
  server.kill("SIGTERM");
  await ended;
  await close();
}

/** Logs in as the one whose rows fill the dashboard. @returns the cookie */
async function signIn(url: string): Promise<string> {
  const post = (where: string, body: unknown) =>
    fetch(`${url}${where}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  await post("/api/auth/register", { ...ACCOUNT, password_confirm: ACCOUNT.password });
  const own = new Database(file, { timeout: 5000 });
  const { password_hash: hash } = own.prepare("SELECT password_hash FROM users WHERE email = ?").get(ACCOUNT.email) as {
    password_hash: string;
  };
  own.prepare("DELETE FROM teams WHERE name = ?").run(ACCOUNT.email);
  own.prepare("DELETE FROM users WHERE email = ?").run(ACCOUNT.email);
  own.prepare("UPDATE users SET email = ?, password_hash = ? WHERE id = ?").run(ACCOUNT.email, hash, userId);
  own.close();
  const answer = await post("/trpc/auth.signIn", ACCOUNT);
  const [cookie = ""] = (answer.headers.get("set-cookie") ?? "").split(";");
  if (!answer.ok || !cookie) throw new Error(`the log-in was answered with ${answer.status}`);
  return cookie;
}

async function runOnce(address: string, cookie: string): Promise<Report> {
  const report = path.join(folder, "report.json");
  const isRoot = process.getuid?.() === 0;
  const flags = [
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
  ];
  await promisify(execFile)(
    "npx",
    [
      "-y",
      LIGHTHOUSE,
      address,
      "--quiet",
      "--output=json",
      `--output-path=${report}`,
      `--only-categories=${CATEGORIES.join(",")}`,
      "--max-wait-for-load=45000",
      `--chrome-flags=${[...flags, ...(isRoot ? ["--no-sandbox"] : [])].join(" ")}`,
      ...(cookie ? [`--extra-headers=${JSON.stringify({ Cookie: cookie })}`] : []),
    ],
    { timeout: RUN_TIMEOUT_MS, env: { ...process.env, CHROME_PATH: process.env.CHROMIUM_PATH ?? "" }, maxBuffer: 1e8 },
  );
  const parsed = JSON.parse(readFileSync(report, "utf8")) as Report;
  if (parsed.runtimeError) throw new Error(parsed.runtimeError.message);
  return parsed;
}

/** Chromium's trace sometimes lacks its beginning (NO_NAVSTART); such a run measured nothing and is made again. */
async function tryOnce(address: string, cookie: string, tries = 3): Promise<Report> {
  try {
    return await runOnce(address, cookie);
  } catch (error) {
    if (tries <= 1 || !String(error).includes("NO_NAVSTART")) throw error;
    return tryOnce(address, cookie, tries - 1);
  }
}

async function measure(name: string, address: string, cookie: string): Promise<void> {
  const reports: Report[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    reports.push(await tryOnce(address, cookie));
    if (!REPORTS) continue;
    mkdirSync(REPORTS, { recursive: true });
    copyFileSync(path.join(folder, "report.json"), path.join(REPORTS, `${name}-${run + 1}.json`));
  }
  const middle = (read: (report: Report) => number) => median(reports.map(read).sort((a, b) => a - b));
  const scores = CATEGORIES.map(
    (category) => `${category} ${Math.round(middle(({ categories }) => (categories[category]?.score ?? 0) * 100))}`,
  );
  const metrics = Object.entries(METRICS).map(([label, id]) => {
    const value = middle(({ audits }) => audits[id]?.numericValue ?? Number.NaN);
    return `${label} ${label === "CLS" ? value.toFixed(3) : `${Math.round(value)} ms`}`;
  });
  print(`${name}: ${scores.join(", ")}; ${metrics.join(", ")}`);
  for (const category of ["accessibility", "best-practices"])
    for (const { id, weight } of reports[0]?.categories[category]?.auditRefs ?? []) {
      const audit = reports[0]?.audits[id];
      if (weight > 0 && audit && audit.score !== null && audit.score < 1) print(`  ${category}: ${audit.title}`);
    }
}

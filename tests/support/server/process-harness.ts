import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type LedgerKey, type Sim, startSim } from "@orwatch/openrouter-sim";
import type { Remote } from "../openrouter/openrouter-account.ts";
import { environmentOf, serverCode } from "./command.ts";
import { type Caller, callerOf, PASSWORD } from "./harness.ts";

/** A server in its own process that can be killed, its folder, and a simulated OpenRouter that keeps running. */
export interface ProcessHarness {
  sim: Sim;
  folder: string;
  file: string;
  /** Environment of the next start. */
  env: Record<string, string>;
  user: Caller;
  /** Cookie of the same user, for jobs. */
  cookie: string;
  /** Keys of one account under `manager`, each with a year of usage; not all of them are always added to orwatch. */
  covered: LedgerKey[];
  manager: LedgerKey;
  lone: LedgerKey;
  /** Other accounts at OpenRouter, by their names in orwatch. */
  accounts: { name: string; remote: Remote }[];
  server: Running | null;
  /** Users that were being deleted when the server was killed; some may still exist. */
  others: Caller[];
}

export interface Running {
  url: string;
  child: ChildProcess;
  ended: Promise<void>;
}

const DAY_MS = 86_400_000;
export const dayBefore = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

/** Starts the server or a command without waiting. */
export function launch(harness: Pick<ProcessHarness, "env">, name = "main", args: string[] = []): ChildProcess {
  return spawn(process.execPath, [...serverCode(name), ...args], {
    env: { PATH: process.env.PATH ?? "", LOG_LEVEL: "error", ...harness.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

export const endOf = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise<void>((resolve) => child.once("exit", () => resolve()));

/** Starts the server and waits until it is ready. @throws with its output when it exits instead */
export async function startServerIn(harness: Pick<ProcessHarness, "env">): Promise<Running> {
  const child = launch(harness);
  let printed = "";
  child.stderr?.on("data", (text) => {
    printed += text;
  });
  const ended = endOf(child);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      const [, found] = /ready at (http:\S+)/.exec(printed) ?? [];
      if (found) resolve(found);
    });
    void ended.then(() => reject(new Error(`the server ended: ${printed}`)));
  });
  return { url, child, ended };
}

export async function kill({ child, ended }: Pick<Running, "child" | "ended">): Promise<void> {
  child.kill("SIGKILL");
  await ended;
}

export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Resolves when a name in a folder matches, after 5 s, or when `child` has exited. */
export async function waitForName(folder: string, pattern: RegExp, child: ChildProcess): Promise<void> {
  const end = Date.now() + 5000;
  while (Date.now() < end && child.exitCode === null) {
    if (existsSync(folder) && readdirSync(folder).some((name) => pattern.test(name))) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const MODELS = ["maker/a", "maker/b", "maker/c"];

export function spendNow({ sim }: Pick<ProcessHarness, "sim">, key: LedgerKey, costNanos: bigint): void {
  const input = { costNanos, requests: 1, promptTokens: 100, completionTokens: 20 };
  sim.ledger.spend(new Date(sim.clock.nowMs() - 1), key, MODELS[Number(costNanos % 3n)] as string, input);
}

export async function startProcessHarness(): Promise<ProcessHarness> {
  const sim = await startSim({ warnings: "never", lagMs: 0, analyticsPerMinute: Number.POSITIVE_INFINITY });
  const folder = mkdtempSync(path.join(tmpdir(), "orwatch-process-"));
  const account = sim.ledger.addAccount();
  const covered = ["one", "two", "three"].map((name) => sim.ledger.addKey(account.id, { name }));
  for (const [index, key] of covered.entries())
    for (let day = 1; day < 360; day += 1)
      for (const [at, model] of MODELS.entries())
        sim.ledger.spendOnDay(dayBefore(day), key, model, {
          costNanos: BigInt(1_000_003 * (index + 1) + day * 7 + at),
          requests: 1 + at,
          promptTokens: 1000,
          completionTokens: 100,
        });
  const harness: ProcessHarness = {
    sim,
    folder,
    file: path.join(folder, "app.db"),
    env: { ...environmentOf({ folder, sim }), MAX_API_TOKENS_PER_USER: "5" },
    covered,
    manager: sim.ledger.addManagementKey(account.id, { name: "manager" }),
    lone: sim.ledger.addKey(sim.ledger.addAccount().id, { name: "lone" }),
    accounts: [],
    server: null,
    others: [],
    cookie: "",
    user: callerOf(() => "", ""),
  };
  harness.server = await startServerIn(harness);
  harness.user = await openAccount(harness, "ada@example.com");
  const signedIn = await fetch(`${harness.server.url}/trpc/auth.signIn`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: "ada@example.com", password: PASSWORD }),
  });
  harness.cookie = signedIn.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  for (const key of [harness.manager, harness.lone, covered[0] as LedgerKey])
    await harness.user.post("/api/keys", { name: key.name, key: key.secret });
  return harness;
}

export async function openAccount(harness: ProcessHarness, email: string): Promise<Caller> {
  const base = () => harness.server?.url ?? "http://127.0.0.1:9";
  const anyone = callerOf(base, "");
  await anyone.post("/api/auth/register", { email, password: PASSWORD, password_confirm: PASSWORD });
  const { body } = await anyone.post("/api/auth/login", { email, password: PASSWORD });
  return callerOf(base, body.access_token, email);
}

export async function stopProcessHarness(harness: ProcessHarness): Promise<void> {
  if (harness.server) await kill(harness.server);
  await harness.sim.close();
  rmSync(harness.folder, { recursive: true, force: true });
}

/** Starts a run of a job without waiting for it. */
export function callJob(harness: ProcessHarness, name: string): Promise<unknown> {
  return fetch(`${harness.server?.url}/trpc/jobs.runNow`, {
    method: "POST",
    headers: { "content-type": "application/json", cookie: harness.cookie },
    body: JSON.stringify({ name }),
  }).then((response) => response.text());
}

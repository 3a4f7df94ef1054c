import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { copyTemplate } from "@orwatch/db/fixture";
import { type LedgerKey, type Sim, startSim, usd } from "@orwatch/openrouter-sim";

import { keepLog, keepSecret } from "../../support/server/suite-log.ts";

const MAIN = path.resolve(import.meta.dirname, "../../../apps/server/dist/main.js");

export const PASSWORD = "Correct-Horse-9";

/** The built server as a process, with a simulator in this process whose ledger is the truth. */
export interface Product {
  url: string;
  sim: Sim;
  /** Path of the database, for data that would take too long to create otherwise. */
  file: string;
  /** What the server has printed so far. */
  printed(): string;
  stop(): Promise<void>;
  /** Restarts the server on the same file and port. */
  restart(): Promise<void>;
  /** Stops the server as an outage does; `up` starts it again. */
  down(): Promise<void>;
  up(): Promise<void>;
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

/** @param env `{port}` in a value is the port of the server */
export async function startProduct(env: Record<string, string> = {}): Promise<Product> {
  const sim = await startSim({ lagMs: 0, warnings: "never", analyticsPerMinute: Number.POSITIVE_INFINITY });
  const folder = mkdtempSync(path.join(tmpdir(), "orwatch-e2e-"));
  const file = path.join(folder, "app.db");
  copyTemplate(file);
  const port = await freePort();
  let printed = "";
  let server = await launch();

  function launch(): Promise<ChildProcess> {
    const child = spawn(process.execPath, [MAIN], {
      env: {
        PATH: process.env.PATH ?? "",
        NODE_ENV: "production",
        DATABASE_URL: `file:${file}`,
        BACKUP_DIR: `${folder}/backups`,
        ENCRYPTION_KEY: "an-end-to-end-key-of-more-than-32-characters",
        OPENROUTER_API_URL: sim.url,
        OPENROUTER_REQUESTS_PER_MINUTE: "1000",
        PORT: String(port),
        LOG_LEVEL: "debug",
        ...Object.fromEntries(
          Object.entries(env).map(([name, value]) => [name, value.replace("{port}", String(port))]),
        ),
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    return new Promise((resolve, reject) => {
      child.stdout?.setEncoding("utf8").on("data", (text: string) => {
        keepLog(text, child.pid);
        printed += text;
        if (text.includes("ready at")) resolve(child);
      });
      child.on("exit", (code) => reject(new Error(`the server ended with ${code}; is it built?`)));
    });
  }

  const end = () =>
    new Promise<void>((resolve) => {
      if (server.exitCode !== null) return resolve();
      server.removeAllListeners("exit");
      server.on("exit", () => resolve());
      server.kill("SIGTERM");
    });

  return {
    url: `http://127.0.0.1:${port}`,
    sim,
    file,
    printed: () => printed,
    async restart() {
      await end();
      server = await launch();
    },
    down: end,
    async up() {
      server = await launch();
    },
    async stop() {
      await end();
      keepSecret(PASSWORD);
      await sim.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const dayAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** A user with two inference keys with two months of spend on three models, and their management key. */
export function openAccount(sim: Sim): { app: LedgerKey; batch: LedgerKey; manager: LedgerKey } {
  const account = sim.ledger.addAccount({ creditsNanos: usd("100") });
  const app = sim.ledger.addKey(account.id, { name: "app", limitNanos: usd("50"), limitReset: "monthly" });
  const batch = sim.ledger.addKey(account.id, { name: "batch" });
  const manager = sim.ledger.addManagementKey(account.id, { name: "manager" });
  for (let day = 60; day >= 0; day--) {
    const spend = (key: LedgerKey, model: string, costNanos: bigint) =>
      sim.ledger.spendOnDay(dayAgo(day), key, model, {
        costNanos,
        requests: 3 + (day % 5),
        promptTokens: 900 + day,
        completionTokens: 80,
      });
    spend(app, "anthropic/claude-sonnet-4.5", 210_000_035n + BigInt(day) * 1_000_003n);
    spend(app, "openai/gpt-5-mini-2025-08-07", 2_835n);
    if (day % 7 !== 3) spend(batch, "deepseek/deepseek-chat-v3.1", 77_000_001n);
  }
  return { app, batch, manager };
}

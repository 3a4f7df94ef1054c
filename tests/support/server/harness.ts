import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { copyTemplate } from "@orwatch/db/fixture";
import { type Sim, startSim } from "@orwatch/openrouter-sim";
import { argon2 } from "@orwatch/server/auth/passwords/hashing";
import { parseConfig, secretsOf } from "@orwatch/server/config";
import type { Clock } from "@orwatch/server/platform/clock";
import { createLog } from "@orwatch/server/platform/log";
import { type RunningServer, type StartOverrides, startServer } from "@orwatch/server/start";
import { expectDocumented } from "../checks/document.ts";
import { keepLog, keepSecret } from "./suite-log.ts";

export type SimOptions = NonNullable<Parameters<typeof startSim>[0]>;

export const PASSWORD = "Correct-Horse-9";

const { hash } = argon2;
/** Verifies a password as the server does, which takes 20 ms. */
export const { verify } = argon2;
/** The password of users of tests is hashed and verified once: each takes 20 ms, thousands of times. Every other password costs as much as ever. */
let ownHash: Promise<string> | undefined;
argon2.hash = (password) => {
  if (password !== PASSWORD) return hash(password);
  ownHash ??= hash(PASSWORD);
  return ownHash;
};
argon2.verify = async (stored, password) =>
  (password === PASSWORD && stored === (await ownHash)) || verify(stored, password);

/** A server on a free port with its own database, a simulated OpenRouter, and every line it logged. */
export interface Harness {
  sim: Sim;
  server: RunningServer;
  /** http://127.0.0.1:port */
  url: string;
  folder: string;
  /** Log lines so far, parsed. */
  logged: Record<string, unknown>[];
  /** Sets the server's wall clock forward or back; the monotonic clock and the simulator's clock are not affected. */
  moveWallClock(ms: number): void;
  /** Registers a user and logs in. */
  createUser(email?: string): Promise<Caller>;
  /** Restarts the server on the same database, as a deployment would; callers keep working. */
  restart(env?: Record<string, string>): Promise<void>;
  /** Stops the server; `restart` starts it again. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever JSON came
  body: any;
  text: string;
}

/** REST calls with one credential. */
export interface Caller {
  email: string;
  credential: string;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  put(path: string, body?: unknown): Promise<Answer>;
  delete(path: string): Promise<Answer>;
}

/** A clock that follows the simulator's: sleeping takes no real time. `offsetMs` is the error of the machine's wall clock. */
export function simulatedClock(sim: Sim, wall: { offsetMs: number } = { offsetMs: 0 }): Clock {
  return {
    now: () => new Date(sim.clock.nowMs() + wall.offsetMs),
    monotonicMs: () => sim.clock.nowMs(),
    async sleep(ms, signal) {
      if (signal?.aborted) return;
      sim.clock.advance(ms);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** Sends a request and parses a JSON body. Responses of /api must match the OpenAPI document. */
export async function request(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  const { pathname, search } = new URL(url);
  const { status, headers } = response;
  expectDocumented({ method: init.method ?? "GET", target: pathname + search, status, headers, text });
  let body: unknown = null;
  try {
    body = text === "" ? null : JSON.parse(text);
  } catch {
    body = text;
  }
  return { status, headers, body, text };
}

export function callerOf(base: () => string, credential: string, email = ""): Caller {
  const send = (method: string, where: string, body?: unknown, headers: Record<string, string> = {}) =>
    request(`${base()}${where}`, {
      method,
      headers: {
        ...(credential ? { authorization: `Bearer ${credential}` } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return {
    email,
    credential,
    get: (where, headers) => send("GET", where, undefined, headers),
    post: (where, body) => send("POST", where, body),
    put: (where, body) => send("PUT", where, body),
    delete: (where) => send("DELETE", where),
  };
}

/**
 * Starts a harness. With `sim.now` the simulator's clock is the server's too and stands still until a test advances it.
 * Jobs run on their schedule only with `withJobs`.
 */
export async function startHarness(
  options: StartOverrides & { sim?: SimOptions; env?: Record<string, string>; withJobs?: boolean } = {},
): Promise<Harness> {
  // Some requests have a time of the day that depends on the hash of a key: the same one in every run.
  const sim = await startSim({ seed: "tests", warnings: "never", lagMs: 0, ...options.sim });
  const folder = mkdtempSync(path.join(tmpdir(), "orwatch-test-"));
  copyTemplate(path.join(folder, "app.db"));
  const logged: Record<string, unknown>[] = [];
  const wall = { offsetMs: 0 };
  const isControlled = options.sim?.now !== undefined;
  const start = (env: Record<string, string> = {}) => {
    const config = parseConfig({
      DATABASE_URL: `file:${folder}/app.db`,
      BACKUP_DIR: `${folder}/backups`,
      ENCRYPTION_KEY: "a-key-for-tests-of-more-than-32-characters",
      OPENROUTER_API_URL: sim.url,
      PORT: "0",
      LOG_LEVEL: "debug",
      // Tests move their clock by days and months.
      SESSION_EXPIRATION_HOURS: "8760",
      SESSION_ABSOLUTE_HOURS: "87600",
      ...options.env,
      ...env,
    });
    const secrets = secretsOf(config);
    for (const secret of secrets) keepSecret(secret ?? "");
    const write = (line: string) => {
      logged.push(JSON.parse(line));
      keepLog(line);
    };
    return startServer(config, {
      log: createLog({ level: config.logLevel, write, secrets }),
      ...(isControlled ? { clock: simulatedClock(sim, wall) } : {}),
      openRouterTimeoutMs: options.openRouterTimeoutMs ?? 2000,
      ...(options.graceMs === undefined ? {} : { graceMs: options.graceMs }),
      // Tests never query a real name server.
      outgoing: { nameServers: ["127.0.0.1:9"], ...options.outgoing },
      ...(options.mail ? { mail: options.mail } : {}),
      withJobs: options.withJobs ?? false,
    });
  };
  let server = await start();
  let isRunning = true;
  const stop = async () => {
    if (isRunning) await server.stop();
    isRunning = false;
  };
  let users = 0;
  return {
    sim,
    get server() {
      return server;
    },
    get url() {
      return server.url;
    },
    folder,
    logged,
    moveWallClock(ms) {
      wall.offsetMs += ms;
    },
    async createUser(email = `user${++users}@example.com`) {
      const post = (where: string, body: unknown) =>
        request(`${server.url}${where}`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        });
      const registered = await post("/api/auth/register", { email, password: PASSWORD, password_confirm: PASSWORD });
      if (registered.status !== 201) throw new Error(`could not register ${email}: ${registered.text}`);
      const login = await post("/api/auth/login", { email, password: PASSWORD });
      const caller = callerOf(() => server.url, login.body.access_token, email);
      apps.set(caller, () => server.app);
      return caller;
    },
    async restart(env) {
      await stop();
      server = await start(env);
      isRunning = true;
    },
    stop,
    async close() {
      await stop();
      await sim.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const apps = new WeakMap<Caller, () => Harness["server"]["app"]>();
/** The app behind a caller made by `createUser`. */
export const appOf = (caller: Caller) => apps.get(caller)?.();

/** Waits for work that continues after a response, such as the first sync of a key. */
export async function settle(harness: Harness): Promise<void> {
  while (harness.server.app.background.size > 0) await Promise.allSettled(harness.server.app.background);
}

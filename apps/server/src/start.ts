import type { AddressInfo } from "node:net";
import path from "node:path";
import { openDb } from "@orwatch/db";
import { DatabaseError } from "@orwatch/db/database-error";
import { createProbe } from "@orwatch/db/integrity";
import { lockFile } from "@orwatch/db/lock";
import { migrateDatabase } from "@orwatch/db/migrate";
import { makeFolder } from "@orwatch/db/owner";
import type { App, Memory } from "./app.ts";
import { createOidcMemory } from "./auth/oidc/memory.ts";
import { createPasskeyMemory } from "./auth/passkeys/memory.ts";
import { createSessionMemory } from "./auth/sessions/memory.ts";
import { createSetupMemory } from "./auth/setup/memory.ts";
import { findSetupCode } from "./auth/setup/setup-code.ts";
import type { Config } from "./config.ts";
import { createServer } from "./http/server.ts";
import { startIntegrityChecks } from "./jobs/integrity.ts";
import { createJobMemory } from "./jobs/memory.ts";
import { listRunning, startJobs } from "./jobs/service.ts";
import { createKeyMemory } from "./keys/memory.ts";
import { checkEncryptionKey } from "./keys/validation/lockout.ts";
import { createMailer, type MailOptions } from "./notifications/mail/mailer.ts";
import { startDeliveries } from "./notifications/outbox/dispatch.ts";
import { createDeliveryMemory } from "./notifications/outbox/memory.ts";
import { createOpenRouter } from "./openrouter/client.ts";
import { createClockOffset } from "./openrouter/requests/clock-offset.ts";
import { createOutgoing, type OutgoingOptions } from "./outgoing/http-client.ts";
import { createOperatorFetch } from "./outgoing/operator-fetch.ts";
import { type Clock, systemClock } from "./platform/clock.ts";
import { MIGRATIONS_FOLDER, ROOT, SCHEMA_FILE, VERSION } from "./platform/installation.ts";
import type { Log } from "./platform/log.ts";
import { createMeasures } from "./platform/metrics-registry.ts";
import { createRateLimits } from "./platform/rate-limit.ts";
import { createStorageHealth, findStorageProblem } from "./platform/storage.ts";
import { createCipher } from "./secrets/cipher.ts";
import { createTableMemory } from "./stats/usage/memory.ts";
import { createSyncMemory } from "./sync/memory.ts";

/** Why the server does not start, in one line for the person who started it. */
export class StartError extends Error {
  override name = "StartError";
}

/** Options for tests. */
export interface StartOverrides {
  /** Replaces {@link GRACE_MS}. */
  graceMs?: number;
  openRouterTimeoutMs?: number;
  outgoing?: Partial<OutgoingOptions>;
  mail?: Partial<MailOptions>;
}

/** How long running work may continue at shutdown before it is aborted. */
export const GRACE_MS = 10_000;
/** Additional time for responses at shutdown, because they may wait for a sync. */
const LAST_RESPONSES_MS = 500;
const SWEEP_MS = 50;

/**
 * Migrates and opens the database and creates the dependencies of the services. `stopSoon` makes long work end at its next safe
 * point; `close` waits for that, then aborts it.
 * @throws StartError if the database cannot be opened
 */
export async function openApp(
  config: Config,
  options: StartOverrides & { log: Log; clock?: Clock; hasLock?: boolean },
): Promise<{ app: App; stopSoon(): void; close(others?: () => unknown[]): Promise<void> }> {
  const { log, clock: ownClock = systemClock, graceMs = GRACE_MS } = options;
  const offset = createClockOffset((offsetMs) => warnAboutClock(log, offsetMs));
  const clock: Clock = { ...ownClock, offsetMs: offset.offsetMs };
  const migrated = await migrateDatabase({
    file: config.databaseFile,
    schemaFile: SCHEMA_FILE,
    migrationsFolder: MIGRATIONS_FOLDER,
    backupFolder: config.backupFolder,
    hasLock: options.hasLock ?? false,
  }).catch(toStartError);
  if (migrated.applied.length > 0) log.info("database.migrated", { ...migrated });
  const stopping = new AbortController();
  const aborted = new AbortController();
  const db = await openDb(config.databaseFile);
  const measures = createMeasures();
  const app: App = {
    config,
    clock,
    log,
    db,
    cipher: createCipher({ key: config.encryptionKey, previous: config.encryptionKeyPrevious }),
    openRouter: createOpenRouter({
      baseUrl: config.openRouterUrl,
      requestsPerMinute: config.openRouterRequestsPerMinute,
      proxies: config.proxies,
      clock,
      log,
      offset,
      signal: aborted.signal,
      onTry: measures.openRouterTry,
      ...(options.openRouterTimeoutMs === undefined ? {} : { timeoutMs: options.openRouterTimeoutMs }),
    }),
    outgoing: createOutgoing({ permitted: config.permittedWebhooks, proxies: config.proxies, ...options.outgoing }),
    operatorFetch: createOperatorFetch({ proxies: config.proxies }),
    mailer: createMailer({ smtp: config.smtp, ...options.mail }),
    limits: createRateLimits(clock),
    measures,
    storage: createStorageHealth(createProbe(config.databaseFile)),
    memory: createMemory(),
    stopping: stopping.signal,
    background: new Set(),
  };
  return {
    app,
    stopSoon: () => stopping.abort(),
    async close(others = () => []) {
      stopping.abort();
      const running = () => Promise.allSettled([...app.background, ...others()]);
      await within(graceMs, running());
      aborted.abort();
      await running();
      await db.close();
    },
  };
}

const createMemory = (): Memory => ({
  sessions: createSessionMemory(),
  setup: createSetupMemory(),
  passkeys: createPasskeyMemory(),
  oidc: createOidcMemory(),
  tokenUses: new Map(),
  keys: createKeyMemory(),
  sync: createSyncMemory(),
  jobs: createJobMemory(),
  tables: createTableMemory(),
  deliveries: createDeliveryMemory(),
  warned: new Set(),
});

function warnAboutClock(log: Log, offsetMs: number): void {
  const offset_s = Math.round(offsetMs / 1000);
  const message =
    "This machine's clock is wrong. Usage follows OpenRouter's days. Correct the clock, for example with NTP.";
  if (offset_s === 0) log.info("clock.right", { offset_s });
  else log.warn("clock.wrong", { offset_s, message });
}

/** @throws StartError instead of a DatabaseError */
function toStartError(error: unknown): never {
  throw error instanceof DatabaseError ? new StartError(error.message) : error;
}

/** Waits for `work`, at most `ms`. The timer keeps the process alive until the database can be closed. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const isOver = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, isOver]).finally(() => clearTimeout(timer));
}

export interface RunningServer {
  app: App;
  /** http://host:port, without a trailing slash. */
  url: string;
  /** The code for the first registration, if there is no user yet. */
  setupCode: string | null;
  stop(): Promise<void>;
}

/**
 * The whole server: database, jobs, port.
 * @throws StartError with a message for the person who started it
 */
export async function startServer(
  config: Config,
  options: StartOverrides & { log: Log; clock?: Clock; withJobs?: boolean },
): Promise<RunningServer> {
  const lock = await Promise.resolve(config.databaseFile).then(lockFile).catch(toStartError);
  try {
    makeFolder(config.backupFolder, config.databaseFile);
  } catch (error) {
    // With a full disk, users can still read their data.
    if (!/ENOSPC|EDQUOT/.test((error as NodeJS.ErrnoException).code ?? "")) {
      lock.release();
      throw new StartError(
        `BACKUP_DIR ${config.backupFolder} cannot be created: ${(error as Error).message}. Set it to a folder that is writable for the server.`,
      );
    }
  }
  const opened = await openApp(config, { ...options, hasLock: true }).catch((error) => {
    lock.release();
    throw error;
  });
  const { app, stopSoon } = opened;
  const { log } = app;
  const { graceMs = GRACE_MS } = options;
  const close = () => opened.close().finally(lock.release);
  try {
    await checkEncryptionKey(app).catch((error) => {
      // With a full disk, users can still read their data.
      if (findStorageProblem(error) === null) throw error;
      app.log.error("encryption_key.check", { error });
    });
    const ready = { jobs: options.withJobs === false };
    const server = createServer(app, {
      webFolder: path.join(ROOT, "apps/web/dist"),
      version: VERSION,
      readiness: () => ({
        database: app.db.reader.open && app.storage.problem() === null,
        jobs: ready.jobs,
      }),
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", (error: NodeJS.ErrnoException) => reject(explainListen(error, config)));
      server.listen(config.port, config.host, resolve);
    });
    const jobs = options.withJobs === false ? null : await startJobs(app);
    const deliveries = options.withJobs === false ? null : startDeliveries(app);
    const checks = options.withJobs === false ? null : startIntegrityChecks(app);
    ready.jobs = true;
    log.info("server.started", { version: VERSION, node: process.versions.node, database: config.databaseFile });
    const { port } = server.address() as AddressInfo;
    const host = config.host.includes(":") ? `[${config.host}]` : config.host;
    return {
      app,
      url: `http://${host}:${port}`,
      setupCode: findSetupCode(app),
      async stop() {
        const began = performance.now();
        log.info("server.stopping");
        stopSoon();
        checks?.stop();
        // Keep-alive connections stay open after their response, and no event says when they become idle.
        const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
        const closed = new Promise((resolve) => server.close(resolve)).finally(() => clearInterval(sweep));
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), graceMs + LAST_RESPONSES_MS).unref();
        await Promise.all([
          opened.close(() => [closed, ...listRunning(app)]),
          jobs?.stop(graceMs),
          deliveries?.stop(graceMs),
        ]).finally(lock.release);
        log.info("server.stopped", { ms: Math.round(performance.now() - began) });
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function explainListen(error: NodeJS.ErrnoException, config: Config): Error {
  if (error.code === "EADDRINUSE")
    return new StartError(`Port ${config.port} is already in use. Stop the other program, or set PORT to a free port.`);
  if (error.code === "EACCES")
    return new StartError(`This user is not allowed to use port ${config.port}. Set PORT to a port above 1023.`);
  if (error.code === "EADDRNOTAVAIL") return new StartError(`HOST ${config.host} is not an address of this machine.`);
  if (error.code === "ENOTFOUND" || error.code === "EAI_AGAIN")
    return new StartError(
      `HOST ${config.host} cannot be resolved. Set it to an address of this machine, such as 127.0.0.1.`,
    );
  return new StartError(`The server cannot listen on HOST ${config.host} with PORT ${config.port}: ${error.message}.`);
}

import type { Db } from "@orwatch/db";
import type { SessionMemory } from "./auth/sessions/memory.ts";
import type { Config } from "./config.ts";
import type { JobMemory } from "./jobs/memory.ts";
import type { KeyMemory } from "./keys/memory.ts";
import type { Mailer } from "./notifications/mail/mailer.ts";
import type { DeliveryMemory } from "./notifications/outbox/memory.ts";
import type { OpenRouter } from "./openrouter/client.ts";
import type { Outgoing } from "./outgoing/http-client.ts";
import type { Clock } from "./platform/clock.ts";
import type { Log } from "./platform/log.ts";
import type { Measures } from "./platform/metrics-registry.ts";
import type { RateLimits } from "./platform/rate-limit.ts";
import type { StorageHealth } from "./platform/storage-health.ts";
import type { Cipher } from "./secrets/cipher.ts";
import type { TableMemory } from "./stats/usage/memory.ts";
import type { SyncMemory } from "./sync/memory.ts";

/** What the process knows beside the database: it may end at any time, and begins with nothing of this. */
export interface Memory {
  sessions: SessionMemory;
  /** When the use of each API token was last written down, by token. */
  tokenUses: Map<number, Date>;
  keys: KeyMemory;
  sync: SyncMemory;
  jobs: JobMemory;
  tables: TableMemory;
  deliveries: DeliveryMemory;
  /** Warnings that are logged once and have been. */
  warned: Set<"public_url">;
}

/** What every service works with: one of each in a process, handed in so that two can live in one test. */
export interface App {
  config: Config;
  clock: Clock;
  log: Log;
  db: Db;
  cipher: Cipher;
  openRouter: OpenRouter;
  outgoing: Outgoing;
  mailer: Mailer;
  limits: RateLimits;
  measures: Measures;
  storage: StorageHealth;
  memory: Memory;
  /** Aborted when the server shuts down: long work stops at its next safe point. */
  stopping: AbortSignal;
  /** Work begun by a request that goes on after its answer; awaited at shutdown. */
  background: Set<Promise<unknown>>;
}

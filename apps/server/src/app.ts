import type { Db } from "@orwatch/db";
import type { Config } from "./config.ts";
import type { Mailer } from "./notifications/providers/smtp.ts";
import type { OpenRouter } from "./openrouter/client.ts";
import type { Outgoing } from "./outgoing/http-client.ts";
import type { Clock } from "./platform/clock.ts";
import type { Log } from "./platform/log.ts";
import type { Measures } from "./platform/metrics-registry.ts";
import type { RateLimits } from "./platform/rate-limit.ts";
import type { StorageHealth } from "./platform/storage-health.ts";
import type { Cipher } from "./secrets/cipher.ts";

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
  /** Aborted when the server shuts down: long work stops at its next safe point. */
  stopping: AbortSignal;
  /** Work begun by a request that goes on after its answer; awaited at shutdown. */
  background: Set<Promise<unknown>>;
}

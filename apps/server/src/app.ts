import type { Db } from "@orwatch/db";
import type { OidcMemory } from "./auth/oidc/memory.ts";
import type { PasskeyMemory } from "./auth/passkeys/memory.ts";
import type { SessionMemory } from "./auth/sessions/memory.ts";
import type { SetupMemory } from "./auth/setup/memory.ts";
import type { Config } from "./config.ts";
import type { JobMemory } from "./jobs/memory.ts";
import type { KeyMemory } from "./keys/memory.ts";
import type { Mailer } from "./notifications/mail/mailer.ts";
import type { DeliveryMemory } from "./notifications/outbox/memory.ts";
import type { OpenRouter } from "./openrouter/client.ts";
import type { Outgoing } from "./outgoing/http-client.ts";
import type { OperatorFetch } from "./outgoing/operator-fetch.ts";
import type { Clock } from "./platform/clock.ts";
import type { Log } from "./platform/log.ts";
import type { Measures } from "./platform/metrics-registry.ts";
import type { RateLimits } from "./platform/rate-limit.ts";
import type { StorageHealth } from "./platform/storage.ts";
import type { Cipher } from "./secrets/cipher.ts";
import type { TableMemory } from "./stats/usage/memory.ts";
import type { SyncMemory } from "./sync/memory.ts";

/** State in memory only. It is lost when the process ends. */
export interface Memory {
  sessions: SessionMemory;
  setup: SetupMemory;
  /** Open challenges for passkeys. */
  passkeys: PasskeyMemory;
  oidc: OidcMemory;
  /** When the last use of each API token was last saved, by token. */
  tokenUses: Map<number, Date>;
  keys: KeyMemory;
  sync: SyncMemory;
  jobs: JobMemory;
  tables: TableMemory;
  deliveries: DeliveryMemory;
  /** Warnings that are logged only once and have been logged. */
  warned: Set<"public_url">;
}

/** The dependencies of every service. Passed explicitly, so that a test can run two servers in one process. */
export interface App {
  config: Config;
  clock: Clock;
  log: Log;
  db: Db;
  cipher: Cipher;
  openRouter: OpenRouter;
  outgoing: Outgoing;
  /** For servers that the operator has configured. */
  operatorFetch: OperatorFetch;
  mailer: Mailer;
  limits: RateLimits;
  measures: Measures;
  storage: StorageHealth;
  memory: Memory;
  /** Aborted when the server shuts down. Long work stops at its next safe point. */
  stopping: AbortSignal;
  /** Work of requests that continues after their response. Awaited at shutdown. */
  background: Set<Promise<unknown>>;
}

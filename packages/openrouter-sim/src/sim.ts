import type { AddressInfo } from "node:net";
import { SimClock } from "./ledger/clock.ts";
import { randomFrom, randomSeedText } from "./ledger/identity.ts";
import { Ledger } from "./ledger/ledger.ts";
import { defaultOptions, type SimOptions } from "./options.ts";
import { Faults } from "./server/faults.ts";
import { RequestLog, type SeenRequest } from "./server/request-log.ts";
import { createSimServer } from "./server/server.ts";

export interface StartOptions extends Partial<SimOptions> {
  /** 0 (default): any free one. */
  port?: number;
  host?: string;
  /** Starts a controlled clock at this time. Without it, the clock is real. */
  now?: Date | string;
  /** Makes ids, secrets and chance repeatable. */
  seed?: string | number;
}

export interface Sim {
  /** `http://127.0.0.1:PORT/api/v1` */
  readonly url: string;
  readonly port: number;
  readonly ledger: Ledger;
  readonly clock: SimClock;
  readonly faults: Faults;
  /** May be changed while the server runs. */
  readonly options: SimOptions;
  /** The newest 10,000 requests, oldest first. */
  readonly requests: readonly SeenRequest[];
  /** Number of requests since the start or the last reset. */
  requestCount(path?: string): number;
  clearRequests(): void;
  /** Maximum number of simultaneous requests for an account ID or the SHA-256 (hex) of a bearer. */
  maxInFlight(accountIdOrKeyHash: string): number;
  close(): Promise<void>;
}

export async function startSim(start: StartOptions = {}): Promise<Sim> {
  const { port = 0, host = "127.0.0.1", now, seed, ...quirks } = start;
  const seedText = seed === undefined ? randomSeedText() : String(seed);
  const clock = new SimClock(now === undefined ? undefined : new Date(now));
  const ledger = new Ledger({ seed: seedText, now: () => clock.nowMs() });
  const options = { ...defaultOptions(), ...quirks };
  const faults = new Faults(randomFrom(`faults:${seedText}`));
  const log = new RequestLog();
  const random = randomFrom(`answers:${seedText}`);
  const server = createSimServer({ ledger, clock, options, faults, log, random });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://${host}:${bound}/api/v1`,
    port: bound,
    ledger,
    clock,
    faults,
    options,
    get requests() {
      return log.list();
    },
    requestCount: (path) => log.count(path),
    clearRequests: () => log.clear(),
    maxInFlight: (owner) => log.maxInFlight(owner),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

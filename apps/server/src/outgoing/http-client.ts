import type { LookupAddress } from "node:dns";
import { Resolver } from "node:dns/promises";
import { isIP, isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";
import { type Message, message } from "@orwatch/messages/message";
import { exchange } from "./exchange.ts";
import { findProxy, NO_PROXIES, type Proxies } from "./proxy.ts";
import { createAddressPolicy, findTargetFlaw, hostOf, isWebPort, type Permitted, WRONG_PORT } from "./target.ts";

/** Outcome of one request. `error` is for the owner of the target and holds no part of its address but the host. */
export type Outcome =
  | { ok: true; status: number; answer: string }
  | {
      ok: false;
      status: number | null;
      answer: string;
      error: Message;
      /** Seconds, when the receiver asked to wait. */
      retryAfterS: number | null;
    };

export interface OutgoingOptions {
  permitted: Permitted;
  proxies?: Proxies;
  /** Default 10 s. */
  timeoutMs?: number;
  /** Name servers to ask, `address:port`; default: the machine's own. */
  nameServers?: string[];
  /** Addresses of this machine; default: those of its network interfaces. */
  ownAddresses?: () => string[];
  /** Certificates to trust beside the known ones. */
  ca?: string;
}

export type Outgoing = ReturnType<typeof createOutgoing>;

const TIMEOUT_MS = 10_000;

const readOwnAddresses = (): string[] =>
  Object.values(networkInterfaces()).flatMap((addresses) => (addresses ?? []).map(({ address }) => address));

/**
 * The only way to addresses that users choose. Each attempt resolves the name, checks every address behind it, and connects to one
 * of those: a name that changes in between changes nothing. A proxy is asked for the checked address, never for the name, so that it
 * cannot be used to reach what this server rejects.
 */
export function createOutgoing(options: OutgoingOptions) {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const policy = createAddressPolicy(options.permitted, options.ownAddresses ?? readOwnAddresses);
  const proxies = options.proxies ?? NO_PROXIES;
  // Not getaddrinfo: it waits in a pool of four threads, where a dead name server would hold up logins and files.
  const resolver = new Resolver({ timeout: 2000, tries: 2 });
  if (options.nameServers) resolver.setServers(options.nameServers);

  async function resolve(host: string): Promise<string[]> {
    if (isIP(host) !== 0) return [host];
    const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const found = answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
    if (found.length > 0 || !policy.opensAny) return found;
    // Names of /etc/hosts and of the local network, which only this machine knows.
    const { lookup } = await import("node:dns/promises");
    return (await lookup(host, { all: true }).catch(() => [])).map(({ address }) => address);
  }

  return {
    /** What is wrong with an address, as far as is known without resolving its name. */
    findFlaw: (url: string) => findTargetFlaw(url, policy),

    /** Sends one POST. Never throws: redirects are not followed, it ends after 10 s, and 64 KiB of the response are read. */
    async send(input: {
      url: string;
      headers: Record<string, string>;
      body: string;
      signal?: AbortSignal;
    }): Promise<Outcome> {
      const flaw = findTargetFlaw(input.url, policy);
      if (flaw) return failure(message("address_refused", { cause: flaw }));
      const url = new URL(input.url);
      const host = hostOf(url);
      const timeout = AbortSignal.timeout(timeoutMs);
      const signal = input.signal ? AbortSignal.any([timeout, input.signal]) : timeout;
      const addresses = await Promise.race([resolve(host), whenAborted(signal)]);
      if (addresses === null) return failure(late(timeout, host, timeoutMs));
      if (addresses.length === 0) return failure(message("host_not_found", { host }));
      if (!addresses.every(policy.permits)) return failure(message("host_private", { host }));
      if (!isWebPort(url) && !addresses.every(policy.isOpened))
        return failure(message("address_refused", { cause: WRONG_PORT }));
      const tried = await exchange({
        url,
        headers: input.headers,
        body: input.body,
        addresses: addresses.map((address): LookupAddress => ({ address, family: isIPv6(address) ? 6 : 4 })),
        // What the administrator opened is near this server, not near the proxy.
        proxy: addresses.every(policy.isOpened) ? null : findProxy(url, proxies),
        signal,
        ca: options.ca,
      });
      if (!tried.ok) return failure(signal.aborted ? late(timeout, host, timeoutMs) : tried.error);
      const { status, answer, retryAfterS } = tried;
      if (status >= 200 && status < 300) return { ok: true, status, answer };
      const isRedirect = status >= 300 && status < 400;
      const error = message(isRedirect ? "host_redirected" : "host_unexpected_status", { host, status });
      return { ok: false, status, answer, error, retryAfterS };
    },
  };
}

const failure = (error: Message): Outcome => ({ ok: false, status: null, answer: "", error, retryAfterS: null });

const late = (timeout: AbortSignal, host: string, timeoutMs: number) =>
  timeout.aborted
    ? message("host_timeout", { host, seconds: Math.round(timeoutMs / 1000) })
    : message("delivery_stopped", {});

const whenAborted = (signal: AbortSignal) =>
  new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener("abort", () => resolve(null), { once: true });
  });

import type { LookupAddress } from "node:dns";
import { Resolver } from "node:dns/promises";
import { isIP, isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";
import { type Message, message } from "@orwatch/messages/message";
import { exchange } from "./exchange.ts";
import { findProxy, NO_PROXIES, type Proxies } from "./proxy.ts";
import { createAddressPolicy, findTargetFlaw, hostOf, isWebPort, type Permitted, WRONG_PORT } from "./target.ts";

/** Outcome of one request. `error` is shown to the user and contains only the host of the URL. */
type Outcome =
  | { ok: true; status: number; answer: string }
  | {
      ok: false;
      status: number | null;
      answer: string;
      error: Message;
      /** Seconds to wait, if the receiver asked for it. */
      retryAfterS: number | null;
    };

export interface OutgoingOptions {
  permitted: Permitted;
  proxies?: Proxies;
  /** Default 10 s. */
  timeoutMs?: number;
  /** DNS servers as `address:port`. Default: those of the machine. */
  nameServers?: string[];
  /** Addresses of this machine; default: those of its network interfaces. */
  ownAddresses?: () => string[];
  /** Additional trusted certificates. */
  ca?: string;
}

export type Outgoing = ReturnType<typeof createOutgoing>;

const TIMEOUT_MS = 10_000;

const readOwnAddresses = (): string[] =>
  Object.values(networkInterfaces()).flatMap((addresses) => (addresses ?? []).map(({ address }) => address));

/**
 * HTTP client for all URLs that users enter. Each attempt resolves the name, checks every address of it, and connects to one
 * of those, so that DNS rebinding has no effect. A proxy gets the checked address, never the name, so that it
 * cannot be used to reach forbidden addresses.
 */
export function createOutgoing(options: OutgoingOptions) {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const policy = createAddressPolicy(options.permitted, options.ownAddresses ?? readOwnAddresses);
  const proxies = options.proxies ?? NO_PROXIES;
  // Not getaddrinfo: it blocks one of four threads, and an unreachable DNS server would delay logins and file access.
  const resolver = new Resolver({ timeout: 2000, tries: 2 });
  if (options.nameServers) resolver.setServers(options.nameServers);

  async function resolve(host: string): Promise<string[]> {
    if (isIP(host) !== 0) return [host];
    const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const found = answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
    if (found.length > 0 || !policy.opensAny) return found;
    // Names in /etc/hosts and of the local network.
    const { lookup } = await import("node:dns/promises");
    return (await lookup(host, { all: true }).catch(() => [])).map(({ address }) => address);
  }

  return {
    /** Checks a URL without resolving its name. */
    findFlaw: (url: string) => findTargetFlaw(url, policy),

    /** Sends one POST. Never throws. Does not follow redirects, ends after 10 s and reads 64 KiB of the response. */
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
        // Networks that the administrator allowed are reached directly, not through the proxy.
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

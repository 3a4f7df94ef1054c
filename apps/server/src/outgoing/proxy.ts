import { isIP } from "node:net";
import { createNetworks, isAddressOrNetwork } from "../platform/networks.ts";

/** Proxies for outgoing HTTP, from HTTPS_PROXY, HTTP_PROXY and NO_PROXY. */
export interface Proxies {
  /** For https:// targets; `null` if none. */
  https: string | null;
  http: string | null;
  /** Hosts, domains, addresses and CIDRs that are reached directly. `*` means all. */
  bypass: readonly string[];
}

export const NO_PROXIES: Proxies = { https: null, http: null, bypass: [] };

/** Parses the address of a proxy, in which http:// may be left out; `null` if it is not usable. */
export function parseProxy(text: string): string | null {
  const address = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, pathname, search, hash } = new URL(address);
  const isProxy = /^https?:$/.test(protocol) && hostname !== "" && pathname === "/" && search === "" && hash === "";
  return isProxy && readCredentials(new URL(address)) !== null ? address : null;
}

/** `user:password` of a proxy's address, empty if there are none; `null` if they are not percent-encoded. */
export function readCredentials({ username, password }: URL): string | null {
  try {
    return username === "" ? "" : `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  } catch {
    return null;
  }
}

const LOOPBACK = createNetworks(["127.0.0.0/8", "::1"]);

/** The proxy for a request; `null` for a direct connection. This machine is always reached directly. */
export function findProxy(url: URL, proxies: Proxies): URL | null {
  const proxy = url.protocol === "https:" ? proxies.https : proxies.http;
  if (proxy === null) return null;
  const host = url.hostname.replace(/^\[|\]$|\.$/g, "").toLowerCase();
  if (host === "localhost" || host.endsWith(".localhost") || LOOPBACK.has(host)) return null;
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return proxies.bypass.some((entry) => isMatch(entry.toLowerCase(), { host, port })) ? null : new URL(proxy);
}

function isMatch(entry: string, target: { host: string; port: string }): boolean {
  if (entry === "*") return true;
  if (isAddressOrNetwork(entry)) return isIP(target.host) !== 0 && createNetworks([entry]).has(target.host);
  const [, name = "", port] = /^\[?(.*?)\]?(?::(\d{1,5}))?$/.exec(entry) ?? [];
  if (port !== undefined && port !== target.port) return false;
  const domain = name.replace(/^\*?\./, "");
  return domain !== "" && (target.host === domain || target.host.endsWith(`.${domain}`));
}

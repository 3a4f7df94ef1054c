import { BlockList, isIP, isIPv4 } from "node:net";

/** IANA's special-purpose registries, and what clouds put inside the rest. */
const CLOSED_V4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  // Azure answers for its machines here; the metadata of the other clouds lies in 169.254/16, 192.0.0/24 and 100.64/10.
  "168.63.129.16/32",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.31.196.0/24",
  "192.52.193.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "192.175.48.0/24",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
];

/** Inside 2000::/3, the only IPv6 that is routed: tunnels that carry an IPv4 address, documentation, benchmarks. */
const CLOSED_V6 = ["2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"];

const listOf = (networks: string[], family: "ipv4" | "ipv6") => {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", prefix] = network.split("/");
    list.addSubnet(address, Number(prefix), family);
  }
  return list;
};

const closedV4 = listOf(CLOSED_V4, "ipv4");
const closedV6 = listOf(CLOSED_V6, "ipv6");
const routedV6 = listOf(["2000::/3"], "ipv6");

/**
 * True for an address that the whole internet means the same machine by. IPv6 forms that carry an IPv4 address (mapped, NAT64,
 * 6to4, Teredo) are none, whatever they carry.
 */
export function isPublicAddress(address: string): boolean {
  // A zone (fe80::1%eth0) is a matter of this machine alone.
  if (isIP(address) === 0 || address.includes("%")) return false;
  if (isIPv4(address)) return !closedV4.check(address, "ipv4");
  return routedV6.check(address, "ipv6") && !closedV6.check(address, "ipv6");
}

const MAX_LENGTH = 2000;
const LOW_PORTS = 1024;

/** The host of an address without the brackets of IPv6. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, "");

/**
 * What is wrong with a web address to send to, in words that follow the name of its field; `null` when nothing is. Where a name
 * leads is not known yet: that is checked whenever something is sent.
 */
export function findTargetFlaw(text: string, options: { allowPrivate: boolean }): string | null {
  if (text.length > MAX_LENGTH) return `must have at most ${MAX_LENGTH} characters`;
  if (!URL.canParse(text)) return "must be an http:// or https:// address";
  const url = new URL(text);
  if (!/^https?:$/.test(url.protocol)) return "must be an http:// or https:// address";
  if (url.username !== "" || url.password !== "") return "must hold no user name or password";
  if (options.allowPrivate) return null;
  if (url.port !== "" && Number(url.port) < LOW_PORTS && url.port !== "80" && url.port !== "443")
    return "must use port 80, 443 or one above 1023";
  const host = hostOf(url);
  if (isIP(host) !== 0 && !isPublicAddress(host))
    return "is inside a private network, which this server does not send to";
  return null;
}

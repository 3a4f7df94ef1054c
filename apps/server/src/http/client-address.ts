import type { IncomingMessage } from "node:http";
import { BlockList, isIP, isIPv4, isIPv6, type Socket } from "node:net";

/** Matches the proxies whose X-Forwarded-For is trusted. Items are addresses or CIDRs. */
export function createProxyTrust(items: string[]): { check(address: string): boolean } {
  if (items.length === 0) return { check: () => false };
  const trusted = new BlockList();
  for (const item of items) {
    const [address = "", prefix] = item.split("/");
    const family = isIPv4(address) ? "ipv4" : isIPv6(address) ? "ipv6" : null;
    if (!family) throw new Error(`TRUST_PROXY: ${item} is neither an address nor a CIDR`);
    if (prefix === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(prefix), family);
  }
  return { check: (address) => isIP(address) !== 0 && trusted.check(address, isIPv4(address) ? "ipv4" : "ipv6") };
}

const plain = (address: string) => (/^::ffff:\d+\./i.test(address) ? address.slice(7) : address);

/** An item of X-Forwarded-For without the port, brackets and quotes that some proxies write. */
function withoutPort(item: string): string {
  const bare = item.trim().replace(/^"(.*)"$/, "$1");
  const [, v6] = /^\[(.+)\](?::\d{1,5})?$/.exec(bare) ?? [];
  if (v6 !== undefined) return isIPv6(v6) ? v6 : bare;
  const [, v4 = ""] = /^([\d.]+):\d{1,5}$/.exec(bare) ?? [];
  return isIPv4(v4) ? v4 : bare;
}

/** The peer of a connection, a client or a proxy: its address, and the name it is rate limited by. */
export function peerOf(socket: Socket): { address: string; counted: string } {
  const address = plain(socket.remoteAddress ?? "unknown");
  return { address, counted: isIPv6(address) ? networkOf(address) : address };
}

/** The client address of a request: the last address in X-Forwarded-For that is not a trusted proxy. */
export function clientAddress(req: IncomingMessage, trust: { check(address: string): boolean }): string {
  let address = plain(req.socket.remoteAddress ?? "unknown");
  const forwarded = String(req.headers["x-forwarded-for"] ?? "")
    .split(",")
    .map((item) => plain(withoutPort(item)));
  while (trust.check(address)) {
    const next = forwarded.pop();
    if (!next || isIP(next) === 0) break;
    address = next;
  }
  return isIPv6(address) ? networkOf(address) : address;
}

const NEAR = createProxyTrust(["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1", "fc00::/7"]);

/**
 * The address of a local or private proxy that is missing in TRUST_PROXY, so that all of its clients share one rate limit; `null`
 * if the request does not seem to come through one.
 */
export function findForgottenProxy(req: IncomingMessage, trust: { check(address: string): boolean }): string | null {
  if (req.headers["x-forwarded-for"] === undefined) return null;
  const peer = plain(req.socket.remoteAddress ?? "");
  return NEAR.check(peer) && !trust.check(peer) ? peer : null;
}

/** Headers of proxies. A request with any of them does not come from a program on this machine. */
const FORWARDING =
  /^(forwarded|via|x-forwarded-.+|x-real-ip|x-client-ip|x-cluster-client-ip|true-client-ip|cf-.+|fastly-client-ip)$/;
const LOOPBACK = createProxyTrust(["127.0.0.0/8", "::1"]);

/** Whether the request comes from this machine without a proxy, to an address that only this machine has. */
export function isLocalRequest(req: Pick<IncomingMessage, "headers" | "socket">): boolean {
  const host = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;
  return (
    LOOPBACK.check(plain(req.socket.remoteAddress ?? "")) &&
    !Object.keys(req.headers).some((name) => FORWARDING.test(name)) &&
    host.test(req.headers.host ?? "")
  );
}

/** The /64 network of an IPv6 address, because a subscriber can choose any address in it. */
function networkOf(address: string): string {
  const [head = "", tail] = address.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill("0"), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group || "0", 16).toString(16))
    .join(":")}::/64`;
}

import { isIP, isIPv4 } from "node:net";
import { type Message, message } from "@orwatch/messages/message";
import { createNetworks, plainAddress } from "../platform/networks.ts";

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

const closedV4 = createNetworks(CLOSED_V4);
const closedV6 = createNetworks(CLOSED_V6);
const routedV6 = createNetworks(["2000::/3"]);

/** What ALLOW_PRIVATE_WEBHOOKS=true opens: networks of other machines. Not this machine, and not what is link-local. */
const PRIVATE = createNetworks(["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"]);
/** Metadata services of clouds (Alibaba, Amazon) inside those. */
const METADATA = createNetworks(["100.100.100.200", "fd00:ec2::/32"]);

/**
 * True for an address that the whole internet means the same machine by. IPv6 forms that carry an IPv4 address (mapped, NAT64,
 * 6to4, Teredo) are none, whatever they carry.
 */
export function isPublicAddress(address: string): boolean {
  // A zone (fe80::1%eth0) is a matter of this machine alone.
  if (isIP(address) === 0 || address.includes("%")) return false;
  if (isIPv4(address)) return !closedV4.has(address);
  return routedV6.has(address) && !closedV6.has(address);
}

/** What channels may be sent to besides public addresses. */
export interface Permitted {
  /** Private networks, but neither this machine nor link-local addresses. */
  allPrivate: boolean;
  /** CIDRs; what lies in one is permitted whatever it is, this machine's own addresses included. */
  networks: readonly string[];
}

export const NOTHING_PERMITTED: Permitted = { allPrivate: false, networks: [] };

export interface AddressPolicy {
  /** True when something may be sent to this address. */
  permits(address: string): boolean;
  /** True when the administrator opened the address although it is private or this machine's own. */
  isOpened(address: string): boolean;
  /** True when names may lead to addresses that the administrator opened. */
  opensAny: boolean;
}

/** @param ownAddresses the addresses of this machine's network interfaces, read at each decision because they change */
export function createAddressPolicy(permitted: Permitted, ownAddresses: () => string[]): AddressPolicy {
  const listed = createNetworks(permitted.networks);
  const isOwn = (address: string) => createNetworks(ownAddresses().map(plainAddress)).has(address);
  const isOpened = (address: string) =>
    listed.has(address) || (permitted.allPrivate && PRIVATE.has(address) && !METADATA.has(address) && !isOwn(address));
  return {
    isOpened,
    permits: (address) => isOpened(address) || (isPublicAddress(address) && !isOwn(address)),
    opensAny: permitted.allPrivate || permitted.networks.length > 0,
  };
}

const MAX_LENGTH = 2000;
const LOW_PORTS = 1024;
export const WRONG_PORT = message("field_url_port", {});

/** The host of an address without the brackets of IPv6. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, "");

/** True for a port that web servers use; the others below 1024 belong to mail, file and remote access services. */
export const isWebPort = ({ port }: URL): boolean =>
  port === "" || port === "80" || port === "443" || Number(port) >= LOW_PORTS;

/**
 * What is wrong with a web address to send to; `null` when nothing is. Where a name leads is checked whenever something is sent.
 */
export function findTargetFlaw(text: string, policy: AddressPolicy): Message | null {
  if (text.length > MAX_LENGTH) return message("field_too_long", { limit: MAX_LENGTH });
  if (!URL.canParse(text)) return message("field_not_url", {});
  const url = new URL(text);
  if (!/^https?:$/.test(url.protocol)) return message("field_not_url", {});
  if (url.username !== "" || url.password !== "") return message("field_url_with_login", {});
  const host = hostOf(url);
  const isAddress = isIP(host) !== 0;
  if (!isWebPort(url) && (isAddress ? !policy.isOpened(host) : !policy.opensAny)) return WRONG_PORT;
  if (isAddress && !policy.permits(host)) return message("field_url_private", {});
  return null;
}

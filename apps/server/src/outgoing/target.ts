import { isIP, isIPv4 } from "node:net";
import { type Message, message } from "@orwatch/messages/message";
import { createNetworks, plainAddress } from "../platform/networks.ts";

/** Networks of IANA's special-purpose registries, and addresses that cloud providers use for metadata. */
const CLOSED_V4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  // Azure's platform address. The metadata services of other clouds are in 169.254/16, 192.0.0/24 and 100.64/10.
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

/** Special networks within 2000::/3, the only routed IPv6 network: IPv4 tunnels, documentation, benchmarks. */
const CLOSED_V6 = ["2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"];

const closedV4 = createNetworks(CLOSED_V4);
const closedV6 = createNetworks(CLOSED_V6);
const routedV6 = createNetworks(["2000::/3"]);

/** Networks allowed by ALLOW_PRIVATE_WEBHOOKS=true. Does not include this machine and link-local addresses. */
const PRIVATE = createNetworks(["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"]);
/** Metadata services of clouds (Alibaba, Amazon) within these networks. */
const METADATA = createNetworks(["100.100.100.200", "fd00:ec2::/32"]);

/**
 * True for a globally routed address. IPv6 addresses that contain an IPv4 address (mapped, NAT64,
 * 6to4, Teredo) are never considered public.
 */
export function isPublicAddress(address: string): boolean {
  // An address with a zone (fe80::1%eth0) is local to this machine.
  if (isIP(address) === 0 || address.includes("%")) return false;
  if (isIPv4(address)) return !closedV4.has(address);
  return routedV6.has(address) && !closedV6.has(address);
}

/** Addresses that channels may deliver to in addition to public ones. */
export interface Permitted {
  /** All private networks, except this machine and link-local addresses. */
  allPrivate: boolean;
  /** Networks in which every address is permitted, including addresses of this machine. */
  networks: readonly string[];
}

export const NOTHING_PERMITTED: Permitted = { allPrivate: false, networks: [] };

interface AddressPolicy {
  /** True if requests may be sent to this address. */
  permits(address: string): boolean;
  /** True if the administrator allowed the address although it is private or belongs to this machine. */
  isOpened(address: string): boolean;
  /** True if the administrator allowed any addresses. */
  opensAny: boolean;
}

/** @param ownAddresses returns the current addresses of this machine's network interfaces */
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

/** The host of a URL without the brackets of IPv6. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, "");

/** True for a port that web servers use. Other ports below 1024 belong to mail, file and remote access services. */
export const isWebPort = ({ port }: URL): boolean =>
  port === "" || port === "80" || port === "443" || Number(port) >= LOW_PORTS;

/**
 * What is wrong with a URL to send to; `null` if nothing. The addresses of a name are checked whenever something is sent.
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

import { BlockList, isIP, isIPv4 } from "node:net";

/** True for an IP address, or a CIDR such as 10.0.0.0/8 or fd00::/8. */
export function isAddressOrNetwork(item: string): boolean {
  const [address = "", prefix, ...rest] = item.split("/");
  const bits = isIPv4(address) ? 32 : 128;
  if (isIP(address) === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
}

/** Normalizes an address: without its zone (fe80::1%eth0), and IPv4-mapped IPv6 (::ffff:10.0.0.1) as IPv4. */
export function plainAddress(address: string): string {
  const [withoutZone = ""] = address.split("%");
  if (isIP(withoutZone) !== 6) return withoutZone;
  const { hostname } = new URL(`http://[${withoutZone}]`);
  const [, high = "", low = ""] = /^\[::ffff:([\da-f]{1,4}):([\da-f]{1,4})\]$/.exec(hostname) ?? [];
  if (high === "") return withoutZone;
  const [left, right] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [left >> 8, left & 255, right >> 8, right & 255].join(".");
}

/** A set of addresses and CIDRs. */
export function createNetworks(items: readonly string[]): { has(address: string): boolean } {
  const list = new BlockList();
  for (const item of items) {
    const [address = "", prefix] = item.split("/");
    const family = isIPv4(address) ? "ipv4" : "ipv6";
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return {
    has(address) {
      const plain = plainAddress(address);
      return isIP(plain) !== 0 && list.check(plain, isIPv4(plain) ? "ipv4" : "ipv6");
    },
  };
}

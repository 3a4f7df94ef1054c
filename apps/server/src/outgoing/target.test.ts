import { message } from "@orwatch/messages/message";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { createAddressPolicy, findTargetFlaw, isPublicAddress, NOTHING_PERMITTED } from "./target.ts";

let tried = 0;
afterAll(() => void process.stdout.write(`targets: ${tried} addresses tried\n`));

const flawOf = (url: string) => {
  tried += 1;
  return findTargetFlaw(
    url,
    createAddressPolicy(NOTHING_PERMITTED, () => []),
  );
};
const PRIVATE = message("field_url_private", {});

describe("public addresses", () => {
  test.each([
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.167.255.255",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2600::1",
    "2606:4700:4700::1111",
    "2a00:1450:4001:800::200e",
  ])("%s is a public address", (address) => expect(isPublicAddress(address)).toBe(true));
});

describe("addresses that are not public", () => {
  test.each([
    ["this host", "0.0.0.0"],
    ["private", "10.0.0.1"],
    ["private", "172.16.0.1"],
    ["private", "172.31.255.255"],
    ["private", "192.168.0.1"],
    ["carrier-grade NAT", "100.64.0.1"],
    ["metadata of Alibaba's cloud", "100.100.100.200"],
    ["loopback", "127.0.0.1"],
    ["loopback", "127.255.255.254"],
    ["link-local, and metadata of most clouds", "169.254.169.254"],
    ["metadata of Oracle's cloud", "192.0.0.192"],
    ["metadata of Azure", "168.63.129.16"],
    ["documentation", "192.0.2.1"],
    ["6to4 relays", "192.88.99.1"],
    ["benchmarks", "198.19.255.255"],
    ["documentation", "203.0.113.9"],
    ["multicast", "224.0.0.1"],
    ["reserved", "240.0.0.1"],
    ["broadcast", "255.255.255.255"],
    ["unspecified", "::"],
    ["loopback", "::1"],
    ["IPv4-compatible", "::7f00:1"],
    ["IPv4-mapped", "::ffff:10.0.0.1"],
    ["IPv4-mapped, public", "::ffff:8.8.8.8"],
    ["IPv4-translated", "::ffff:0:127.0.0.1"],
    ["NAT64", "64:ff9b::7f00:1"],
    ["NAT64, local", "64:ff9b:1::a00:1"],
    ["discard", "100::1"],
    ["Teredo", "2001::1"],
    ["ORCHID", "2001:20::1"],
    ["documentation", "2001:db8::1"],
    ["6to4 of 10.0.0.1", "2002:a00:1::"],
    ["documentation", "3fff::1"],
    ["unique local, and metadata of Amazon's cloud", "fd00:ec2::254"],
    ["unique local", "fc00::1"],
    ["link-local", "fe80::1"],
    ["link-local with a zone", "fe80::1%eth0"],
    ["public with a zone", "2600::1%eth0"],
    ["site-local", "fec0::1"],
    ["multicast", "ff02::1"],
    ["no address", "localhost"],
    ["nothing", ""],
  ])("an address is not public: %s %s", (_, address) => expect(isPublicAddress(address)).toBe(false));
});

/** Any address of some reserved networks, as 32 bits. */
const CLOSED: [start: number, bits: number][] = [
  [0x0a000000, 24],
  [0x7f000000, 24],
  [0xa9fe0000, 16],
  [0xac100000, 20],
  [0xc0a80000, 16],
  [0x64400000, 22],
  [0x00000000, 24],
  [0xe0000000, 28],
];
const closed = fc
  .constantFrom(...CLOSED)
  .chain(([start, bits]) => fc.integer({ min: 0, max: 2 ** bits - 1 }).map((offset) => start + offset));
const partsOf = (address: number) => [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256);
const hex = (address: number) => [address >>> 16, address & 0xffff].map((group) => group.toString(16)).join(":");

/** Every notation of an IPv4 address in a browser's address bar, and IPv6 forms that contain one. */
const FORMS: ((address: number) => string)[] = [
  (address) => partsOf(address).join("."),
  (address) => String(address),
  (address) => `0x${address.toString(16)}`,
  (address) => `0${address.toString(8)}`,
  (address) =>
    partsOf(address)
      .map((part) => `0${part.toString(8)}`)
      .join("."),
  (address) =>
    partsOf(address)
      .map((part) => `0x${part.toString(16)}`)
      .join("."),
  (address) => `${partsOf(address)[0]}.${address % 2 ** 24}`,
  (address) => `${partsOf(address).join(".")}.`,
  (address) => partsOf(address).join("%2e"),
  (address) => partsOf(address).join("。"),
  (address) => `[::ffff:${partsOf(address).join(".")}]`,
  (address) => `[::ffff:${hex(address)}]`,
  (address) => `[::${hex(address)}]`,
  (address) => `[64:ff9b::${hex(address)}]`,
  (address) => `[2002:${hex(address)}::1]`,
];

test("rejects a reserved address in every notation", () => {
  fc.assert(
    fc.property(closed, fc.constantFrom(...FORMS), fc.constantFrom("http", "https"), (address, form, scheme) => {
      expect(flawOf(`${scheme}://${form(address)}:8080/x`), form(address)).toEqual(PRIVATE);
    }),
    { numRuns: 3000 },
  );
});

test("accepts global unicast addresses only", () => {
  const any = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(any, (groups) => {
      const address = groups.map((group) => group.toString(16)).join(":");
      tried += 1;
      if (isPublicAddress(address)) expect((groups[0] as number) >>> 13).toBe(1);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ["ftp://example.com/x", "field_not_url"],
  ["file:///etc/passwd", "field_not_url"],
  ["javascript:alert(1)", "field_not_url"],
  ["gopher://example.com", "field_not_url"],
  ["example.com/hook", "field_not_url"],
  ["https://", "field_not_url"],
  ["https://user@example.com", "field_url_with_login"],
  ["https://user:pass@example.com", "field_url_with_login"],
  ["http://example.com:25/", "field_url_port"],
  ["https://example.com:22/", "field_url_port"],
  [`https://example.com/${"x".repeat(2000)}`, "field_too_long"],
  ["http://[fe80::1%25eth0]/", "field_not_url"],
])("rejects %s: %s", (url, why) => {
  expect(flawOf(url)?.code).toBe(why);
});

test("accepts names, public addresses and any port above 1023; names are resolved later", () => {
  for (const url of [
    "https://example.com/hook?x=1",
    "http://8.8.8.8",
    "https://[2606:4700:4700::1111]:8443/",
    "http://localhost:9000",
  ])
    expect(flawOf(url)).toBeNull();
});

const OWN = ["93.184.216.34", "192.168.1.5", "2a00:1450:4001:800::200e", "fe80::1"];
const policyOf = (permitted: { allPrivate?: boolean; networks?: string[] }) =>
  createAddressPolicy({ allPrivate: false, networks: [], ...permitted }, () => OWN);

describe("an address of this machine", () => {
  test.each([...OWN, "::ffff:93.184.216.34", "fe80::1%eth0", "127.0.0.1", "0.0.0.0", "::1", "::"])(
    "rejects the address %s of this machine, whatever private networks are allowed",
    (address) => {
      expect(policyOf({}).permits(address)).toBe(false);
      expect(policyOf({ allPrivate: true }).permits(address)).toBe(false);
      expect(policyOf({ networks: ["10.0.0.0/8", "1.0.0.0/8"] }).permits(address)).toBe(false);
    },
  );

  test.each([
    ["93.184.216.34", "93.184.216.34"],
    ["192.168.1.5", "192.168.1.0/24"],
    ["2a00:1450:4001:800::200e", "2a00:1450::/32"],
    ["fe80::1%eth0", "fe80::/10"],
    ["127.0.0.1", "127.0.0.0/8"],
    ["::ffff:127.0.0.1", "127.0.0.0/8"],
    ["::1", "::1"],
  ])("allows the address %s of this machine in the listed network %s", (address, network) => {
    expect(policyOf({ networks: [network] }).permits(address)).toBe(true);
  });

  test("recognizes an address of this machine as soon as an interface has it", () => {
    const own: string[] = [];
    const policy = createAddressPolicy(NOTHING_PERMITTED, () => own);
    expect(policy.permits("93.184.216.34")).toBe(true);
    own.push("93.184.216.34");
    expect(policy.permits("93.184.216.34")).toBe(false);
  });
});

describe("ALLOW_PRIVATE_WEBHOOKS=true", () => {
  test.each(["10.0.0.1", "172.16.0.1", "192.168.0.1", "100.64.0.1", "fd12::1"])(
    "ALLOW_PRIVATE_WEBHOOKS=true allows %s",
    (address) => {
      expect(policyOf({ allPrivate: true }).permits(address)).toBe(true);
    },
  );

  test.each([
    ["loopback", "127.0.0.1"],
    ["loopback", "::1"],
    ["link-local", "169.254.169.254"],
    ["link-local", "fe80::2"],
    ["metadata of Alibaba's cloud", "100.100.100.200"],
    ["metadata of Amazon's cloud", "fd00:ec2::254"],
    ["metadata of Azure", "168.63.129.16"],
    ["unspecified", "0.0.0.0"],
    ["multicast", "224.0.0.1"],
    ["IPv4-mapped loopback", "::ffff:127.0.0.1"],
    ["NAT64 of loopback", "64:ff9b::7f00:1"],
  ])("ALLOW_PRIVATE_WEBHOOKS=true does not allow %s %s", (_, address) => {
    expect(policyOf({ allPrivate: true }).permits(address)).toBe(false);
  });
});

test("allows any port inside an allowed network, and only web ports elsewhere", () => {
  const flaw = (url: string) => findTargetFlaw(url, policyOf({ networks: ["127.0.0.0/8"] }));
  expect(flaw("http://127.0.0.1:25/")).toBeNull();
  // The name is resolved when something is sent.
  expect(flaw("http://mail.internal:25/")).toBeNull();
  expect(flaw("http://8.8.8.8:25/")?.code).toBe("field_url_port");
  expect(flaw("http://[::1]/")).toEqual(PRIVATE);
  expect(flaw("ftp://127.0.0.1")?.code).toBe("field_not_url");
  expect(flaw("http://a:b@127.0.0.1")?.code).toBe("field_url_with_login");
});

import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { clientAddress, createProxyTrust, findForgottenProxy, isLocalRequest } from "./client-address.ts";

const from = (remoteAddress: string | undefined, forwarded?: string) =>
  ({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded },
  }) as unknown as IncomingMessage;

const noProxies = createProxyTrust([]);
const proxies = createProxyTrust(["10.0.0.0/8", "127.0.0.1", "fd00::/8", "::1"]);

test("the client address is the peer's without trusted proxies, whatever headers say", () => {
  expect(clientAddress(from("203.0.113.9", "1.2.3.4"), noProxies)).toBe("203.0.113.9");
  expect(clientAddress(from("::ffff:203.0.113.9"), noProxies)).toBe("203.0.113.9");
  expect(clientAddress(from(undefined), noProxies)).toBe("unknown");
});

test("the client address is the last one that is not a trusted proxy's", () => {
  expect(clientAddress(from("10.1.1.1", "1.2.3.4"), proxies)).toBe("1.2.3.4");
  expect(clientAddress(from("127.0.0.1", "9.9.9.9, 1.2.3.4, 10.2.2.2"), proxies)).toBe("1.2.3.4");
  expect(clientAddress(from("::ffff:10.1.1.1", "::ffff:1.2.3.4"), proxies)).toBe("1.2.3.4");
  expect(clientAddress(from("fd00::1", "2001:db8:0:5::9"), proxies)).toBe("2001:db8:0:5::/64");
  expect(clientAddress(from("10.1.1.1"), proxies), "nothing is said").toBe("10.1.1.1");
  expect(clientAddress(from("10.1.1.1", "nonsense"), proxies)).toBe("10.1.1.1");
  expect(clientAddress(from("10.1.1.1", "1.2.3.4, nonsense"), proxies)).toBe("10.1.1.1");
});

test("finds a local proxy missing from TRUST_PROXY, but no clients that claim to be one", () => {
  for (const peer of ["127.0.0.1", "::ffff:172.18.0.2", "10.1.1.1", "192.168.1.5", "::1", "fd12::1"])
    expect(findForgottenProxy(from(peer, "1.2.3.4"), noProxies), peer).toBe(peer.replace("::ffff:", ""));
  for (const peer of ["203.0.113.9", "172.32.0.1", "2001:db8::1", undefined])
    expect(findForgottenProxy(from(peer, "1.2.3.4"), noProxies), peer).toBeNull();
  expect(findForgottenProxy(from("127.0.0.1"), noProxies)).toBeNull();
  expect(findForgottenProxy(from("127.0.0.1", "1.2.3.4"), proxies)).toBeNull();
});

test("reduces an IPv6 address to its /64 in any spelling", () => {
  for (const address of ["2001:db8:1:2::1", "2001:0db8:0001:0002:ffff:ffff:ffff:ffff", "2001:db8:1:2:0:0:0:0"])
    expect(clientAddress(from(address), noProxies)).toBe("2001:db8:1:2::/64");
  expect(clientAddress(from("::1"), noProxies)).toBe("0:0:0:0::/64");
  expect(clientAddress(from("2001:db8::"), noProxies)).toBe("2001:db8:0:0::/64");
});

test("rejects invalid addresses and CIDRs at start", () => {
  expect(() => createProxyTrust(["proxy.local"])).toThrow("TRUST_PROXY: proxy.local");
});

test.each([
  ["203.0.113.7:51234", "203.0.113.7"],
  ["[2001:db8:1:2::7]:443", "2001:db8:1:2::/64"],
  ["[2001:db8:1:2::7]", "2001:db8:1:2::/64"],
  ['"[2001:db8:1:2::7]:443"', "2001:db8:1:2::/64"],
  ["2001:db8:1:2::7", "2001:db8:1:2::/64"],
  ["::FFFF:203.0.113.7", "203.0.113.7"],
  ["203.0.113.7:", "10.0.0.1"],
  ["unknown", "10.0.0.1"],
  ["203.0.113.7:443:1", "10.0.0.1"],
])("reads X-Forwarded-For: %s as %s", (item, expected) => {
  const req = { socket: { remoteAddress: "10.0.0.1" }, headers: { "x-forwarded-for": `198.51.100.1, ${item}` } };
  expect(clientAddress(req as never, createProxyTrust(["10.0.0.1"]))).toBe(expected);
});

describe("requests from this machine", () => {
  const isLocal = (peer: string, headers: Record<string, string>) =>
    isLocalRequest({ socket: { remoteAddress: peer }, headers } as never);

  test.each(["localhost", "localhost:3000", "LOCALHOST:3000", "127.0.0.1", "127.0.0.1:80", "[::1]", "[::1]:3000"])(
    "a loopback peer with Host %s",
    (host) => {
      for (const peer of ["127.0.0.1", "127.3.2.1", "::1", "::ffff:127.0.0.1"])
        expect(isLocal(peer, { host })).toBe(true);
    },
  );

  test.each(["172.17.0.1", "192.168.1.5", "10.0.0.1", "203.0.113.7", "fe80::1", "2001:db8::1", "unknown", ""])(
    "not the peer %s",
    (peer) => {
      expect(isLocal(peer, { host: "localhost:3000" })).toBe(false);
    },
  );

  test.each(["orwatch.example.com", "localhost.example.com", "127.0.0.1.nip.io", "127.0.0.2", "::1", "localhost:", ""])(
    "not Host %s",
    (host) => {
      expect(isLocal("127.0.0.1", { host })).toBe(false);
    },
  );

  test("not without a Host header", () => {
    expect(isLocal("127.0.0.1", {})).toBe(false);
  });

  test.each(["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "cf-ray"])(
    "not with the header %s of a proxy",
    (name) => {
      expect(isLocal("127.0.0.1", { host: "localhost", [name]: "" })).toBe(false);
    },
  );
});

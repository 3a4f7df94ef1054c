import { readFileSync } from "node:fs";
import { BlockList } from "node:net";
import path from "node:path";
import { expect, test } from "vitest";

const read = (name: string) => readFileSync(path.resolve(import.meta.dirname, "../..", name), "utf8");
const compose = read("docker-compose.yml");

const valuesOf = (name: string) =>
  [...compose.matchAll(new RegExp(`^[ -]+${name}: (\\S+)$`, "gm"))].map(([, it]) => it);

function network(cidr: string): BlockList {
  const [address = "", prefix] = cidr.split("/");
  const list = new BlockList();
  list.addSubnet(address, Number(prefix), "ipv4");
  return list;
}

test("every fixed address is in the subnet and outside the range that Docker assigns from", () => {
  const [[subnet], [range], gateways] = [valuesOf("subnet"), valuesOf("ip_range"), valuesOf("gateway")];
  expect([subnet, range], "a container that starts first would get a fixed address of another one").toEqual([
    expect.stringContaining("/"),
    expect.stringContaining("/"),
  ]);
  const fixed = [...valuesOf("ipv4_address"), ...gateways] as string[];
  // Without a configured gateway, Docker takes the first address of the range.
  expect(gateways).toHaveLength(1);
  expect(fixed.length).toBeGreaterThan(1);
  expect(new Set(fixed).size).toBe(fixed.length);
  for (const address of fixed) {
    expect(network(subnet as string).check(address), `${address} in ${subnet}`).toBe(true);
    expect(network(range as string).check(address), `${address} in ${range}`).toBe(false);
  }
  expect(network(subnet as string).check((range as string).split("/")[0] as string)).toBe(true);
  expect(Number(range?.split("/")[1])).toBeGreaterThan(Number(subnet?.split("/")[1]));
});

test("the trusted proxy is the proxy's fixed address, and the documented address of the host is the gateway", () => {
  const [, trusted] = /TRUST_PROXY: \$\{TRUST_PROXY:-([\d.]+)\}/.exec(compose) ?? [];
  expect(valuesOf("ipv4_address")).toEqual([trusted]);
  const [, host] = /A proxy on the host in front of Docker: `TRUST_PROXY=([\d.]+)`/.exec(read("docs/deploy.md")) ?? [];
  expect(valuesOf("gateway")).toEqual([host]);
});

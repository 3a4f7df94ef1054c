import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Harness, PASSWORD, request, startHarness } from "../support/server/harness.ts";
import { sendRaw } from "../support/server/raw.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ env: { TRUST_PROXY: "127.0.0.1" } });
  await harness.createUser("ada@example.com");
  await harness.createUser("grace@example.com");
});
afterAll(() => harness.close());

const logIn = (address: string, password: string, email = "ada@example.com") =>
  request(`${harness.url}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": address },
    body: JSON.stringify({ email, password }),
  });
const linesOf = (event: string) => harness.logged.filter((line) => line.event === event);
/** Waits for the log line of a later request: all earlier lines are written by then. */
const logged = async (address: string) => {
  await request(`${harness.url}/health?${address}`, { headers: { "x-forwarded-for": address } });
  await expect.poll(() => linesOf("request").some((line) => line.address === address)).toBe(true);
};

describe("a log line of a request", () => {
  test("the log line of a request has the client's address behind a trusted proxy", async () => {
    await logged("198.51.100.7");
    expect(linesOf("request").at(-1)).toMatchObject({ address: "198.51.100.7", path: "/health", status: 200 });
  });

  test("the log line of a request that is not valid HTTP has the client's address", async () => {
    await sendRaw(harness.url, "GET / HTTP/1.1\r\nhost : x\r\n\r\n");
    await expect
      .poll(() => linesOf("request").find((line) => line.method === null))
      .toMatchObject({
        address: "127.0.0.1",
        status: 400,
      });
  });
});

describe("a failed login", () => {
  const attacker = "203.0.113.9";

  test("a failed login is logged with the client's address, also when rate-limited", async () => {
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 7; attempt++) statuses.push((await logIn(attacker, `${PASSWORD}x`)).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
    expect(linesOf("auth.failed").filter(({ address }) => address === attacker)).toHaveLength(5);
    expect(linesOf("auth.limited").filter(({ address }) => address === attacker)).toMatchObject([
      { level: "warn", what: "password" },
      { level: "warn", what: "password" },
    ]);
  });

  test("a failed login is the only event that matches the documented fail2ban filter", async () => {
    const filter = readFileSync(path.resolve(import.meta.dirname, "../../docs/deploy/fail2ban-filter.conf"), "utf8");
    const patterns = [...filter.matchAll(/^(?:failregex =|\s+)\s*(\S.*)$/gm)].map(([, pattern = ""]) => pattern);
    expect(patterns.length).toBeGreaterThan(0);
    const address = String.raw`(?<address>[\d.]{7,15}|[\da-fA-F:]+(?:/\d{1,3})?)`;
    const expressions = patterns.map((pattern) => new RegExp(pattern.replace("<SUBNET>", address)));
    await logIn("2001:db8:1:2:3:4:5:6", `${PASSWORD}x`);
    expect((await logIn("198.51.100.20", PASSWORD, "grace@example.com")).status).toBe(200);
    await logged("198.51.100.8");
    const found = harness.logged.flatMap((line) => {
      const text = JSON.stringify(line);
      const match = expressions.map((expression) => expression.exec(text)).find((one) => one !== null);
      return match ? [{ event: line.event, address: match.groups?.address }] : [];
    });
    expect(new Set(found.map(({ event }) => event))).toEqual(new Set(["auth.failed", "auth.limited"]));
    expect(found).toHaveLength(linesOf("auth.failed").length + linesOf("auth.limited").length);
    expect(new Set(found.map(({ address: one }) => one))).toEqual(new Set([attacker, "2001:db8:1:2::/64"]));
  });
});

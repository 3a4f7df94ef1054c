import { afterAll, beforeAll, expect, test } from "vitest";
import { type Harness, startHarness } from "../support/server/harness.ts";
import { sendRaw } from "../support/server/raw.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
});
afterAll(() => harness.close());

const TARGETS = [
  "/%zz",
  "/%00",
  "/%",
  "/..%2f..%2f..%2fetc/passwd",
  "/../../../../etc/passwd",
  "/.env",
  "//evil.example.com/x",
  "/\\..\\..\\x",
  "/assets/%2e%2e/%2e%2e/package.json",
  "/?__proto__[x]=1",
  "/index.html%00.js",
  `/${"a".repeat(8000)}`,
  `/${"%2e%2e/".repeat(200)}`,
  "/trpc/",
  "/trpc/%zz",
  "/trpc/__proto__",
  "/trpc/constructor",
  "/trpc/v1",
  "/trpc/v1.",
  "/trpc/.",
  "/trpc/v1.keys?input=%",
  "/trpc/v1.keys?input={",
  "/trpc/v1.keys?batch=1&input=null",
  "/trpc/v1.keys?batch=1&input=[]",
  '/trpc/v1.keys,v1.keys?batch=1&input={"__proto__":{}}',
  "/trpc/auth.signIn",
  "/trpc/v1.keys?input=%00",
  "/trpc/a,b,c,d?batch=1",
  "/api/%2e%2e/health",
  "/api/../health",
  "/api/v1/%2e%2e/user",
  "/api?x",
  "/health?x=%zz",
  "/health/ready/x",
  "/openapi.json/",
  "/docs/%2e%2e/openapi.json",
  "*",
  "http://x",
  "http://x/api/user",
];

test.each(["GET", "HEAD", "POST", "DELETE"])(
  "answers %s of unexpected paths without 5xx and without another user's data",
  async (method) => {
    for (const target of TARGETS) {
      const length = method === "POST" ? "Content-Length: 0\r\n" : "";
      const answer = await sendRaw(
        harness.url,
        `${method} ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${length}\r\n`,
      );
      expect(answer.status, `${method} ${target.slice(0, 80)}`).toBeGreaterThanOrEqual(200);
      expect(answer.status, `${method} ${target.slice(0, 80)}: ${answer.body.slice(0, 200)}`).toBeLessThan(500);
      expect(answer.body, target).not.toMatch(/root:x:|ENCRYPTION_KEY|"dependencies"|node_modules|at \w+ \(/);
    }
    expect(harness.logged.filter(({ level }) => level === "error")).toEqual([]);
  },
);

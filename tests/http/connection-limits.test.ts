import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { Server } from "node:http";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { createServer } from "@orwatch/server/http/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openLine, startStub } from "../support/openrouter/openrouter.ts";
import { type Harness, request, startHarness } from "../support/server/harness.ts";
import { sendRaw } from "../support/server/raw.ts";

/** Number of connections to open; `npm run prove:limits` opens the full number. */
const FLOOD = Number(process.env.FLOOD ?? 300);
const FLOOD_SCRIPT = path.resolve(import.meta.dirname, "./flood.mjs");

let harness: Harness;
let server: Server;
let port: number;
const children: ChildProcess[] = [];

beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
  server = createServer(harness.server.app, {
    webFolder: "/nowhere",
    version: "0",
    readiness: () => ({ database: true, jobs: true }),
    // Opening more than 1000 connections takes several seconds.
    requestTimeoutMs: FLOOD > 1000 ? 20_000 : 1500,
    connections: { most: FLOOD * 3, mostOfOne: Math.max(100, FLOOD / 10) },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await harness.close();
});

interface Flooded {
  opened: number;
  refused: number;
  closed: number;
  kept: number;
}
async function flood(kind: "idle" | "head" | "body", addresses: number) {
  const child = fork(FLOOD_SCRIPT, [port, FLOOD, addresses, kind].map(String));
  children.push(child);
  const [began] = (await once(child, "message")) as [Flooded];
  return {
    began,
    async end(): Promise<Flooded> {
      child.send("end");
      const [ended] = (await once(child, "message")) as [Flooded];
      return ended;
    },
  };
}

/** Sends a request from another client, with its own address. */
const visit = (where: string, localAddress = "127.0.0.5") =>
  new Promise<number>((resolve, reject) => {
    const req = http.get(
      { port, host: "127.0.0.1", path: where, localAddress, agent: false, timeout: 10_000 },
      (res) => {
        res.resume();
        res.on("end", () => resolve(res.statusCode ?? 0));
      },
    );
    req.on("error", reject);
    req.on("timeout", () => req.destroy(new Error("no answer in 10 s")));
  });

/** Waits until the server has closed all connections. */
async function untilGone(count: () => Promise<number>): Promise<void> {
  for (let turn = 0; (await count()) > 0; turn++) {
    if (turn > 500) throw new Error("the connections are still open");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
const connections = () =>
  new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count ?? 0)));

test.each(["idle", "head", "body"] as const)(
  "closes many connections that never finish (%s) and keeps answering others",
  async (kind) => {
    const addresses = Math.max(4, Math.ceil(FLOOD / 90));
    const { began, end } = await flood(kind, Math.min(addresses, 240));
    expect(began.kept).toBeGreaterThan(FLOOD * 0.9);
    for (let turn = 0; turn < 5; turn++) expect(await visit("/health")).toBe(200);
    expect(await visit("/api/user")).toBe(401);
    await untilGone(connections);
    const { kept } = await end();
    process.stdout.write(`limits: ${began.opened} connections (${kind}), ${kept} left at the end\n`);
    expect(kept).toBe(0);
  },
  120_000,
);

test("limits the connections of one address and still accepts others", async () => {
  const share = Math.max(100, FLOOD / 10);
  const { end } = await flood("head", 1);
  expect(await visit("/health")).toBe(200);
  expect(await connections()).toBeLessThanOrEqual(share + 1);
  await untilGone(connections);
  await end();
}, 60_000);

test("rejects compressed bodies without decompressing them", async () => {
  const user = await harness.createUser();
  const bomb = gzipSync(Buffer.alloc(50_000_000));
  expect(bomb.length).toBeLessThan(64 * 1024);
  for (const encoding of ["gzip", "deflate", "br"])
    for (const [where, expected] of [
      ["/api/tokens", 415],
      ["/trpc/tokens.issue", 400],
    ] as const) {
      const answer = await request(`${harness.url}${where}`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${user.credential}`,
          cookie: `orwatch_session=${user.credential}`,
          "content-type": "application/json",
          "content-encoding": encoding,
        },
        body: bomb,
      });
      expect(answer.status, `${encoding} ${where}`).toBe(expected);
    }
});

test("stops reading a response from OpenRouter that decompresses beyond the limit", async () => {
  const bomb = gzipSync(Buffer.alloc(200_000_000, " "));
  const stub = await startStub((_, res) => res.writeHead(200, { "content-encoding": "gzip" }).end(bomb));
  const line = await openLine({ baseUrl: stub.url, timeoutMs: 10_000 });
  const before = process.memoryUsage().rss;
  const answer = await line.client.getCurrentKey({ secret: "sk-or-v1-x", lane: "x", priority: "person" });
  expect(answer).toMatchObject({ ok: false, reason: "unreadable" });
  expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
  await stub.close();
  await line.close();
});

test("rejects oversized headers with 431 and keeps answering other requests", async () => {
  for (const head of [
    `X-Big: ${"x".repeat(140_000)}\r\n`,
    "X-Many: 1\r\n".repeat(15_000),
    `Cookie: ${"a=b; ".repeat(30_000)}\r\n`,
  ]) {
    const answer = await sendRaw(`http://127.0.0.1:${port}`, `GET /health HTTP/1.1\r\nHost: x\r\n${head}\r\n`);
    expect(answer.status).toBe(431);
    expect(await visit("/health")).toBe(200);
  }
});

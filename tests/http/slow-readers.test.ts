import { mkdirSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import net, { type AddressInfo } from "node:net";
import path from "node:path";
import { createServer } from "@orwatch/server/http/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Harness, request, startHarness } from "../support/server/harness.ts";
import { sendRaw } from "../support/server/raw.ts";

const LARGE = 2_000_000;
const STALL_MS = 1000;

let harness: Harness;
/** An OpenRouter that accepts requests and never answers. */
const silent = net.createServer(() => {});
let server: Server;
let port: number;
const open = new Set<net.Socket>();

beforeAll(async () => {
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const OPENROUTER_API_URL = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  harness = await startHarness({ env: { OPENROUTER_API_URL }, openRouterTimeoutMs: 700 });
  const webFolder = path.join(harness.folder, "web");
  mkdirSync(path.join(webFolder, "assets"), { recursive: true });
  writeFileSync(path.join(webFolder, "index.html"), "<!doctype html>");
  writeFileSync(path.join(webFolder, "assets/large.js"), "x".repeat(LARGE));
  server = createServer(harness.server.app, {
    webFolder,
    version: "0",
    readiness: () => ({ database: true, jobs: true }),
    stallMs: STALL_MS,
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
}, 60_000);
afterAll(async () => {
  for (const socket of open) socket.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await harness.close();
  silent.close();
});

const ask = (where: string, more = "") => `GET ${where} HTTP/1.1\r\nHost: x\r\n${more}\r\n`;

/** Sends a request and never reads the response. */
function askWithoutReading(text: string): Promise<net.Socket> {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1", () => {
      socket.pause();
      socket.write(text);
      resolve(socket);
    });
    socket.on("error", () => {});
    socket.on("close", () => open.delete(socket));
    open.add(socket);
  });
}
const connections = () =>
  new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count ?? 0)));
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test.each(["/assets/large.js", "/docs/swagger-ui-bundle.js", "/redoc/redoc.standalone.js"])(
  "clients that request %s many times without reading share one copy in memory and are disconnected",
  async (where) => {
    const before = process.memoryUsage().arrayBuffers;
    await Promise.all(Array.from({ length: 40 }, () => askWithoutReading(ask(where).repeat(12))));
    let most = 0;
    let left = 40;
    for (let turn = 0; left > 0 && turn < 100; turn++) {
      await pause(100);
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      left = await connections();
    }
    expect(left).toBe(0);
    expect(most).toBeLessThan(40_000_000);
  },
  30_000,
);

test("answers pipelined requests in order", async () => {
  const wheres = ["/health", "/assets/large.js", "/api/user", "/openapi.json", "/health/ready"];
  const answer = await sendRaw(
    `http://127.0.0.1:${port}`,
    [...wheres.map((where) => ask(where)), ask("/nothing.txt", "Connection: close\r\n")].join(""),
  );
  const statuses = [
    answer.status,
    ...[...answer.body.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status)),
  ];
  expect(statuses).toEqual([200, 200, 401, 200, 200, 404]);
});

test("closes a connection with too many pipelined requests", async () => {
  const socket = await askWithoutReading(ask("/assets/large.js").repeat(40));
  let bytes = 0;
  socket.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
  });
  socket.resume();
  await new Promise((resolve) => socket.once("close", resolve));
  expect(bytes).toBeLessThan(40 * LARGE);
});

test("a slow reader receives the whole file", async () => {
  const socket = await askWithoutReading(ask("/assets/large.js", "Connection: close\r\n"));
  let bytes = 0;
  socket.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    socket.pause();
    setTimeout(() => socket.resume(), 60);
  });
  socket.resume();
  await new Promise((resolve) => socket.once("close", resolve));
  expect(bytes).toBeGreaterThan(LARGE);
}, 30_000);

test("does not disconnect a request that is slow to process", async () => {
  const user = await harness.createUser();
  const started = performance.now();
  const answer = await request(`http://127.0.0.1:${port}/api/keys`, {
    method: "POST",
    headers: { authorization: `Bearer ${user.credential}`, "content-type": "application/json" },
    body: JSON.stringify({ name: "k", key: "sk-or-v1-nobody-answers" }),
  });
  expect([answer.status, answer.body.status]).toEqual([201, "unverified"]);
  expect(performance.now() - started).toBeGreaterThan(2 * STALL_MS);
}, 30_000);

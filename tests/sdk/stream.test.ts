import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createClient } from "../../packages/sdk/src/index.ts";
import { type BadServer, half, json, startBadServer } from "./bad-server.ts";
import { failureOf, MARCH } from "./sdk-scenario.ts";

let server: BadServer;
beforeAll(async () => {
  server = await startBadServer();
});
afterAll(() => server.close());

const open = (options: { timeoutMs?: number; idleTimeoutMs?: number; signal?: AbortSignal } = {}) =>
  createClient({ baseUrl: server.url, token: "or_api_test", maxRetries: 0 }).usage.export(MARCH, options).toStream();

test("throws a ConnectionError after the data received when a stream breaks off", async () => {
  server.answer(half("date,model\r\n", { isCut: true, type: "text/csv" }));
  const reader = (await open()).getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe("date,model\r\n");
  expect(await failureOf(reader.read())).toMatchObject({ name: "ConnectionError", requestId: "r-half" });
});

test("throws a TimeoutError when a stream stalls, but not while the caller does not read", async () => {
  server.answer(half("a", { isCut: false, type: "text/csv" }));
  const stream = await open({ timeoutMs: 150 });
  await new Promise((resolve) => setTimeout(resolve, 400));
  const reader = stream.getReader();
  expect((await reader.read()).value).toHaveLength(1);
  expect(await failureOf(reader.read())).toMatchObject({ name: "TimeoutError", requestId: "r-half", timeoutMs: 150 });
});

test("throws a TimeoutError and closes the connection when a stream is not read", async () => {
  const closed = new Promise<void>((resolve) => {
    server.answer((req, res) => {
      res.on("close", resolve);
      half("a", { isCut: false, type: "text/csv" })(req, res);
    });
  });
  const stream = await open({ idleTimeoutMs: 50 });
  await closed;
  expect(await failureOf(stream.getReader().read())).toMatchObject({
    name: "TimeoutError",
    timeoutMs: 50,
    requestId: "r-half",
    message: expect.stringMatching(/was not read/),
  });
});

test("writes a file that has its name only when it is complete", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "sdk-file-"));
  const target = path.join(folder, "usage.csv");
  const client = createClient({ baseUrl: server.url, token: "or_api_test", maxRetries: 0 });
  try {
    server.answer(half("date,mod", { isCut: true, type: "text/csv" }));
    expect(await failureOf(client.usage.export(MARCH).toFile(target))).toMatchObject({
      name: "ConnectionError",
      requestId: "r-half",
    });
    expect(readdirSync(folder)).toEqual([]);
    server.answer((_req, res) => {
      res.writeHead(200, { "Content-Type": "text/csv" });
      res.write("date,model\r\n", () => res.end("2026-03-01,x\r\n"));
    });
    await client.usage.export(MARCH).toFile(target);
    expect(readdirSync(folder)).toEqual(["usage.csv"]);
    expect(readFileSync(target, "utf8")).toBe("date,model\r\n2026-03-01,x\r\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("throws a ValidationError for a file in a browser", async () => {
  vi.stubGlobal("process", undefined);
  const client = createClient({ baseUrl: server.url, token: "or_api_test" });
  const failure = await failureOf(client.usage.export(MARCH).toFile("usage.csv"));
  vi.unstubAllGlobals();
  expect(failure).toMatchObject({ name: "ValidationError", issues: [{ path: "path" }] });
});

test("Node's functions read a stream", async () => {
  server.answer(json(200, [1, 2]));
  const client = createClient({ baseUrl: server.url, token: "or_api_test" });
  const stream = await client.usage.export({ ...MARCH, format: "json" }).toStream();
  expect(JSON.parse((await Readable.fromWeb(stream).toArray()).map(String).join(""))).toEqual([1, 2]);
});

test("an abort stops a stream", async () => {
  server.answer(half("a", { isCut: false, type: "text/csv" }));
  const controller = new AbortController();
  const reader = (await open({ signal: controller.signal })).getReader();
  await reader.read();
  const failure = failureOf(reader.read());
  controller.abort(new Error("enough"));
  expect((await failure).message).toBe("enough");
});

test("closes the connection when the caller stops reading", async () => {
  let closed = () => {};
  const isClosed = new Promise<void>((resolve) => {
    closed = resolve;
  });
  server.answer((_req, res) => {
    res.on("close", closed);
    res.writeHead(200, { "Content-Type": "text/csv" });
    const write = () => {
      if (!res.destroyed) res.write("x".repeat(10_000), () => setTimeout(write, 1));
    };
    write();
  });
  for await (const _ of await open()) break;
  await isClosed;
});

test("an empty response is an empty stream", async () => {
  server.answer((_req, res) => void res.writeHead(200, { "Content-Type": "text/csv; charset=utf-8" }).end());
  expect(await new Response(await open()).text()).toBe("");
});

test("sends a request with every filter only when an export is read", async () => {
  server.answer(json(200, []));
  const client = createClient({ baseUrl: `${server.url}/orwatch/`, token: "or_api_test", maxRetries: 0 });
  const file = client.usage.export({ ...MARCH, api_key_id: [1, 2], model: ["a&b", "c d"], format: "json" });
  expect(server.requests).toEqual([]);
  await (await file.toStream()).cancel();
  expect(server.requests).toEqual([
    "/orwatch/api/v1/usage/export.json?start_date=2026-03-01&end_date=2026-03-20&api_key_id=1&api_key_id=2&model=a%26b&model=c+d",
  ]);
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { createClient } from "../../packages/sdk/src/index.ts";
import { type BadServer, half, json, startBadServer } from "./bad-server.ts";
import { failureOf, MARCH } from "./sdk-scenario.ts";

let server: BadServer;
beforeAll(async () => {
  server = await startBadServer();
});
afterAll(() => server.close());

const open = (options: { timeoutMs?: number; signal?: AbortSignal } = {}) =>
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
    "/orwatch/api/v1/usage/export?format=json&start_date=2026-03-01&end_date=2026-03-20&api_key_id=1&api_key_id=2&model=a%26b&model=c+d",
  ]);
});

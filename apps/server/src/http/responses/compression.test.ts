import { createServer, type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chooseEncoding, packAtEnd } from "./compression.ts";

test.each([
  ["gzip, deflate, br, zstd", "br"],
  ["gzip, deflate", "gzip"],
  ["br", "br"],
  ["BR;Q=1", "br"],
  ["gzip;q=1.0, br;q=0.2", "gzip"],
  ["br;q=0, gzip", "gzip"],
  ["br;q=0,gzip;q=0", null],
  ["*", "br"],
  ["*;q=0", null],
  ["br;q=0, *", "gzip"],
  ["identity, br;q=0.5", null],
  ["identity;q=0, gzip", "gzip"],
  ["deflate, zstd", null],
  ["brotli, x-gzip", null],
  ["", null],
  [undefined, null],
  [" ; ;,,q=1", null],
  ["gzip;q=nonsense", "gzip"],
])("answers Accept-Encoding %s with %s", (header, encoding) => {
  expect(chooseEncoding(header)).toBe(encoding);
});

const LONG = JSON.stringify(Array.from({ length: 300 }, (_, index) => ({ model: "openai/gpt-5-mini", index })));
const SHORT = JSON.stringify({ ok: true });

const server = createServer((req, res) => {
  packAtEnd(req, res);
  res.setHeader("Vary", "trpc-accept");
  const text = req.url === "/short" ? SHORT : LONG;
  // As tRPC writes: in bytes, and the end without any.
  res.write(Buffer.from(text.slice(0, 7)));
  res.write(text.slice(7));
  res.end();
});
beforeAll(() => new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve)));
afterAll(() => server.close());

const ask = (path: string, encoding: string) =>
  new Promise<{ headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    request({ port, host: "127.0.0.1", path, headers: { "accept-encoding": encoding } }, (res) => {
      const parts: Buffer[] = [];
      res.on("data", (part: Buffer) => parts.push(part));
      res.on("end", () => resolve({ headers: res.headers, body: Buffer.concat(parts) }));
    })
      .on("error", reject)
      .end();
  });

test("compresses a long response as the client accepts and sets its length", async () => {
  const [br, gzip, plain] = await Promise.all([ask("/", "gzip, br"), ask("/", "gzip"), ask("/", "identity")]);
  expect([br, gzip, plain].map(({ headers }) => headers["content-encoding"])).toEqual(["br", "gzip", undefined]);
  expect(brotliDecompressSync(br.body).toString()).toBe(LONG);
  expect(gunzipSync(gzip.body).toString()).toBe(LONG);
  expect(plain.body.toString()).toBe(LONG);
  for (const { headers, body } of [br, gzip, plain]) {
    expect(Number(headers["content-length"])).toBe(body.length);
    expect(headers.vary).toBe("trpc-accept, Accept-Encoding");
  }
  expect(br.body.length).toBeLessThan(LONG.length / 10);
});

test("does not compress a short response", async () => {
  const { headers, body } = await ask("/short", "br");
  expect(headers["content-encoding"]).toBeUndefined();
  expect(body.toString()).toBe(SHORT);
});

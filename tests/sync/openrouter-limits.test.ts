import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { as, type Line, listEveryKey, openLine, type Stub, startStub } from "../support/openrouter/openrouter.ts";

const CALLER = { secret: "sk-or-v1-x", lane: "x", priority: "job" } as const;
const MARCH = { keyHash: "h", from: "2026-03-01", through: "2026-03-10", byModel: true };
const MIB = 1024 * 1024;

let line: Line;
const stubs: Stub[] = [];
beforeEach(async () => {
  line = await openLine({ timeoutMs: 20_000, random: () => 0.5 });
});
afterEach(async () => {
  await line.close();
  for (const stub of stubs.splice(0)) await stub.close();
});

const issues = () =>
  line.logged
    .map((text) => JSON.parse(text))
    .filter(({ event }) => event === "openrouter.unreadable")
    .map(({ issue }) => issue);

test.each([
  ["empty-rows", 1 * MIB],
  ["empty-rows", 4 * MIB],
  ["packed-empty-rows", 4 * MIB],
] as const)("rejects %s of %d bytes before parsing", async (kind, bytes) => {
  const manager = line.sim.ledger.addManagementKey(line.sim.ledger.addAccount().id);
  line.sim.faults.add({ kind, bytes, match: { path: "/analytics/query" } });
  const known = issues().length;
  expect(await line.client.queryAnalytics(as(manager), MARCH)).toMatchObject({ ok: false, reason: "unreadable" });
  // Three tries. Values are counted before the text is parsed.
  expect(issues().slice(known)).toEqual(Array(3).fill("too many values"));
});

test("does not decompress a compression bomb", async () => {
  const manager = line.sim.ledger.addManagementKey(line.sim.ledger.addAccount().id);
  line.sim.faults.add({ kind: "packed-empty-rows", bytes: 32 * MIB });
  for (const answer of [
    await line.client.queryAnalytics(as(manager), MARCH),
    await line.client.listActivity(as(manager), "h"),
    await line.client.getCurrentKey(as(manager)),
    await line.client.getCredits(as(manager)),
    await line.client.findKey(as(manager), "h"),
    await listEveryKey(line.client, as(manager)),
  ])
    expect(answer).toMatchObject({
      ok: false,
      reason: "unreadable",
      problem: { code: "openrouter_response_too_large" },
    });
}, 30_000);

test("stops reading at the first invalid row", async () => {
  const manager = line.sim.ledger.addManagementKey(line.sim.ledger.addAccount().id);
  line.sim.faults.add({ kind: "empty-rows", bytes: 15_000, match: { path: "/analytics/query" } });
  expect(await line.client.queryAnalytics(as(manager), MARCH)).toMatchObject({ reason: "unreadable" });
  expect(issues()).toHaveLength(3);
  expect(issues()[0]).toMatch(/^row 0: /);
});

test("rejects an answer with more rows than requested", async () => {
  const row = { date__day: "2026-03-09", model: "a/b", credits_usage: 1, request_count: "1" };
  let count = 10_000;
  const stub = await startStub((_, res) =>
    res.end(JSON.stringify({ data: { data: Array(count).fill(row), metadata: { truncated: false } } })),
  );
  stubs.push(stub);
  const other = await openLine({ baseUrl: stub.url });
  expect(await other.client.queryAnalytics(CALLER, MARCH)).toMatchObject({ ok: true });
  count += 1;
  expect(await other.client.queryAnalytics(CALLER, MARCH)).toMatchObject({ ok: false, reason: "unreadable" });
  await other.close();
}, 20_000);

test("limits the size of a single object, compressed or not", async () => {
  const pad = (bytes: number) => JSON.stringify({ data: { usage: 1, usage_daily: 1, note: "x".repeat(bytes) } });
  let send: { body: string | Buffer; encoding?: string } = { body: "" };
  const stub = await startStub((_, res) => {
    if (send.encoding) res.setHeader("content-encoding", send.encoding);
    res.end(send.body);
  });
  stubs.push(stub);
  const other = await openLine({ baseUrl: stub.url });
  send = { body: pad(32_000) };
  expect(await other.client.getCurrentKey(CALLER)).toMatchObject({ ok: true });
  send = { body: gzipSync(pad(200_000)), encoding: "gzip" };
  expect(await other.client.getCurrentKey(CALLER)).toMatchObject({ ok: true });
  for (const large of [{ body: pad(80_000) }, { body: gzipSync(pad(300_000)), encoding: "gzip" }]) {
    send = large;
    expect(await other.client.getCurrentKey(CALLER)).toMatchObject({ ok: false, reason: "unreadable" });
  }
  await other.close();
});

test("uses the status of an error however long its body is", async () => {
  const stub = await startStub((_, res) => {
    res.writeHead(401);
    const more = () => {
      while (!res.destroyed && res.write(Buffer.alloc(65_536, "x")));
      if (!res.destroyed) res.once("drain", more);
    };
    more();
  });
  stubs.push(stub);
  const other = await openLine({ baseUrl: stub.url });
  expect(await other.client.getCurrentKey(CALLER)).toMatchObject({ ok: false, reason: "unauthorized", status: 401 });
  await other.close();
});

test("rejects deeply nested lists", async () => {
  const stub = await startStub((_, res) => res.end("[".repeat(2 * MIB)));
  stubs.push(stub);
  const other = await openLine({ baseUrl: stub.url });
  expect(await other.client.queryAnalytics(CALLER, MARCH)).toMatchObject({ ok: false, reason: "unreadable" });
  await other.close();
});

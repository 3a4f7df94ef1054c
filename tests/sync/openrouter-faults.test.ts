import { gzipSync } from "node:zlib";
import { message } from "@orwatch/messages/message";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { as, type Line, openLine, type Stub, startStub } from "../support/openrouter/openrouter.ts";

let line: Line;
const stubs: Stub[] = [];
beforeEach(async () => {
  line = await openLine({ timeoutMs: 150, random: () => 0.5 });
});
afterEach(async () => {
  await line.close();
  for (const stub of stubs.splice(0)) await stub.close();
});

const usd = (dollars: number) => BigInt(Math.round(dollars * 1e9));

function makeKey() {
  const account = line.sim.ledger.addAccount({ creditsNanos: usd(10) });
  return line.sim.ledger.addKey(account.id, { name: "app" });
}

test.each([
  ["429", message("openrouter_rate_limited", {})],
  ["429-no-retry-after", message("openrouter_rate_limited", {})],
  ["500", message("openrouter_server_error", { status: 500 })],
  ["502-html", message("openrouter_server_error", { status: 502 })],
  ["503", message("openrouter_server_error", { status: 503 })],
  ["529", message("openrouter_server_error", { status: 529 })],
  ["408", message("openrouter_request_timeout", {})],
  ["timeout", message("openrouter_no_response", { seconds: 0 })],
  ["cut", message("openrouter_unreachable", {})],
  ["truncated-body", message("openrouter_unreachable", {})],
  ["half-json", message("openrouter_unreadable", {})],
  ["html-200", message("openrouter_web_page", { status: 200 })],
  ["empty-object", message("openrouter_unreadable", {})],
] as const)(
  "a request with the fault %s fails after three tries and succeeds when the third succeeds",
  async (kind, problem) => {
    const key = makeKey();
    line.sim.faults.add({ kind, times: 3 });
    const failed = await line.client.getCurrentKey(as(key));
    expect(failed).toMatchObject({ ok: false, problem });
    expect(["unreachable", "unreadable"]).toContain(failed.ok ? "" : failed.reason);
    expect(line.sim.requestCount("/key")).toBe(3);
    line.sim.faults.add({ kind, times: 2 });
    expect(await line.client.getCurrentKey(as(key))).toMatchObject({ ok: true });
    expect(line.sim.requestCount("/key")).toBe(6);
    expect(line.logged.join("")).not.toContain(key.secret);
  },
);

test.each([
  ["401", "unauthorized", 401],
  ["403", "forbidden", 403],
] as const)("does not retry %s", async (kind, reason, status) => {
  const key = makeKey();
  line.sim.faults.add({ kind });
  expect(await line.client.getCurrentKey(as(key))).toMatchObject({ ok: false, reason, status });
  expect(line.sim.requestCount()).toBe(1);
  expect(line.waits).toEqual([]);
});

test("does not retry 404 and 400, also in the validator's envelope", async () => {
  const account = line.sim.ledger.addAccount();
  const manager = line.sim.ledger.addManagementKey(account.id);
  expect(await line.client.findKey(as(manager), "0".repeat(64))).toMatchObject({ ok: false, reason: "missing" });
  for (const badRequests of ["error", "zod"] as const) {
    line.sim.options.badRequests = badRequests;
    const tooLong = { keyHash: "0".repeat(64), from: "2020-01-01", through: "2026-03-10", byModel: true };
    expect(await line.client.queryAnalytics(as(manager), tooLong)).toMatchObject({
      ok: false,
      reason: "rejected",
      status: 400,
    });
  }
  expect(line.sim.requestCount()).toBe(3);
});

test("reports a refused connection after three tries", async () => {
  const key = makeKey();
  await line.sim.close();
  expect(await line.client.getCurrentKey(as(key))).toMatchObject({
    reason: "unreachable",
    status: null,
    problem: { code: "openrouter_unreachable" },
  });
  expect(line.waits).toEqual([1000, 2000]);
});

test("retries 429 without Retry-After after 1 s and 2 s with up to half of jitter", async () => {
  const key = makeKey();
  line.sim.faults.add({ kind: "429-no-retry-after" });
  await line.client.getCurrentKey(as(key));
  expect(line.waits).toEqual([1000, 2000]);
  for (const chance of [0, 0.999]) {
    const other = await openLine({ random: () => chance, baseUrl: line.sim.url });
    await other.client.getCurrentKey(as(key));
    expect(other.waits).toEqual([1000 * (0.5 + chance), 2000 * (0.5 + chance)]);
    await other.close();
  }
});

test("waits for the Retry-After of a 429 in seconds, never above 60 s", async () => {
  const key = makeKey();
  line.sim.faults.add({ kind: "429", retryAfterS: 7, times: 1 });
  line.sim.faults.add({ kind: "503", retryAfterS: 86_400, times: 1 });
  expect(await line.client.getCurrentKey(as(key))).toMatchObject({ ok: true });
  expect(line.waits).toEqual([7000, 60_000]);
});

test.each([
  ["Tue, 10 Mar 2026 12:00:09 GMT", 9000],
  ["Tue, 10 Mar 2026 18:00:00 GMT", 60_000],
  ["Tue, 10 Mar 2026 11:00:00 GMT", 1000],
  ["soon", 1000],
  ["1.5", 1000],
  ["-5", 1000],
  ["0", 1000],
  ["99999999999999999999", 60_000],
])("waits for the Retry-After %s %d ms", async (value, ms) => {
  const stub = await startStub((_, res) =>
    res.writeHead(429, { date: "Tue, 10 Mar 2026 12:00:00 GMT", "retry-after": value }).end(),
  );
  stubs.push(stub);
  const other = await openLine({ baseUrl: stub.url, random: () => 0.5 });
  await other.client.getCurrentKey({ secret: "sk-or-v1-x", lane: "x", priority: "job" });
  expect(other.waits[0]).toBe(ms);
  await other.close();
});

test("does not follow a redirect with the key", async () => {
  const thief = await startStub((_, res) => res.end("thank you"));
  stubs.push(thief);
  const key = makeKey();
  line.sim.faults.add({ kind: "redirect", location: `${thief.url}/key` });
  expect(await line.client.getCurrentKey(as(key))).toMatchObject({ ok: false, reason: "unreachable", status: 302 });
  expect(thief.seen).toEqual([]);
});

test("aborts an endless answer, and one that stalls at the timeout", async () => {
  const endless = await startStub((_, res) => {
    const chunk = Buffer.alloc(1024 * 1024, "x");
    const more = () => {
      while (!res.destroyed && res.write(chunk));
      if (!res.destroyed) res.once("drain", more);
    };
    more();
  });
  const stalling = await startStub((_, res) => void res.write('{"data":'));
  stubs.push(endless, stalling);
  for (const { url } of [endless, stalling]) {
    const other = await openLine({ baseUrl: url, timeoutMs: url === endless.url ? 5000 : 100 });
    const answer = await other.client.getCurrentKey({ secret: "sk-or-v1-x", lane: "x", priority: "job" });
    expect(answer).toMatchObject({ ok: false, reason: url === endless.url ? "unreadable" : "unreachable" });
    await other.close();
  }
}, 30_000);

const CALLER = { secret: "sk-or-v1-x", lane: "x", priority: "job" } as const;
const CREDITS = JSON.stringify({ data: { total_credits: 10, total_usage: 2.5 } });

test("decompresses an answer up to its size limit", async () => {
  const bomb = gzipSync(Buffer.alloc(1024 * 1024, " "));
  const stub = await startStub((_, res, turn) => {
    res.setHeader("content-encoding", "gzip");
    res.end(turn === 1 ? gzipSync(CREDITS) : bomb);
  });
  stubs.push(stub);
  const other = await openLine({ baseUrl: stub.url });
  expect(await other.client.getCredits(CALLER)).toMatchObject({ ok: true, data: { total: usd(10), used: usd(2.5) } });
  expect(await other.client.getCredits(CALLER)).toMatchObject({ ok: false, reason: "unreadable" });
  await other.close();
}, 20_000);

test("a kept-alive connection closed by the server does not count as a try", async () => {
  const stub = await startStub((req, res) => {
    res.end(CREDITS);
    // Closed silently: only the next request notices.
    if (stub.seen.length % 2 === 1) req.socket.prependOnceListener("data", () => req.socket.resetAndDestroy());
  });
  stubs.push(stub);
  const other = await openLine({ baseUrl: stub.url });
  for (let turn = 0; turn < 6; turn += 1) expect(await other.client.getCredits(CALLER)).toMatchObject({ ok: true });
  expect(other.waits).toEqual([]);
  await other.close();
});

test("treats a protocol upgrade as a failed request", async () => {
  const stub = await startStub((_, res) => void res.writeHead(101, { connection: "upgrade", upgrade: "x" }).end());
  stubs.push(stub);
  const other = await openLine({ baseUrl: stub.url });
  expect(await other.client.getCredits(CALLER)).toMatchObject({
    ok: false,
    problem: { code: "openrouter_unreachable" },
  });
  await other.close();
});

test("takes the day of an answer from its Date header, or from this machine's clock", async () => {
  const key = makeKey();
  const answer = await line.client.getCurrentKey(as(key));
  expect(answer.ok && answer.date.toISOString()).toBe("2026-03-10T12:00:00.000Z");
  const stub = await startStub((_, res) => {
    res.sendDate = false;
    res.end(JSON.stringify({ data: { usage: 1, usage_daily: 1 } }));
  });
  stubs.push(stub);
  const other = await openLine({ baseUrl: stub.url, sim: { now: "2026-07-01T00:00:00Z" } });
  const undated = await other.client.getCurrentKey({ secret: "sk-or-v1-x", lane: "x", priority: "job" });
  expect(undated.ok && undated.date.toISOString()).toBe("2026-07-01T00:00:00.000Z");
  await other.close();
});

test("runs two requests at a time per account, users before jobs, without a 429 in two hundred", async () => {
  const account = line.sim.ledger.addAccount();
  const manager = line.sim.ledger.addManagementKey(account.id);
  line.sim.options.latencyMs = 2;
  const query = { keyHash: manager.hash, from: "2026-03-01", through: "2026-03-10", byModel: true };
  const ask = (priority: "person" | "job") => line.client.queryAnalytics(as(manager, priority), query);
  const jobs = Array.from({ length: 200 }, () => ask("job"));
  const person = line.client.findKey(as(manager, "person"), "0".repeat(64));
  await person;
  expect(line.sim.requestCount()).toBeLessThan(8);
  const answers = await Promise.all(jobs);
  expect(answers.filter(({ ok }) => ok)).toHaveLength(200);
  expect(line.sim.requests.filter(({ status }) => status === 429)).toEqual([]);
  expect(line.sim.maxInFlight(account.id)).toBe(2);
  process.stdout.write(`pace: ${line.sim.requestCount()} requests over HTTP, ${line.waits.length} waits\n`);
});

test("after the shutdown signal no request waits for an answer, a turn or a retry", async () => {
  const stopping = new AbortController();
  const other = await openLine({ timeoutMs: 20_000, signal: stopping.signal });
  const account = other.sim.ledger.addAccount();
  const key = other.sim.ledger.addKey(account.id);
  other.sim.faults.add({ kind: "timeout" });
  const all = Array.from({ length: 100 }, () => other.client.getCurrentKey(as(key, "job")));
  await vi.waitFor(() => expect(other.sim.requestCount()).toBe(2), { timeout: 10_000 });
  stopping.abort();
  for (const answer of await Promise.all(all))
    expect(answer).toMatchObject({
      reason: "unreachable",
      problem: { code: "sync_interrupted" },
    });
  expect(other.sim.requestCount()).toBe(2);
  expect(await other.client.getCurrentKey(as(key))).toMatchObject({ ok: false, reason: "unreachable" });
  expect(other.sim.requestCount()).toBe(2);
  await other.close();
});

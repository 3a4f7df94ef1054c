import { afterEach, beforeEach, expect, test } from "vitest";
import type { LedgerKey } from "../ledger/types.ts";
import { type Sim, startSim } from "../sim.ts";
import { ask } from "../test-support.ts";

let sim: Sim;
let key: LedgerKey;

beforeEach(async () => {
  sim = await startSim({ now: "2026-11-20T12:00:00Z", seed: 1 });
  key = sim.ledger.addKey(sim.ledger.addAccount().id);
});

afterEach(() => sim.close());

const get = (path = "/key") => ask(sim, path, key.secret);

test("a fault applies as often as configured and only to matching requests", async () => {
  const other = sim.ledger.addKey(key.accountId);
  sim.faults.add({ match: { path: "/key", keyHash: key.hash }, kind: "500", times: 2 });
  expect((await ask(sim, "/key", other.secret)).status).toBe(200);
  expect((await get("/models")).status).toBe(200);
  expect([(await get()).status, (await get()).status, (await get()).status]).toEqual([500, 500, 200]);
});

test("a fault can be removed", async () => {
  const remove = sim.faults.add({ match: { path: /^\/ke/g }, kind: "503", retryAfterS: 3 });
  expect((await get()).headers.get("retry-after")).toBe("3");
  expect((await get()).status).toBe(503);
  remove();
  expect((await get()).status).toBe(200);
});

test("answers 429 with and without a time to wait", async () => {
  sim.faults.add({ kind: "429", retryAfterS: 7, times: 1 });
  sim.faults.add({ kind: "429-no-retry-after", times: 1 });
  const [first, second] = [await get(), await get()];
  expect([first.status, first.headers.get("retry-after")]).toEqual([429, "7"]);
  expect([second.status, second.headers.get("retry-after")]).toEqual([429, null]);
});

test("answers can be HTML, incomplete, useless or a redirect", async () => {
  for (const kind of ["502-html", "html-200", "half-json", "empty-object", "redirect"] as const) {
    sim.faults.add({ kind, times: 1 });
  }
  const bad = await get();
  expect([bad.status, bad.headers.get("content-type"), bad.body]).toEqual([502, "text/html; charset=utf-8", null]);
  expect(await get()).toMatchObject({ status: 200, body: null });
  const half = await get();
  expect([half.status, half.headers.get("content-type"), half.body]).toEqual([200, "application/json", null]);
  expect((await get()).body).toEqual({});
  expect(await get()).toMatchObject({ status: 302 });
});

test("a connection can be cut before or during the answer", async () => {
  sim.faults.add({ kind: "cut", times: 1 });
  await expect(get()).rejects.toThrow();
  sim.faults.add({ kind: "truncated-body", times: 1 });
  await expect(get()).rejects.toThrow();
  expect((await get()).status).toBe(200);
});

test("a request can hang until the client times out", async () => {
  sim.faults.add({ kind: "timeout", times: 1 });
  const signal = AbortSignal.timeout(50);
  await expect(fetch(`${sim.url}/key`, { signal })).rejects.toThrow(/timeout|abort/i);
  expect(sim.requests.at(-1)?.status).toBeNull();
});

test("a seed makes randomness repeatable", async () => {
  const outcomes = async () => {
    const own = await startSim({ seed: 5 });
    own.faults.add({ kind: "500", probability: 0.5 });
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++) statuses.push((await ask(own, "/models", null)).status);
    await own.close();
    return statuses;
  };
  const first = await outcomes();
  expect(new Set(first)).toEqual(new Set([200, 500]));
  expect(await outcomes()).toEqual(first);
});

test("logs and counts every request without the secret, and forgets them on demand", async () => {
  await get("/key?x=1");
  await ask(sim, "/analytics/query", key.secret, { metrics: ["request_count"] });
  expect(sim.requests).toMatchObject([
    { method: "GET", path: "/key", query: { x: "1" }, keyHash: key.hash, accountId: key.accountId, status: 200 },
    { method: "POST", path: "/analytics/query", body: { metrics: ["request_count"] }, status: 403 },
  ]);
  expect(JSON.stringify(sim.requests)).not.toContain(key.secret);
  expect([sim.requestCount(), sim.requestCount("/key")]).toEqual([2, 1]);
  sim.clearRequests();
  expect([sim.requests.length, sim.requestCount()]).toEqual([0, 0]);
});

test("records the most parallel requests per account and key", async () => {
  sim.options.latencyMs = 30;
  const other = sim.ledger.addKey(key.accountId);
  await Promise.all([get(), get(), ask(sim, "/key", other.secret)]);
  await get();
  expect([sim.maxInFlight(key.accountId), sim.maxInFlight(key.hash), sim.maxInFlight(other.hash)]).toEqual([3, 2, 1]);
});

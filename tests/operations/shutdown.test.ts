import { runJobNow } from "@orwatch/server/jobs/service";
import { GRACE_MS } from "@orwatch/server/start";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Caller, type Harness, settle, startHarness } from "../support/server/harness.ts";

const KEYS = 20;

let harness: Harness;
let user: Caller;
beforeEach(async () => {
  harness = await startHarness({ env: { MAX_API_KEYS_PER_USER: "50" }, openRouterTimeoutMs: 30_000 });
  user = await harness.createUser();
});
afterEach(() => harness.close());

async function addKeys(count: number): Promise<void> {
  const { ledger } = harness.sim;
  for (let n = 0; n < count; n += 1) {
    const key = ledger.addKey(ledger.addAccount().id, { name: `key ${n}` });
    expect((await user.post("/api/keys", { name: key.name, key: key.secret })).status).toBe(201);
  }
  await settle(harness);
}

const syncs = () => harness.sim.requests.filter(({ path }) => path === "/key").length;

test("waits for keys being synced, skips the others, and syncs them at the next start", async () => {
  await addKeys(KEYS);
  const before = syncs();
  harness.sim.options.latencyMs = 400;
  void runJobNow(harness.server.app, "sync");
  while (syncs() === before) await new Promise((resolve) => setTimeout(resolve, 5));
  await harness.stop();
  const asked = syncs() - before;
  expect(asked).toBeGreaterThan(0);
  expect(asked).toBeLessThan(KEYS);
  harness.sim.options.latencyMs = 0;
  await harness.restart();
  const run = await harness.server.app.db.prisma.jobRun.findFirst({ where: { job: "sync" } });
  expect(run).toMatchObject({ outcome: "interrupted", error: expect.stringContaining("job_interrupted") });
  expect(JSON.parse(run?.counts ?? "{}")).toMatchObject({ keys: asked, failed: 0 });
});

test("aborts work that takes longer than 10 s and closes everything", async () => {
  expect(GRACE_MS).toBe(10_000);
  await harness.close();
  const [graceMs, openRouterTimeoutMs] = [1000, 30_000];
  harness = await startHarness({ openRouterTimeoutMs, graceMs });
  user = await harness.createUser();
  await addKeys(1);
  harness.sim.faults.add({ match: { path: "/key" }, kind: "timeout", times: 100 });
  const keyId = (await user.get("/api/keys")).body.items[0].id as number;
  const before = syncs();
  const waiting = user.post(`/api/keys/${keyId}/sync`).catch((error) => error);
  const job = runJobNow(harness.server.app, "validate");
  await vi.waitFor(() => expect(syncs()).toBe(before + 2), { timeout: 10_000 });
  const started = performance.now();
  await harness.stop();
  const took = performance.now() - started;
  expect(took).toBeGreaterThan(0.95 * graceMs);
  expect(took).toBeLessThan(openRouterTimeoutMs);
  await Promise.all([waiting, job]);
  harness.sim.faults.clear();
  await harness.restart();
  expect((await user.post(`/api/keys/${keyId}/sync`)).body).toMatchObject({ status: "ok" });
}, 60_000);

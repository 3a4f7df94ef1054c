import { afterAll, beforeAll, expect, test } from "vitest";
import { createClient } from "../../packages/sdk/src/index.ts";
import { type Bench, settle, startBench } from "../support/harness.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({ sim: { now: "2026-03-10T12:00:00Z" } });
});
afterAll(() => bench.close());

test("a key goes in and its usage comes out", async () => {
  const account = bench.sim.ledger.addAccount();
  const key = bench.sim.ledger.addKey(account.id, { name: "app" });
  const manager = bench.sim.ledger.addManagementKey(account.id, { name: "manager" });
  bench.sim.ledger.spend(new Date("2026-03-09T10:00:00Z"), key, "openai/gpt-5", { costNanos: 2_835n });
  const user = await bench.createUser();
  expect((await user.post("/api/keys", { name: "manager", key: manager.secret })).status).toBe(201);
  expect((await user.post("/api/keys", { name: "app", key: key.secret })).status).toBe(201);
  await settle(bench);
  const dashboard = await user.get("/api/stats/dashboard");
  expect(dashboard.body.summary.total_cost).toBe("0.000002835");
  const { token } = (await user.post("/api/tokens", { name: "smoke" })).body;
  const client = createClient({ baseUrl: bench.url, token });
  expect((await client.stats.get()).summary.total_cost).toBe("0.000002835");
});

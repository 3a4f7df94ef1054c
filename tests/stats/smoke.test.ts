import { afterAll, beforeAll, expect, test } from "vitest";
import { createClient } from "../../packages/sdk/src/index.ts";
import { type Harness, settle, startHarness } from "../support/server/harness.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
});
afterAll(() => harness.close());

test("an added key shows its usage", async () => {
  const account = harness.sim.ledger.addAccount();
  const key = harness.sim.ledger.addKey(account.id, { name: "app" });
  const manager = harness.sim.ledger.addManagementKey(account.id, { name: "manager" });
  harness.sim.ledger.spend(new Date("2026-03-09T10:00:00Z"), key, "openai/gpt-5", { costNanos: 2_835n });
  const user = await harness.createUser();
  expect((await user.post("/api/keys", { name: "manager", key: manager.secret })).status).toBe(201);
  expect((await user.post("/api/keys", { name: "app", key: key.secret })).status).toBe(201);
  await settle(harness);
  const dashboard = await user.get("/api/stats/dashboard");
  expect(dashboard.body.summary.total_cost).toBe("0.000002835");
  const { token } = (await user.post("/api/tokens", { name: "smoke" })).body;
  const client = createClient({ baseUrl: harness.url, token });
  expect((await client.stats.get()).summary.total_cost).toBe("0.000002835");
});

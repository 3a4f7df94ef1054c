import { usd } from "@orwatch/openrouter-sim";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRemote, type Remote, watchRemote } from "../support/openrouter/openrouter-account.ts";
import { add, busiestMinute, type Scenario, spend, startScenario, syncAt } from "../support/openrouter/scenario.ts";

const KEYS = 24;
const MINUTE_MS = 60_000;

let scenario: Scenario;
let remote: Remote;
beforeAll(async () => {
  scenario = await startScenario("2026-03-10T12:00:00Z", {
    // Not all accounts have an organization, and then nothing in /key says that two keys belong to one account.
    sim: { analyticsPerMinute: 64, creditsLagMs: 0, keyFields: { organization_id: null, creator_user_id: null } },
  });
  remote = createRemote(scenario, usd("100000"));
});
afterAll(() => scenario.harness.close());

test("two users of one OpenRouter account take turns within its request budget", async () => {
  const { harness, user } = scenario;
  const { sim } = harness;
  const keys = Array.from({ length: KEYS }, (_, index) => remote.addKey(`key-${index}`));
  for (const key of keys) spend(scenario, key, "2026-03-09", 1_000n);
  await watchRemote(scenario, remote);
  const second = sim.ledger.addManagementKey(remote.id, { name: "second" });
  await watchRemote(scenario, { ...remote, manager: second }, await harness.createUser());

  for (const key of keys) spend(scenario, key, sim.clock.now().toISOString(), 7n);
  const next = new Date(sim.clock.nowMs() + 60 * MINUTE_MS);
  sim.clearRequests();
  await syncAt(scenario, next);

  const queries = sim.requests.filter(({ path }) => path === "/analytics/query");
  expect(busiestMinute(sim.requests)).toBeLessThanOrEqual(60);
  const turns = queries.map(({ keyHash }) => (keyHash === second.hash ? "second" : "first"));
  expect(turns.filter((turn) => turn === "second").length).toBe(turns.length / 2);
  // Until both are almost finished, neither waits for more than a few requests of the other.
  for (let start = 0; start + 20 <= turns.length - 20; start++) {
    const part = turns.slice(start, start + 20);
    expect(
      part.filter((turn) => turn === "second").length,
      `requests ${start} to ${start + 19}: ${part}`,
    ).toBeGreaterThanOrEqual(4);
    expect(
      part.filter((turn) => turn === "first").length,
      `requests ${start} to ${start + 19}: ${part}`,
    ).toBeGreaterThanOrEqual(4);
  }
  expect((await user.get("/api/accounts")).body.items).toMatchObject([{ keys_total: KEYS, total_error: null }]);
}, 120_000);

test.each([
  ["an account", (other: Scenario, { manager }: Remote) => watchRemote(other, { ...remote, manager })],
  ["a management key", (other: Scenario, { manager }: Remote) => add(other, manager)],
])("requests that check %s before it is added are part of its request budget", async (_, addTo) => {
  const other = await startScenario("2026-03-10T12:00:00Z", {
    sim: { analyticsPerMinute: 64 },
    env: { OPENROUTER_REQUESTS_PER_MINUTE: "10" },
  });
  try {
    const { sim } = other.harness;
    const watched = createRemote(other, usd("100"));
    for (let index = 0; index < KEYS; index++) spend(other, watched.addKey(`key-${index}`), "2026-03-09", 1_000n);
    await addTo(other, watched);
    expect(sim.requests.length).toBeGreaterThan(20);
    expect(busiestMinute(sim.requests)).toBe(10);
  } finally {
    await other.harness.close();
  }
});

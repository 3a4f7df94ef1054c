import { usd } from "@orwatch/openrouter-sim";
import { expect, test } from "vitest";
import { createRemote, watchRemote } from "../support/openrouter/openrouter-account.ts";
import { spend, startScenario } from "../support/openrouter/scenario.ts";

test("breakdowns of a new account are collected as soon as its first sync is complete", async () => {
  const scenario = await startScenario("2026-03-10T12:00:00Z", { sim: { creditsLagMs: 0 }, withJobs: true });
  try {
    const remote = createRemote(scenario, usd("100"));
    spend(scenario, remote.addKey("app"), "2026-03-09", 1_000n);
    const { id } = await watchRemote(scenario, remote);
    // The job starts by itself and may have ended already.
    const countRows = async () => (await scenario.user.get(`/api/accounts/${id}`)).body.breakdown_state.rows;
    await expect.poll(countRows, { timeout: 20_000 }).toBeGreaterThan(0);
  } finally {
    await scenario.harness.close();
  }
});

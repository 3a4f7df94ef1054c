import type { LedgerKey } from "@orwatch/openrouter-sim";
import { runJobNow } from "@orwatch/server/jobs/service";
import { hashKey } from "@orwatch/server/keys/service";
import { afterEach, expect, test } from "vitest";
import { type Scenario, startScenario } from "../support/openrouter/scenario.ts";
import { teamOf } from "../support/users/team.ts";

let scenario: Scenario;
afterEach(() => scenario.harness.close());

/** Stores keys of as many accounts. */
async function storeKeys({ harness, user }: Scenario, count: number): Promise<LedgerKey[]> {
  const { app } = harness.server;
  const teamId = teamOf(app, user.email);
  const keys = Array.from({ length: count }, () => harness.sim.ledger.addKey(harness.sim.ledger.addAccount().id));
  await app.db.prisma.apiKey.createMany({
    data: keys.map(({ secret, name }) => {
      const keyHash = hashKey(secret);
      const keyEncrypted = app.cipher.encrypt(secret, { ownerId: teamId, keyHash });
      return { teamId, name, keyHash, keyEncrypted, label: "-", kind: "inference", status: "valid" };
    }),
  });
  return keys;
}

/** The most keys first requested from OpenRouter in one second of its clock, and the seconds it all took. */
function startsOf({ harness }: Scenario, keys: LedgerKey[]) {
  const first = new Map<string, number>();
  for (const { keyHash, at } of harness.sim.requests)
    if (keyHash !== null && !first.has(keyHash)) first.set(keyHash, Math.floor(new Date(at).getTime() / 1000));
  const seconds = keys.map(({ hash }) => first.get(hash) ?? Number.NaN);
  const counts = seconds.map((second) => seconds.filter((other) => other === second).length);
  return { most: Math.max(...counts), took: Math.max(...seconds) - Math.min(...seconds) };
}

test.each([
  ["sync", "60"],
  ["sync", "5"],
  ["validate", "60"],
] as const)("the job %s with an interval of %s minutes starts one of 40 keys per second", async (job, minutes) => {
  scenario = await startScenario("2026-03-10T12:00:00Z", { env: { SYNC_INTERVAL_MINUTES: minutes } });
  const keys = await storeKeys(scenario, 40);
  await runJobNow(scenario.harness.server.app, job);
  const { most, took } = startsOf(scenario, keys);
  // The clock moves on while started keys are still waiting for OpenRouter; at most eight run at once.
  expect(most).toBeLessThanOrEqual(8);
  expect(took).toBeGreaterThanOrEqual(30);
  expect(took).toBeLessThan(Number(minutes) * 60);
  const [run] = await scenario.harness.server.app.db.prisma.jobRun.findMany();
  expect(JSON.parse(run?.counts ?? "{}")).toMatchObject({ keys: 40 });
});

test("a manual sync does not wait for scheduled syncs", async () => {
  scenario = await startScenario("2026-03-10T12:00:00Z");
  await storeKeys(scenario, 20);
  const before = scenario.harness.sim.clock.nowMs();
  const { items } = (await scenario.user.get("/api/keys?limit=100")).body as { items: { id: number }[] };
  const answers = await Promise.all(items.map(({ id }) => scenario.user.post(`/api/keys/${id}/sync`)));
  expect(answers.map(({ status }) => status)).toEqual(items.map(() => 200));
  expect(scenario.harness.sim.clock.nowMs()).toBe(before);
});

import { type LedgerKey, usd } from "@orwatch/openrouter-sim";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { expectIntact } from "../support/checks/integrity.ts";
import { createRemote, keysByName, type Remote, watchRemote } from "../support/openrouter/openrouter-account.ts";
import { type Scenario, spend, startScenario, syncAt } from "../support/openrouter/scenario.ts";
import { expectAccountExact, expectExact } from "../support/openrouter/truth.ts";

const TODAY = "2026-03-10";
const FREE = "maker/model:free";

let scenario: Scenario;
let remote: Remote;
beforeEach(async () => {
  scenario = await startScenario(`${TODAY}T12:00:00Z`);
  remote = createRemote(scenario, usd("1000"));
});
afterEach(async () => {
  expectIntact(scenario.harness);
  await scenario.harness.close();
});

const useFree = (key: LedgerKey, at: string) => spend(scenario, key, at, 0n, FREE);

/** Queries about a single key. */
function queriesOf(key: LedgerKey): number {
  const { requests } = scenario.harness.sim;
  return requests.filter(({ path, body }) => path === "/analytics/query" && JSON.stringify(body).includes(key.hash))
    .length;
}

async function expectKeysExact(id: number, ...keys: LedgerKey[]): Promise<void> {
  const stored = await keysByName(scenario);
  for (const key of keys) expectExact(scenario.harness, { keyId: stored[key.name].id, keyHash: key.hash });
  expectAccountExact(scenario.harness, { accountId: id, ledgerId: remote.id });
}

describe("keys whose usage costs nothing", () => {
  test("have their requests and tokens after the first sync", async () => {
    const [free, unused] = [remote.addKey("free"), remote.addKey("unused")];
    for (const day of ["2025-08-01", "2026-03-01", TODAY]) useFree(free, day);
    const { id } = await watchRemote(scenario, remote);
    await expectKeysExact(id, free, unused);
    const keys = await keysByName(scenario);
    expect(keys.free.last_used_at).toMatch(TODAY);
    expect(keys.unused.last_used_at).toBeNull();
    expect(queriesOf(unused)).toBe(0);
  });

  test("are read again when they are used, and not otherwise", async () => {
    const [key, paid] = [remote.addKey("free"), remote.addKey("paid")];
    spend(scenario, paid, TODAY, 10n);
    const { id } = await watchRemote(scenario, remote);
    useFree(key, `${TODAY}T12:10:00Z`);
    useFree(paid, `${TODAY}T12:10:00Z`);
    await syncAt(scenario, `${TODAY}T13:00:00Z`);
    await syncAt(scenario, `${TODAY}T14:00:00Z`);
    await expectKeysExact(id, key, paid);
    useFree(key, `${TODAY}T14:10:00Z`);
    await syncAt(scenario, `${TODAY}T15:00:00Z`);
    await syncAt(scenario, `${TODAY}T16:00:00Z`);
    await expectKeysExact(id, key, paid);
    useFree(key, `${TODAY}T23:50:00Z`);
    await syncAt(scenario, "2026-03-11T00:20:00Z");
    await syncAt(scenario, "2026-03-11T01:20:00Z");
    await expectKeysExact(id, key, paid);
    scenario.harness.sim.clearRequests();
    await syncAt(scenario, "2026-03-11T01:50:00Z");
    expect([queriesOf(key), queriesOf(paid)]).toEqual([0, 0]);
  });

  test("are not read again and again for requests of a deleted key with the same name", async () => {
    const [key, gone] = [remote.addKey("app"), remote.addKey("app")];
    useFree(gone, "2026-03-01");
    useFree(gone, TODAY);
    scenario.harness.sim.ledger.deleteKey(gone);
    const { id } = await watchRemote(scenario, remote);
    expect(queriesOf(key)).toBeGreaterThan(0);
    expectAccountExact(scenario.harness, { accountId: id, ledgerId: remote.id });
    scenario.harness.sim.clearRequests();
    for (const hour of [13, 14, 15]) await syncAt(scenario, `${TODAY}T${hour}:00:00Z`);
    expect(queriesOf(key)).toBe(0);
    expectAccountExact(scenario.harness, { accountId: id, ledgerId: remote.id });
  });
});

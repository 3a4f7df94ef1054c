import { message } from "@orwatch/messages/message";
import { storeMessage } from "@orwatch/messages/parse";
import { type LedgerKey, usd } from "@orwatch/openrouter-sim";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { expectIntact } from "../support/checks/integrity.ts";
import {
  createRemote,
  type Json,
  keysByName,
  type Remote,
  watchRemote,
} from "../support/openrouter/openrouter-account.ts";
import { add, type Scenario, spend, startScenario, syncAt } from "../support/openrouter/scenario.ts";
import { settle } from "../support/server/harness.ts";

const TODAY = "2026-03-10";
const YESTERDAY = "2026-03-09";

let scenario: Scenario;
let remote: Remote;
beforeEach(async () => {
  scenario = await startScenario(`${TODAY}T12:00:00Z`, { sim: { creditsLagMs: 0 } });
  remote = createRemote(scenario, usd("1000"));
});
afterEach(async () => {
  expectIntact(scenario.harness);
  await scenario.harness.close();
});

const later = (minutes: number) => syncAt(scenario, new Date(scenario.harness.sim.clock.nowMs() + minutes * 60_000));

/** Cost of a day on the dashboard in nano-dollars; `null` if it is not known. */
async function shown(day: string): Promise<number | null> {
  const { body } = await scenario.user.get(`/api/stats/dashboard?start_date=${day}&end_date=${day}`);
  const { cost } = body.by_date[0];
  return cost === null ? null : Math.round(Number(cost) * 1e9);
}

/** Fails the comparison of accounts with their keys until the returned function is called. */
function failTotals(): () => void {
  const { openRouter } = scenario.harness.server.app;
  const { queryKeyNames } = openRouter;
  const problem = message("openrouter_server_error", { status: 500 });
  openRouter.queryKeyNames = async () => ({ ok: false, reason: "unreachable", status: 500, problem });
  return () => {
    openRouter.queryKeyNames = queryKeyNames;
  };
}

describe("a key that is watched again", () => {
  test.each([
    { total: "can", fail: () => () => {} },
    { total: "cannot", fail: failTotals },
  ])("usage of the time in between is counted once when the account's total $total be read", async ({ fail }) => {
    const key = remote.addKey("key");
    spend(scenario, key, `${TODAY}T11:00:00Z`, 100n);
    const { id } = await watchRemote(scenario, remote);
    await scenario.user.put(`/api/accounts/${id}/keys/${key.hash}`, { is_watched: false });
    spend(scenario, key, `${TODAY}T12:10:00Z`, 2_000n);
    await later(60);
    expect(await shown(TODAY)).toBe(2_100);
    const restore = fail();
    await scenario.user.put(`/api/accounts/${id}/keys/${key.hash}`, { is_watched: true });
    await settle(scenario.harness);
    expect((await keysByName(scenario)).key).toMatchObject({ is_active: true, usage_daily: "0.0000021" });
    expect(await shown(TODAY)).toBe(2_100);
    restore();
    await later(60);
    expect(await shown(TODAY)).toBe(2_100);
  });

  test("a key that is no longer watched has no sync error left", async () => {
    const key = remote.addKey("key");
    const { id } = await watchRemote(scenario, remote);
    spend(scenario, key, `${TODAY}T12:10:00Z`, 100n);
    scenario.harness.sim.faults.add({ match: { path: "/analytics/query" }, kind: "500" });
    await later(60);
    const { key: failed } = await keysByName(scenario);
    expect(failed.last_sync_error).toEqual(expect.any(String));
    await scenario.user.put(`/api/accounts/${id}/keys/${key.hash}`, { is_watched: false });
    await later(60);
    expect((await keysByName(scenario)).key).toMatchObject({
      is_active: false,
      last_sync_error: null,
      last_sync_error_message: null,
    });
  });

  test("usage of a key with a secret is counted once when the response to its sync is sent", async () => {
    const key = remote.addKey("key");
    spend(scenario, key, `${TODAY}T11:00:00Z`, 100n);
    await watchRemote(scenario, remote);
    const id = await add(scenario, key);
    await scenario.user.put(`/api/keys/${id}`, { is_active: false });
    spend(scenario, key, `${TODAY}T12:10:00Z`, 2_000n);
    await later(60);
    expect(await shown(TODAY)).toBe(2_100);
    await scenario.user.put(`/api/keys/${id}`, { is_active: true });
    expect((await scenario.user.post(`/api/keys/${id}/sync`)).body).toMatchObject({ status: "ok" });
    expect(await shown(TODAY)).toBe(2_100);
  });
});

describe("a sync of one key", () => {
  test("restated usage is counted once when the response is sent", async () => {
    const [key, other] = [remote.addKey("key"), remote.addKey("other")];
    spend(scenario, key, YESTERDAY, 100n);
    spend(scenario, other, YESTERDAY, 1n);
    await watchRemote(scenario, remote);
    const { ledger, clock } = scenario.harness.sim;
    ledger.restate(key, YESTERDAY, "openai/gpt-5", { deltaNanos: 50n, requestsDelta: 1 }, { countersFollow: false });
    await later(60);
    expect(await shown(YESTERDAY)).toBe(151);
    spend(scenario, key, `${TODAY}T13:30:00Z`, 1n);
    clock.advance(3_600_000);
    await scenario.user.post(`/api/keys/${(await keysByName(scenario)).key.id}/sync`);
    expect(await shown(YESTERDAY)).toBe(151);
  });

  test("usage stored as restated is counted once when the account's total cannot be read", async () => {
    // Its daily query of a month is not due in the first hour of the day.
    const key = Array.from({ length: 50 }, (_, index) => remote.addKey(`key ${index}`)).find(
      ({ hash }) => Number.parseInt(hash.slice(0, 6), 16) % 24 !== 0,
    ) as LedgerKey;
    spend(scenario, key, YESTERDAY, 100n);
    await watchRemote(scenario, remote);
    const { ledger, clock } = scenario.harness.sim;
    ledger.restate(key, YESTERDAY, "openai/gpt-5", { deltaNanos: 50n, requestsDelta: 1 }, { countersFollow: false });
    await syncAt(scenario, "2026-03-11T00:20:00Z");
    const { body } = await scenario.user.get(`/api/usage?start_date=${YESTERDAY}&end_date=${YESTERDAY}`);
    expect(body.map(({ kind, cost }: Json) => [kind, cost])).toEqual(
      expect.arrayContaining([
        [null, "0.0000001"],
        ["restatement", "0.00000005"],
      ]),
    );
    spend(scenario, key, "2026-03-11T00:30:00Z", 1n);
    clock.set(new Date("2026-03-11T00:40:00Z"));
    failTotals();
    await scenario.user.post(`/api/keys/${(await keysByName(scenario))[key.name].id}/sync`);
    expect(await shown(YESTERDAY)).toBe(150);
  });

  test("the sync error of a key that is not watched is removed by the next listing", async () => {
    const [key, watched] = [remote.addKey("key"), remote.addKey("watched")];
    const { id } = await watchRemote(scenario, remote);
    await scenario.user.put(`/api/accounts/${id}/keys/${key.hash}`, { is_watched: false });
    const problem = storeMessage(message("openrouter_server_error", { status: 500 }));
    const { db } = scenario.harness.server.app;
    await db.prisma.apiKey.updateMany({
      where: { keyHash: { in: [key.hash, watched.hash] } },
      data: { lastSyncError: problem },
    });
    // The listing finds both. The watched key has new usage that cannot be read.
    spend(scenario, watched, `${TODAY}T12:10:00Z`, 1n);
    scenario.harness.sim.faults.add({ match: { path: "/analytics/query" }, kind: "500" });
    scenario.harness.sim.faults.add({ match: { path: "/activity" }, kind: "500" });
    await later(60);
    const keys = await keysByName(scenario);
    expect(keys.watched.last_sync_error).not.toBeNull();
    expect(keys.key.last_sync_error).toBeNull();
  });

  test("growth of a watched key takes nothing from a key that is not watched", async () => {
    const [key, other] = [remote.addKey("key"), remote.addKey("other")];
    for (const each of [key, other]) spend(scenario, each, `${TODAY}T11:00:00Z`, 100n);
    const { id } = await watchRemote(scenario, remote);
    await scenario.user.put(`/api/accounts/${id}/keys/${other.hash}`, { is_watched: false });
    spend(scenario, other, `${TODAY}T12:10:00Z`, 50n);
    await later(60);
    expect(await shown(TODAY)).toBe(250);
    spend(scenario, key, `${TODAY}T13:10:00Z`, 30n);
    failTotals();
    await later(60);
    expect(await shown(TODAY)).toBe(280);
  });
});

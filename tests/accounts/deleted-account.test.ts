import { usd } from "@orwatch/openrouter-sim";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { expectIntact } from "../support/checks/integrity.ts";
import { createRemote, keysByName, type Remote, watchRemote } from "../support/openrouter/openrouter-account.ts";
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

describe("after an account was deleted", () => {
  test("usage that is no longer stored is found again when the account is added again", async () => {
    const [key, gone] = [remote.addKey("key"), remote.addKey("gone")];
    spend(scenario, key, YESTERDAY, 100n);
    spend(scenario, gone, "2025-12-01", 70n);
    const { id } = await watchRemote(scenario, remote);
    scenario.harness.sim.ledger.deleteKey(gone);
    await later(60);
    await scenario.user.delete(`/api/accounts/${id}`);
    const { id: goneId } = (await keysByName(scenario)).gone;
    expect((await scenario.user.delete(`/api/keys/${goneId}`)).status).toBe(204);
    expect(await shown("2025-12-01")).not.toBe(70);
    await watchRemote(scenario, remote);
    expect((await keysByName(scenario)).key).toMatchObject({ is_active: true });
    expect(await shown(YESTERDAY)).toBe(100);
    expect(await shown("2025-12-01")).toBe(70);
  });

  test("usage that the account had without its key is not counted again when the key is added with its secret", async () => {
    const key = remote.addKey("key");
    spend(scenario, key, YESTERDAY, 10n);
    const { id } = await watchRemote(scenario, remote);
    await scenario.user.put(`/api/accounts/${id}/keys/${key.hash}`, { is_watched: false });
    spend(scenario, key, "2026-03-11", 50n);
    await syncAt(scenario, "2026-03-12T12:00:00Z");
    expect(await shown("2026-03-11")).toBe(50);
    await scenario.user.delete(`/api/accounts/${id}`);
    await add(scenario, key);
    await later(60);
    expect((await keysByName(scenario)).key).toMatchObject({ is_active: true, last_sync_error: null });
    expect(await shown("2026-03-11")).toBe(50);
    expect(await shown(YESTERDAY)).toBe(10);
  });

  test("a key without a secret is watched when it is added with its secret", async () => {
    const [app, other] = [remote.addKey("app"), remote.addKey("other")];
    const { id } = await watchRemote(scenario, remote);
    await scenario.user.put(`/api/accounts/${id}/keys/${other.hash}`, { is_watched: false });
    const unwatched = await scenario.user.post("/api/keys", { name: "other", key: other.secret });
    expect(unwatched).toMatchObject({ status: 201, body: { is_active: true } });
    await scenario.user.delete(`/api/accounts/${id}`);
    const added = await scenario.user.post("/api/keys", { name: "app", key: app.secret });
    expect(added).toMatchObject({ status: 201, body: { is_active: true } });
    await settle(scenario.harness);
  });
});

test("an account whose management key is turned off or deleted has an error", async () => {
  const { id } = await watchRemote(scenario, remote);
  const account = async () => (await scenario.user.get(`/api/accounts/${id}`)).body;
  const { management_key_id: keyId, last_sync_error: error } = await account();
  expect(error).toBeNull();
  await scenario.user.put(`/api/keys/${keyId}`, { is_active: false });
  expect((await account()).last_sync_error_message.code).toBe("account_management_key_turned_off");
  await scenario.user.put(`/api/keys/${keyId}`, { is_active: true });
  expect((await account()).last_sync_error_message).toBeNull();
  expect((await scenario.user.delete(`/api/keys/${keyId}`)).status).toBe(204);
  expect((await account()).last_sync_error_message.code).toBe("account_without_management_key");
});

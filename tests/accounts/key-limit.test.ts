import { usd } from "@orwatch/openrouter-sim";
import { MAX_KEYS } from "@orwatch/server/sync/accounts/record-listing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRemote, type Json, type Remote, watchRemote } from "../support/openrouter/openrouter-account.ts";
import { type Scenario, spend, startScenario, syncAt } from "../support/openrouter/scenario.ts";

const DAY = "2026-03-10";

let scenario: Scenario;
let remote: Remote;
beforeAll(async () => {
  scenario = await startScenario(`${DAY}T12:00:00Z`, { sim: { creditsLagMs: 0 } });
  remote = createRemote(scenario, usd("100"));
});
afterAll(() => scenario.harness.close());

const at = (hour: number) => syncAt(scenario, `${DAY}T${hour}:00:00Z`);

// A quarter of a minute of CPU: `npm run prove:sync` runs it.
test.runIf(process.env.SCALE === "full")(
  "an account lists 5,000 keys, and another one when one of them is deleted at OpenRouter",
  async () => {
    const keys = Array.from({ length: MAX_KEYS }, (_, index) => remote.addKey(`key-${index}`));
    const { id } = await watchRemote(scenario, remote);
    const account = async () => (await scenario.user.get(`/api/accounts/${id}`)).body;
    const isListed = async (name: string) =>
      (await scenario.user.get(`/api/accounts/${id}/keys?search=${name}`)).body.items.some(
        (key: Json) => key.name === name,
      );
    const all = { keys_total: MAX_KEYS, keys_watched: MAX_KEYS, last_sync_error_message: null };
    expect(await account()).toMatchObject(all);

    const extra = remote.addKey("extra");
    spend(scenario, extra, `${DAY}T12:30:00Z`, 7n);
    await at(13);
    const tooMany = { code: "account_too_many_keys", params: { limit: MAX_KEYS } };
    expect(await account()).toMatchObject({ ...all, last_sync_error_message: tooMany });
    expect([await isListed("key-0"), await isListed("extra")]).toEqual([true, false]);
    const rows = async () => (await scenario.user.get(`/api/usage?start_date=${DAY}&end_date=${DAY}`)).body;
    expect(await rows()).toMatchObject([{ api_key_id: null, kind: "unknown", cost: "0.000000007" }]);

    scenario.harness.sim.ledger.deleteKey(keys[0]!);
    await at(14);
    expect((await account()).keys_total).toBe(MAX_KEYS - 1);
    await at(15);
    expect(await account()).toMatchObject(all);
    expect(await isListed("extra")).toBe(true);
    expect(await rows()).toMatchObject([{ kind: null, cost: "0.000000007" }]);
  },
  300_000,
);

import { message } from "@orwatch/messages/message";
import { type LedgerKey, usd } from "@orwatch/openrouter-sim";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { expectIntact } from "../support/checks/integrity.ts";
import { createRemote, type Json, type Remote, watchRemote } from "../support/openrouter/openrouter-account.ts";
import { add, type Scenario, spend, startScenario, syncAt } from "../support/openrouter/scenario.ts";
import { expectAccountExact } from "../support/openrouter/truth.ts";

const TODAY = "2026-03-10";
const YESTERDAY = "2026-03-09";
const RANGE = "start_date=2026-01-01&end_date=2026-03-12";
const MODELS = ["a", "b", "c", "d", "e"].map((name) => `maker/${name}`);

let scenario: Scenario;
let remote: Remote;
beforeEach(async () => {
  scenario = await startScenario(`${TODAY}T12:00:00Z`, { sim: { creditsLagMs: 0, analyticsMaxRows: 7 } });
  remote = createRemote(scenario, usd("1000"));
});
afterEach(async () => {
  expectIntact(scenario.harness);
  await scenario.harness.close();
});

const ledger = () => scenario.harness.sim.ledger;
const chatroom = () => ledger().chatroom(remote.id);
const accountOf = async (id: number) => (await scenario.user.get(`/api/accounts/${id}`)).body;

/** Costs of the residuals, by kind and day. */
async function residuals(): Promise<Record<string, Record<string, string>>> {
  const { body } = await scenario.user.get(`/api/usage?${RANGE}&limit=1000`);
  const kinds: Record<string, Record<string, string>> = {};
  for (const row of body.filter(({ api_key_id }: Json) => api_key_id === null)) {
    const days = kinds[row.kind] ?? {};
    kinds[row.kind] = { ...days, [row.date]: String(BigInt(days[row.date] ?? 0) + BigInt(Math.round(row.cost * 1e9))) };
  }
  return kinds;
}

/** Expects keys and residuals together to be what OpenRouter's ledger has of the whole account. */
const expectTotals = (id: number) => expectAccountExact(scenario.harness, { accountId: id, ledgerId: remote.id });

describe("the total of an account with more rows by key and model than one response has", () => {
  test("is read by model on a day with too many rows", async () => {
    const [app, other, gone] = [remote.addKey("app"), remote.addKey("other"), remote.addKey("gone")];
    for (const [index, model] of MODELS.entries())
      for (const [at, key] of [app, other, gone, chatroom()].entries())
        spend(scenario, key, YESTERDAY, BigInt(10 ** at * (index + 1)), model);
    ledger().deleteKey(gone);
    const { id } = await watchRemote(scenario, remote);
    await scenario.user.put(`/api/accounts/${id}/keys/${other.hash}`, { is_watched: false });
    expect((await accountOf(id)).total_error).toBeNull();
    expect(await residuals()).toEqual({ deleted: { [YESTERDAY]: "1500" }, chatroom: { [YESTERDAY]: "15000" } });
    await expectTotals(id);
  });

  test("is stored in parts, so that newer days are shown when an older part cannot be read", async () => {
    const days = ["2026-01-10", "2026-02-20", YESTERDAY];
    for (const day of days) for (const model of MODELS) spend(scenario, chatroom(), day, 10n, model);
    const { openRouter } = scenario.harness.server.app;
    const { queryKeyNames } = openRouter;
    const problem = message("openrouter_server_error", { status: 500 });
    openRouter.queryKeyNames = async (caller, query) =>
      query.through < "2026-02-01"
        ? { ok: false, reason: "unreachable", status: 500, problem }
        : queryKeyNames(caller, query);
    const { id } = await watchRemote(scenario, remote);
    expect(await residuals()).toEqual({ chatroom: { "2026-02-20": "50", [YESTERDAY]: "50" } });
    expect(await accountOf(id)).toMatchObject({
      total_error_message: { code: "account_total_not_read", params: { cause: problem } },
    });
    openRouter.queryKeyNames = queryKeyNames;
    await syncAt(scenario, `${TODAY}T13:00:00Z`);
    expect(await accountOf(id)).toMatchObject({ total_error: null });
    await expectTotals(id);
  });

  test("contains spend once that counters know for several days, if these days are in different parts", async () => {
    const [key, twin] = [remote.addKey("app"), remote.addKey("app")] as [LedgerKey, LedgerKey];
    await add(scenario, key);
    const [first, second] = [`${TODAY}T13:00:00Z`, "2026-03-11T13:00:00Z"];
    spend(scenario, key, first, 2_000n);
    spend(scenario, twin, first, 500n);
    spend(scenario, key, second, 30n);
    spend(scenario, twin, second, 400n);
    for (const day of [TODAY, "2026-03-11"]) for (const model of MODELS) spend(scenario, chatroom(), day, 10n, model);
    ledger().deleteKey(twin);
    await syncAt(scenario, "2026-03-12T12:00:00Z");
    scenario.harness.sim.faults.add({ match: { path: "/activity" }, kind: "500" });
    const { openRouter } = scenario.harness.server.app;
    const { queryAnalytics } = openRouter;
    const problem = message("openrouter_server_error", { status: 500 });
    openRouter.queryAnalytics = async (caller, query) =>
      query.keyHash === null
        ? queryAnalytics(caller, query)
        : { ok: false, reason: "unreachable", status: 500, problem };
    await watchRemote(scenario, remote);
    // The key has 2030 on the second day. What analytics has of its name is 2930.
    expect(await residuals()).toEqual({
      chatroom: { [TODAY]: "50", "2026-03-11": "50" },
      unknown: { [TODAY]: "900" },
    });
    openRouter.queryAnalytics = queryAnalytics;
  });
});

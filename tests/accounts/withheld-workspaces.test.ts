import { usd } from "@orwatch/openrouter-sim";
import { afterEach, beforeEach, expect, test } from "vitest";
import { expectIntact } from "../support/checks/integrity.ts";
import { createRemote, keysByName, type Remote, watchRemote } from "../support/openrouter/openrouter-account.ts";
import { type Scenario, spend, startScenario, syncAt } from "../support/openrouter/scenario.ts";
import { expectAccountExact } from "../support/openrouter/truth.ts";

const YESTERDAY = "2026-03-09";

let scenario: Scenario;
let remote: Remote;
beforeEach(async () => {
  scenario = await startScenario("2026-03-10T12:00:00Z");
  remote = createRemote(scenario, usd("100"));
});
afterEach(async () => {
  expectIntact(scenario.harness);
  await scenario.harness.close();
});

const withhold = () => scenario.harness.sim.faults.add({ kind: "403", match: { path: "/workspaces" } });
const later = (minutes: number) => syncAt(scenario, new Date(scenario.harness.sim.clock.nowMs() + minutes * 60_000));
const account = async (id: number) => (await scenario.user.get(`/api/accounts/${id}`)).body;

test("an account whose workspaces are withheld has its whole total, and says that keys may be missing", async () => {
  const elsewhere = remote.addKey("elsewhere", { workspaceId: remote.addSpace("Research") });
  spend(scenario, remote.addKey("one"), YESTERDAY, usd("1"));
  spend(scenario, elsewhere, YESTERDAY, usd("2"));
  spend(scenario, scenario.harness.sim.ledger.chatroom(remote.id), YESTERDAY, usd("0.07"));
  const allow = withhold();
  const { id } = await watchRemote(scenario, remote);
  expectAccountExact(scenario.harness, { accountId: id, ledgerId: remote.id });
  expect(await account(id)).toMatchObject({
    keys_total: 1,
    last_sync_error_message: { code: "account_workspaces_not_listed" },
  });

  allow();
  await later(60);
  expect(await account(id)).toMatchObject({ keys_total: 2, last_sync_error: null });
  expect((await keysByName(scenario)).elsewhere).toMatchObject({ workspace: "Research" });
  expectAccountExact(scenario.harness, { accountId: id, ledgerId: remote.id });
});

test("workspaces that are withheld later keep their names, and the total stays complete", async () => {
  const two = remote.addKey("two", { workspaceId: remote.addSpace("Research") });
  spend(scenario, remote.addKey("one"), YESTERDAY, usd("1"));
  const { id } = await watchRemote(scenario, remote);
  withhold();
  spend(scenario, two, YESTERDAY, usd("3"));
  await later(60);
  expect(await account(id)).toMatchObject({
    keys_total: 2,
    workspaces: [{ name: "Default Workspace" }, { name: "Research" }],
    last_sync_error_message: { code: "account_workspaces_not_listed" },
  });
  expectAccountExact(scenario.harness, { accountId: id, ledgerId: remote.id });
});

test("another account's management key is rejected while workspaces are withheld", async () => {
  remote.addKey("one");
  const other = createRemote(scenario);
  other.addKey("theirs");
  withhold();
  const { id } = await watchRemote(scenario, remote);
  const replace = (key: string) => scenario.user.put(`/api/accounts/${id}/key`, { key });
  expect(await replace(other.manager.secret)).toMatchObject({ status: 409, body: { reason: "account_of_other_key" } });
  const second = scenario.harness.sim.ledger.addManagementKey(remote.id, { name: "second" });
  expect((await replace(second.secret)).status).toBe(200);
});

test("an account that is added again under another management key stays one while workspaces are withheld", async () => {
  spend(scenario, remote.addKey("one"), YESTERDAY, usd("1"));
  withhold();
  const { id } = await watchRemote(scenario, remote);
  const second = scenario.harness.sim.ledger.addManagementKey(remote.id, { name: "second" });
  const answer = await scenario.user.post("/api/accounts", { name: "Again", key: second.secret });
  expect(answer).toMatchObject({ status: 409, body: { reason: "account_already_added" } });
  expectAccountExact(scenario.harness, { accountId: id, ledgerId: remote.id });
});

import { cpSync, rmSync } from "node:fs";
import path from "node:path";
import { usd } from "@orwatch/openrouter-sim";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { alertsOf } from "../support/alerts/alerts.ts";
import { expectIntact } from "../support/checks/integrity.ts";
import {
  createRemote,
  historyOf,
  type Json,
  type Remote,
  watchRemote,
} from "../support/openrouter/openrouter-account.ts";
import { type Scenario, startScenario, syncAt } from "../support/openrouter/scenario.ts";

let scenario: Scenario;
let remote: Remote;
beforeEach(async () => {
  scenario = await startScenario("2026-03-10T12:00:00Z", { sim: { creditsLagMs: 0, lagMs: 0 } });
  remote = createRemote(scenario, usd("100"));
});
afterEach(async () => {
  expectIntact(scenario.harness);
  await scenario.harness.close();
});

const { inbox } = alertsOf(() => scenario);
const ledger = () => scenario.harness.sim.ledger;
const at = (hour: number) => syncAt(scenario, `2026-03-10T${hour}:00:00Z`);
const notify = (id: number, isOn: boolean) => scenario.user.put(`/api/accounts/${id}`, { notify_on_key_changes: isOn });

function addSpaceWithKey(): string {
  const space = remote.addSpace("Research");
  remote.addKey("other", { workspaceId: space });
  return space;
}

/** Kills the server during a sync, after the keys of the workspaces before this one have been recorded. */
async function killAtListing(space: string, hour: number): Promise<void> {
  const { harness } = scenario;
  const killed = path.join(harness.folder, "killed.db");
  rmSync(killed, { force: true });
  const { openRouter, db } = harness.server.app;
  const { listKeyPages } = openRouter;
  // The file as it is then is what a kill leaves.
  openRouter.listKeyPages = (caller, workspaceId) => {
    if (workspaceId === space) db.reader.exec(`VACUUM INTO '${killed}'`);
    return listKeyPages(caller, workspaceId);
  };
  await at(hour);
  await harness.stop();
  for (const suffix of ["", "-wal", "-shm"]) rmSync(path.join(harness.folder, `app.db${suffix}`), { force: true });
  cpSync(killed, path.join(harness.folder, "app.db"));
  await harness.restart();
}

/** Notifications of key changes, oldest first, each as the codes of its changes. */
async function changes(): Promise<string[][]> {
  const items: Json[] = (await inbox()).items;
  return items
    .filter(({ kind }) => kind === "key_change")
    .map((notification) => notification.items.map(({ message }: Json) => message.params.change.code))
    .reverse();
}

describe("changes of the keys of an account", () => {
  test("changes of keys are notified only if selected in the notification settings", async () => {
    const app = remote.addKey("app");
    const { id } = await watchRemote(scenario, remote);
    expect((await scenario.user.get(`/api/accounts/${id}`)).body.notify_on_key_changes).toBe(false);
    remote.addKey("new");
    await at(13);
    expect(await changes()).toEqual([]);
    expect((await notify(id, true)).body.notify_on_key_changes).toBe(true);
    await at(14);
    expect(await changes()).toEqual([]);
    ledger().updateKey(app, { disabled: true });
    await at(15);
    expect(await changes()).toEqual([["account_key_disabled"]]);
    await notify(id, false);
    ledger().updateKey(app, { disabled: false });
    await at(16);
    expect(await changes()).toHaveLength(1);
  });

  test("changes of keys in one sync are one notification with the names of account and keys", async () => {
    const space = remote.addSpace("Research");
    const [app, old, gone] = ["app", "old", "gone"].map((name) => remote.addKey(name)) as [Json, Json, Json];
    const { id } = await watchRemote(scenario, remote);
    await notify(id, true);
    remote.addKey("new", { workspaceId: space });
    ledger().updateKey(app, { name: "renamed", limitNanos: usd("20") });
    ledger().updateKey(old, { disabled: true });
    ledger().deleteKey(gone);
    await at(13);
    const [notification, ...others] = (await inbox()).items.filter(({ kind }: Json) => kind === "key_change");
    expect(others).toEqual([]);
    const items = notification.items.map(({ key_name, message: { code, params } }: Json) => ({
      code,
      account: params.account,
      change: params.change.code,
      key_name,
    }));
    const change = (change: string, key_name: string) => ({
      code: "account_key_changed",
      account: "Acme",
      change,
      key_name,
    });
    expect(items).toHaveLength(5);
    expect(items).toEqual(
      expect.arrayContaining([
        change("account_key_found", "new"),
        change("account_key_renamed", "renamed"),
        change("account_key_limit_changed", "renamed"),
        change("account_key_disabled", "old"),
        change("account_key_deleted", "gone"),
      ]),
    );
    expect(notification.message).toMatchObject({
      code: "items_title",
      params: { counts: [{ code: "key_change_count", params: { count: 5 } }], more: "yes" },
    });
    await at(14);
    expect(await changes()).toHaveLength(1);
  });

  test("keys of the first listing are not notified as changes, also when the first attempt fails", async () => {
    for (let index = 0; index < 30; index++) remote.addKey(`key-${index}`);
    scenario.harness.sim.faults.add({ match: { path: "/keys" }, kind: "500", times: 3 });
    const { id } = await watchRemote(scenario, remote);
    await notify(id, true);
    await at(13);
    expect((await scenario.user.get(`/api/accounts/${id}`)).body.keys_total).toBe(30);
    await at(14);
    expect(await changes()).toEqual([]);
  });

  test("changes of keys found by a sync of a single key are notified, too", async () => {
    const app = remote.addKey("app");
    const { id } = await watchRemote(scenario, remote);
    await notify(id, true);
    ledger().updateKey(app, { name: "renamed" });
    const { items } = (await scenario.user.get("/api/keys?limit=100")).body;
    const key = items.find(({ name }: Json) => name === "app");
    expect((await scenario.user.post(`/api/keys/${key.id}/sync`)).status).toBe(200);
    expect(await changes()).toEqual([["account_key_renamed"]]);
    await at(13);
    expect(await changes()).toHaveLength(1);
  });

  test("are notified once when the server is killed between recording and notifying them", async () => {
    const app = remote.addKey("app");
    const space = addSpaceWithKey();
    const { id } = await watchRemote(scenario, remote);
    await notify(id, true);
    ledger().updateKey(app, { disabled: true });
    await killAtListing(space, 13);
    expect((await historyOf(scenario, id)).map(([code]) => code)).toContain("account_key_disabled");
    expect(await changes()).toEqual([]);
    await at(14);
    expect(await changes()).toEqual([["account_key_disabled"]]);
    await at(15);
    expect(await changes()).toHaveLength(1);
  });

  test("recorded by an interrupted sync are notified only if selected then and at the next sync", async () => {
    const app = remote.addKey("app");
    const space = addSpaceWithKey();
    const { id } = await watchRemote(scenario, remote);
    ledger().updateKey(app, { disabled: true });
    await killAtListing(space, 13);
    await notify(id, true);
    await at(14);
    expect(await changes()).toEqual([]);
    ledger().updateKey(app, { disabled: false });
    await killAtListing(space, 15);
    await notify(id, false);
    await at(16);
    await notify(id, true);
    await at(17);
    expect(await changes()).toEqual([]);
    const codes = (await historyOf(scenario, id)).map(([code]) => code);
    expect(codes).toEqual(expect.arrayContaining(["account_key_disabled", "account_key_enabled"]));
  });

  test("found by the sync of a key during that of its account are notified once", async () => {
    const app = remote.addKey("app");
    const { id } = await watchRemote(scenario, remote);
    await notify(id, true);
    ledger().updateKey(app, { name: "renamed" });
    const { items } = (await scenario.user.get("/api/keys?limit=100")).body;
    const key = items.find(({ name }: Json) => name === "app");
    const { openRouter } = scenario.harness.server.app;
    const { listKeyPages } = openRouter;
    openRouter.listKeyPages = async function* (...input) {
      expect((await scenario.user.post(`/api/keys/${key.id}/sync`)).status).toBe(200);
      yield* listKeyPages(...input);
    };
    await at(13);
    expect(await changes()).toEqual([["account_key_renamed"]]);
  });

  test("that the user caused by restoring a key are not notified", async () => {
    const app = remote.addKey("app");
    const { id } = await watchRemote(scenario, remote);
    await notify(id, true);
    const { items } = (await scenario.user.get("/api/keys?limit=100")).body;
    await scenario.user.delete(`/api/keys/${items.find(({ name }: Json) => name === "app").id}`);
    await scenario.user.put(`/api/accounts/${id}/keys/${app.hash}`, { is_watched: true });
    expect((await historyOf(scenario, id)).map(([code]) => code)).toContain("account_key_found");
    remote.addKey("new");
    await at(13);
    expect(await changes()).toEqual([["account_key_found"]]);
  });
});

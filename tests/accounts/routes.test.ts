import { type LedgerKey, usd } from "@orwatch/openrouter-sim";
import { afterEach, beforeEach, expect, test } from "vitest";
import { expectIntact } from "../support/checks/integrity.ts";
import {
  createRemote,
  historyOf,
  type Json,
  keysByName,
  type Remote,
  watchRemote,
} from "../support/openrouter/openrouter-account.ts";
import { add, type Scenario, spend, startScenario, syncAt } from "../support/openrouter/scenario.ts";
import { expectExact } from "../support/openrouter/truth.ts";
import { settle } from "../support/server/harness.ts";

const TODAY = "2026-03-10";

let scenario: Scenario;
let remote: Remote;
// Each on its own server: some count every request.
beforeEach(async () => {
  scenario = await startScenario(`${TODAY}T12:00:00Z`, { env: { MAX_API_KEYS_PER_USER: "2" } });
  remote = createRemote(scenario, usd("100"));
});
afterEach(async () => {
  expectIntact(scenario.harness);
  await scenario.harness.close();
});

const later = (minutes: number) => syncAt(scenario, new Date(scenario.harness.sim.clock.nowMs() + minutes * 60_000));
const listed = async (id: number, query = ""): Promise<Record<string, Json>> => {
  const { items } = (await scenario.user.get(`/api/accounts/${id}/keys${query}`)).body;
  return Object.fromEntries(items.map((key: Json) => [key.name, key]));
};

test("adding a management key as a key creates the account and returns the key", async () => {
  remote.addKey("app");
  const answer = await scenario.user.post("/api/keys", { name: "manager", key: remote.manager.secret });
  expect(answer).toMatchObject({ status: 201, body: { kind: "management", name: "manager", status: "valid" } });
  await settle(scenario.harness);
  const { items } = (await scenario.user.get("/api/accounts")).body;
  expect(items).toMatchObject([{ name: "manager", management_key_id: answer.body.id, keys_total: 1 }]);
});

test("an account needs a management key that OpenRouter accepts", async () => {
  const key = remote.addKey("app");
  const post = (secret: string) => scenario.user.post("/api/accounts", { name: "Acme", key: secret });
  expect(await post(key.secret)).toMatchObject({ status: 400, body: { reason: "account_needs_management_key" } });
  expect(await post(`sk-or-v1-${"0".repeat(64)}`)).toMatchObject({ status: 400, body: { reason: "key_not_accepted" } });
  scenario.harness.sim.faults.add({ match: { path: "/key" }, kind: "500", times: 3 });
  expect(await post(remote.manager.secret)).toMatchObject({ status: 502, body: { reason: "key_check_failed" } });
  expect((await scenario.user.get("/api/accounts")).body.items).toEqual([]);
  expect((await scenario.user.get("/api/keys")).body.total).toBe(0);
});

test("the limit of keys counts stored secrets only", async () => {
  const keys = Array.from({ length: 5 }, (_, index) => remote.addKey(`key-${index}`));
  await watchRemote(scenario, remote);
  expect((await scenario.user.get("/api/keys")).body.total).toBe(6);
  for (const key of keys.slice(0, 2)) await add(scenario, key);
  expect(await scenario.user.post("/api/keys", { name: "x", key: keys[2]!.secret })).toMatchObject({
    status: 409,
    body: { reason: "key_limit_reached" },
  });
  expect((await scenario.user.get("/api/keys")).body.total).toBe(6);
});

test("watches selected keys only, and unwatched ones keep their history", async () => {
  const key = remote.addKey("app");
  spend(scenario, key, "2026-03-09", 100n);
  const { id } = await watchRemote(scenario, remote);
  expect((await scenario.user.put(`/api/accounts/${id}`, { watch: "selected", name: "Acme Ltd" })).body).toMatchObject({
    watch: "selected",
    name: "Acme Ltd",
  });
  const fresh = remote.addKey("fresh");
  spend(scenario, fresh, `${TODAY}T12:10:00Z`, 7n);
  await later(60);
  expect((await listed(id)).fresh).toMatchObject({
    is_watched: false,
    usage: "0.000000007",
    name_at_openrouter: "fresh",
  });
  expect((await scenario.user.get(`/api/accounts/${id}`)).body).toMatchObject({ keys_total: 2, keys_watched: 1 });
  const set = (hash: string, body: object) => scenario.user.put(`/api/accounts/${id}/keys/${hash}`, body);
  expect((await set(key.hash, { is_watched: false })).status).toBe(200);
  spend(scenario, key, `${TODAY}T13:10:00Z`, 11n);
  await later(60);
  const { id: keyId } = (await keysByName(scenario)).app;
  // What both have spent since is there, and belongs to no watched key.
  expect((await scenario.user.get("/api/stats/dashboard")).body).toMatchObject({
    summary: { total_cost: "0.000000118" },
    by_key: [
      { name: "app", cost: "0.0000001" },
      { kind: "not_watched", cost: "0.000000018" },
    ],
  });
  expect((await set(key.hash, { is_watched: true, name: "mine" })).status).toBe(200);
  await settle(scenario.harness);
  expectExact(scenario.harness, { keyId, keyHash: key.hash });
  expect((await listed(id)).mine).toMatchObject({ is_watched: true, name_at_openrouter: "app" });
  await set(fresh.hash, { is_watched: true });
  await settle(scenario.harness);
  expectExact(scenario.harness, { keyId: (await keysByName(scenario)).fresh.id, keyHash: fresh.hash });
});

test("a key deleted in orwatch is not discovered again until it is added", async () => {
  const key = remote.addKey("app");
  spend(scenario, key, "2026-03-09", 100n);
  const { id } = await watchRemote(scenario, remote);
  await scenario.user.delete(`/api/keys/${(await keysByName(scenario)).app.id}`);
  await later(60);
  expect((await scenario.user.get("/api/keys")).body.total).toBe(1);
  expect((await listed(id)).app).toMatchObject({ api_key_id: null, is_watched: false });
  const url = `/api/accounts/${id}/keys/${key.hash}`;
  expect((await scenario.user.put(url, { is_watched: false })).status).toBe(404);
  expect((await scenario.user.put(url, { is_watched: true })).status).toBe(200);
  await settle(scenario.harness);
  expectExact(scenario.harness, { keyId: (await keysByName(scenario)).app.id, keyHash: key.hash });
  await scenario.user.delete(`/api/keys/${(await keysByName(scenario)).app.id}`);
  // Pasting it asks for it, too.
  await add(scenario, key);
  await later(60);
  expect((await listed(id)).app).toMatchObject({ has_secret: true, is_watched: true });
});

test("lists keys by search and workspace, page by page", async () => {
  const space = remote.addSpace("Research");
  for (let index = 0; index < 5; index++) remote.addKey(`eval-${index}`, { workspaceId: space });
  remote.addKey("app");
  const { id } = await watchRemote(scenario, remote);
  expect(Object.keys(await listed(id, "?search=EVAL-3"))).toEqual(["eval-3"]);
  expect((await scenario.user.get(`/api/accounts/${id}/keys?workspace_id=${space}&limit=2&skip=4`)).body).toMatchObject(
    {
      total: 5,
      items: [{ workspace: "Research" }],
    },
  );
});

test("a key without a secret can be synced, and its validation is rejected with the reason", async () => {
  const key = remote.addKey("app");
  await watchRemote(scenario, remote);
  const { id } = (await keysByName(scenario)).app;
  spend(scenario, key, `${TODAY}T12:00:00Z`, 5n);
  scenario.harness.sim.clock.advance(60_000);
  expect((await scenario.user.post(`/api/keys/${id}/sync`)).body).toMatchObject({ status: "ok" });
  expectExact(scenario.harness, { keyId: id, keyHash: key.hash });
  expect(await scenario.user.post(`/api/keys/${id}/validate`)).toMatchObject({
    status: 409,
    body: { reason: "key_without_secret" },
  });
});

test("syncs an account on request, and rejects it without a management key", async () => {
  const key = remote.addKey("app");
  const { id } = await watchRemote(scenario, remote);
  const fresh = remote.addKey("fresh");
  spend(scenario, fresh, `${TODAY}T12:00:00Z`, 5n);
  spend(scenario, key, `${TODAY}T12:00:00Z`, 6n);
  scenario.harness.sim.clock.advance(60_000);
  expect((await scenario.user.post(`/api/accounts/${id}/sync`)).body.status).toBe("ok");
  await settle(scenario.harness);
  const found = await keysByName(scenario);
  expectExact(scenario.harness, { keyId: found.app.id, keyHash: key.hash });
  expectExact(scenario.harness, { keyId: found.fresh.id, keyHash: fresh.hash });
  await scenario.user.delete(`/api/keys/${found.Acme.id}`);
  expect(await scenario.user.post(`/api/accounts/${id}/sync`)).toMatchObject({
    status: 409,
    body: { reason: "account_without_management_key" },
  });
  await later(60);
  expect((await keysByName(scenario)).app.last_sync_error_message.code).toBe("account_without_management_key");
});

test("deleting an account keeps the history of its keys, which continues when it is added again", async () => {
  const key = remote.addKey("app");
  spend(scenario, key, "2026-03-09", 100n);
  const first = await watchRemote(scenario, remote);
  expect((await scenario.user.delete(`/api/accounts/${first.id}`)).status).toBe(204);
  expect((await scenario.user.get("/api/accounts")).body.items).toEqual([]);
  const { app } = await keysByName(scenario);
  expect(app).toMatchObject({ is_active: false, account_id: null });
  expect((await scenario.user.get("/api/stats/dashboard")).body.summary.total_cost).toBe("0.0000001");
  spend(scenario, key, `${TODAY}T12:00:00Z`, 5n);
  scenario.harness.sim.clock.advance(60_000);
  await watchRemote(scenario, remote);
  expect((await keysByName(scenario)).app).toMatchObject({ id: app.id, is_active: true });
  expectExact(scenario.harness, { keyId: app.id, keyHash: key.hash });
});

test("deleting an account with its usage leaves keys that were pasted", async () => {
  const [one, two] = [remote.addKey("one"), remote.addKey("two")];
  for (const key of [one, two]) spend(scenario, key, "2026-03-09", 100n);
  const { id } = await watchRemote(scenario, remote);
  await add(scenario, two);
  expect((await scenario.user.delete(`/api/accounts/${id}?delete_usage=true`)).status).toBe(204);
  expect(Object.keys(await keysByName(scenario))).toEqual(["two"]);
  expect((await scenario.user.get("/api/stats/dashboard")).body.summary.total_cost).toBe("0.0000001");
});

test("the history of an account is paged, newest first, and another user's account is not found", async () => {
  const { id } = await watchRemote(scenario, remote);
  for (const name of ["a", "b", "c"]) {
    remote.addKey(name);
    await later(60);
  }
  expect((await historyOf(scenario, id)).map(([code]) => code)).toEqual([
    "account_keys_found",
    "account_key_found",
    "account_key_found",
    "account_key_found",
  ]);
  const { body } = await scenario.user.get(`/api/accounts/${id}/history?limit=1&skip=1`);
  expect(body).toMatchObject({ total: 4, items: [{ text: "New key “b” in workspace “Default Workspace”" }] });
  expect(body.items[0].api_key_id).toBe((await keysByName(scenario)).b.id);
  const eve = await scenario.harness.createUser();
  for (const path of ["", "/keys", "/history"])
    expect(await eve.get(`/api/accounts/${id}${path}`)).toMatchObject({
      status: 404,
      body: { reason: "account_not_found" },
    });
});

test("keys of an account are sorted by any column, and sums include all pages", async () => {
  const keys = ["small", "large", "unused"].map((name) => remote.addKey(name));
  spend(scenario, keys[0] as LedgerKey, `${TODAY}T11:00:00Z`, 1_000_000_001n);
  spend(scenario, keys[1] as LedgerKey, `${TODAY}T11:00:00Z`, 30_000_000_000n);
  const { id } = await watchRemote(scenario, remote);
  const sorted = async (sort: string) => {
    const { body } = await scenario.user.get(`/api/accounts/${id}/keys?sort=${sort}&limit=2`);
    return { names: body.items.map(({ name }: Json) => name), sums: body.sums };
  };
  const sums = { usage: "31.000000001", usage_daily: "31.000000001", usage_monthly: "31.000000001" };
  expect(await sorted("-usage")).toEqual({ names: ["large", "small"], sums });
  expect(await sorted("usage")).toEqual({ names: ["unused", "small"], sums });
  expect(await sorted("name")).toEqual({ names: ["large", "small"], sums });
  expect((await scenario.user.get(`/api/accounts/${id}/keys?sort=label`)).status).toBe(400);
});

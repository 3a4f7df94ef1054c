import { usd } from "@orwatch/openrouter-sim";
import { syncAll } from "@orwatch/server/sync/service";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { expectIntact } from "../support/checks/integrity.ts";
import {
  createRemote,
  historyOf,
  keysByName,
  type Remote,
  watchRemote,
} from "../support/openrouter/openrouter-account.ts";
import { add, type Scenario, spend, startScenario, syncAt } from "../support/openrouter/scenario.ts";
import { expectExact } from "../support/openrouter/truth.ts";
import { settle } from "../support/server/harness.ts";

const TODAY = "2026-03-10";
const YESTERDAY = "2026-03-09";

let scenario: Scenario;
let remote: Remote;
// Each on its own server: some count every request.
beforeEach(async () => {
  scenario = await startScenario(`${TODAY}T12:00:00Z`);
  remote = createRemote(scenario, usd("100"));
});
afterEach(async () => {
  expectIntact(scenario.harness);
  await scenario.harness.close();
});

const ledger = () => scenario.harness.sim.ledger;
const later = (minutes: number) => syncAt(scenario, new Date(scenario.harness.sim.clock.nowMs() + minutes * 60_000));
/** Analytics queries about single keys; those about the whole account have no filter. */
const queriesOfKeys = () =>
  scenario.harness.sim.requests.filter(
    ({ path, body }) => path === "/analytics/query" && (body as { filters?: unknown }).filters,
  );
const account = async (id: number) => (await scenario.user.get(`/api/accounts/${id}`)).body;

describe("the first sync of an account", () => {
  test("the first sync finds the keys of all workspaces, disabled ones too, and their usage without any secret", async () => {
    const research = remote.addSpace("Research");
    const one = remote.addKey("one");
    const two = remote.addKey("two", { workspaceId: research, limitNanos: usd("50"), limitReset: "monthly" });
    remote.addKey("three", { disabled: true });
    spend(scenario, one, YESTERDAY, usd("1.5"));
    spend(scenario, two, TODAY, usd("0.25"));
    // Credits are a minute behind.
    scenario.harness.sim.clock.advance(61_000);
    const { id } = await watchRemote(scenario, remote);
    expect(await account(id)).toMatchObject({
      name: "Acme",
      watch: "all",
      workspaces: [
        { name: "Default Workspace", is_default: true, keys_total: 2 },
        { name: "Research", is_default: false, keys_total: 1 },
      ],
      keys_total: 3,
      keys_watched: 3,
      coverage_percent: 100,
      credits: { total: "100.00", used: "1.75", remaining: "98.25" },
      backfill: { recent: 2, done: 2, total: 2 },
      last_sync_error: null,
    });
    const keys = await keysByName(scenario);
    expect(keys.two).toMatchObject({
      source: "discovered",
      has_secret: false,
      workspace: "Research",
      kind: "inference",
      status: "valid",
      limit: "50.00",
      limit_remaining: "49.75",
      usage: "0.25",
      usage_daily: "0.25",
      is_active: true,
      account_id: id,
    });
    expect(keys.three).toMatchObject({ status: "invalid", status_reason: { code: "key_disabled" } });
    for (const [name, key] of [
      ["one", one],
      ["two", two],
    ] as const)
      expectExact(scenario.harness, { keyId: keys[name].id, keyHash: key.hash });
    expect((await scenario.user.get("/api/stats/dashboard")).body.summary.total_cost).toBe("1.75");
  });

  test("the first sync reads every page of keys and requests usage only for keys that have some", async () => {
    const keys = Array.from({ length: 230 }, (_, index) => remote.addKey(`key-${index}`));
    for (const key of keys.slice(0, 3)) spend(scenario, key, YESTERDAY, 7n);
    scenario.harness.sim.clearRequests();
    const { id } = await watchRemote(scenario, remote);
    expect(await account(id)).toMatchObject({ keys_total: 230, backfill: { recent: 3, done: 3, total: 3 } });
    expect(scenario.harness.sim.requestCount("/keys")).toBe(3);
    // By model, and the check of the sums.
    expect(queriesOfKeys()).toHaveLength(6);
    expect((await scenario.user.get("/api/stats/dashboard")).body.summary.total_cost).toBe("0.000000021");
  });

  test("the first sync reads the most expensive keys first, and with many keys their last month before their year", async () => {
    const keys = Array.from({ length: 12 }, (_, index) => remote.addKey(`key-${index}`));
    for (const [index, key] of keys.entries()) {
      spend(scenario, key, "2026-01-05", BigInt(1000 - index));
      if (index % 2 === 0) spend(scenario, key, "2026-03-01", BigInt(100 + index));
    }
    scenario.harness.sim.clearRequests();
    await watchRemote(scenario, remote);
    const queries = queriesOfKeys()
      .filter(({ body }) => (body as { dimensions?: [] }).dimensions)
      .map(({ body }) => body as { filters: [{ value: string }]; time_range: { start: string } });
    const order = queries.map(({ filters, time_range }) => [
      keys.findIndex(({ hash }) => hash === filters[0].value),
      time_range.start.slice(0, 10),
    ]);
    const month = "2026-02-08";
    expect(order.slice(0, 6).sort()).toEqual([0, 2, 4, 6, 8, 10].map((index) => [index, month]).sort());
    expect(order.slice(6).every(([, start]) => start === "2025-03-11")).toBe(true);
    expect(order).toHaveLength(18);
    expect((await keysByName(scenario))["key-0"].usage_monthly).toBe("0.0000001");
  });

  test("a backfill that takes longer than the sync interval continues in the next sync", async () => {
    const { id } = await watchRemote(scenario, remote);
    for (let index = 0; index < 40; index += 1) spend(scenario, remote.addKey(`key-${index}`), "2026-01-05", 7n);
    scenario.harness.sim.clearRequests();
    const { app } = scenario.harness.server;
    const first = syncAll(app);
    await vi.waitFor(() => expect(queriesOfKeys().length).toBeGreaterThan(4), { interval: 1 });
    scenario.harness.sim.clock.advance(3_600_000);
    await first;
    const { backfill } = await account(id);
    expect(backfill.total).toBe(40);
    expect(backfill.done).toBeLessThan(40);
    await syncAll(app);
    expect((await account(id)).backfill).toEqual({ recent: 40, done: 40, total: 40 });
    expect((await scenario.user.get("/api/stats/dashboard?days=90")).body.summary.total_cost).toBe("0.00000028");
  });

  test("names are shown without secrets, and rows that are not keys are ignored", async () => {
    const secret = `sk-or-v1-${"a".repeat(64)}`;
    remote.addKey(`my key ${secret}`);
    const { id } = await watchRemote(scenario, remote);
    const text =
      (await scenario.user.get("/api/keys")).text + (await scenario.user.get(`/api/accounts/${id}/keys`)).text;
    expect(text).toContain("my key sk-or-v1-…");
    expect(text).not.toContain(secret);
  });
});

describe("pasted and discovered keys", () => {
  test("a key that is pasted after it was discovered is one key", async () => {
    const key = remote.addKey("app");
    spend(scenario, key, YESTERDAY, usd("2"));
    await watchRemote(scenario, remote);
    const before = (await keysByName(scenario)).app;
    const answer = await scenario.user.post("/api/keys", { name: "my app", key: key.secret });
    await settle(scenario.harness);
    expect(answer).toMatchObject({ status: 201, body: { id: before.id, name: "my app", has_secret: true } });
    expect((await scenario.user.get("/api/keys")).body.total).toBe(2);
    await later(60);
    expectExact(scenario.harness, { keyId: before.id, keyHash: key.hash });
    expect((await scenario.user.get("/api/stats/dashboard")).body.summary.total_cost).toBe("2.00");
    expect(await scenario.user.post("/api/keys", { name: "again", key: key.secret })).toMatchObject({ status: 409 });
  });

  test("a key that is discovered after it was pasted is one key", async () => {
    const key = remote.addKey("at openrouter", { workspaceId: remote.addSpace("Research") });
    spend(scenario, key, YESTERDAY, usd("2"));
    const id = await add(scenario, { ...key, name: "mine" });
    const { id: accountId } = await watchRemote(scenario, remote);
    expect((await scenario.user.get(`/api/keys/${id}`)).body).toMatchObject({
      name: "mine",
      source: "pasted",
      has_secret: true,
      workspace: "Research",
      account_id: accountId,
    });
    expect((await scenario.user.get("/api/keys")).body.total).toBe(2);
    await later(60);
    expectExact(scenario.harness, { keyId: id, keyHash: key.hash });
  });
});

describe("changes at OpenRouter", () => {
  test("changes at OpenRouter are found by the next sync and listed in the history", async () => {
    const research = remote.addSpace("Research");
    const key = remote.addKey("app", { limitNanos: usd("10") });
    const { id } = await watchRemote(scenario, remote);
    ledger().updateKey(key, { name: "app-2", disabled: true, limitNanos: null, workspaceId: research });
    remote.addKey("new one", { workspaceId: research });
    await later(60);
    ledger().updateKey(key, { disabled: false });
    await later(60);
    ledger().deleteKey(key);
    await later(60);
    ledger().restoreKey(key);
    await later(60);
    expect(await historyOf(scenario, id)).toEqual([
      ["account_keys_found", { keys: 1, workspaces: 2 }],
      ["account_key_renamed", { key: "app-2", before: "app" }],
      ["account_key_disabled", { key: "app-2" }],
      ["account_key_moved", { key: "app-2", workspace: "Research", before: "Default Workspace" }],
      ["account_key_limit_changed", { key: "app-2", limit: null, before: "10000000000" }],
      ["account_key_found", { key: "new one", workspace: "Research" }],
      ["account_key_enabled", { key: "app-2" }],
      ["account_key_deleted", { key: "app-2" }],
      ["account_key_restored", { key: "app-2" }],
    ]);
    expect((await keysByName(scenario))["app-2"]).toMatchObject({ status: "valid", workspace: "Research" });
  });

  test("a missing key is requested by its hash before it counts as deleted, and keeps its history", async () => {
    const key = remote.addKey("app");
    spend(scenario, key, YESTERDAY, usd("2"));
    const { id } = await watchRemote(scenario, remote);
    scenario.harness.sim.clearRequests();
    scenario.harness.sim.faults.add({ match: { path: `/keys/${key.hash}` }, kind: "500", times: 3 });
    ledger().deleteKey(key);
    await later(60);
    expect(scenario.harness.sim.requestCount(`/keys/${key.hash}`)).toBe(3);
    expect((await keysByName(scenario)).app).toMatchObject({ status: "valid" });
    expect((await account(id)).last_sync_error_message.code).toBe("account_not_listed");
    await later(60);
    expect((await keysByName(scenario)).app).toMatchObject({
      status: "invalid",
      status_reason: { code: "openrouter_key_deleted" },
      is_active: true,
    });
    expect((await account(id)).keys_total).toBe(0);
    scenario.harness.sim.clearRequests();
    await later(60);
    expect(scenario.harness.sim.requestCount(`/keys/${key.hash}`)).toBe(0);
    expect((await scenario.user.get("/api/stats/dashboard")).body.summary.total_cost).toBe("2.00");
  });

  test("a key renamed in orwatch keeps its name; any other has OpenRouter's name, even if another key has it", async () => {
    const [one, two] = [remote.addKey("one"), remote.addKey("two")];
    await watchRemote(scenario, remote);
    await scenario.user.put(`/api/keys/${(await keysByName(scenario)).one.id}`, { name: "mine" });
    ledger().updateKey(one, { name: "two" });
    ledger().updateKey(two, { name: "three" });
    await later(60);
    expect(Object.keys(await keysByName(scenario)).sort()).toEqual(["Acme", "mine", "three"]);
  });

  test("a page of keys that fails does not affect other pages, and no key counts as deleted", async () => {
    const keys = Array.from({ length: 130 }, (_, index) => remote.addKey(`key-${index}`));
    const { id } = await watchRemote(scenario, remote);
    spend(scenario, keys[129]!, TODAY, 5n);
    spend(scenario, keys[0]!, TODAY, 7n);
    // The newest 100 come first.
    scenario.harness.sim.faults.add({ match: { path: "/keys" }, kind: "500", times: 3, after: 1 });
    scenario.harness.sim.clock.advance(3_600_000);
    await later(0);
    expect(await account(id)).toMatchObject({
      keys_total: 130,
      last_sync_error_message: { code: "account_not_listed" },
    });
    const costs = async () => {
      const { body } = await scenario.user.get(`/api/usage?start_date=${TODAY}&end_date=${TODAY}`);
      return Object.fromEntries(body.map((row: Record<string, string>) => [row.kind ?? row.api_key_id, row.cost]));
    };
    // The total of the account contains usage of keys that were not listed.
    const stored = await keysByName(scenario);
    expect(await costs()).toEqual({ [stored["key-129"].id]: "0.000000005", unknown: "0.000000007" });
    await later(60);
    expect(await costs()).toEqual({ [stored["key-129"].id]: "0.000000005", [stored["key-0"].id]: "0.000000007" });
    expect((await scenario.user.get("/api/stats/dashboard")).body.summary.total_cost).toBe("0.000000012");
    expect((await account(id)).last_sync_error).toBeNull();
  });
});

describe("requests", () => {
  test("keys whose counters have not changed need no request", async () => {
    const keys = Array.from({ length: 6 }, (_, index) => remote.addKey(`key-${index}`));
    for (const key of keys) spend(scenario, key, YESTERDAY, 9n);
    await watchRemote(scenario, remote);
    scenario.harness.sim.clearRequests();
    spend(scenario, keys[2]!, `${TODAY}T12:30:00Z`, 11n);
    await later(60);
    const others = scenario.harness.sim.requests.map(({ path }) => path).filter((path) => path !== "/analytics/query");
    expect(others.sort()).toEqual(["/credits", "/key", "/keys", "/workspaces"]);
    expect(queriesOfKeys()).toHaveLength(2);
    // The total by model, the check of its sums, and the names of the keys.
    expect(scenario.harness.sim.requestCount("/analytics/query")).toBe(5);
    const found = await keysByName(scenario);
    for (const [index, key] of keys.entries()) {
      expectExact(scenario.harness, { keyId: found[`key-${index}`].id, keyHash: key.hash });
      expect(found[`key-${index}`].last_sync_error).toBeNull();
    }
  });

  test("usage that only counters show is requested again", async () => {
    const key = remote.addKey("app");
    await watchRemote(scenario, remote);
    const { sim } = scenario.harness;
    sim.options.lateDays = [{ day: TODAY, until: new Date(`${TODAY}T14:30:00Z`) }];
    spend(scenario, key, `${TODAY}T12:30:00Z`, 11n);
    await later(60);
    const { id } = (await keysByName(scenario)).app;
    const usage = await scenario.user.get(`/api/usage?start_date=${TODAY}&end_date=${TODAY}&api_key_id=${id}`);
    expect(usage.body).toMatchObject([{ model: "(unattributed)", cost: "0.000000011" }]);
    await later(120);
    expectExact(scenario.harness, { keyId: id, keyHash: key.hash });
    sim.options.lateDays = [];
  });

  test("restatements that counters do not show are found within a day, or within a week if older than a month", async () => {
    const key = remote.addKey("app");
    for (const day of ["2025-06-01", "2026-02-20", YESTERDAY]) spend(scenario, key, day, 100n);
    await watchRemote(scenario, remote);
    const { id } = (await keysByName(scenario)).app;
    ledger().restate(key, "2026-02-20", "openai/gpt-5", { deltaNanos: 50n }, { countersFollow: false });
    ledger().restate(key, "2025-06-01", "openai/gpt-5", { deltaNanos: 30n }, { countersFollow: false });
    await syncAt(scenario, "2026-03-11T23:59:00Z");
    expectExact(scenario.harness, { keyId: id, keyHash: key.hash, from: "2026-01-01" });
    await syncAt(scenario, "2026-03-18T12:00:00Z");
    expectExact(scenario.harness, { keyId: id, keyHash: key.hash });
  });
});

describe("management keys", () => {
  test("two management keys of one account count its usage once", async () => {
    const key = remote.addKey("app");
    spend(scenario, key, YESTERDAY, usd("3"));
    await watchRemote(scenario, remote);
    const second = ledger().addManagementKey(remote.id, { name: "second" });
    expect(await scenario.user.post("/api/accounts", { name: "again", key: second.secret })).toMatchObject({
      status: 409,
      body: { reason: "account_already_added", params: { account: "Acme" } },
    });
    await add(scenario, second);
    await later(60);
    const { items } = (await scenario.user.get("/api/accounts")).body;
    expect(items).toHaveLength(1);
    expect((await scenario.user.get("/api/keys")).body.total).toBe(3);
    expect((await scenario.user.get("/api/stats/dashboard")).body.summary.total_cost).toBe("3.00");
    // The second takes over when the first is revoked.
    spend(scenario, key, `${TODAY}T13:30:00Z`, usd("1"));
    ledger().deleteKey(remote.manager);
    await later(60);
    await later(60);
    await later(60);
    expect((await scenario.user.get("/api/stats/dashboard")).body.summary.total_cost).toBe("4.00");
    expect((await account(items[0].id)).last_sync_error).toBeNull();
  });

  test("a revoked management key stops the sync with its reason; another of the same account resumes it without counting usage twice", async () => {
    const key = remote.addKey("app");
    spend(scenario, key, YESTERDAY, usd("3"));
    const { id } = await watchRemote(scenario, remote);
    ledger().deleteKey(remote.manager);
    for (let hour = 0; hour < 3; hour++) await later(60);
    expect(await account(id)).toMatchObject({
      last_sync_error_message: { code: "account_without_management_key" },
    });
    expect((await keysByName(scenario)).app.last_sync_error_message.code).toBe("account_without_management_key");
    spend(scenario, key, `${TODAY}T15:10:00Z`, usd("1"));
    const put = (secret: string) => scenario.user.put(`/api/accounts/${id}/key`, { key: secret });
    const foreign = createRemote(scenario);
    expect(await put(foreign.manager.secret)).toMatchObject({ status: 409, body: { reason: "account_of_other_key" } });
    expect(await put(key.secret)).toMatchObject({ status: 400, body: { reason: "account_needs_management_key" } });
    const fresh = ledger().addManagementKey(remote.id, { name: "fresh" });
    scenario.harness.sim.clock.advance(600_000);
    expect((await put(fresh.secret)).status).toBe(200);
    await settle(scenario.harness);
    expect(await account(id)).toMatchObject({ keys_total: 1, keys_watched: 1, last_sync_error: null });
    expect((await scenario.user.get("/api/keys")).body.total).toBe(2);
    const { id: keyId } = (await keysByName(scenario)).app;
    expectExact(scenario.harness, { keyId, keyHash: key.hash });
    expect((await scenario.user.get("/api/stats/dashboard")).body.summary.total_cost).toBe("4.00");
  });

  test("two users of one account have separate keys and share its requests", async () => {
    const key = remote.addKey("app");
    spend(scenario, key, YESTERDAY, usd("3"));
    await watchRemote(scenario, remote);
    const other = { ...scenario, user: await scenario.harness.createUser() };
    await watchRemote(other, remote);
    expect((await keysByName(scenario)).app.id).not.toBe((await keysByName(other)).app.id);
    expect((await other.user.get("/api/stats/dashboard")).body.summary.total_cost).toBe("3.00");
    expect(scenario.harness.sim.maxInFlight(remote.id)).toBeLessThanOrEqual(2);
  });
});

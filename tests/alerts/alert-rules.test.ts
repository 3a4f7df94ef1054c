import { message } from "@orwatch/messages/message";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { add, createAccount, type Scenario, startScenario } from "../support/openrouter/scenario.ts";
import type { Caller } from "../support/server/harness.ts";

let scenario: Scenario;
let user: Caller;
beforeAll(async () => {
  scenario = await startScenario("2026-03-10T12:00:00Z");
  user = scenario.user;
});
afterAll(() => scenario.harness.close());

const rulesOf = async (who: Caller = user) => (await who.get("/api/alerts/rules")).body.items;

describe("default rules", () => {
  test("default rules are created with the first key", async () => {
    expect(await rulesOf()).toEqual([]);
    await add(scenario, createAccount(scenario).key);
    const rules = await rulesOf();
    expect(rules.map(({ kind }: { kind: string }) => kind)).toEqual([
      "limit_share",
      "credits",
      "unusual",
      "key_invalid",
      "key_expires",
      "sync_stale",
    ]);
    for (const rule of rules) expect(rule).toMatchObject({ is_active: true, keys: null, is_firing: false });
  });

  test("default rules have names in the reader's language until they are renamed", async () => {
    const [rule] = await rulesOf();
    expect(rule.name_message).toEqual(message("default_rule_name", { kind: "limit_share" }));
    const update = async (fields: object) => (await user.put(`/api/alerts/rules/${rule.id}`, fields)).body;
    expect(await update({ name: rule.name, percents: [90] })).toMatchObject({ name_message: rule.name_message });
    expect(await update({ name: "Credits: production under $20" })).toMatchObject({
      name: "Credits: production under $20",
      name_message: null,
    });
  });

  test("default rules are not created again after deletion", async () => {
    for (const { id } of await rulesOf()) expect((await user.delete(`/api/alerts/rules/${id}`)).status).toBe(204);
    await add(scenario, createAccount(scenario).key);
    await scenario.harness.restart();
    await add(scenario, createAccount(scenario).key);
    expect(await rulesOf()).toEqual([]);
  });
});

describe("an alert rule", () => {
  test("an alert rule is created, read, updated and deleted", async () => {
    const keyId = await add(scenario, createAccount(scenario).key);
    const made = await user.post("/api/alerts/rules", {
      name: "  Too much  ",
      kind: "spend",
      span: "week",
      amount: "12.5",
      api_key_ids: [keyId, keyId],
    });
    expect([made.status, made.text]).toEqual([201, expect.any(String)]);
    expect(made.body).toMatchObject({
      name: "Too much",
      kind: "spend",
      span: "week",
      amount: "12.50",
      each_key: false,
      percents: null,
      days: null,
      keys: [{ id: keyId, is_deleted: false }],
      is_active: true,
      snoozed_until: null,
      last_fired_at: null,
    });
    const where = `/api/alerts/rules/${made.body.id}`;
    expect((await user.get(where)).body).toEqual(made.body);
    scenario.harness.sim.clock.advance(60_000);
    const renamed = await user.put(where, { name: "Far too much" });
    expect(renamed.body).toEqual({ ...made.body, name: "Far too much" });
    const changed = await user.put(where, { amount: "20", each_key: true, api_key_ids: null, is_active: false });
    expect(changed.body).toMatchObject({ amount: "20.00", each_key: true, keys: null, span: "week", is_active: false });
    expect(changed.body.updated_at > made.body.updated_at).toBe(true);
    const snoozed = await user.post(`${where}/snooze`, { hours: 2 });
    expect(snoozed.body.snoozed_until).toBe("2026-03-10T14:01:00.000Z");
    expect((await user.post(`${where}/snooze`, { hours: 0 })).body.snoozed_until).toBeNull();
    expect((await user.delete(where)).status).toBe(204);
    for (const gone of [
      await user.get(where),
      await user.put(where, { name: "x" }),
      await user.delete(where),
      await user.post(`${where}/snooze`, { hours: 1 }),
    ])
      expect(gone.status).toBe(404);
  });

  test("an alert rule has a default for every term except amount and period", async () => {
    const make = async (body: object) => (await user.post("/api/alerts/rules", { name: "r", ...body })).body;
    expect(await make({ kind: "limit_share" })).toMatchObject({ percents: [50, 80, 100] });
    expect(await make({ kind: "limit_share", percents: [90, 10, 90] })).toMatchObject({ percents: [10, 90] });
    expect(await make({ kind: "unusual" })).toMatchObject({ times: 3, least: "1.00", each_key: false });
    expect(await make({ kind: "unusual", times: 1.25 })).toMatchObject({ times: 1.25 });
    expect(await make({ kind: "key_expires" })).toMatchObject({ days: 7 });
    expect(await make({ kind: "sync_stale" })).toMatchObject({ hours: 24 });
    expect(await make({ kind: "key_invalid" })).toMatchObject({ kind: "key_invalid", amount: null });
  });

  test.each([
    [{ kind: "spend", amount: "5.00" }, "span"],
    [{ kind: "spend", span: "day" }, "amount"],
    [{ kind: "credits" }, "amount"],
    [{ kind: "credits", amount: "0.00" }, "amount"],
    [{ kind: "credits", amount: "-5" }, "amount"],
    [{ kind: "credits", amount: "5", span: "day" }, "span"],
    [{ kind: "key_invalid", days: 3 }, "days"],
    [{ kind: "limit_share", percents: [101] }, "percents"],
    [{ kind: "unusual", times: 1 }, "times"],
    [{ kind: "weather" }, "kind"],
    [{ kind: "key_invalid", surprise: 1 }, "surprise"],
  ])("an alert rule is rejected with the name of the invalid field: %o", async (body, field) => {
    const answer = await user.post("/api/alerts/rules", { name: "r", ...body });
    expect(answer.status).toBe(400);
    expect(answer.body.issues[0].path.split(".")[0]).toBe(field);
  });

  test("an alert rule watches only keys of its owner and is invisible to other users", async () => {
    const other = await scenario.harness.createUser();
    const keyId = await add(scenario, createAccount(scenario).key);
    const stolen = { name: "r", kind: "key_invalid", api_key_ids: [keyId] };
    expect((await other.post("/api/alerts/rules", stolen)).status).toBe(404);
    const { body } = await user.post("/api/alerts/rules", stolen);
    const where = `/api/alerts/rules/${body.id}`;
    for (const answer of [
      await other.get(where),
      await other.put(where, { name: "mine" }),
      await other.delete(where),
      await other.post(`${where}/snooze`, { hours: 1 }),
    ])
      expect(answer.status).toBe(404);
    expect(await rulesOf(other)).toEqual([]);
    expect((await user.get(where)).body.name).toBe("r");
  });

  test("a 101st alert rule is rejected, also when many are created at once", async () => {
    const other = await scenario.harness.createUser();
    const make = () => other.post("/api/alerts/rules", { name: "r", kind: "key_invalid" });
    const statuses = [];
    for (let round = 0; round < 11; round++)
      statuses.push(...(await Promise.all(Array.from({ length: 10 }, make))).map(({ status }) => status));
    expect(statuses.filter((status) => status === 201)).toHaveLength(100);
    expect(statuses.filter((status) => status === 409)).toHaveLength(10);
    expect((await other.get("/api/alerts/rules")).body).toMatchObject({ total: 100, max: 100 });
  });
});

describe("notification settings", () => {
  test("notification settings have defaults and change only in the fields that are sent", async () => {
    const other = await scenario.harness.createUser();
    const defaults = { quiet_from: null, quiet_to: null, time_zone: "UTC", snoozed_until: null, max_per_day: 20 };
    expect((await other.get("/api/alerts/settings")).body).toEqual(defaults);
    const night = { quiet_from: "22:00", quiet_to: "07:30", time_zone: "Asia/Kathmandu" };
    expect((await other.put("/api/alerts/settings", night)).body).toEqual({ ...defaults, ...night });
    expect((await other.put("/api/alerts/settings", { max_per_day: 3 })).body).toMatchObject({
      ...night,
      max_per_day: 3,
    });
    const { body } = await other.post("/api/alerts/snooze", { hours: 8 });
    expect(Date.parse(body.snoozed_until) - scenario.harness.sim.clock.nowMs()).toBe(8 * 3_600_000);
    expect((await other.post("/api/alerts/snooze", { hours: 0 })).body.snoozed_until).toBeNull();
    expect((await user.get("/api/alerts/settings")).body.max_per_day).toBe(20);
  });

  test.each([
    { quiet_from: "24:00" },
    { quiet_to: "7:00" },
    { time_zone: "Mars/Base" },
    { max_per_day: 0 },
    { hours: 1 },
  ])("invalid notification settings are rejected: %o", async (body) =>
    expect((await user.put("/api/alerts/settings", body)).status).toBe(400),
  );
});

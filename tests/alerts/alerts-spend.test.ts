import { message } from "@orwatch/messages/message";
import { evaluateAll } from "@orwatch/server/alerts/evaluation/evaluate";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { alertsOf, DOLLAR } from "../support/alerts/alerts.ts";
import { add, createAccount, type Scenario, spend, startScenario } from "../support/openrouter/scenario.ts";

let scenario: Scenario;
beforeEach(async () => {
  scenario = await startScenario("2026-03-10T12:00:00Z");
});
afterEach(() => scenario.harness.close());
const { at, messages, only, notified } = alertsOf(() => scenario);

describe("a spend rule", () => {
  test("a spend rule sends one alert per UTC day", async () => {
    const { key } = createAccount(scenario);
    await add(scenario, key);
    await only({ kind: "spend", span: "day", amount: "5.00" });
    spend(scenario, key, "2026-03-10T12:30:00Z", 5n * DOLLAR);
    await at("2026-03-10T13:00:00Z");
    expect(await notified()).toEqual([]);
    spend(scenario, key, "2026-03-10T13:30:00Z", 1n);
    for (const hour of [14, 15, 16]) await at(`2026-03-10T${hour}:00:00Z`);
    await scenario.harness.restart();
    await evaluateAll(scenario.harness.server.app);
    await at("2026-03-10T17:00:00Z");
    expect(await notified()).toEqual([
      [expect.objectContaining({ event: "alert", threshold: "5.00", value: "5.000000001", window: "2026-03-10" })],
    ]);
    expect(await messages()).toEqual([
      [
        message("spend_above_threshold", {
          scope: { kind: "key", id: expect.any(Number), name: key.name },
          period: "day",
          from: "2026-03-10",
          spent: "5000000001",
          threshold: "5000000000",
        }),
      ],
    ]);
    await at("2026-03-11T12:00:00Z");
    expect(await notified()).toHaveLength(1);
    spend(scenario, key, "2026-03-11T12:30:00Z", 6n * DOLLAR);
    await at("2026-03-11T13:00:00Z");
    expect(await notified()).toHaveLength(2);
  });

  test("a spend rule of all keys includes usage of their account without a key, one of selected keys does not", async () => {
    const { account, key, manager } = createAccount(scenario);
    await add(scenario, manager);
    const { items } = (await scenario.user.get("/api/keys?limit=100")).body;
    const { id } = items.find(({ name }: { name: string }) => name === key.name);
    await only({ kind: "spend", span: "day", amount: "5.00" });
    await scenario.user.post("/api/alerts/rules", {
      name: "selected",
      kind: "spend",
      span: "day",
      amount: "5.00",
      api_key_ids: [id],
    });
    spend(scenario, key, "2026-03-10T12:30:00Z", 3n * DOLLAR);
    spend(scenario, scenario.harness.sim.ledger.chatroom(account.id), "2026-03-10T12:30:00Z", 3n * DOLLAR);
    await at("2026-03-10T13:00:00Z");
    expect(await messages()).toEqual([
      [
        message("spend_above_threshold", {
          scope: { kind: "all" },
          period: "day",
          from: "2026-03-10",
          spent: "6000000000",
          threshold: "5000000000",
        }),
      ],
    ]);
  });

  test("a spend rule alerts after midnight about the last hour of a day", async () => {
    const { key } = createAccount(scenario);
    await add(scenario, key);
    await only({ kind: "spend", span: "day", amount: "5.00" });
    await at("2026-03-10T23:00:00Z");
    spend(scenario, key, "2026-03-10T23:40:00Z", 9n * DOLLAR);
    await at("2026-03-11T00:30:00Z");
    await at("2026-03-11T01:30:00Z");
    expect((await notified()).map((items) => items.map(({ window }) => window))).toEqual([["2026-03-10"]]);
  });

  test("a spend rule counts weeks from Monday, months from the 1st, and single keys on request", async () => {
    const [one, two] = [createAccount(scenario).key, createAccount(scenario).key];
    await add(scenario, one);
    await add(scenario, two);
    await only({ kind: "spend", span: "week", amount: "5.00" });
    await scenario.user.post("/api/alerts/rules", {
      name: "m",
      kind: "spend",
      span: "month",
      amount: "8.00",
      each_key: true,
    });
    spend(scenario, one, "2026-03-10T12:30:00Z", 3n * DOLLAR);
    spend(scenario, two, "2026-03-10T12:30:00Z", 3n * DOLLAR);
    await at("2026-03-10T13:00:00Z");
    const week = { scope: { kind: "all" }, period: "week", spent: "6000000000", threshold: "5000000000" } as const;
    expect(await messages()).toEqual([[message("spend_above_threshold", { ...week, from: "2026-03-09" })]]);
    spend(scenario, two, "2026-03-16T12:30:00Z", 6n * DOLLAR);
    await at("2026-03-16T13:00:00Z");
    expect((await messages())[1]).toEqual([
      message("spend_above_threshold", { ...week, from: "2026-03-16" }),
      message("spend_above_threshold", {
        scope: { kind: "key", id: expect.any(Number), name: two.name },
        period: "month",
        from: "2026-03-01",
        spent: "9000000000",
        threshold: "8000000000",
      }),
    ]);
  });

  test("a spend rule ignores spend of days before it was created", async () => {
    const { account, key, manager } = createAccount(scenario);
    scenario.harness.sim.ledger.addCredits(account.id, 1000n * DOLLAR);
    spend(scenario, key, "2026-03-09", 50n * DOLLAR);
    await add(scenario, manager);
    await add(scenario, key);
    await only({ kind: "spend", span: "day", amount: "5.00" });
    await at("2026-03-10T13:00:00Z");
    expect(await notified()).toEqual([]);
  });
});

describe("an unusual-spend rule", () => {
  test("an unusual-spend rule alerts with the usual amount, and ignores small amounts", async () => {
    const { account, key, manager } = createAccount(scenario);
    scenario.harness.sim.ledger.addCredits(account.id, 1000n * DOLLAR);
    // Tuesdays: $2, $4, $6, $8; other days $100.
    for (const [index, day] of ["2026-02-10", "2026-02-17", "2026-02-24", "2026-03-03"].entries())
      spend(scenario, key, day, BigInt(2 * index + 2) * DOLLAR);
    spend(scenario, key, "2026-03-09", 100n * DOLLAR);
    await add(scenario, manager);
    await add(scenario, key);
    await only({ kind: "unusual", times: 3, least: "20.00" });
    await scenario.user.post("/api/alerts/rules", { name: "n", kind: "unusual", times: 2, least: "0.01" });
    spend(scenario, key, "2026-03-10T12:10:00Z", 5n * DOLLAR);
    await at("2026-03-10T13:00:00Z");
    expect(await messages()).toEqual([
      [
        message("spend_unusual", {
          scope: { kind: "all" },
          day: "2026-03-10",
          spent: "5000000000",
          usual: "1000000000",
          times: 5,
        }),
      ],
    ]);
  });
});

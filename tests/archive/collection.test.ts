import type { LedgerKey } from "@orwatch/openrouter-sim";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { expectIntact } from "../support/checks/integrity.ts";
import { watchRemote } from "../support/openrouter/openrouter-account.ts";
import { syncAt } from "../support/openrouter/scenario.ts";
import {
  type Archive,
  collect,
  keyIdOf,
  queriesFor,
  spendOf,
  startArchive,
  storedRows,
  syncAndCollect,
  TODAY,
  truth,
  YESTERDAY,
} from "./archive.ts";

const [PROVIDER, APP, FINISH_REASON, END_USER, HOUR, USER, WORKSPACE] = [1, 2, 3, 4, 5, 6, 7];

let archive: Archive;
beforeEach(async () => {
  archive = await startArchive();
});
afterEach(async () => {
  expectIntact(archive.scenario.harness);
  await archive.scenario.harness.close();
});

const sim = () => archive.scenario.harness.sim;
const watch = () => watchRemote(archive.scenario, archive.remote);

describe("breakdowns of a key", () => {
  test("breakdowns by provider, app and finish reason match the ledger", async () => {
    const key = archive.remote.addKey("app");
    spendOf(archive, key, YESTERDAY, { provider: "Azure", app: "Chat", finishReason: "stop", nanos: 500n });
    spendOf(archive, key, YESTERDAY, { provider: "Azure", app: "Code", finishReason: "stop", nanos: 30n });
    spendOf(archive, key, YESTERDAY, {
      provider: "OpenAI",
      app: "Code",
      finishReason: "length",
      model: "maker/b",
      nanos: 7n,
    });
    await watch();
    expect(await collect(archive)).toMatchObject({ failed: 0 });
    for (const [dimension, trait] of [
      [PROVIDER, "provider"],
      [APP, "app"],
      [FINISH_REASON, "finishReason"],
    ] as const) {
      const rows = storedRows(archive, dimension);
      expect(rows.reduce((sum, { cost }) => sum + cost, 0n)).toBe(537n);
      for (const { date, value, model, cost, requests } of rows)
        expect({ cost, requests }).toEqual({
          cost: truth(archive, key, { day: date, model, [trait]: value ?? "" }).costNanos,
          requests: truth(archive, key, { day: date, model, [trait]: value ?? "" }).requests,
        });
    }
    expect(storedRows(archive, END_USER)).toEqual([]);
  });

  test("breakdowns by hour include today and are updated after each sync", async () => {
    const key = archive.remote.addKey("app");
    spendOf(archive, key, `${YESTERDAY}T09:10:00Z`, { nanos: 5n });
    spendOf(archive, key, `${YESTERDAY}T09:50:00Z`, { nanos: 6n });
    spendOf(archive, key, `${TODAY}T11:00:00Z`, { nanos: 7n });
    await watch();
    await collect(archive);
    spendOf(archive, key, `${TODAY}T12:30:00Z`, { nanos: 8n });
    await syncAndCollect(archive, `${TODAY}T13:05:00Z`);
    expect(storedRows(archive, HOUR).map(({ date, hour, cost }) => [date, hour, cost])).toEqual([
      [YESTERDAY, 9, 11n],
      [TODAY, 11, 7n],
      [TODAY, 12, 8n],
    ]);
  });

  test("breakdowns are requested again only when usage has changed", async () => {
    const key = archive.remote.addKey("app");
    spendOf(archive, key, YESTERDAY);
    await watch();
    await collect(archive);
    sim().clearRequests();
    await collect(archive);
    await syncAndCollect(archive, `${TODAY}T13:05:00Z`);
    await syncAndCollect(archive, "2026-03-11T23:30:00Z");
    expect(queriesFor(archive, "hour")).toEqual([]);
    expect(queriesFor(archive, "provider")).toEqual([]);
  });

  test("breakdowns of the last 31 days are collected first, and of other days once a day", async () => {
    const key = archive.remote.addKey("app");
    for (const day of ["2026-02-08", "2026-02-07", YESTERDAY]) spendOf(archive, key, day, { provider: "Azure" });
    await watch();
    await collect(archive);
    expect(storedRows(archive, PROVIDER).map(({ date }) => date)).toEqual(["2026-02-08", YESTERDAY]);
    spendOf(archive, key, `${TODAY}T13:00:00Z`, { provider: "Azure" });
    await syncAndCollect(archive, `${TODAY}T14:00:00Z`);
    expect(storedRows(archive, PROVIDER)).toHaveLength(2);
    await syncAndCollect(archive, "2026-03-11T23:59:00Z");
    expect(storedRows(archive, PROVIDER).map(({ date }) => date)).toEqual(["2026-02-08", YESTERDAY, TODAY]);
  });

  test("breakdowns of a restated day are replaced", async () => {
    const key = archive.remote.addKey("app");
    spendOf(archive, key, YESTERDAY, { provider: "Azure", nanos: 100n });
    await watch();
    await collect(archive);
    sim().ledger.restate(key, YESTERDAY, "maker/a", { deltaNanos: 11n });
    await syncAndCollect(archive, "2026-03-11T23:59:00Z");
    expect(storedRows(archive, PROVIDER)).toMatchObject([{ date: YESTERDAY, value: "Azure", cost: 111n }]);
  });

  test("breakdowns of keys with a secret are collected too", async () => {
    const key = archive.remote.addKey("pasted");
    spendOf(archive, key, YESTERDAY, { provider: "Azure" });
    await watch();
    await archive.scenario.user.post("/api/keys", { name: "pasted", key: key.secret });
    await syncAndCollect(archive, `${TODAY}T13:05:00Z`);
    expect(storedRows(archive, PROVIDER)).toHaveLength(1);
  });
});

describe("hours of several keys", () => {
  test("hours of several keys are collected with one request and stored per key", async () => {
    const keys = ["a", "b", "c"].map((name) => archive.remote.addKey(name));
    await watch();
    for (const [index, key] of keys.entries())
      spendOf(archive, key, `${YESTERDAY}T0${index}:00:00Z`, { nanos: BigInt(index + 1) });
    await syncAt(archive.scenario, `${TODAY}T13:00:00Z`);
    sim().clearRequests();
    await collect(archive);
    expect(queriesFor(archive, "hour")).toHaveLength(1);
    for (const [index, name] of ["a", "b", "c"].entries())
      expect(storedRows(archive, HOUR, { id: await keyIdOf(archive, name) })).toMatchObject([
        { hour: index, cost: BigInt(index + 1) },
      ]);
  });

  test.each([
    ["with the same name", "twin"],
    ["renamed since they were listed", "renamed"],
  ])("hours of keys %s are requested separately", async (_what, newName) => {
    const keys = ["twin", newName === "twin" ? "twin" : "other"].map((name) => archive.remote.addKey(name));
    await watch();
    for (const [index, key] of keys.entries())
      spendOf(archive, key, `${YESTERDAY}T0${index}:00:00Z`, { nanos: BigInt(index + 1) });
    await syncAt(archive.scenario, `${TODAY}T13:00:00Z`);
    sim().ledger.updateKey(keys[1] as LedgerKey, { name: newName });
    await collect(archive);
    expect(storedRows(archive, HOUR).map(({ hour, cost }) => [hour, cost])).toEqual([
      [0, 1n],
      [1, 2n],
    ]);
  });
});

describe("responses that differ from the usage of a day", () => {
  test("a response with less than the usage of the day leaves the rest unknown and is requested again", async () => {
    const key = archive.remote.addKey("app");
    spendOf(archive, key, YESTERDAY, { provider: "Azure", nanos: 500n });
    await watch();
    spendOf(archive, key, YESTERDAY, { provider: "OpenAI", nanos: 70n });
    await syncAt(archive.scenario, `${TODAY}T13:05:00Z`);
    // What was spent since is not in the generations yet.
    sim().ledger.restate(key, YESTERDAY, "maker/a", { deltaNanos: -70n, requestsDelta: -1 }, { countersFollow: false });
    await collect(archive);
    const costs = () => storedRows(archive, PROVIDER).reduce((sum, { cost }) => sum + cost, 0n);
    expect(costs()).toBe(500n);
    sim().ledger.restate(key, YESTERDAY, "maker/a", { deltaNanos: 70n, requestsDelta: 1 }, { countersFollow: false });
    await syncAndCollect(archive, "2026-03-11T23:59:00Z");
    expect(costs()).toBe(570n);
  });

  test("a response with more than the usage of the day is not stored and is requested again an hour later", async () => {
    const key = archive.remote.addKey("app");
    spendOf(archive, key, YESTERDAY, { provider: "Azure", nanos: 500n });
    await watch();
    spendOf(archive, key, YESTERDAY, { provider: "OpenAI", nanos: 70n });
    expect(await collect(archive)).toMatchObject({ rowsWritten: 0 });
    expect(storedRows(archive, PROVIDER)).toEqual([]);
    await syncAndCollect(archive, `${TODAY}T13:05:00Z`);
    expect(storedRows(archive, PROVIDER).map(({ value, cost }) => [value, cost])).toEqual([
      ["Azure", 500n],
      ["OpenAI", 70n],
    ]);
  });

  test("the current hour of today is left out", async () => {
    const key = archive.remote.addKey("app");
    spendOf(archive, key, `${TODAY}T10:00:00Z`, { nanos: 5n });
    spendOf(archive, key, `${TODAY}T12:00:00Z`, { nanos: 6n });
    await watch();
    sim().clock.set(new Date(`${TODAY}T12:10:00Z`));
    spendOf(archive, key, `${TODAY}T12:05:00Z`, { nanos: 7n });
    await collect(archive);
    expect(storedRows(archive, HOUR)).toMatchObject([{ hour: 10, cost: 5n }]);
  });

  test("hours since the last sync are left out until the next sync", async () => {
    const key = archive.remote.addKey("app");
    spendOf(archive, key, `${TODAY}T13:30:00Z`, { nanos: 5n });
    await watch();
    spendOf(archive, key, `${TODAY}T14:40:00Z`, { nanos: 6n });
    await syncAt(archive.scenario, `${TODAY}T14:50:00Z`);
    for (const at of ["14:55", "15:01"]) spendOf(archive, key, `${TODAY}T${at}:00Z`, { nanos: 7n });
    sim().clock.set(new Date(`${TODAY}T15:02:00Z`));
    expect(await collect(archive)).toMatchObject({ failed: 0 });
    expect(storedRows(archive, HOUR)).toMatchObject([{ hour: 13, cost: 5n }]);
    await syncAndCollect(archive, `${TODAY}T15:10:00Z`);
    expect(storedRows(archive, HOUR).map(({ hour, cost }) => [hour, cost])).toEqual([
      [13, 5n],
      [14, 13n],
      [15, 7n],
    ]);
  });

  test("a response without rows is not stored as a breakdown of the day", async () => {
    const key = archive.remote.addKey("app");
    spendOf(archive, key, YESTERDAY, { provider: "Azure" });
    await watch();
    sim().options.lateDays = [{ day: YESTERDAY, until: new Date(`${TODAY}T13:00:00Z`) }];
    expect((await collect(archive)).failed).toBeGreaterThan(0);
    await syncAndCollect(archive, `${TODAY}T13:05:00Z`);
    expect(storedRows(archive, PROVIDER)).toHaveLength(1);
  });

  test("usage known only from counters does not fail the collection", async () => {
    const key = archive.remote.addKey("app");
    spendOf(archive, key, YESTERDAY, { provider: "Azure" });
    await watch();
    sim().options.lateDays = [{ day: TODAY, until: new Date("2026-04-01T00:00:00Z") }];
    spendOf(archive, key, `${TODAY}T13:00:00Z`, { nanos: 70n });
    await syncAt(archive.scenario, `${TODAY}T14:00:00Z`);
    expect(await syncAndCollect(archive, "2026-03-11T23:30:00Z")).toMatchObject({ failed: 0 });
    sim().clearRequests();
    expect(await syncAndCollect(archive, "2026-03-15T23:59:00Z")).toMatchObject({ failed: 0 });
    expect(queriesFor(archive, "provider")).toEqual([]);
  });

  test("a response within rounding is adjusted to the exact cost of the day", async () => {
    sim().options.floatNoise = true;
    const key = archive.remote.addKey("app");
    for (const [index, provider] of ["Azure", "OpenAI", "Groq"].entries())
      spendOf(archive, key, YESTERDAY, { provider, nanos: 123_456_789_123n + BigInt(index) });
    await watch();
    await collect(archive);
    const { costNanos } = truth(archive, key, { day: YESTERDAY });
    expect(storedRows(archive, PROVIDER).reduce((sum, { cost }) => sum + cost, 0n)).toBe(costNanos);
  });
});

describe("requests for breakdowns", () => {
  test("truncated requests are split until they fit", async () => {
    const keys = ["a", "b"].map((name) => archive.remote.addKey(name));
    for (const key of keys)
      for (const day of ["2026-03-06", "2026-03-07", YESTERDAY])
        for (const model of ["maker/a", "maker/b"]) spendOf(archive, key, day, { model });
    await watch();
    sim().options.analyticsMaxRows = 4;
    expect(await collect(archive)).toMatchObject({ failed: 0 });
    expect(storedRows(archive, HOUR)).toHaveLength(12);
    expect(storedRows(archive, PROVIDER)).toHaveLength(12);
    expect(storedRows(archive, WORKSPACE, { of: "account_id" })).toHaveLength(6);
  });

  test("dimensions that OpenRouter does not list are not requested", async () => {
    sim().options.missingDimensions = ["provider", "user"];
    const key = archive.remote.addKey("app");
    spendOf(archive, key, YESTERDAY);
    await watch();
    expect(await collect(archive)).toMatchObject({ failed: 0 });
    expect(queriesFor(archive, "provider")).toEqual([]);
    expect(storedRows(archive, APP)).toHaveLength(1);
  });

  test("failed requests for breakdowns are reported and repeated without failing the sync", async () => {
    const key = archive.remote.addKey("app");
    spendOf(archive, key, YESTERDAY);
    const { id } = await watch();
    const end = sim().faults.add({ match: { path: "/analytics/query" }, kind: "500" });
    expect((await collect(archive)).failed).toBeGreaterThan(0);
    end();
    const account = (await archive.scenario.user.get(`/api/accounts/${id}`)).body;
    expect(account.last_sync_error).toBeNull();
    await syncAndCollect(archive, `${TODAY}T14:00:00Z`);
    expect(storedRows(archive, PROVIDER)).toHaveLength(1);
  });

  test("requests for breakdowns are never authenticated with an inference key", async () => {
    spendOf(archive, archive.remote.addKey("app"), YESTERDAY);
    await watch();
    sim().clearRequests();
    await collect(archive);
    expect(new Set(sim().requests.map(({ keyHash }) => keyHash))).toEqual(new Set([archive.remote.manager.hash]));
  });
});

test("usage of an account is split by app, member and workspace for a year, including usage without a key", async () => {
  const space = archive.remote.addSpace("Research");
  const key = archive.remote.addKey("app", { workspaceId: space, member: "ada@example.com" });
  spendOf(archive, key, "2025-06-01", { nanos: 5n });
  spendOf(archive, sim().ledger.chatroom(archive.remote.id), YESTERDAY, { nanos: 7n });
  await watch();
  await collect(archive);
  const split = (dimension: number | undefined) =>
    storedRows(archive, dimension as number, { of: "account_id" }).map(({ date, value, cost }) => [date, value, cost]);
  expect(split(WORKSPACE)).toEqual([
    ["2025-06-01", "Research", 5n],
    [YESTERDAY, "Default Workspace", 7n],
  ]);
  expect(split(USER)).toMatchObject([
    ["2025-06-01", "ada@example.com", 5n],
    [YESTERDAY, expect.any(String), 7n],
  ]);
  expect(split(APP)).toHaveLength(2);
});

test("a restart during collection loses nothing", async () => {
  const keys = ["a", "b", "c"].map((name) => archive.remote.addKey(name));
  for (const key of keys) spendOf(archive, key, YESTERDAY);
  await watch();
  const end = sim().faults.add({ match: { path: "/analytics/query" }, kind: "500", after: 4 });
  await collect(archive);
  end();
  await archive.scenario.harness.restart();
  await syncAndCollect(archive, `${TODAY}T14:00:00Z`);
  for (const dimension of [PROVIDER, APP, FINISH_REASON, HOUR])
    expect(storedRows(archive, dimension as number)).toHaveLength(3);
});

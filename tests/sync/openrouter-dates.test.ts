import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  add,
  createAccount,
  keyOf,
  type Scenario,
  spend,
  startScenario,
  syncAt,
} from "../support/openrouter/scenario.ts";
import { costByDay, expectExact, storedRows } from "../support/openrouter/truth.ts";
import { request } from "../support/server/harness.ts";

const DAY_MS = 86_400_000;
const METRICS_TOKEN = "a-token-for-metrics-of-more-than-32-characters";

let scenario: Scenario;
beforeEach(async () => {
  scenario = await startScenario("2026-03-10T12:00:00Z", { env: { METRICS_TOKEN } });
});
afterEach(() => scenario.harness.close());

const faults = () => scenario.harness.sim.faults;
const progressOf = (id: number) =>
  scenario.harness.server.app.db.reader
    .prepare(
      "SELECT polled_day, watermark, month_resynced_on, year_resynced_on, complete_through FROM api_keys WHERE id = ?",
    )
    .get(id) as Record<string, string | null>;
const dashboard = async () => (await scenario.user.get("/api/stats/dashboard?days=30")).body;
const notifications = () =>
  scenario.harness.server.app.db.reader.prepare("SELECT title FROM notifications").pluck().all() as string[];

describe.each([
  ["400 days ahead", 400 * DAY_MS],
  ["of 2001", -9000 * DAY_MS],
  ["a day ahead", DAY_MS],
  ["a day back", -DAY_MS],
  ["ten minutes ahead", 600_000],
])("a response dated %s", (_, dateOffsetMs) => {
  test("records nothing on a key without a management key, is logged once, and does not affect the next response", async () => {
    const { key } = createAccount(scenario);
    spend(scenario, key, "2026-03-10T10:00:00Z", 700n);
    const keyId = await add(scenario, key);
    spend(scenario, key, "2026-03-10T12:30:00Z", 50n);
    const before = { progress: progressOf(keyId), days: costByDay(scenario.harness, keyId) };
    for (const at of ["2026-03-10T13:00:00Z", "2026-03-10T13:10:00Z"]) {
      faults().add({ kind: "wrong-date", dateOffsetMs, times: 1, match: { path: "/key" } });
      await syncAt(scenario, at);
    }
    expect({ progress: progressOf(keyId), days: costByDay(scenario.harness, keyId) }).toEqual(before);
    const { status, last_sync_error_message } = await keyOf(scenario, keyId);
    expect(status).toBe("valid");
    expect(last_sync_error_message.code).toBe("openrouter_wrong_date");
    expect(notifications().filter((title) => title.includes("openrouter_wrong_date"))).toHaveLength(1);
    await syncAt(scenario, "2026-03-10T14:00:00Z");
    expect(costByDay(scenario.harness, keyId)).toEqual({ "2026-03-10": 750n });
    expect((await keyOf(scenario, keyId)).last_sync_error).toBeNull();
    expect((await dashboard()).complete_through <= "2026-03-10").toBe(true);
  });

  test.each(["/key", "/analytics/query"])(
    "a response dated %s leaves a covered key's days and progress unchanged",
    async (path) => {
      const { key, manager } = createAccount(scenario);
      spend(scenario, key, "2026-03-09", 5_000n, "a/one");
      await add(scenario, manager);
      const keyId = await add(scenario, key);
      faults().add({
        kind: "wrong-date",
        dateOffsetMs,
        times: 1,
        match: path === "/key" ? { path, keyHash: key.hash } : { path },
      });
      await syncAt(scenario, "2026-03-10T13:00:00Z");
      expect((await keyOf(scenario, keyId)).last_sync_error_message.code).toBe("openrouter_wrong_date");
      for (const day of Object.values(progressOf(keyId))) expect(day === null || day <= "2026-03-10").toBe(true);
      spend(scenario, key, "2026-03-10T13:30:00Z", 70n, "a/one");
      await syncAt(scenario, "2026-03-10T14:00:00Z");
      expectExact(scenario.harness, { keyId, keyHash: key.hash });
    },
  );
});

test("stored days in the future are ignored", async () => {
  const { key, manager } = createAccount(scenario);
  spend(scenario, key, "2025-06-01", 5_000n, "a/one");
  const { key: loneKey } = createAccount(scenario);
  await add(scenario, manager);
  const keyId = await add(scenario, key);
  const loneId = await add(scenario, loneKey);
  await scenario.harness.server.app.db.write((connection) =>
    connection.exec(`UPDATE api_keys SET polled_day = '2027-04-14', watermark = '2027-04-14', month_resynced_on = '2027-04-14',
      year_resynced_on = '2027-04-14', complete_through = '2027-04-13'`),
  );
  expect((await dashboard()).complete_through).toBeNull();
  spend(scenario, key, "2025-07-01", 70n, "a/one");
  spend(scenario, loneKey, "2026-03-10T12:30:00Z", 90n);
  await syncAt(scenario, "2026-03-10T13:00:00Z");
  expectExact(scenario.harness, { keyId, keyHash: key.hash });
  expect(costByDay(scenario.harness, loneId)).toEqual({ "2026-03-10": 90n });
  expect(progressOf(keyId)).toMatchObject({ polled_day: "2026-03-10", complete_through: "2026-03-09" });
});

describe("with this machine's clock a day behind", () => {
  /** Every response is a day ahead of this machine. */
  const runBehind = () => faults().add({ kind: "wrong-date", dateOffsetMs: DAY_MS });
  const health = async () => (await request(`${scenario.harness.url}/health/ready`)).body.checks.clock;
  const offset = async () => {
    const { text } = await request(`${scenario.harness.url}/metrics`, {
      headers: { authorization: `Bearer ${METRICS_TOKEN}` },
    });
    return Number(/^orwatch_clock_offset_seconds (\S+)$/m.exec(text)?.[1]);
  };

  test("records usage by OpenRouter's day after three matching polls over half an hour, with a warning", async () => {
    const { key } = createAccount(scenario);
    expect(await health()).toBe(true);
    runBehind();
    const keyId = await add(scenario, key);
    await syncAt(scenario, "2026-03-10T12:20:00Z");
    expect(storedRows(scenario.harness, keyId)).toEqual([]);
    expect(await offset()).toBe(0);
    spend(scenario, key, "2026-03-10T12:30:00Z", 90n);
    await syncAt(scenario, "2026-03-10T12:40:00Z");
    await syncAt(scenario, "2026-03-10T12:50:00Z");
    expect(costByDay(scenario.harness, keyId)).toEqual({ "2026-03-11": 90n });
    expect((await keyOf(scenario, keyId)).last_sync_error).toBeNull();
    expect(await health()).toBe(false);
    expect((await request(`${scenario.harness.url}/health/ready`)).status).toBe(200);
    expect(await offset()).toBe(86_400);
    expect(scenario.harness.logged.filter(({ event }) => event === "clock.wrong")).toHaveLength(1);
    const { by_date } = await dashboard();
    expect(by_date.at(-1)).toMatchObject({ date: "2026-03-11", cost: "0.00000009" });
  });

  test("ends the warning when responses match this clock again", async () => {
    runBehind();
    const { key } = createAccount(scenario);
    await add(scenario, key);
    for (const minute of ["20", "40", "50"]) await syncAt(scenario, `2026-03-10T12:${minute}:00Z`);
    expect(await health()).toBe(false);
    faults().clear();
    for (const minute of ["00", "20", "40", "50"]) await syncAt(scenario, `2026-03-10T13:${minute}:00Z`);
    expect(await health()).toBe(true);
    expect(await offset()).toBe(0);
  });
});

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { request } from "../support/harness.ts";
import { costByDay, expectExact, storedRows } from "../support/truth.ts";
import { add, createAccount, keyOf, spend, startWatch, syncAt, type Watch } from "../support/watch.ts";

const DAY_MS = 86_400_000;
const METRICS_TOKEN = "a-token-for-metrics-of-more-than-32-characters";

let watch: Watch;
beforeEach(async () => {
  watch = await startWatch("2026-03-10T12:00:00Z", { env: { METRICS_TOKEN } });
});
afterEach(() => watch.harness.close());

const faults = () => watch.harness.sim.faults;
const progressOf = (id: number) =>
  watch.harness.server.app.db.reader
    .prepare(
      "SELECT polled_day, watermark, month_resynced_on, year_resynced_on, complete_through FROM api_keys WHERE id = ?",
    )
    .get(id) as Record<string, string | null>;
const dashboard = async () => (await watch.user.get("/api/stats/dashboard?days=30")).body;
const notices = () => watch.harness.server.app.db.reader.prepare("SELECT title FROM notices").pluck().all() as string[];

describe.each([
  ["400 days ahead", 400 * DAY_MS],
  ["of 2001", -9000 * DAY_MS],
  ["a day ahead", DAY_MS],
  ["a day back", -DAY_MS],
  ["ten minutes ahead", 600_000],
])("an answer dated %s", (_, dateOffsetMs) => {
  test("books nothing on a key without a management key, is logged once, and does not affect the next answer", async () => {
    const { key } = createAccount(watch);
    spend(watch, key, "2026-03-10T10:00:00Z", 700n);
    const keyId = await add(watch, key);
    spend(watch, key, "2026-03-10T12:30:00Z", 50n);
    const before = { progress: progressOf(keyId), days: costByDay(watch.harness, keyId) };
    for (const at of ["2026-03-10T13:00:00Z", "2026-03-10T13:10:00Z"]) {
      faults().add({ kind: "wrong-date", dateOffsetMs, times: 1, match: { path: "/key" } });
      await syncAt(watch, at);
    }
    expect({ progress: progressOf(keyId), days: costByDay(watch.harness, keyId) }).toEqual(before);
    const { status, last_sync_error, last_sync_error_message } = await keyOf(watch, keyId);
    expect(status).toBe("valid");
    expect(last_sync_error_message.code).toBe("openrouter_wrong_date");
    expect(notices().filter((title) => title.includes(last_sync_error))).toHaveLength(1);
    await syncAt(watch, "2026-03-10T14:00:00Z");
    expect(costByDay(watch.harness, keyId)).toEqual({ "2026-03-10": 750n });
    expect((await keyOf(watch, keyId)).last_sync_error).toBeNull();
    expect((await dashboard()).complete_through <= "2026-03-10").toBe(true);
  });

  test.each(["/key", "/analytics/query"])("of %s leaves a covered key's days and progress unchanged", async (path) => {
    const { key, manager } = createAccount(watch);
    spend(watch, key, "2026-03-09", 5_000n, "a/one");
    await add(watch, manager);
    const keyId = await add(watch, key);
    faults().add({
      kind: "wrong-date",
      dateOffsetMs,
      times: 1,
      match: path === "/key" ? { path, keyHash: key.hash } : { path },
    });
    await syncAt(watch, "2026-03-10T13:00:00Z");
    expect((await keyOf(watch, keyId)).last_sync_error_message.code).toBe("openrouter_wrong_date");
    for (const day of Object.values(progressOf(keyId))) expect(day === null || day <= "2026-03-10").toBe(true);
    spend(watch, key, "2026-03-10T13:30:00Z", 70n, "a/one");
    await syncAt(watch, "2026-03-10T14:00:00Z");
    expectExact(watch.harness, { keyId, keyHash: key.hash });
  });
});

test("stored days in the future count as never", async () => {
  const { key, manager } = createAccount(watch);
  spend(watch, key, "2025-06-01", 5_000n, "a/one");
  const { key: loneKey } = createAccount(watch);
  await add(watch, manager);
  const keyId = await add(watch, key);
  const loneId = await add(watch, loneKey);
  await watch.harness.server.app.db.write((connection) =>
    connection.exec(`UPDATE api_keys SET polled_day = '2027-04-14', watermark = '2027-04-14', month_resynced_on = '2027-04-14',
      year_resynced_on = '2027-04-14', complete_through = '2027-04-13'`),
  );
  expect((await dashboard()).complete_through).toBeNull();
  spend(watch, key, "2025-07-01", 70n, "a/one");
  spend(watch, loneKey, "2026-03-10T12:30:00Z", 90n);
  await syncAt(watch, "2026-03-10T13:00:00Z");
  expectExact(watch.harness, { keyId, keyHash: key.hash });
  expect(costByDay(watch.harness, loneId)).toEqual({ "2026-03-10": 90n });
  expect(progressOf(keyId)).toMatchObject({ polled_day: "2026-03-10", complete_through: "2026-03-09" });
});

describe("with this machine's clock a day behind", () => {
  /** Every answer is a day ahead of this machine. */
  const runBehind = () => faults().add({ kind: "wrong-date", dateOffsetMs: DAY_MS });
  const health = async () => (await request(`${watch.harness.url}/health/ready`)).body.checks.clock;
  const offset = async () => {
    const { text } = await request(`${watch.harness.url}/metrics`, {
      headers: { authorization: `Bearer ${METRICS_TOKEN}` },
    });
    return Number(/^orwatch_clock_offset_seconds (\S+)$/m.exec(text)?.[1]);
  };

  test("books usage by OpenRouter's day after three matching polls over half an hour, with a warning", async () => {
    const { key } = createAccount(watch);
    expect(await health()).toBe(true);
    runBehind();
    const keyId = await add(watch, key);
    await syncAt(watch, "2026-03-10T12:20:00Z");
    expect(storedRows(watch.harness, keyId)).toEqual([]);
    expect(await offset()).toBe(0);
    spend(watch, key, "2026-03-10T12:30:00Z", 90n);
    await syncAt(watch, "2026-03-10T12:40:00Z");
    await syncAt(watch, "2026-03-10T12:50:00Z");
    expect(costByDay(watch.harness, keyId)).toEqual({ "2026-03-11": 90n });
    expect((await keyOf(watch, keyId)).last_sync_error).toBeNull();
    expect(await health()).toBe(false);
    expect((await request(`${watch.harness.url}/health/ready`)).status).toBe(200);
    expect(await offset()).toBe(86_400);
    expect(watch.harness.logged.filter(({ event }) => event === "clock.wrong")).toHaveLength(1);
    const { by_date } = await dashboard();
    expect(by_date.at(-1)).toMatchObject({ date: "2026-03-11", cost: "0.00000009" });
  });

  test("ends the warning when answers match this clock again", async () => {
    runBehind();
    const { key } = createAccount(watch);
    await add(watch, key);
    for (const minute of ["20", "40", "50"]) await syncAt(watch, `2026-03-10T12:${minute}:00Z`);
    expect(await health()).toBe(false);
    faults().clear();
    for (const minute of ["00", "20", "40", "50"]) await syncAt(watch, `2026-03-10T13:${minute}:00Z`);
    expect(await health()).toBe(true);
    expect(await offset()).toBe(0);
  });
});

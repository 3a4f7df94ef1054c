import { formatNanos, parseMoney } from "@orwatch/domain/money";
import type { LedgerKey } from "@orwatch/openrouter-sim";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type Archive,
  collect,
  keyIdOf,
  spendOf,
  startArchive,
  syncAndCollect,
  TODAY,
  YESTERDAY,
} from "../archive/archive.ts";
import { DOLLAR } from "../support/alerts/alerts.ts";
import { type Json, watchRemote } from "../support/openrouter/openrouter-account.ts";
import { add } from "../support/openrouter/scenario.ts";
import { type Answer, type Caller, request } from "../support/server/harness.ts";

let archive: Archive;
let key: LedgerKey;
beforeEach(async () => {
  archive = await startArchive();
  key = archive.remote.addKey("app", { createdAt: new Date("2026-01-05T00:00:00Z") });
});
afterEach(() => archive.scenario.harness.close());

const ledger = () => archive.scenario.harness.sim.ledger;
const watch = () => watchRemote(archive.scenario, archive.remote);

async function ask(input: object, as: Caller = archive.scenario.user): Promise<Answer> {
  const { url } = archive.scenario.harness;
  const signIn = await request(`${url}/trpc/auth.signIn`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: as.email, password: "Correct-Horse-9" }),
  });
  const cookie = (signIn.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  return request(`${url}/trpc/keys.page?input=${encodeURIComponent(JSON.stringify(input))}`, { headers: { cookie } });
}

async function open(input: object = {}): Promise<Json> {
  const answer = await ask({ id: await keyIdOf(archive, "app"), ...input });
  expect(answer.status, answer.text).toBe(200);
  return answer.body.result.data;
}

const hourOf = ({ week }: Json, weekday: number, hour: number): string | null =>
  week.hours.find((one: Json) => one.weekday === weekday && one.hour === hour).cost;

/** Hours and what is not known by hour sum to the total. */
function expectWeekSum({ week }: Json): void {
  const costs: (string | null)[] = [...week.hours.map(({ cost }: Json) => cost), week.unknown];
  expect(formatNanos(costs.reduce((sum, cost) => sum + (cost === null ? 0n : (parseMoney(cost) ?? 0n)), 0n))).toBe(
    week.total,
  );
}

describe("hours", () => {
  // 2026-03-09 is a Monday.
  test("hours have a cost, 0 without spend and null if unknown", async () => {
    spendOf(archive, key, `${YESTERDAY}T09:30:00Z`, { nanos: 5_000n });
    spendOf(archive, key, `${TODAY}T08:00:00Z`, { nanos: 700n });
    await watch();
    await collect(archive);
    const page = await open({ start_date: YESTERDAY, end_date: TODAY });
    expect([hourOf(page, 0, 9), hourOf(page, 0, 10), hourOf(page, 0, 23)]).toEqual(["0.000005", "0.00", "0.00"]);
    expect([hourOf(page, 1, 8), hourOf(page, 1, 12), hourOf(page, 1, 13)]).toEqual(["0.0000007", "0.00", null]);
    expect(hourOf(page, 2, 8)).toBeNull();
    expect(page.week).toMatchObject({ unknown: "0.00", total: "0.0000057", since: YESTERDAY });
    expectWeekSum(page);
  });

  test("hours are unknown before they are collected and for usage older than 31 days", async () => {
    spendOf(archive, key, "2026-01-12", { nanos: 300n });
    spendOf(archive, key, YESTERDAY, { nanos: 5_000n });
    await watch();
    const before = await open({ days: 2 });
    expect([hourOf(before, 0, 12), hourOf(before, 0, 3)]).toEqual([null, null]);
    expect(before.week).toMatchObject({ unknown: "0.000005", since: null });
    await collect(archive);
    const after = await open({ days: 90 });
    expect(hourOf(after, 0, 12)).toBe("0.000005");
    expect(after.week).toMatchObject({ unknown: "0.0000003", total: "0.0000053" });
    expectWeekSum(after);
  });
});

test("providers add up to the total, including usage without a known provider", async () => {
  spendOf(archive, key, YESTERDAY, { provider: "Azure", nanos: 5_000n });
  spendOf(archive, key, `${TODAY}T08:00:00Z`, { provider: "Azure", nanos: 20n });
  await watch();
  await collect(archive);
  const { providers } = await open();
  expect(providers.items.map(({ value, cost }: Json) => [value, cost])).toEqual([
    ["Azure", "0.000005"],
    [null, "0.00000002"],
  ]);
  expect(providers.total).toMatchObject({ cost: "0.00000502", requests_count: 2 });
});

describe("this month", () => {
  test("this month is compared with the same complete days of the previous month", async () => {
    for (const [day, nanos] of [
      ["2026-02-03", 4n],
      ["2026-02-09", 6n],
      ["2026-02-10", 900n],
      ["2026-03-09", 15n],
      [`${TODAY}T08:00:00Z`, 70n],
    ] as const)
      spendOf(archive, key, day, { nanos });
    await watch();
    await syncAndCollect(archive, `${TODAY}T13:00:00Z`);
    expect((await open()).month).toEqual({
      start_date: "2026-03-01",
      end_date: TODAY,
      cost: "0.000000085",
      comparison: {
        start_date: "2026-03-01",
        end_date: YESTERDAY,
        previous_start_date: "2026-02-01",
        previous_end_date: "2026-02-09",
        current: "0.000000015",
        previous: "0.00000001",
        // One request instead of two, at three times the cost per token. Each part is the mean of both orders of the two changes.
        explanation: { volume: "-0.00000001", size: "0.00", price: "0.000000015", mix: "0.00" },
      },
    });
  });

  test("this month is not compared with unknown days", async () => {
    await add(archive.scenario, key);
    spendOf(archive, key, `${TODAY}T12:30:00Z`, { nanos: 15n });
    await syncAndCollect(archive, `${TODAY}T13:00:00Z`);
    expect((await open()).month).toMatchObject({ cost: "0.000000015", comparison: null });
  });

  test("this month is not compared beyond the end of a shorter previous month", async () => {
    archive.scenario.harness.sim.clock.set(new Date("2026-03-31T23:30:00Z"));
    spendOf(archive, key, "2026-03-30", { nanos: 15n });
    await watch();
    const { comparison } = (await open()).month;
    expect(comparison).toMatchObject({
      end_date: "2026-03-28",
      previous_start_date: "2026-02-01",
      previous_end_date: "2026-02-28",
      current: "0.00",
    });
  });
});

describe("days that stand out", () => {
  test("the page of a key names days that cost much more than usual on this weekday", async () => {
    // 2026-03-02 is a Monday.
    for (const monday of ["2026-01-12", "2026-01-19", "2026-01-26", "2026-02-02", "2026-02-09"])
      spendOf(archive, key, monday, { nanos: DOLLAR });
    spendOf(archive, key, "2026-03-02", { nanos: 6n * DOLLAR });
    spendOf(archive, key, "2026-02-16", { nanos: (19n * DOLLAR) / 10n });
    await watch();
    expect((await open({ start_date: "2026-02-12", end_date: TODAY })).unusual_days).toEqual([
      { date: "2026-03-02", cost: "6.00", usual: "1.00", times: 6 },
    ]);
    expect((await open({ days: 5 })).unusual_days).toEqual([]);
  });
});

describe("details", () => {
  test("details are summed over the range, and unknown without usage", async () => {
    spendOf(archive, key, "2026-02-27", { nanos: 5_000n, reasoningTokens: 30, cachedTokens: 400 });
    spendOf(archive, key, YESTERDAY, { nanos: 5_000n, reasoningTokens: 7, cachedTokens: 0 });
    await watch();
    const { details } = await open({ days: 30 });
    expect(details).toMatchObject({ reasoning_tokens: 37, cached_tokens: 400, byok_requests: 0, partial: [] });
    expect((await open({ days: 5 })).details).toMatchObject({ reasoning_tokens: 7, cached_tokens: 0 });
    expect((await open({ days: 1 })).details).toMatchObject({
      reasoning_tokens: null,
      upstream_cost: null,
      partial: [],
    });
  });

  test("details that are unknown for some of the usage are marked", async () => {
    spendOf(archive, key, YESTERDAY, { nanos: 5_000n, reasoningTokens: 7 });
    await watch();
    await archive.scenario.harness.server.app.db.write((connection) =>
      connection.exec(`INSERT INTO usage_stats (api_key_id, date, model, cost, byok_cost, created_at)
        SELECT api_key_id, date, 'other/model', 1, 0, created_at FROM usage_stats LIMIT 1`),
    );
    const { details } = await open({ days: 2 });
    expect(details.reasoning_tokens).toBe(7);
    expect(details.partial).toContain("reasoning_tokens");
  });
});

describe("alert rules", () => {
  const rule = async (body: object): Promise<number> => {
    const made = await archive.scenario.user.post("/api/alerts/rules", { name: "mine", ...body });
    expect(made.status, made.text).toBe(201);
    return made.body.id;
  };

  test("the page of a key shows its alert rules, firing only if they fire for this key", async () => {
    const other = archive.remote.addKey("other", { createdAt: new Date("2026-01-05T00:00:00Z") });
    await watch();
    const [id, otherId] = [await keyIdOf(archive, "app"), await keyIdOf(archive, "other")];
    const spend = { kind: "spend", span: "day", amount: "1.00" };
    const each = await rule({ ...spend, each_key: true });
    const combined = await rule({ ...spend });
    const own = await rule({ ...spend, api_key_ids: [id] });
    const foreign = await rule({ ...spend, api_key_ids: [otherId] });
    const credits = await rule({ kind: "credits", amount: "5000.00" });
    spendOf(archive, other, `${TODAY}T12:10:00Z`, { nanos: 2n * DOLLAR });
    await syncAndCollect(archive, `${TODAY}T13:00:00Z`);
    const states = new Map((await open()).rules.map(({ id, is_firing }: Json) => [id, is_firing]));
    expect([each, combined, own].map((one) => states.get(one))).toEqual([false, true, false]);
    expect(states.has(foreign) || states.has(credits)).toBe(false);
    spendOf(archive, key, `${TODAY}T13:10:00Z`, { nanos: 2n * DOLLAR });
    await syncAndCollect(archive, `${TODAY}T14:00:00Z`);
    const later = new Map((await open()).rules.map(({ id, is_firing }: Json) => [id, is_firing]));
    expect([each, combined, own].map((one) => later.get(one))).toEqual([true, true, true]);
  });
});

test("the page of a key has the limit with its forecast, or the credits of the account", async () => {
  for (let day = 1; day <= 9; day += 1) spendOf(archive, key, `2026-03-0${day}`, { nanos: DOLLAR });
  for (let day = 10; day <= 28; day += 1) spendOf(archive, key, `2026-02-${day}`, { nanos: DOLLAR });
  ledger().updateKey(key, { limitNanos: 40n * DOLLAR });
  await watch();
  const page = await open();
  expect(page.key).toMatchObject({ limit: "40.00", limit_remaining: "12.00" });
  expect(page.limit).toMatchObject({ api_key_id: page.key.id, limit: "40.00", verdict: "runs_out" });
  expect(page.credits).toMatchObject({ api_key_id: page.key.managed_by, remaining: "972.00" });
  expect(page).toMatchObject({
    manager: { id: page.key.managed_by },
    account: { name: "Acme", collects_hours: true, collects_providers: true },
  });
});

test("the page of a key has only the history of this key", async () => {
  archive.remote.addKey("other");
  const { id } = await watch();
  ledger().updateKey(key, { name: "renamed" });
  await syncAndCollect(archive, `${TODAY}T13:00:00Z`);
  const { data } = (await ask({ id: await keyIdOf(archive, "renamed") })).body.result;
  const { history } = data;
  expect(history.items.map(({ message }: Json) => message.code)).toEqual(["account_key_renamed"]);
  const rest = await archive.scenario.user.get(`/api/accounts/${id}/history?hash=${key.hash}`);
  expect(rest.body).toEqual(history);
  const none = await archive.scenario.user.get(`/api/accounts/${id}/history?hash=${"0".repeat(64)}`);
  expect(none.body).toEqual({ items: [], total: 0 });
  expect((await archive.scenario.user.get(`/api/accounts/${id}/history?hash=${key.hash.slice(1)}`)).status).toBe(400);
});

test("the page of a key is not found for another user, for usage without a key, and after the key is deleted", async () => {
  const removed = archive.remote.addKey("removed");
  spendOf(archive, removed, YESTERDAY);
  ledger().deleteKey(removed);
  await watch();
  const id = await keyIdOf(archive, "app");
  const stranger = await archive.scenario.harness.createUser();
  expect((await ask({ id }, stranger)).status).toBe(404);
  const residual = archive.scenario.harness.server.app.db.reader
    .prepare("SELECT id FROM api_keys WHERE kind = 'residual' LIMIT 1")
    .pluck()
    .safeIntegers(false)
    .get();
  expect(residual).toBeDefined();
  expect((await ask({ id: residual })).status).toBe(404);
  await archive.scenario.user.delete(`/api/keys/${id}`);
  expect((await ask({ id })).status).toBe(404);
});

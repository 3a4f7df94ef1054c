import { message } from "@orwatch/messages/message";
import { evaluateAll } from "@orwatch/server/alerts/evaluation/evaluate";
import { runJobNow } from "@orwatch/server/jobs/service";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { alertsOf, DOLLAR } from "../support/alerts/alerts.ts";
import { addChannel, deliver } from "../support/alerts/channels.ts";
import { startReceiver } from "../support/alerts/receivers.ts";
import { add, createAccount, keyOf, type Scenario, spend, startScenario } from "../support/openrouter/scenario.ts";

let scenario: Scenario;
beforeEach(async () => {
  scenario = await startScenario("2026-03-10T12:00:00Z", { env: { ALLOW_PRIVATE_WEBHOOKS: "127.0.0.0/8" } });
});
afterEach(() => scenario.harness.close());
const { at, inbox, only, messages, notified } = alertsOf(() => scenario);

describe("notifications", () => {
  const noisy = async (count: number) => {
    const { key } = createAccount(scenario);
    await add(scenario, key);
    await only({ kind: "spend", span: "day", amount: "1.00" });
    for (let n = 2; n <= count; n++)
      await scenario.user.post("/api/alerts/rules", { name: `r${n}`, kind: "spend", span: "day", amount: `${n}.00` });
    return key;
  };

  test("simultaneous alerts are one notification, which can be marked as read", async () => {
    const key = await noisy(3);
    spend(scenario, key, "2026-03-10T12:10:00Z", 9n * DOLLAR);
    await at("2026-03-10T13:00:00Z");
    const before = await inbox();
    expect(before).toMatchObject({ total: 1, unread: 1 });
    expect(before.items[0]).toMatchObject({ kind: "alert", read_at: null, is_held: false });
    expect(before.items[0].message).toMatchObject({
      code: "items_title",
      params: { counts: [message("alert_count", { count: 3 })] },
    });
    const other = await scenario.harness.createUser();
    expect((await other.get("/api/inbox")).body).toEqual({ items: [], total: 0, unread: 0 });
    expect((await other.post(`/api/inbox/${before.items[0].id}/read`)).status).toBe(404);
    const read = await scenario.user.post(`/api/inbox/${before.items[0].id}/read`);
    expect(read.body.read_at).toBe("2026-03-10T13:00:00.000Z");
    expect((await scenario.user.get("/api/inbox?only=unread")).body).toEqual({ items: [], total: 0, unread: 0 });
  });

  test("notifications are marked as read up to the newest one seen", async () => {
    const key = await noisy(2);
    spend(scenario, key, "2026-03-10T12:10:00Z", 2n * DOLLAR);
    await at("2026-03-10T13:00:00Z");
    const seen = (await inbox()).items[0].id;
    spend(scenario, key, "2026-03-10T13:10:00Z", 2n * DOLLAR);
    await at("2026-03-10T14:00:00Z");
    expect((await scenario.user.post("/api/inbox/read", { up_to: seen })).body).toEqual({ read: 1 });
    expect((await inbox()).unread).toBe(1);
    expect((await scenario.user.post("/api/inbox/read", {})).body).toEqual({ read: 1 });
    expect((await scenario.user.post("/api/inbox/read", {})).body).toEqual({ read: 0 });
  });

  test("notifications of quiet hours are delivered as one at their end, in the user's time zone", async () => {
    const key = await noisy(3);
    // 22:00–07:00 in Kathmandu (UTC+05:45) is 16:15–01:15 UTC.
    await scenario.user.put("/api/alerts/settings", {
      quiet_from: "22:00",
      quiet_to: "07:00",
      time_zone: "Asia/Kathmandu",
    });
    for (const [hour, amount] of [
      [17, 1n],
      [19, 1n],
      [21, 2n],
    ] as const) {
      spend(scenario, key, `2026-03-10T${hour - 1}:10:00Z`, amount * DOLLAR + 1n);
      await at(`2026-03-10T${hour}:00:00Z`);
    }
    const { items } = await inbox();
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ created_at: "2026-03-10T17:00:00.000Z", deliver_at: "2026-03-11T01:15:00.000Z" });
    expect(items[0].items).toHaveLength(3);
  });

  test("notifications raised while paused are in the inbox at once and delivered as one at the end", async () => {
    const key = await noisy(1);
    await scenario.user.post("/api/alerts/snooze", { hours: 10 });
    spend(scenario, key, "2026-03-10T12:10:00Z", 9n * DOLLAR);
    await at("2026-03-10T13:00:00Z");
    expect((await inbox()).items).toMatchObject([{ deliver_at: "2026-03-10T22:00:00.000Z" }]);
  });

  test("notifications raised while paused are delivered when the pause ends, early or after a month", async () => {
    const receiver = await startReceiver();
    await addChannel(scenario.user, { kind: "webhook", url: receiver.url });
    const key = await noisy(2);
    const heard = async () => {
      await deliver(scenario.harness);
      return receiver.received.length;
    };
    await scenario.user.post("/api/alerts/snooze", { hours: 720 });
    spend(scenario, key, "2026-03-10T12:10:00Z", 9n * DOLLAR);
    await at("2026-03-10T13:00:00Z");
    expect(await heard()).toBe(0);
    scenario.harness.sim.clock.set(new Date("2026-04-09T11:59:00Z"));
    expect(await heard()).toBe(0);
    scenario.harness.sim.clock.set(new Date("2026-04-09T12:00:00Z"));
    expect(await heard()).toBe(1);

    await scenario.user.post("/api/alerts/snooze", { hours: 168 });
    spend(scenario, key, "2026-04-09T12:10:00Z", 9n * DOLLAR);
    await at("2026-04-09T13:00:00Z");
    expect(await heard()).toBe(1);
    await scenario.user.post("/api/alerts/snooze", { hours: 0 });
    expect((await inbox()).items[0].deliver_at).toBe("2026-04-09T13:00:00.000Z");
    expect(await heard()).toBe(2);
    await receiver.close();
  });

  test("notifications of a pause that ends in quiet hours wait for their end, and an expired pause has no effect", async () => {
    const key = await noisy(2);
    const settings = { quiet_from: "12:00", quiet_to: "18:00", time_zone: "UTC" };
    await scenario.user.put("/api/alerts/settings", settings);
    spend(scenario, key, "2026-03-10T12:10:00Z", 1n * DOLLAR + 1n);
    await at("2026-03-10T13:00:00Z");
    const [notice] = (await inbox()).items;
    expect(notice.deliver_at).toBe("2026-03-10T18:00:00.000Z");
    await scenario.user.post("/api/alerts/snooze", { hours: 24 });
    expect((await inbox()).items[0].deliver_at).toBe("2026-03-11T18:00:00.000Z");
    await scenario.user.put("/api/alerts/settings", { quiet_from: null });
    expect((await inbox()).items[0].deliver_at).toBe("2026-03-11T13:00:00.000Z");
    const snoozedUntil = new Date("2027-03-11T13:00:00Z");
    await scenario.harness.server.app.db.prisma.alertSetting.updateMany({ data: { snoozedUntil } });
    spend(scenario, key, "2026-03-12T12:10:00Z", 9n * DOLLAR);
    await at("2026-03-12T13:00:00Z");
    expect((await inbox()).items[0].deliver_at).toBe("2026-03-12T13:00:00.000Z");
  });

  test("notifications of a snoozed rule are not created until the snooze ends", async () => {
    const key = await noisy(1);
    const { id } = (await scenario.user.get("/api/alerts/rules")).body.items[0];
    await scenario.user.post(`/api/alerts/rules/${id}/snooze`, { hours: 30 });
    spend(scenario, key, "2026-03-10T12:10:00Z", 9n * DOLLAR);
    await at("2026-03-10T13:00:00Z");
    spend(scenario, key, "2026-03-11T12:10:00Z", 9n * DOLLAR);
    await at("2026-03-11T13:00:00Z");
    expect(await notified()).toEqual([]);
    await at("2026-03-11T19:00:00Z");
    expect((await notified()).map(([item]) => item?.window)).toEqual(["2026-03-11"]);
  });

  test("notifications over the daily limit are in the inbox and in one summary the next day", async () => {
    const key = await noisy(4);
    await scenario.user.put("/api/alerts/settings", { max_per_day: 1 });
    for (const hour of [13, 14, 15, 16]) {
      spend(scenario, key, `2026-03-10T${hour - 1}:10:00Z`, 1n * DOLLAR + 1n);
      await at(`2026-03-10T${hour}:00:00Z`);
    }
    const held = (await inbox()).items;
    expect(held.map(({ is_held }: { is_held: boolean }) => is_held)).toEqual([true, true, true, false]);
    for (const hour of [1, 2]) await at(`2026-03-11T0${hour}:00:00Z`);
    const { items } = await inbox();
    expect(items).toHaveLength(5);
    expect(items[0]).toMatchObject({
      kind: "summary",
      message: message("notifications_over_daily_limit", { count: 3, limit: 1 }),
      is_held: false,
    });
    expect(items[0].items).toHaveLength(4);
  });
});

test("resolved alerts are deleted after 400 days, and open alerts do not fire again", async () => {
  const { account, key, manager } = createAccount(scenario);
  scenario.harness.sim.ledger.addCredits(account.id, 1n * DOLLAR);
  await add(scenario, manager);
  await add(scenario, key);
  await scenario.user.post("/api/alerts/rules", { name: "r", kind: "spend", span: "day", amount: "0.10" });
  spend(scenario, key, "2026-03-10T12:10:00Z", DOLLAR / 2n);
  await at("2026-03-10T13:00:00Z");
  expect((await messages()).flat()).toHaveLength(2);
  await at("2026-03-12T13:00:00Z");
  scenario.harness.sim.clock.set(new Date("2027-05-01T12:00:00Z"));
  const { app } = scenario.harness.server;
  await runJobNow(app, "cleanup");
  expect(await app.db.prisma.notification.count()).toBe(0);
  const firings = await app.db.prisma.alertFiring.findMany({ include: { rule: true } });
  expect(firings.map(({ rule }) => rule.kind)).toEqual(["credits"]);
  await evaluateAll(app);
  expect(await app.db.prisma.notification.count()).toBe(0);
});

test("a clock that jumps a year ahead and back repeats no alert", async () => {
  const { key } = createAccount(scenario);
  await add(scenario, key);
  for (const span of ["day", "week", "month"])
    await scenario.user.post("/api/alerts/rules", { name: span, kind: "spend", span, amount: "1.00" });
  spend(scenario, key, "2026-03-10T12:10:00Z", 2n * DOLLAR);
  await at("2026-03-10T13:00:00Z");
  const before = await notified();
  expect(before).toHaveLength(1);
  for (const instant of [
    "2027-03-10T13:00:00Z",
    "2026-03-10T13:10:00Z",
    "2025-03-01T13:00:00Z",
    "2026-03-10T13:20:00Z",
  ]) {
    scenario.harness.sim.clock.set(new Date(instant));
    await evaluateAll(scenario.harness.server.app);
  }
  expect(await notified()).toEqual(before);
});

test("a failed evaluation does not fail the sync, and the next evaluation alerts", async () => {
  const { key } = createAccount(scenario);
  const id = await add(scenario, key);
  const rule = await only({ kind: "spend", span: "day", amount: "1.00" });
  const { db } = scenario.harness.server.app;
  const terms = (await db.prisma.alertRule.findUniqueOrThrow({ where: { id: rule.id } })).terms;
  await db.prisma.alertRule.update({ where: { id: rule.id }, data: { terms: "{" } });
  spend(scenario, key, "2026-03-10T12:10:00Z", 2n * DOLLAR);
  expect(await at("2026-03-10T13:00:00Z")).toMatchObject({ failed: 0 });
  expect((await keyOf(scenario, id)).last_sync_error).toBeNull();
  expect(JSON.stringify(scenario.harness.logged).includes("alerts.evaluate")).toBe(true);
  await db.prisma.alertRule.update({ where: { id: rule.id }, data: { terms } });
  await evaluateAll(scenario.harness.server.app);
  expect(await notified()).toHaveLength(1);
});

import type { LedgerKey } from "@orwatch/openrouter-sim";
import { evaluateAll } from "@orwatch/server/alerts/evaluate";
import { runJobNow } from "@orwatch/server/jobs/service";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { add, createAccount, keyOf, spend, startWatch, syncAt, type Watch } from "./support/watch.ts";

const DOLLAR = 1_000_000_000n;

let watch: Watch;
beforeEach(async () => {
  watch = await startWatch("2026-03-10T12:00:00Z");
});
afterEach(() => watch.bench.close());

/** A rule of its own instead of the first ones. */
async function only(rule: object): Promise<{ id: number }> {
  const { user } = watch;
  for (const { id } of (await user.get("/api/alerts/rules")).body.items) await user.delete(`/api/alerts/rules/${id}`);
  const made = await user.post("/api/alerts/rules", { name: "my rule", ...rule });
  expect(made.status, made.text).toBe(201);
  return made.body;
}

interface Item {
  event: string;
  text: string;
  threshold: string | null;
  value: string | null;
  window: string | null;
}

/** Everything told so far, oldest first: one list of items for each notice. */
async function told(): Promise<Item[][]> {
  const { body } = await watch.user.get("/api/inbox?limit=100");
  return body.items.map(({ items }: { items: Item[] }) => items).reverse();
}
const texts = async () => (await told()).map((items) => items.map(({ text }) => text));
const inbox = async () => (await watch.user.get("/api/inbox?limit=100")).body;
const at = (instant: string) => syncAt(watch, instant);
const limitTo = (key: LedgerKey, dollars: bigint | null, reset: "daily" | "weekly" | "monthly" | null = null) =>
  watch.bench.sim.ledger.updateKey(key, {
    limitNanos: dollars === null ? null : dollars * DOLLAR,
    limitReset: reset,
  });

describe("spend above an amount", () => {
  test("is told once a day however often it is evaluated, and again on the next day that has it", async () => {
    const { key } = createAccount(watch);
    await add(watch, key);
    await only({ kind: "spend", span: "day", amount: "5.00" });
    spend(watch, key, "2026-03-10T12:30:00Z", 5n * DOLLAR);
    await at("2026-03-10T13:00:00Z");
    expect(await told()).toEqual([]);
    spend(watch, key, "2026-03-10T13:30:00Z", 1n);
    for (const hour of [14, 15, 16]) await at(`2026-03-10T${hour}:00:00Z`);
    await watch.bench.restart();
    await evaluateAll(watch.bench.server.app);
    await at("2026-03-10T17:00:00Z");
    expect(await told()).toEqual([
      [expect.objectContaining({ event: "alert", threshold: "5.00", value: "5.000000001", window: "2026-03-10" })],
    ]);
    expect(await texts()).toEqual([[`Spend of key “${key.name}” on 2026-03-10: $5.00, above $5.00.`]]);
    await at("2026-03-11T12:00:00Z");
    expect(await told()).toHaveLength(1);
    spend(watch, key, "2026-03-11T12:30:00Z", 6n * DOLLAR);
    await at("2026-03-11T13:00:00Z");
    expect(await told()).toHaveLength(2);
  });

  test("of the last hour of a day is told after midnight", async () => {
    const { key } = createAccount(watch);
    await add(watch, key);
    await only({ kind: "spend", span: "day", amount: "5.00" });
    await at("2026-03-10T23:00:00Z");
    spend(watch, key, "2026-03-10T23:40:00Z", 9n * DOLLAR);
    await at("2026-03-11T00:30:00Z");
    await at("2026-03-11T01:30:00Z");
    expect((await told()).map((items) => items.map(({ window }) => window))).toEqual([["2026-03-10"]]);
  });

  test("counts weeks from Monday, months from the first, and each key by itself where asked", async () => {
    const [one, two] = [createAccount(watch).key, createAccount(watch).key];
    await add(watch, one);
    await add(watch, two);
    await only({ kind: "spend", span: "week", amount: "5.00" });
    await watch.user.post("/api/alerts/rules", {
      name: "m",
      kind: "spend",
      span: "month",
      amount: "8.00",
      each_key: true,
    });
    spend(watch, one, "2026-03-10T12:30:00Z", 3n * DOLLAR);
    spend(watch, two, "2026-03-10T12:30:00Z", 3n * DOLLAR);
    await at("2026-03-10T13:00:00Z");
    expect(await texts()).toEqual([["Spend of all keys in the week of 2026-03-09: $6.00, above $5.00."]]);
    spend(watch, two, "2026-03-16T12:30:00Z", 6n * DOLLAR);
    await at("2026-03-16T13:00:00Z");
    expect((await texts())[1]).toEqual([
      "Spend of all keys in the week of 2026-03-16: $6.00, above $5.00.",
      `Spend of key “${two.name}” in 2026-03: $9.00, above $8.00.`,
    ]);
  });

  test("before the rule was made is none of its business", async () => {
    const { account, key, manager } = createAccount(watch);
    watch.bench.sim.ledger.addCredits(account.id, 1000n * DOLLAR);
    spend(watch, key, "2026-03-09", 50n * DOLLAR);
    await add(watch, manager);
    await add(watch, key);
    await only({ kind: "spend", span: "day", amount: "5.00" });
    await at("2026-03-10T13:00:00Z");
    expect(await told()).toEqual([]);
  });
});

describe("the share of a limit", () => {
  test.each([
    ["daily", "2026-03-11T12:00:00Z"],
    ["weekly", "2026-03-16T12:00:00Z"],
    ["monthly", "2026-04-01T12:00:00Z"],
  ] as const)("that resets %s is told once a threshold and window, the gravest of several", async (reset, next) => {
    const { key } = createAccount(watch);
    limitTo(key, 10n, reset);
    await add(watch, key);
    await only({ kind: "limit_share" });
    spend(watch, key, "2026-03-10T12:10:00Z", 5n * DOLLAR);
    await at("2026-03-10T13:00:00Z");
    await at("2026-03-10T14:00:00Z");
    spend(watch, key, "2026-03-10T14:10:00Z", 6n * DOLLAR);
    await at("2026-03-10T15:00:00Z");
    await at("2026-03-10T16:00:00Z");
    expect(await texts()).toEqual([
      [`Key “${key.name}” has used 50 % of its ${reset} limit of $10.00 ($5.00 left).`],
      [`Key “${key.name}” has used 110 % of its ${reset} limit of $10.00 (over it by $1.00).`],
    ]);
    await at(next);
    expect(await told()).toHaveLength(2);
    spend(watch, key, next.replace("12:00", "12:10"), 8n * DOLLAR);
    await at(next.replace("12:00", "13:00"));
    expect((await told()).slice(2)).toEqual([[expect.objectContaining({ threshold: "80", value: "80" })]]);
  });

  test("without a reset is told once, and recovery once when the limit is raised", async () => {
    const { key } = createAccount(watch);
    limitTo(key, 10n);
    await add(watch, key);
    await only({ kind: "limit_share", percents: [80] });
    spend(watch, key, "2026-03-10T12:10:00Z", 9n * DOLLAR);
    for (const day of [10, 11, 12]) await at(`2026-03-${day}T13:00:00Z`);
    expect(await told()).toHaveLength(1);
    limitTo(key, 20n);
    for (const day of [13, 14]) await at(`2026-03-${day}T13:00:00Z`);
    expect((await texts())[1]).toEqual([`Key “${key.name}” is below 80 % of its limit again: 45 % of $20.00.`]);
    spend(watch, key, "2026-03-14T14:00:00Z", 8n * DOLLAR);
    await at("2026-03-14T15:00:00Z");
    expect(await told()).toHaveLength(3);
  });

  test("counts BYOK only where the limit does", async () => {
    const ids = [];
    for (const includeByokInLimit of [true, false]) {
      const { account } = createAccount(watch);
      const key = watch.bench.sim.ledger.addKey(account.id, { limitNanos: 10n * DOLLAR, includeByokInLimit });
      ids.push(await add(watch, key));
      watch.bench.sim.ledger.spend(new Date("2026-03-10T12:10:00Z"), key, "openai/gpt-5", {
        costNanos: 1n * DOLLAR,
        byokNanos: 8n * DOLLAR,
      });
    }
    await only({ kind: "limit_share" });
    await at("2026-03-10T13:00:00Z");
    const { items } = await inbox();
    expect(items).toHaveLength(1);
    expect(items[0].items).toEqual([expect.objectContaining({ api_key_id: ids[0], threshold: "80", value: "90" })]);
  });

  test("of yesterday is not taken for today's while counters may not have turned", async () => {
    const { key } = createAccount(watch);
    limitTo(key, 10n, "daily");
    await add(watch, key);
    await only({ kind: "limit_share", percents: [100] });
    spend(watch, key, "2026-03-10T12:10:00Z", 10n * DOLLAR);
    await at("2026-03-10T13:00:00Z");
    watch.bench.sim.options.lagMs = 60_000;
    await at("2026-03-11T00:00:30Z");
    await at("2026-03-11T01:00:00Z");
    expect(await told()).toHaveLength(1);
  });
});

test("credits below an amount are told once for an account, and once that they are back", async () => {
  const { account, key, manager } = createAccount(watch);
  const second = watch.bench.sim.ledger.addManagementKey(account.id, { name: "second" });
  watch.bench.sim.ledger.addCredits(account.id, 20n * DOLLAR);
  for (const one of [manager, second, key]) await add(watch, one);
  await only({ kind: "credits", amount: "10.00" });
  spend(watch, key, "2026-03-10T12:10:00Z", 12n * DOLLAR);
  await at("2026-03-10T13:00:00Z");
  watch.bench.sim.ledger.addCredits(account.id, 1n * DOLLAR);
  await at("2026-03-10T14:00:00Z");
  expect(await texts()).toEqual([[expect.stringMatching(/\$8\.00 left, below \$10\.00/)]]);
  watch.bench.sim.ledger.addCredits(account.id, 30n * DOLLAR);
  await at("2026-03-10T15:00:00Z");
  await at("2026-03-10T16:00:00Z");
  expect(await texts()).toEqual([[expect.anything()], [expect.stringMatching(/\$39\.00 again, no longer below/)]]);
});

describe("spend above the usual of a weekday", () => {
  test("is told, with what is usual; little money is not", async () => {
    const { account, key, manager } = createAccount(watch);
    watch.bench.sim.ledger.addCredits(account.id, 1000n * DOLLAR);
    // Tuesdays: $2, $4, $6, $8; other days $100.
    for (const [index, day] of ["2026-02-10", "2026-02-17", "2026-02-24", "2026-03-03"].entries())
      spend(watch, key, day, BigInt(2 * index + 2) * DOLLAR);
    spend(watch, key, "2026-03-09", 100n * DOLLAR);
    await add(watch, manager);
    await add(watch, key);
    await only({ kind: "unusual", times: 3, least: "20.00" });
    await watch.user.post("/api/alerts/rules", { name: "n", kind: "unusual", times: 2, least: "0.01" });
    spend(watch, key, "2026-03-10T12:10:00Z", 5n * DOLLAR);
    await at("2026-03-10T13:00:00Z");
    expect(await texts()).toEqual([["Spend of all keys on Tuesday 2026-03-10: $5.00, 5.0 times the usual $1.00."]]);
  });
});

describe("a key", () => {
  test("that turned invalid is told once, and once that it is back", async () => {
    const { key } = createAccount(watch);
    const id = await add(watch, key);
    await only({ kind: "key_invalid" });
    watch.bench.sim.ledger.updateKey(key, { disabled: true });
    for (const hour of [13, 14, 15, 16]) await at(`2026-03-10T${hour}:00:00Z`);
    expect((await keyOf(watch, id)).status).toBe("invalid");
    expect(await texts()).toEqual([[expect.stringContaining(`OpenRouter no longer accepts key “${key.name}”.`)]]);
    watch.bench.sim.ledger.updateKey(key, { disabled: false });
    for (const hour of [17, 18]) await at(`2026-03-10T${hour}:00:00Z`);
    expect((await texts())[1]).toEqual([`OpenRouter accepts key “${key.name}” again.`]);
    expect(await told()).toHaveLength(2);
  });

  test("that expires is told by time alone, and not again when it has", async () => {
    const { account } = createAccount(watch);
    const key = watch.bench.sim.ledger.addKey(account.id, { expiresAt: new Date("2026-03-20T12:00:00Z") });
    await add(watch, key);
    await only({ kind: "key_expires", days: 7 });
    await runJobNow(watch.bench.server.app, "alerts");
    expect(await told()).toEqual([]);
    watch.bench.sim.clock.set(new Date("2026-03-13T12:00:00Z"));
    await runJobNow(watch.bench.server.app, "alerts");
    expect(await texts()).toEqual([[`Key “${key.name}” expires in 7 days, on 2026-03-20 12:00 UTC.`]]);
    watch.bench.sim.clock.set(new Date("2026-03-21T12:00:00Z"));
    await runJobNow(watch.bench.server.app, "alerts");
    expect(await told()).toHaveLength(1);
  });

  test("that does not sync is told after so many hours of trying, not after hours of a server that was off", async () => {
    const { key } = createAccount(watch);
    await add(watch, key);
    await only({ kind: "sync_stale", hours: 6 });
    watch.bench.sim.clock.set(new Date("2026-03-12T12:00:00Z"));
    await runJobNow(watch.bench.server.app, "alerts");
    expect(await told()).toEqual([]);
    watch.bench.sim.faults.add({ match: { keyHash: key.hash }, kind: "500" });
    await runJobNow(watch.bench.server.app, "sync");
    await runJobNow(watch.bench.server.app, "sync");
    expect(await texts()).toEqual([
      [expect.stringMatching(/has not synced for 6 hours or more, since 2026-03-10 12:0/)],
    ]);
    watch.bench.sim.faults.clear();
    await runJobNow(watch.bench.server.app, "sync");
    await runJobNow(watch.bench.server.app, "sync");
    expect((await texts())[1]).toEqual([`Key “${key.name}” syncs again.`]);
    expect(await told()).toHaveLength(2);
  });

  test("that a rule watches and that was deleted is told once; the rule harms nobody", async () => {
    const [one, two] = [createAccount(watch).key, createAccount(watch).key];
    const ids = [await add(watch, one), await add(watch, two)];
    const rule = await only({ kind: "spend", span: "day", amount: "1.00", api_key_ids: ids });
    await watch.user.delete(`/api/keys/${ids[0]}`);
    spend(watch, two, "2026-03-10T12:10:00Z", 2n * DOLLAR);
    await at("2026-03-10T13:00:00Z");
    await at("2026-03-10T14:00:00Z");
    expect(await texts()).toEqual([
      [expect.stringMatching(/watches a key that was deleted: .* It goes on for its other keys\.$/)],
      [expect.stringContaining(two.name)],
    ]);
    await watch.user.delete(`/api/keys/${ids[1]}`);
    await evaluateAll(watch.bench.server.app);
    expect((await texts())[2]).toEqual([expect.stringMatching(/It watches nothing any more/)]);
    const { body } = await watch.user.get(`/api/alerts/rules/${rule.id}`);
    expect(body.keys).toEqual([
      { id: ids[0], name: one.name, is_deleted: true },
      { id: ids[1], name: two.name, is_deleted: true },
    ]);
  });
});

describe("what is told", () => {
  const noisy = async (count: number) => {
    const { key } = createAccount(watch);
    await add(watch, key);
    await only({ kind: "spend", span: "day", amount: "1.00" });
    for (let n = 2; n <= count; n++)
      await watch.user.post("/api/alerts/rules", { name: `r${n}`, kind: "spend", span: "day", amount: `${n}.00` });
    return key;
  };

  test("at once is one message, and reading marks it", async () => {
    const key = await noisy(3);
    spend(watch, key, "2026-03-10T12:10:00Z", 9n * DOLLAR);
    await at("2026-03-10T13:00:00Z");
    const before = await inbox();
    expect(before).toMatchObject({ total: 1, unread: 1 });
    expect(before.items[0]).toMatchObject({ kind: "alert", read_at: null, is_held: false });
    expect(before.items[0].title).toMatch(/And 2 more\.$/);
    const other = await watch.bench.createUser();
    expect((await other.get("/api/inbox")).body).toEqual({ items: [], total: 0, unread: 0 });
    expect((await other.post(`/api/inbox/${before.items[0].id}/read`)).status).toBe(404);
    const read = await watch.user.post(`/api/inbox/${before.items[0].id}/read`);
    expect(read.body.read_at).toBe("2026-03-10T13:00:00.000Z");
    expect((await watch.user.get("/api/inbox?only=unread")).body).toEqual({ items: [], total: 0, unread: 0 });
  });

  test("all is read up to what was seen", async () => {
    const key = await noisy(2);
    spend(watch, key, "2026-03-10T12:10:00Z", 2n * DOLLAR);
    await at("2026-03-10T13:00:00Z");
    const seen = (await inbox()).items[0].id;
    spend(watch, key, "2026-03-10T13:10:00Z", 2n * DOLLAR);
    await at("2026-03-10T14:00:00Z");
    expect((await watch.user.post("/api/inbox/read", { up_to: seen })).body).toEqual({ read: 1 });
    expect((await inbox()).unread).toBe(1);
    expect((await watch.user.post("/api/inbox/read", {})).body).toEqual({ read: 1 });
    expect((await watch.user.post("/api/inbox/read", {})).body).toEqual({ read: 0 });
  });

  test("in quiet hours gathers in one message that goes out at their end, in the user's time zone", async () => {
    const key = await noisy(3);
    // 22:00–07:00 in Kathmandu (UTC+05:45) is 16:15–01:15 UTC.
    await watch.user.put("/api/alerts/settings", {
      quiet_from: "22:00",
      quiet_to: "07:00",
      time_zone: "Asia/Kathmandu",
    });
    for (const [hour, amount] of [
      [17, 1n],
      [19, 1n],
      [21, 2n],
    ] as const) {
      spend(watch, key, `2026-03-10T${hour - 1}:10:00Z`, amount * DOLLAR + 1n);
      await at(`2026-03-10T${hour}:00:00Z`);
    }
    const { items } = await inbox();
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ created_at: "2026-03-10T17:00:00.000Z", deliver_at: "2026-03-11T01:15:00.000Z" });
    expect(items[0].items).toHaveLength(3);
  });

  test("while all is snoozed waits in one message for its end, and the inbox has it at once", async () => {
    const key = await noisy(1);
    await watch.user.post("/api/alerts/snooze", { hours: 10 });
    spend(watch, key, "2026-03-10T12:10:00Z", 9n * DOLLAR);
    await at("2026-03-10T13:00:00Z");
    expect((await inbox()).items).toMatchObject([{ deliver_at: "2026-03-10T22:00:00.000Z" }]);
  });

  test("by a snoozed rule is nothing, until it goes on after the snooze", async () => {
    const key = await noisy(1);
    const { id } = (await watch.user.get("/api/alerts/rules")).body.items[0];
    await watch.user.post(`/api/alerts/rules/${id}/snooze`, { hours: 30 });
    spend(watch, key, "2026-03-10T12:10:00Z", 9n * DOLLAR);
    await at("2026-03-10T13:00:00Z");
    spend(watch, key, "2026-03-11T12:10:00Z", 9n * DOLLAR);
    await at("2026-03-11T13:00:00Z");
    expect(await told()).toEqual([]);
    await at("2026-03-11T19:00:00Z");
    expect((await told()).map(([item]) => item?.window)).toEqual(["2026-03-11"]);
  });

  test("beyond the day's maximum stays in the inbox and is told in one summary on the next day", async () => {
    const key = await noisy(4);
    await watch.user.put("/api/alerts/settings", { max_per_day: 1 });
    for (const hour of [13, 14, 15, 16]) {
      spend(watch, key, `2026-03-10T${hour - 1}:10:00Z`, 1n * DOLLAR + 1n);
      await at(`2026-03-10T${hour}:00:00Z`);
    }
    const held = (await inbox()).items;
    expect(held.map(({ is_held }: { is_held: boolean }) => is_held)).toEqual([true, true, true, false]);
    for (const hour of [1, 2]) await at(`2026-03-11T0${hour}:00:00Z`);
    const { items } = await inbox();
    expect(items).toHaveLength(5);
    expect(items[0]).toMatchObject({
      kind: "summary",
      title: "3 messages were held back by your maximum of 1 a day.",
      is_held: false,
    });
    expect(items[0].items).toHaveLength(4);
  });
});

test("what is over for 400 days is forgotten; what still goes on is not, and so is not said again", async () => {
  const { account, key, manager } = createAccount(watch);
  watch.bench.sim.ledger.addCredits(account.id, 1n * DOLLAR);
  await add(watch, manager);
  await add(watch, key);
  await watch.user.post("/api/alerts/rules", { name: "r", kind: "spend", span: "day", amount: "0.10" });
  spend(watch, key, "2026-03-10T12:10:00Z", DOLLAR / 2n);
  await at("2026-03-10T13:00:00Z");
  expect((await texts()).flat()).toHaveLength(2);
  await at("2026-03-12T13:00:00Z");
  watch.bench.sim.clock.set(new Date("2027-05-01T12:00:00Z"));
  const { app } = watch.bench.server;
  await runJobNow(app, "cleanup");
  expect(await app.db.prisma.notice.count()).toBe(0);
  const firings = await app.db.prisma.alertFiring.findMany({ include: { rule: true } });
  expect(firings.map(({ rule }) => rule.kind)).toEqual(["credits"]);
  await evaluateAll(app);
  expect(await app.db.prisma.notice.count()).toBe(0);
});

test("a clock that jumps a year ahead and back says little, and nothing twice", async () => {
  const { key } = createAccount(watch);
  await add(watch, key);
  for (const span of ["day", "week", "month"])
    await watch.user.post("/api/alerts/rules", { name: span, kind: "spend", span, amount: "1.00" });
  spend(watch, key, "2026-03-10T12:10:00Z", 2n * DOLLAR);
  await at("2026-03-10T13:00:00Z");
  const before = await told();
  expect(before).toHaveLength(1);
  for (const instant of [
    "2027-03-10T13:00:00Z",
    "2026-03-10T13:10:00Z",
    "2025-03-01T13:00:00Z",
    "2026-03-10T13:20:00Z",
  ]) {
    watch.bench.sim.clock.set(new Date(instant));
    await evaluateAll(watch.bench.server.app);
  }
  expect(await told()).toEqual(before);
});

test("an evaluation that breaks fails no sync, and the next one tells", async () => {
  const { key } = createAccount(watch);
  const id = await add(watch, key);
  const rule = await only({ kind: "spend", span: "day", amount: "1.00" });
  const { db } = watch.bench.server.app;
  const terms = (await db.prisma.alertRule.findUniqueOrThrow({ where: { id: rule.id } })).terms;
  await db.prisma.alertRule.update({ where: { id: rule.id }, data: { terms: "{" } });
  spend(watch, key, "2026-03-10T12:10:00Z", 2n * DOLLAR);
  expect(await at("2026-03-10T13:00:00Z")).toMatchObject({ failed: 0 });
  expect((await keyOf(watch, id)).last_sync_error).toBeNull();
  expect(JSON.stringify(watch.bench.logged).includes("alerts.evaluate")).toBe(true);
  await db.prisma.alertRule.update({ where: { id: rule.id }, data: { terms } });
  await evaluateAll(watch.bench.server.app);
  expect(await told()).toHaveLength(1);
});

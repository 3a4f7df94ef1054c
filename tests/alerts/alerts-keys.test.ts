import { evaluateAll } from "@orwatch/server/alerts/evaluate";
import { runJobNow } from "@orwatch/server/jobs/service";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { alertsOf, DOLLAR } from "../support/alerts.ts";
import { add, createAccount, keyOf, spend, startWatch, type Watch } from "../support/watch.ts";

let watch: Watch;
beforeEach(async () => {
  watch = await startWatch("2026-03-10T12:00:00Z");
});
afterEach(() => watch.bench.close());
const { at, inbox, limitTo, only, texts, told } = alertsOf(() => watch);

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
    await at("2026-03-10T23:30:00Z");
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

  test("whose expiry a clock in the wrong year told of is told of again in the right one, once", async () => {
    const { account } = createAccount(watch);
    const key = watch.bench.sim.ledger.addKey(account.id, { expiresAt: new Date("2026-06-20T12:00:00Z") });
    await add(watch, key);
    await only({ kind: "key_expires", days: 7 });
    for (const instant of [
      "2027-03-10T12:00:00Z",
      "2026-03-10T12:15:00Z",
      "2026-06-14T12:00:00Z",
      "2026-06-14T12:15:00Z",
      "2026-06-15T12:00:00Z",
    ]) {
      watch.bench.sim.clock.set(new Date(instant));
      await runJobNow(watch.bench.server.app, "alerts");
    }
    expect((await texts()).flat()).toEqual([
      expect.stringContaining("has expired"),
      expect.stringContaining("no longer expires"),
      expect.stringContaining("expires in 6 days"),
    ]);
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

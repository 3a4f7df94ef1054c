import { message } from "@orwatch/messages/message";
import { afterEach, beforeEach, expect, test } from "vitest";
import { expectIntact } from "../support/integrity.ts";
import { costByDay, expectExact } from "../support/truth.ts";
import { add, createAccount, keyOf, spend, startWatch, syncAt, type Watch } from "../support/watch.ts";

let watch: Watch;
beforeEach(async () => {
  watch = await startWatch("2026-03-10T12:00:00Z");
});
afterEach(() => watch.harness.close());

const DAYS = ["2026-03-06", "2026-03-07", "2026-03-08", "2026-03-09"];
const notices = () =>
  watch.harness.server.app.db.reader.prepare("SELECT title FROM notices ORDER BY id").pluck().all() as string[];
const reports = () => notices().filter((title) => title.includes("less than before"));
const before = Object.fromEntries(DAYS.map((day) => [day, 5_000_000_000n]));

/** A key polled on each of the days, with $5 on each. */
async function watchKey() {
  const { key, manager } = createAccount(watch);
  watch.harness.sim.clock.set(new Date("2026-03-06T08:00:00Z"));
  await add(watch, manager);
  const keyId = await add(watch, key);
  for (const day of DAYS) {
    spend(watch, key, `${day}T10:00:00Z`, 5_000_000_000n, "a/one");
    await syncAt(watch, `${day}T20:00:00Z`);
  }
  await syncAt(watch, "2026-03-10T12:00:00Z");
  expect(costByDay(watch.harness, keyId)).toEqual(before);
  return { key, keyId };
}

test("removes money that counters do not show either after a warning and a second answer", async () => {
  const { key, keyId } = await watchKey();
  watch.harness.sim.ledger.restate(key, "2026-03-08", "a/one", { deltaNanos: -2_000_000_000n });
  await syncAt(watch, "2026-03-10T13:00:00Z");
  expect(costByDay(watch.harness, keyId)).toEqual(before);
  expect(reports()).toEqual([expect.stringContaining("$2.00 less than before for 8 Mar 2026")]);
  expect((await keyOf(watch, keyId)).last_sync_error_message).toEqual(
    message("openrouter_usage_reduced", { amount: "2000000000", days: ["2026-03-08"], more: 0 }),
  );
  await syncAt(watch, "2026-03-10T14:00:00Z");
  expectExact(watch.harness, { keyId, keyHash: key.hash });
  expect((await keyOf(watch, keyId)).last_sync_error).toBeNull();
  expect(reports()).toHaveLength(1);
  expectIntact(watch.harness);
});

test("keeps money that counters still show for three days and notifies the owner daily", async () => {
  const { key, keyId } = await watchKey();
  watch.harness.sim.ledger.restate(
    key,
    "2026-03-08",
    "a/one",
    { deltaNanos: -2_000_000_000n },
    { countersFollow: false },
  );
  for (const at of ["2026-03-10T13:00:00Z", "2026-03-10T14:00:00Z", "2026-03-11T14:00:00Z", "2026-03-12T20:00:00Z"]) {
    await syncAt(watch, at);
    expect(costByDay(watch.harness, keyId)).toEqual(before);
  }
  expect(reports()).toHaveLength(3);
  await syncAt(watch, "2026-03-13T13:00:00Z");
  expect(costByDay(watch.harness, keyId)).toEqual({ ...before, "2026-03-08": 3_000_000_000n });
});

test("an answer that omits days for an hour removes nothing, and other days are updated", async () => {
  const { key, keyId } = await watchKey();
  watch.harness.sim.options.lateDays = DAYS.slice(0, 3).map((day) => ({
    day,
    until: new Date("2026-03-10T13:30:00Z"),
    keyHash: key.hash,
  }));
  spend(watch, key, "2026-03-10T12:30:00Z", 70n, "a/one");
  await syncAt(watch, "2026-03-10T13:00:00Z");
  expect(costByDay(watch.harness, keyId)).toEqual({ ...before, "2026-03-10": 70n });
  await syncAt(watch, "2026-03-10T14:00:00Z");
  expectExact(watch.harness, { keyId, keyHash: key.hash });
  expect((await keyOf(watch, keyId)).last_sync_error).toBeNull();
});

test("an answer that omits different rows each time removes nothing", async () => {
  const { key, keyId } = await watchKey();
  for (const [hour, lost] of [13, 14, 15, 16].entries()) {
    watch.harness.sim.options.lateDays = [
      { day: DAYS[hour] as string, until: new Date("2026-03-11T00:00:00Z"), keyHash: key.hash },
    ];
    await syncAt(watch, `2026-03-10T${lost}:00:00Z`);
    expect(costByDay(watch.harness, keyId)).toEqual(before);
  }
});

test("reductions before the first poll, without counters, wait for a day", async () => {
  const { key, manager } = createAccount(watch);
  spend(watch, key, "2026-03-05", 5_000_000_000n, "a/one");
  await add(watch, manager);
  const keyId = await add(watch, key);
  watch.harness.sim.ledger.restate(key, "2026-03-05", "a/one", { deltaNanos: -2_000_000_000n });
  await watch.harness.server.app.db.prisma.apiKey.updateMany({ data: { monthResyncedOn: null } });
  await syncAt(watch, "2026-03-10T13:00:00Z");
  await syncAt(watch, "2026-03-10T15:00:00Z");
  expect(costByDay(watch.harness, keyId)).toEqual({ "2026-03-05": 5_000_000_000n });
  await syncAt(watch, "2026-03-11T13:00:00Z");
  expectExact(watch.harness, { keyId, keyHash: key.hash });
});

test("replaces stored money by more at once", async () => {
  const { key, keyId } = await watchKey();
  watch.harness.sim.ledger.restate(key, "2026-03-08", "a/one", { deltaNanos: 2_000_000_000n });
  await syncAt(watch, "2026-03-10T13:00:00Z");
  expectExact(watch.harness, { keyId, keyHash: key.hash });
  expect(reports()).toEqual([]);
});

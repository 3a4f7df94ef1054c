import { addDays } from "@orwatch/domain/day";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addTeam, openScratch, type Scratch, TODAY } from "../test-support/scratch.ts";
import { findUnusualDay } from "./unusual.ts";

let scratch: Scratch;
beforeAll(async () => {
  scratch = await openScratch();
});
afterAll(() => scratch.remove());

const CENT = 10_000_000n;
const ago = (days: number) => addDays(TODAY, -days);

interface Spend {
  /** Cents by days ago. */
  cents: Record<number, number>;
  attributed?: boolean;
  exact?: boolean;
}

/** A user whose keys have known days. */
async function userWith(...keys: Spend[]) {
  const { teamId, keyIds } = await addTeam(scratch, keys.length);
  await scratch.db.write((connection) => {
    const put = connection.prepare(
      "INSERT INTO usage_days (api_key_id, date, cost, byok_cost, counted_cost, rows, attributed, exact) VALUES (?, ?, ?, 0, 0, 1, ?, ?)",
    );
    for (const [index, { cents, attributed = true, exact = true }] of keys.entries())
      for (const [days, spent] of Object.entries(cents))
        put.run(keyIds[index], ago(Number(days)), BigInt(spent) * CENT, Number(attributed), Number(exact));
  });
  return { teamId, keyIds };
}

const STEADY = { 7: 100, 14: 110, 21: 90, 28: 5000, 35: 105, 42: 105, 49: 106, 56: 1, 63: 9000 };
const find = ({ teamId }: { teamId: number }) => findUnusualDay(scratch, { teamId });

test("compares today so far with the median of its last eight weekdays", async () => {
  const user = await userWith({ cents: { 0: 315, ...STEADY } });
  expect(find(user)).toEqual({
    date: TODAY,
    cost: "3.15",
    usual: "1.05",
    times: 3,
    api_key_ids: user.keyIds,
    is_all_keys: true,
  });
});

test("falls back to yesterday when today is not unusual", async () => {
  const yesterday = { 1: 400, 8: 100, 15: 100, 22: 100, 29: 100 };
  const user = await userWith({ cents: { 0: 20, ...STEADY, ...yesterday } });
  expect(find(user)).toMatchObject({ date: ago(1), cost: "4.00", usual: "1.00", times: 4 });
});

test("ignores less than twice the usual, less than a cent more, and less than a hundredth of four weeks", async () => {
  expect(find(await userWith({ cents: { 0: 209, ...STEADY } }))).toBeNull();
  expect(find(await userWith({ cents: { 0: 0, 7: 0, 14: 0, 21: 0, 28: 0 } }))).toBeNull();
  expect(find(await userWith({ cents: { 0: 40, 7: 10, 14: 10, 21: 10, 28: 10, 5: 9000 } }))).toBeNull();
});

test("has no factor when the weekday usually costs nothing", async () => {
  expect(find(await userWith({ cents: { 0: 500, 7: 0, 14: 0, 21: 0, 28: 0 } }))).toMatchObject({
    cost: "5.00",
    usual: "0.00",
    times: null,
  });
});

test("ignores a key with fewer than three known weeks", async () => {
  expect(find(await userWith({ cents: { 0: 5000, 7: 10, 14: 10 } }))).toBeNull();
  expect(find(await userWith({ cents: { 0: 5000, 7: 10, 14: 10, 63: 10 } }))).toBeNull();
  expect(find(await userWith({ cents: { 0: 5000, 7: 10, 14: 10, 56: 10 } }))).toMatchObject({ usual: "0.10" });
  const user = await userWith({ cents: { 0: 9000, 7: 10 } }, { cents: { 0: 315, ...STEADY } });
  expect(find(user)).toMatchObject({ cost: "3.15", api_key_ids: [user.keyIds[1]], is_all_keys: false });
});

test("ignores a day that may include other days", async () => {
  expect(find(await userWith({ cents: { 0: 315, ...STEADY }, attributed: false, exact: false }))).toBeNull();
  expect(find(await userWith({ cents: { 0: 315, ...STEADY }, attributed: false }))).not.toBeNull();
});

describe("under the filters of the page", () => {
  const ask = (teamId: number, filters: object) => findUnusualDay(scratch, { teamId, ...filters });

  test("compares selected keys only", async () => {
    const { teamId, keyIds } = await userWith({ cents: { 0: 315, ...STEADY } }, { cents: { 0: 100, ...STEADY } });
    const [loud, quiet] = keyIds;
    expect(ask(teamId, { api_key_id: [loud] })).toMatchObject({
      cost: "3.15",
      usual: "1.05",
      api_key_ids: [loud],
      is_all_keys: true,
    });
    expect(ask(teamId, { api_key_id: [quiet] })).toBeNull();
    expect(ask(teamId, { exclude_api_key_id: [loud] })).toBeNull();
    expect(ask(teamId, { exclude_api_key_id: [quiet] })).toMatchObject({ api_key_ids: [loud] });
    expect(ask(teamId, { api_key_id: [] })).toBeNull();
  });

  test("compares selected models only", async () => {
    const { teamId, keyIds } = await userWith({ cents: { 0: 415, ...STEADY } });
    await scratch.db.write((connection) => {
      const put = connection.prepare(
        "INSERT INTO usage_stats (api_key_id, date, model, cost, byok_cost) VALUES (?, ?, ?, ?, 0)",
      );
      for (const days of [0, 7, 14, 21, 28, 35, 42, 49, 56]) put.run(keyIds[0], ago(days), "a/steady", 100n * CENT);
      put.run(keyIds[0], ago(0), "a/new", 315n * CENT);
    });
    expect(ask(teamId, { model: ["a/new"] })).toMatchObject({ cost: "3.15", usual: "0.00", times: null });
    expect(ask(teamId, { model: ["a/steady"] })).toBeNull();
    expect(ask(teamId, {})).toMatchObject({ cost: "4.15" });
  });
});

test("ignores keys of other users", async () => {
  await userWith({ cents: { 0: 315, ...STEADY } });
  expect(find(await userWith())).toBeNull();
});

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Caller, type Harness, request, settle, startHarness } from "../support/server/harness.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({
    sim: { now: "2026-03-10T12:00:00Z" },
    env: { TRUST_PROXY: "127.0.0.1", MAX_API_KEYS_PER_USER: "50" },
  });
});
afterAll(() => harness.close());
beforeEach(() => harness.sim.clock.advance(3_601_000));

const add = (user: Caller, key: string, address = "192.0.2.1") =>
  request(`${harness.url}/api/keys`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${user.credential}`,
      "content-type": "application/json",
      "x-forwarded-for": address,
    },
    body: JSON.stringify({ name: "k", key }),
  });
const guess = (index: number) => `sk-or-v1-${String(index).padStart(64, "0")}`;
const statuses = (answers: { status: number }[], status: number) =>
  answers.filter((answer) => answer.status === status).length;

test("a user can try ten invalid keys an hour, even in parallel", async () => {
  const user = await harness.createUser();
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, index) => add(user, guess(index), `192.0.2.${index}`)),
  );
  expect(statuses(answers, 400)).toBe(10);
  expect(statuses(answers, 429)).toBe(190);
  expect(Number(answers.at(-1)?.headers.get("retry-after"))).toBeGreaterThan(3000);
  harness.sim.clock.advance(3_600_000);
  expect((await add(user, guess(1))).status).toBe(400);
}, 60_000);

test("an address can try thirty invalid keys an hour, over all users", async () => {
  let refused = 0;
  for (let account = 0; account < 5; account++) {
    harness.sim.clock.advance(20_000);
    const user = await harness.createUser();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => add(user, guess(index), "198.51.100.1")),
    );
    refused += statuses(answers, 400);
  }
  expect(refused).toBe(30);
}, 60_000);

test("does not count keys that OpenRouter accepts, even in parallel", async () => {
  const user = await harness.createUser();
  const account = harness.sim.ledger.addAccount();
  const keys = Array.from({ length: 25 }, () => harness.sim.ledger.addKey(account.id).secret);
  const answers = await Promise.all(keys.map((key) => add(user, key)));
  expect(statuses(answers, 201)).toBe(25);
  await settle(harness);
}, 60_000);

test("checks of new keys share one pace over all users", async () => {
  const users: Caller[] = [];
  for (let account = 0; account < 8; account++) {
    harness.sim.clock.advance(61_000);
    users.push(await harness.createUser());
  }
  harness.sim.clock.advance(61_000);
  const began = harness.sim.clock.nowMs();
  for (const [account, user] of users.entries())
    for (let index = 0; index < 9; index++) await add(user, guess(index), `203.0.113.${account}`);
  // 72 requests; OpenRouter accepts 64 a minute.
  expect(harness.sim.clock.nowMs() - began).toBeGreaterThanOrEqual(50_000);
}, 60_000);

import fc from "fast-check";
import { expect, test } from "vitest";
import { Ledger } from "./ledger.ts";
import { usd } from "./money.ts";
import { DAY_MS, dayNumber, monthStart, weekStart } from "./time.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");

function fresh() {
  const ledger = new Ledger({ seed: 1, now: () => NOW });
  const account = ledger.addAccount();
  return { ledger, account, key: ledger.addKey(account.id) };
}

const spendArb = fc.record({
  atMs: fc.integer({ min: NOW - 45 * DAY_MS, max: NOW }),
  model: fc.constantFrom("openai/gpt-5-mini-2025-08-07", "google/gemini-2.5-flash", "x/y:free"),
  provider: fc.constantFrom("A", "B"),
  costNanos: fc.bigInt({ min: 0n, max: 10_000_000_000n }),
  byokNanos: fc.bigInt({ min: 0n, max: 1000n }),
  requests: fc.integer({ min: 0, max: 9 }),
  promptTokens: fc.integer({ min: 0, max: 1_000_000 }),
});

test("the sum over days and models equals the counter, and windows are sums of their days", () => {
  fc.assert(
    fc.property(fc.array(spendArb, { maxLength: 60 }), (spends) => {
      const { ledger, key } = fresh();
      for (const { atMs, model, ...input } of spends) ledger.spend(new Date(atMs), key, model, input);
      const counters = ledger.counterAt(key.hash, NOW);
      const rows = ledger.byDayModel(key.hash);
      expect(rows.reduce((sum, row) => sum + row.costNanos, 0n)).toBe(counters.usage);
      expect(ledger.totals({ keyHash: key.hash }).costNanos).toBe(counters.usage);
      expect(rows.reduce((sum, row) => sum + row.requests, 0)).toBe(spends.reduce((sum, s) => sum + s.requests, 0));
      const today = dayNumber(NOW);
      const since = (day: number) =>
        spends.filter((s) => dayNumber(s.atMs) >= day).reduce((sum, s) => sum + s.costNanos, 0n);
      expect(counters.daily).toBe(since(today));
      expect(counters.weekly).toBe(since(weekStart(today)));
      expect(counters.monthly).toBe(since(monthStart(today)));
      expect(counters.byok.usage).toBe(spends.reduce((sum, s) => sum + s.byokNanos, 0n));
    }),
    { numRuns: 60 },
  );
});

test("a counter at any recent instant includes exactly the spend until then", () => {
  fc.assert(
    fc.property(fc.array(spendArb, { maxLength: 40 }), fc.integer({ min: 0, max: 2 * DAY_MS }), (spends, back) => {
      const { ledger, key } = fresh();
      for (const { atMs, model, ...input } of spends) ledger.spend(new Date(atMs), key, model, input);
      const instant = NOW - back;
      const expected = spends.filter((s) => s.atMs <= instant).reduce((sum, s) => sum + s.costNanos, 0n);
      expect(ledger.counterAt(key, instant).usage).toBe(expected);
    }),
    { numRuns: 60 },
  );
});

test("weeks start on Monday and months on the first", () => {
  const { ledger, key } = fresh();
  for (const [at, cost] of [
    ["2026-10-31T23:59:59Z", "1"],
    ["2026-11-01T00:00:00Z", "10"],
    ["2026-11-15T23:59:59Z", "100"],
    ["2026-11-16T00:00:00Z", "1000"],
  ] as const) {
    ledger.spend(new Date(at), key, "m", { costNanos: usd(cost) });
  }
  const { usage, daily, weekly, monthly } = ledger.counterAt(key, NOW);
  expect({ usage, daily, weekly, monthly }).toEqual({
    usage: usd("1111"),
    daily: 0n,
    weekly: usd("1000"),
    monthly: usd("1110"),
  });
  expect(ledger.counterAt(key, Date.parse("2026-11-15T23:59:59.500Z")).weekly).toBe(usd("100"));
});

test("a restatement changes the day and the counters that include it", () => {
  const { ledger, key } = fresh();
  ledger.spend(new Date("2026-11-17T10:00:00Z"), key, "m", { costNanos: 500n, provider: "P", promptTokens: 7 });
  ledger.restate(key, "2026-11-17", "m", { deltaNanos: -200n });
  expect(ledger.byDayModel(key.hash)).toMatchObject([{ day: "2026-11-17", costNanos: 300n, promptTokens: 7 }]);
  expect(ledger.counterAt(key, NOW)).toMatchObject({ usage: 300n, weekly: 300n, monthly: 300n, daily: 0n });
  ledger.restate(key, "2026-11-17", "m", { replaceWith: { costNanos: 90n, requests: 4, promptTokens: 1 } });
  expect(ledger.byDayModel(key.hash)).toMatchObject([{ costNanos: 90n, requests: 4, promptTokens: 1 }]);
  expect(ledger.counterAt(key, NOW).usage).toBe(90n);
});

test("a restatement without counters leaves them unchanged", () => {
  const { ledger, key } = fresh();
  ledger.spend(new Date("2026-11-17T10:00:00Z"), key, "m", { costNanos: 500n });
  ledger.restate(key, "2026-11-17", "m", { deltaNanos: 100n }, { countersFollow: false });
  expect(ledger.totals({ keyHash: key.hash }).costNanos).toBe(600n);
  expect(ledger.counterAt(key, NOW)).toMatchObject({ usage: 500n, weekly: 500n });
});

test("replacing with nothing removes the row", () => {
  const { ledger, key } = fresh();
  ledger.spend(new Date("2026-11-17T10:00:00Z"), key, "m", { costNanos: 500n });
  ledger.restate(key, "2026-11-17", "m", { replaceWith: { costNanos: 0n, requests: 0 } });
  expect(ledger.byDayModel(key.hash)).toEqual([]);
  expect(ledger.counterAt(key, NOW).usage).toBe(0n);
});

test("keeps spend at future instants until the clock reaches it", () => {
  const { ledger, key } = fresh();
  ledger.spend(new Date("2027-01-05T10:00:00Z"), key, "m", { costNanos: 5n });
  expect(ledger.counterAt(key, NOW).usage).toBe(0n);
  expect(ledger.counterAt(key, Date.parse("2027-01-05T09:59:59Z")).usage).toBe(0n);
  expect(ledger.counterAt(key, Date.parse("2027-01-05T10:00:00Z"))).toMatchObject({ usage: 5n, daily: 5n });
});

test("compacted days keep their sums and count as a whole from their start", () => {
  let now = NOW;
  const ledger = new Ledger({ seed: 1, now: () => now });
  const key = ledger.addKey(ledger.addAccount().id);
  ledger.spend(new Date(NOW), key, "m", { costNanos: 5n });
  expect(ledger.counterAt(key, NOW - 1).usage).toBe(0n);
  now += 5 * DAY_MS;
  ledger.spend(new Date(now), key, "m", { costNanos: 7n });
  expect(ledger.counterAt(key, NOW - 1).usage).toBe(5n);
  expect(ledger.counterAt(key, now).usage).toBe(12n);
});

test("a seed repeats the secrets; the hash is sha256 of the whole secret", () => {
  const secretOf = (seed?: number) => {
    const ledger = new Ledger(seed === undefined ? {} : { seed });
    return ledger.addKey(ledger.addAccount().id);
  };
  expect(secretOf(7).secret).toBe(secretOf(7).secret);
  expect(secretOf().secret).not.toBe(secretOf().secret);
  const key = secretOf(7);
  expect(key.secret).toMatch(/^sk-or-v1-[0-9a-f]{64}$/);
  expect(key.label).toMatch(/^sk-or-v1-[0-9a-f]{3}\.\.\.[0-9a-f]{3}$/);
});

test("loads the last of 24 keys with 10 models and 400 days as fast as the first", () => {
  const ledger = new Ledger({ seed: 1, now: () => NOW });
  const account = ledger.addAccount();
  const times: number[] = [];
  const firstDay = dayNumber(NOW) - 399;
  for (let k = 0; k < 24; k++) {
    const begun = performance.now();
    const key = ledger.addKey(account.id);
    for (let day = firstDay; day < firstDay + 400; day++) {
      for (let m = 0; m < 10; m++) ledger.spend(new Date(day * DAY_MS), key, `author/model-${m}`, { costNanos: 1001n });
    }
    times.push(performance.now() - begun);
  }
  expect(Math.min(...times.slice(-8))).toBeLessThan(5 * Math.min(...times.slice(0, 8)));
  expect(ledger.totals({ accountId: account.id }).costNanos).toBe(24n * 10n * 400n * 1001n);
}, 30_000);

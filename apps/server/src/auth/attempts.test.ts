import type { User } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import fc from "fast-check";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { App } from "../app.ts";
import { createLog } from "../platform/log.ts";
import { createRateLimits } from "../platform/rate-limit.ts";
import type { AppError } from "../rpc/app-error.ts";
import { countCodeCheck, countPasswordCheck, countRegistration, countWrongCode } from "./attempts.ts";

let app: App;
let nowMs: number;
beforeEach(() => {
  nowMs = Date.parse("2026-03-10T12:00:00Z");
  const clock = { now: () => new Date(nowMs), monotonicMs: () => nowMs, sleep: async () => {} };
  const log = createLog({ level: "error", write: () => {} });
  app = { clock, log, limits: createRateLimits(clock) } as unknown as App;
});

let tried = 0;
afterAll(() => void process.stdout.write(`attempts: ${tried} password checks tried\n`));

const ADA = "ada@example.com";

/** Whether the check may be made. */
function tryOnce(account: string, address: string, how: { succeeds?: boolean; isKnown?: boolean } = {}): boolean {
  tried += 1;
  try {
    const known = { device: null, address: how.isKnown ? `hash of ${address}` : null };
    const attempt = countPasswordCheck(app, { account, address, known });
    if (how.succeeds) attempt.succeeded();
    return true;
  } catch (error) {
    const { code, reason, retryAfterS = 0 } = error as AppError;
    expect({ code, reason }).toEqual({
      code: "TOO_MANY_REQUESTS",
      reason: message("too_many_attempts", { seconds: retryAfterS }),
    });
    expect(retryAfterS >= 1 && retryAfterS <= 60).toBe(true);
    return false;
  }
}
const tryOften = (times: number, account: string, address: string) =>
  Array.from({ length: times }, () => tryOnce(account, address)).filter(Boolean).length;

test("allows an address five failures in 60 s over all accounts", () => {
  const allowed = Array.from({ length: 9 }, (_, index) => tryOnce(`user${index}@example.com`, "10.0.0.1"));
  expect(allowed.filter(Boolean)).toHaveLength(5);
  expect(tryOnce("other@example.com", "10.0.0.2")).toBe(true);
});

test("allows an account five failures in 60 s over all addresses", () => {
  const allowed = Array.from({ length: 9 }, (_, index) => tryOnce(ADA, `10.0.0.${index}`));
  expect(allowed.filter(Boolean)).toHaveLength(5);
});

test("an attempt rejected for its account does not count for the address", () => {
  for (let index = 0; index < 5; index++) tryOnce(ADA, `10.0.1.${index}`);
  expect(tryOften(20, ADA, "10.0.0.1")).toBe(0);
  expect(tryOften(9, "bob@example.com", "10.0.0.1")).toBe(5);
});

test("allows five more after 60 s", () => {
  expect(tryOften(9, ADA, "10.0.0.1")).toBe(5);
  nowMs += 59_999;
  expect(tryOften(9, ADA, "10.0.0.1")).toBe(0);
  nowMs += 1;
  expect(tryOften(9, ADA, "10.0.0.1")).toBe(5);
});

test("does not count successes", () => {
  for (let index = 0; index < 100; index++) expect(tryOnce(ADA, "10.0.0.1", { succeeds: true })).toBe(true);
});

test("unknown clients cannot lock out an address known to the account", () => {
  for (let index = 0; index < 50; index++) tryOnce(ADA, `10.0.${index}.1`);
  expect(tryOnce(ADA, "10.9.9.9")).toBe(false);
  const made = Array.from({ length: 9 }, () => tryOnce(ADA, "192.168.1.2", { isKnown: true }));
  expect(made.filter(Boolean)).toHaveLength(5);
});

describe("authenticator codes", () => {
  const user = { id: 1, email: ADA, passwordHash: "hash", totpSecret: "secret" } as User;
  const guess = (who: User, how: { device?: string; sessionId?: string } = {}) => {
    try {
      const known = { device: how.device ?? null, address: null };
      countCodeCheck(app, who, { address: "10.0.0.1", sessionId: how.sessionId, known });
      return true;
    } catch (error) {
      expect(error).toMatchObject({ code: "TOO_MANY_REQUESTS" });
      return false;
    }
  };
  const guesses = (times: number, how: (index: number) => Parameters<typeof guess>[1] = () => ({}), who = user) =>
    Array.from({ length: times }, (_, index) => guess(who, how(index))).filter(Boolean).length;

  test("allows twenty wrong codes an hour over any number of browsers and sessions", () => {
    expect(
      guesses(60, (index) => ({ device: `d${index}` })) + guesses(60, (index) => ({ sessionId: `s${index}` })),
    ).toBe(20);
    nowMs += 3_600_000;
    expect(guesses(60, (index) => ({ sessionId: `s${index}` }))).toBe(20);
  });

  test("reserves five of the twenty codes for browsers and sessions known to the account", () => {
    expect(guesses(60)).toBe(15);
    expect(guesses(60, () => ({ device: "d" }))).toBe(5);
  });

  test("restarts the count with a new password or another authenticator", () => {
    expect(guesses(60)).toBe(15);
    expect(guesses(60, () => ({}), { ...user, passwordHash: "another" })).toBe(15);
    expect(guesses(60, () => ({}), { ...user, totpSecret: "another" })).toBe(15);
  });

  test("notifies the owner once an hour, with the fifth wrong code", () => {
    const notified = () => Array.from({ length: 12 }, () => countWrongCode(app, user)).map((isDue) => (isDue ? 1 : 0));
    expect(notified()).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
    nowMs += 3_600_000;
    expect(notified()).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
  });
});

test("counts parallel attempts before they are checked", () => {
  const guards = Array.from({ length: 20 }, () => {
    try {
      return countPasswordCheck(app, { account: ADA, address: "10.0.0.1" });
    } catch {
      return null;
    }
  });
  expect(guards.filter(Boolean)).toHaveLength(5);
});

test("allows five registrations from an address in 60 s", () => {
  const open = (address: string) => countRegistration(app, { address });
  for (let index = 0; index < 5; index++) open("10.0.0.1");
  expect(() => open("10.0.0.1")).toThrow("too_many_registrations");
  open("10.0.0.2");
  nowMs += 60_000;
  open("10.0.0.1");
});

test("unknown clients never get more than five failures a minute for an account or address", () => {
  const step = fc.record({
    account: fc.constantFrom("a@example.com", "b@example.com", "c@example.com"),
    address: fc.constantFrom("10.0.0.1", "10.0.0.2", "10.0.0.3"),
    ms: fc.integer({ min: 0, max: 20_000 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      app = { ...app, limits: createRateLimits(app.clock) };
      const made: { who: string; at: number }[] = [];
      for (const { account, address, ms } of steps) {
        nowMs += ms;
        if (tryOnce(account, address)) made.push({ who: account, at: nowMs }, { who: address, at: nowMs });
      }
      // Windows are fixed, so at worst two of them touch: five at the end of one and five at the start of the next.
      for (const { who, at } of made)
        expect(
          made.filter((other) => other.who === who && other.at >= at && other.at < at + 60_000).length,
        ).toBeLessThanOrEqual(10);
    }),
    { numRuns: 200 },
  );
});

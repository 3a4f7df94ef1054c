import { expect, test } from "vitest";
import { createRateLimits, limitHeaders } from "./rate-limit.ts";

function setUp(options: { maxWindows?: number } = {}) {
  let now = 1_000_000;
  const limits = createRateLimits({ monotonicMs: () => now }, options);
  const advance = (ms: number) => {
    now += ms;
  };
  return { limits, advance, now: () => new Date(now) };
}
const LIMIT = { requests: 3, windowS: 60 };

test("a window starts with its first request and has a limit", () => {
  const { limits, advance } = setUp();
  expect([1, 2, 3, 4].map(() => limits.take("a:1", LIMIT).allowed)).toEqual([true, true, true, false]);
  advance(59_999);
  expect(limits.take("a:1", LIMIT).allowed).toBe(false);
  advance(1);
  expect(limits.take("a:1", LIMIT)).toMatchObject({ allowed: true, remaining: 2 });
});

test("a rejected request uses nothing", () => {
  const { limits } = setUp();
  limits.take("a:1", LIMIT, 2);
  expect(limits.take("a:1", LIMIT, 2)).toMatchObject({ allowed: false, remaining: 1 });
  expect(limits.take("a:1", LIMIT, 1)).toMatchObject({ allowed: true, remaining: 0 });
});

test("returned requests can be used again, up to the number used", () => {
  const { limits } = setUp();
  limits.refund("a:1");
  for (let n = 0; n < 3; n += 1) limits.take("a:1", LIMIT);
  limits.refund("a:1");
  expect([limits.take("a:1", LIMIT).allowed, limits.take("a:1", LIMIT).allowed]).toEqual([true, false]);
});

test("keeps only the last 50,000 addresses, and never drops a token for them", () => {
  const { limits } = setUp();
  limits.take("token:1", LIMIT, 3);
  for (let n = 0; n < 200_000; n += 1) limits.take(`anonymous:${n}`, LIMIT);
  expect(limits.size()).toBeLessThanOrEqual(50_001);
  expect(limits.take("token:1", LIMIT).allowed).toBe(false);
});

test("a flood drops the oldest entries and never recent ones", () => {
  const { limits } = setUp({ maxWindows: 10 });
  limits.take("x:old", LIMIT, 3);
  for (let n = 0; n < 6; n += 1) {
    limits.take("x:busy", LIMIT, n === 0 ? 3 : 0);
    limits.take(`x:${n}`, LIMIT);
  }
  for (let n = 6; n < 100; n += 1) {
    limits.take(`x:${n}`, LIMIT);
    if (n % 3 === 0) expect(limits.take("x:busy", LIMIT).allowed).toBe(false);
  }
  expect(limits.take("x:old", LIMIT).allowed).toBe(true);
  expect(limits.size()).toBeLessThanOrEqual(10);
});

test("headers have the limit, the remaining requests and the reset, rounded up", () => {
  const { limits, advance, now } = setUp();
  limits.take("a:1", LIMIT);
  advance(500);
  const result = limits.take("a:1", LIMIT, 0);
  expect(Object.fromEntries(limitHeaders({ policy: "token", limit: LIMIT, result }, now()))).toEqual({
    "X-RateLimit-Limit": "3",
    "X-RateLimit-Remaining": "2",
    "X-RateLimit-Reset": "1060",
    "RateLimit-Policy": '"token";q=3;w=60',
    RateLimit: '"token";r=2;t=60',
  });
});

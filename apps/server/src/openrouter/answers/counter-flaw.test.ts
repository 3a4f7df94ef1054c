import { expect, test } from "vitest";
import { findCounterFlaw } from "./counter-flaw.ts";

const GOOD = { usage: 41.7731, usage_daily: 0.8123, usage_weekly: 3.2, usage_monthly: 6.58, byok_usage: 0 };

test.each([
  [{ usage: -1 }, "usage is negative"],
  [{ usage_daily: -0.01 }, "usage_daily is negative"],
  [{ usage_weekly: "-3" }, "usage_weekly is negative"],
  [{ byok_usage: -0.5 }, "byok_usage is negative"],
  [{ byok_usage: 1, byok_usage_monthly: -0.5 }, "byok_usage_monthly is negative"],
  [{ usage: 1e9 }, "usage is larger than a key can use"],
  [{ byok_usage: undefined, byok_usage_daily: 1e9 }, "byok_usage_daily is larger than a key can use"],
  [{ usage_daily: 41.8 }, "usage_daily is above usage"],
  [{ usage_weekly: 50 }, "usage_weekly is above usage"],
  [{ usage_monthly: 50 }, "usage_monthly is above usage"],
  [{ byok_usage_daily: 0.1 }, "byok_usage_daily is above byok_usage"],
])("finds the contradiction of %j", (change, flaw) => {
  expect(findCounterFlaw({ ...GOOD, ...change })).toBe(flaw);
});

test.each([
  GOOD,
  { ...GOOD, usage_daily: 41.773100001 },
  { usage: 0, usage_daily: 0 },
  { usage: "1.5", usage_daily: "1.5" },
  { ...GOOD, byok_usage: undefined, byok_usage_daily: 5 },
  { ...GOOD, usage_weekly: null },
])("finds no contradiction in %j", (data) => {
  expect(findCounterFlaw(data)).toBeNull();
});

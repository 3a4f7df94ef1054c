import { describe, expect, it } from "vitest";
import type { Key } from "../../lib/trpc.ts";
import { limitsOf, shareLeft } from "./first-limit.ts";

const now = new Date("2026-11-25T14:05:00Z");
const none = { limit: null, limit_remaining: null, limit_reset: null, include_byok_in_limit: false, credits: null };
const key = (over: Partial<Key> = {}) => ({ ...none, ...over }) as Key;
const limited = (remaining: string, over: Partial<Key> = {}) =>
  key({ limit: "50.00", limit_remaining: remaining, limit_reset: "monthly", ...over });
const manager = (remaining: string) => key({ credits: { total: "100.00", used: "0.00", remaining } });

describe("what stops a key first", () => {
  it.each([
    ["nothing that is known", key(), undefined, null, 1],
    ["its own limit, where credits are not known", limited("13.42"), undefined, "own", 0.2684],
    ["its own limit, where less is left of it", limited("13.42"), manager("20.00"), "own", 0.2684],
    ["its own limit, where both are the same", limited("20.00"), manager("20.00"), "own", 0.4],
    ["the credits, where less is left of them", limited("13.42"), manager("5.00"), "credits", 1],
    ["the credits, where it has no limit", key(), manager("5.00"), "credits", 1],
    ["its own limit, once it is overdrawn", limited("-0.25"), manager("0.00"), "own", 0],
    ["the credits, once they are more overdrawn", limited("-0.25"), manager("-1.00"), "credits", 0],
    ["a limit of nothing", key({ limit: "0.00", limit_remaining: "0.00" }), manager("5.00"), "own", 0],
  ] as const)("is %s", (_, one, covering, first, left) => {
    const limits = limitsOf(one, covering, now);
    expect(limits.first).toBe(first);
    expect(shareLeft(limits)).toBe(left);
  });

  it("knows when a limit starts anew, and whether BYOK counts", () => {
    expect(limitsOf(limited("1.00", { include_byok_in_limit: true }), undefined, now).own).toEqual({
      limit: "50.00",
      remaining: "1.00",
      reset: new Date("2026-12-01T00:00:00Z"),
      countsByok: true,
    });
    expect(limitsOf(limited("1.00", { limit_reset: null }), undefined, now).own?.reset).toBeNull();
  });
});

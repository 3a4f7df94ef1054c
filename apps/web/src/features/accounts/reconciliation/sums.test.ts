import { describe, expect, test } from "vitest";
import type { ReconciledDay } from "../../../lib/api/trpc.ts";
import { causesOf, fromFirstKnown, resultOf, sumDays } from "./sums.ts";

const day = (more: Partial<ReconciledDay> = {}): ReconciledDay => ({
  date: "2026-03-10",
  account_total: "3.00",
  watched_total: "3.00",
  residuals: [],
  counters_total: "3.00",
  credits_change: "3.00",
  differences: [],
  is_open: false,
  ...more,
});
const difference = (cause: ReconciledDay["differences"][number]["cause"]) => ({
  between: ["account_total" as const, "credits_change" as const],
  amount: "1.00",
  cause,
});

describe("result of a day", () => {
  test.each([
    ["unread", { account_total: null, is_open: true }],
    ["open", { is_open: true, residuals: [{ cause: "day_open" as const, amount: "1.00" }] }],
    ["unexplained", { residuals: [{ cause: "unknown" as const, amount: "1.00" }] }],
    ["unexplained", { differences: [difference("unexplained")] }],
    ["explained", { differences: [difference("cached_answer")] }],
    ["explained", { residuals: [{ cause: "chatroom" as const, amount: "1.00" }] }],
    ["matched", {}],
  ] as const)("the result of a day is %s", (result, more) => {
    expect(resultOf(day(more as Partial<ReconciledDay>))).toBe(result);
  });
});

describe("totals of a period", () => {
  test("totals are sums of the days on which an amount is known", () => {
    const sums = sumDays([day(), day({ account_total: null, credits_change: null, counters_total: null })]);
    expect(sums).toMatchObject({
      total: { amount: 3_000_000_000n, days: 1 },
      watched: { amount: 6_000_000_000n, days: 2 },
      credits: { amount: 3_000_000_000n, days: 1 },
      unreadDays: 1,
    });
  });

  test("totals are unknown when no day is known", () => {
    expect(sumDays([day({ credits_change: null })]).credits).toEqual({ amount: null, days: 0 });
  });

  test("totals add up residuals by cause, and count days without a cause once", () => {
    const unknown = { cause: "unknown" as const, amount: "0.50" };
    const sums = sumDays([
      day({ residuals: [unknown, { cause: "chatroom", amount: "1.00" }], differences: [difference("unexplained")] }),
      day({ residuals: [unknown] }),
      day({ differences: [difference("unexplained")] }),
    ]);
    expect(sums).toMatchObject({
      residuals: [
        { cause: "unknown", amount: 1_000_000_000n },
        { cause: "chatroom", amount: 1_000_000_000n },
      ],
      unknown: 1_000_000_000n,
      unknownDays: 2,
      unexplainedDays: 1,
    });
    expect(causesOf([day({ residuals: [unknown], differences: [difference("unexplained")] })])).toEqual([
      "unknown",
      "unexplained",
    ]);
  });
});

test("days before the first known one are left out", () => {
  const unread = day({ account_total: null });
  expect(fromFirstKnown([unread, day(), unread])).toHaveLength(2);
  expect(fromFirstKnown([unread, unread])).toHaveLength(2);
});

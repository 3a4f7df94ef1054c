import { describe, expect, test } from "vitest";
import { type CreditRow, usedAtStart } from "./credits-history.ts";

const row = (at: string, lastSeenAt: string, used: number): CreditRow => ({
  at: new Date(at),
  lastSeenAt: new Date(lastSeenAt),
  total: 100n,
  used: BigInt(used),
});

describe("credits used when a day began", () => {
  test.each([
    ["are those reported before and after midnight", "2026-03-09T20:00:00Z", "2026-03-10T04:00:00Z", 0],
    ["are those reported an hour before", "2026-03-09T20:00:00Z", "2026-03-09T23:00:00Z", -3_600_000],
    ["are those reported an hour after", "2026-03-10T01:00:00Z", "2026-03-10T09:00:00Z", 3_600_000],
  ])("credits at midnight %s", (_, at, lastSeenAt, offsetMs) => {
    expect(usedAtStart([row(at, lastSeenAt, 7)], "2026-03-10")).toEqual({ used: 7n, offsetMs });
  });

  test("credits at midnight are unknown when nothing was reported within an hour", () => {
    const rows = [
      row("2026-03-09T20:00:00Z", "2026-03-09T22:59:59Z", 7),
      row("2026-03-10T01:00:01Z", "2026-03-10T01:00:01Z", 8),
    ];
    expect(usedAtStart(rows, "2026-03-10")).toBeNull();
    expect(usedAtStart([], "2026-03-10")).toBeNull();
  });

  test("credits at midnight are those reported nearest to it", () => {
    const rows = [
      row("2026-03-09T23:10:00Z", "2026-03-09T23:10:00Z", 7),
      row("2026-03-10T00:00:05Z", "2026-03-10T00:00:05Z", 8),
    ];
    expect(usedAtStart(rows, "2026-03-10")).toEqual({ used: 8n, offsetMs: 5_000 });
  });
});

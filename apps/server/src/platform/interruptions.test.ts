import { expect, test } from "vitest";
import { waitAfterInterruptions, waitLeft } from "./interruptions.ts";

test("retries at once after one interruption, then after increasing delays of up to an hour", () => {
  const minutes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 50].map((times) => waitAfterInterruptions(times) / 60_000);
  expect(minutes).toEqual([0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

test("the delay counts from the last start and is not longer after the clock is set back", () => {
  const startedAt = new Date("2026-03-10T12:00:00Z");
  const left = (now: string) => waitLeft({ times: 4, startedAt, now: new Date(now) });
  expect(left("2026-03-10T12:01:00Z")).toBe(3 * 60_000);
  expect(left("2026-03-10T13:00:00Z")).toBe(0);
  expect(left("2026-03-01T00:00:00Z")).toBe(4 * 60_000);
});

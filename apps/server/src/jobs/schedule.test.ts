import { expect, test } from "vitest";
import { createDueTimes, type When } from "./schedule.ts";

const HOUR_MS = 3_600_000;

/** Checks the clocks every 30 s, as the server does; the wall clock can be set. */
function follow(when: When, start: string) {
  const time = { wallMs: Date.parse(start), monotonicMs: 5000 };
  const dueTimes = createDueTimes(when, {
    now: () => new Date(time.wallMs),
    monotonicMs: () => time.monotonicMs,
  });
  return {
    next: () => dueTimes.next().toISOString(),
    moveWallClock(ms: number) {
      time.wallMs += ms;
    },
    /** When it ran, in minutes from now. */
    pass(minutes: number): number[] {
      const runs: number[] = [];
      for (let step = 1; step <= minutes * 2; step++) {
        time.wallMs += 30_000;
        time.monotonicMs += 30_000;
        if (dueTimes.check()) runs.push(step / 2);
      }
      return runs;
    },
  };
}

test("a job runs at whole intervals of the epoch", () => {
  const job = follow({ everyMinutes: 45 }, "2026-03-10T12:10:00Z");
  expect(job.next()).toBe("2026-03-10T12:45:00.000Z");
  expect(job.pass(130)).toEqual([35, 80, 125]);
});

test.each([3 * HOUR_MS, 365 * 24 * HOUR_MS])(
  "the interval of a job continues when the clock is set back by %i ms",
  (back) => {
    const job = follow({ everyMinutes: 15 }, "2026-03-10T12:01:00Z");
    expect(job.pass(20)).toEqual([14]);
    job.moveWallClock(-back);
    expect(job.pass(60)).toEqual([9, 24, 39, 54]);
  },
);

test("a daily job returns to its hour when the clock is set back by a year", () => {
  const job = follow({ cron: "0 2 * * *" }, "2027-03-10T12:00:00Z");
  job.moveWallClock(-365 * 24 * HOUR_MS);
  job.pass(1);
  expect(job.next()).toBe("2026-03-11T02:00:00.000Z");
});

test("a job runs once for everything skipped when the clock is set forward", () => {
  const job = follow({ everyMinutes: 15 }, "2026-03-10T12:01:00Z");
  job.moveWallClock(3 * HOUR_MS);
  expect(job.pass(10)).toEqual([0.5]);
});

test("a small correction of the clock causes no second run", () => {
  const job = follow({ everyMinutes: 60 }, "2026-03-10T11:59:40Z");
  expect(job.pass(1)).toEqual([0.5]);
  job.moveWallClock(-20_000);
  expect(job.pass(30)).toEqual([]);
});

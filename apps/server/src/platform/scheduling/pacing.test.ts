import { expect, test } from "vitest";
import { forEachSpread, startGapMs, waitAfterInterruptions, waitLeft } from "./pacing.ts";

const MINUTE_MS = 60_000;

/** Time that advances only by sleeping, for parallel sleepers. */
function createTime() {
  let now = 0;
  const waiting: { at: number; wake: () => void }[] = [];
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return {
    clock: {
      monotonicMs: () => now,
      sleep: (ms: number) => new Promise<void>((wake) => void waiting.push({ at: now + ms, wake })),
    },
    async run(work: Promise<unknown>) {
      let isDone = false;
      void work.finally(() => {
        isDone = true;
      });
      for (await turn(); !isDone; await turn()) {
        waiting.sort((a, b) => a.at - b.at);
        const next = waiting.shift();
        if (!next) continue;
        now = next.at;
        next.wake();
      }
    },
  };
}

async function spread(options: { count: number; intervalMinutes: number; keyMs: number; atOnce?: number }) {
  const time = createTime();
  const { clock } = time;
  const starts: number[] = [];
  const most = { now: 0, ever: 0 };
  let endMs = 0;
  const gapMs = startGapMs(options.count, options.intervalMinutes * MINUTE_MS);
  const items = Array.from({ length: options.count }, (_, index) => index);
  const signal = new AbortController().signal;
  await time.run(
    forEachSpread(items, { atOnce: options.atOnce ?? 8, gapMs, clock, signal }, async () => {
      starts.push(clock.monotonicMs());
      most.now += 1;
      most.ever = Math.max(most.ever, most.now);
      await clock.sleep(options.keyMs);
      most.now -= 1;
      endMs = clock.monotonicMs();
    }),
  );
  const bySecond = new Map<number, number>();
  for (const start of starts) {
    const second = Math.floor(start / 1000);
    bySecond.set(second, (bySecond.get(second) ?? 0) + 1);
  }
  return { starts, endMs, atOnce: most.ever, inOneSecond: Math.max(...bySecond.values()) };
}

test("a thousand keys of an hourly sync start in a thousand different seconds", async () => {
  const { starts, inOneSecond, endMs } = await spread({ count: 1000, intervalMinutes: 60, keyMs: 3000 });
  expect(starts).toHaveLength(1000);
  expect(inOneSecond).toBe(1);
  expect(endMs).toBeLessThan(20 * MINUTE_MS);
});

test("a thousand keys of a sync every five minutes finish in time, with at most five per second", async () => {
  const { inOneSecond, endMs } = await spread({ count: 1000, intervalMinutes: 5, keyMs: 1500 });
  expect(inOneSecond).toBeLessThanOrEqual(5);
  expect(endMs).toBeLessThan(5 * MINUTE_MS);
});

test("a few keys start a second apart at any interval", async () => {
  const { starts } = await spread({ count: 4, intervalMinutes: 1440, keyMs: 10 });
  expect(starts).toEqual([0, 1000, 2000, 3000]);
});

test("limits parallel work, however slow it is", async () => {
  const { atOnce, starts } = await spread({ count: 30, intervalMinutes: 60, keyMs: 60_000, atOnce: 3 });
  expect(atOnce).toBe(3);
  expect(starts).toHaveLength(30);
});

test("starts nothing after the shutdown signal and waits for running work", async () => {
  const stopping = new AbortController();
  const done: number[] = [];
  const clock = { monotonicMs: () => 0, sleep: () => Promise.resolve() };
  const options = { atOnce: 2, gapMs: 0, clock, signal: stopping.signal };
  await forEachSpread([1, 2, 3, 4, 5], options, async (item) => {
    if (item === 2) stopping.abort();
    await new Promise((resolve) => setImmediate(resolve));
    done.push(item);
  });
  expect(done).toEqual([1, 2]);
});

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

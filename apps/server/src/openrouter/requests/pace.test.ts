import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { createPace, type Priority } from "./pace.ts";

let tried = 0;
afterAll(() => void process.stdout.write(`pace: ${tried} requests tried\n`));

/** Time that advances only when nothing else is left to do. */
function createVirtualClock() {
  let nowMs = Date.parse("2026-03-10T12:00:00Z");
  let sleepers: { at: number; wake: () => void }[] = [];
  return {
    monotonicMs: () => nowMs,
    sleep: (ms: number) => new Promise<void>((wake) => void sleepers.push({ at: nowMs + ms, wake })),
    async runOut(atRest: () => void) {
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        atRest();
        if (sleepers.length === 0) return;
        const at = sleepers.reduce((earliest, sleeper) => Math.min(earliest, sleeper.at), Number.POSITIVE_INFINITY);
        nowMs = Math.max(nowMs, at);
        const due = sleepers.filter((sleeper) => sleeper.at <= nowMs);
        sleepers = sleepers.filter((sleeper) => sleeper.at > nowMs);
        for (const { wake } of due) wake();
      }
    },
  };
}

interface Job {
  lane: string;
  priority: Priority;
  arrivesAtMs: number;
  takesMs: number;
}

interface Lane {
  waiting: Record<Priority, number>;
  running: number;
  starts: number[];
}

const MOST: Record<Priority, number> = { archive: 30, job: 56, person: 60 };
const AT_A_TIME: Record<Priority, number> = { archive: 1, job: 2, person: 2 };

/** Runs the jobs in virtual time and checks the limits at every start and every idle moment. */
async function runAll(jobs: Job[]): Promise<{ tookMs: number; laneCount: number }> {
  const clock = createVirtualClock();
  const pace = createPace({ clock });
  const began = clock.monotonicMs();
  const lanes = new Map<string, Lane>();
  for (const { lane } of jobs) lanes.set(lane, { waiting: { person: 0, job: 0, archive: 0 }, running: 0, starts: [] });
  const recent = ({ starts }: Lane) => {
    const since = clock.monotonicMs() - 60_000;
    return starts.length - (starts.findLastIndex((at) => at <= since) + 1);
  };
  let finished = 0;
  const all = jobs.map(async (job) => {
    const lane = lanes.get(job.lane) as Lane;
    await clock.sleep(job.arrivesAtMs);
    lane.waiting[job.priority] += 1;
    await pace.run(job, async () => {
      lane.waiting[job.priority] -= 1;
      lane.running += 1;
      lane.starts.push(clock.monotonicMs());
      tried += 1;
      expect(lane.running, "at a time in a lane").toBeLessThanOrEqual(AT_A_TIME[job.priority]);
      expect(recent(lane), "begun in a minute").toBeLessThanOrEqual(MOST[job.priority]);
      await clock.sleep(job.takesMs);
      lane.running -= 1;
    });
    finished += 1;
  });
  await clock.runOut(() => {
    for (const lane of lanes.values())
      for (const priority of ["person", "job", "archive"] as const)
        if (lane.waiting[priority] > 0 && lane.running < AT_A_TIME[priority] && recent(lane) < MOST[priority])
          expect.fail(`a ${priority} waits longer than needed`);
  });
  await Promise.all(all);
  expect(finished).toBe(jobs.length);
  return { tookMs: clock.monotonicMs() - began, laneCount: pace.laneCount };
}

const repeat = (count: number, job: Partial<Job> = {}): Job[] =>
  Array.from({ length: count }, () => ({ lane: "a", priority: "job", arrivesAtMs: 0, takesMs: 10, ...job }));

test("runs a burst of fifty-six without delay", async () => {
  expect((await runAll(repeat(56))).tookMs).toBe(280);
});

test("a job's fifty-seventh request of a minute waits for the next minute", async () => {
  const { tookMs } = await runAll(repeat(57));
  expect(tookMs >= 60_000 && tookMs <= 60_020).toBe(true);
});

test("three hundred requests in bulk take five minutes", async () => {
  const { tookMs } = await runAll(repeat(300));
  expect(tookMs >= 300_000 && tookMs <= 301_000).toBe(true);
});

test("requests of one lane do not wait for another", async () => {
  const lanes = Array.from({ length: 20 }, (_, index) => repeat(50, { lane: `lane ${index}` })).flat();
  expect((await runAll(lanes)).tookMs).toBe(250);
});

test("a user's request runs before fifty jobs queued earlier", async () => {
  const order: Priority[] = [];
  const clock = createVirtualClock();
  const pace = createPace({ clock });
  const add = (priority: Priority) =>
    pace.run({ lane: "a", priority }, async () => {
      order.push(priority);
      await clock.sleep(10);
    });
  const all = [...Array.from({ length: 50 }, () => add("job")), add("person")];
  await clock.runOut(() => {});
  await Promise.all(all);
  expect(order.indexOf("person")).toBe(2);
});

test("a lane full of jobs reserves four places a minute for users", async () => {
  const jobs = repeat(100, { takesMs: 1 });
  const people = repeat(4, { priority: "person", arrivesAtMs: 5_000, takesMs: 1 });
  const clock = createVirtualClock();
  const pace = createPace({ clock });
  const began = clock.monotonicMs();
  const personStarts: number[] = [];
  const all = [...jobs, ...people].map(async (job) => {
    await clock.sleep(job.arrivesAtMs);
    await pace.run(job, async () => {
      if (job.priority === "person") personStarts.push(clock.monotonicMs() - began);
      await clock.sleep(job.takesMs);
    });
  });
  await clock.runOut(() => {});
  await Promise.all(all);
  expect(personStarts).toHaveLength(4);
  expect(Math.max(...personStarts)).toBeLessThan(5_010);
});

test("requests for breakdowns run one at a time, thirty a minute, after those of jobs", async () => {
  const { tookMs } = await runAll(repeat(60, { priority: "archive" }));
  expect(tookMs >= 60_000 && tookMs <= 60_600).toBe(true);
  const order: Priority[] = [];
  const clock = createVirtualClock();
  const pace = createPace({ clock });
  const add = (priority: Priority) =>
    pace.run({ lane: "a", priority }, async () => {
      order.push(priority);
      await clock.sleep(10);
    });
  const all = [...Array.from({ length: 3 }, () => add("archive")), ...Array.from({ length: 5 }, () => add("job"))];
  await clock.runOut(() => {});
  await Promise.all(all);
  expect(order.indexOf("archive", 1)).toBe(6);
});

test("a failed request frees its place", async () => {
  const clock = createVirtualClock();
  const pace = createPace({ clock });
  const all = Array.from({ length: 10 }, () =>
    pace.run({ lane: "a", priority: "job" }, async () => {
      throw new Error("broke");
    }),
  );
  const results = await Promise.allSettled(all);
  expect(results.every(({ status }) => status === "rejected")).toBe(true);
  expect(await pace.run({ lane: "a", priority: "job" }, async () => "went on")).toBe("went on");
});

test("no request waits for a turn after the shutdown signal", async () => {
  const stopping = new AbortController();
  const clock = {
    monotonicMs: () => 0,
    sleep: (_: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) =>
        signal?.aborted ? resolve() : signal?.addEventListener("abort", () => resolve()),
      ),
  };
  const pace = createPace({ clock, signal: stopping.signal });
  let ran = 0;
  const all = Array.from({ length: 200 }, () => pace.run({ lane: "a", priority: "job" }, async () => void ran++));
  await new Promise((resolve) => setImmediate(resolve));
  expect(ran).toBe(56);
  stopping.abort();
  await Promise.all(all);
  expect(ran).toBe(200);
});

test("removes lanes that were idle for a minute once there are a thousand, and keeps the limits", async () => {
  const idle = Array.from({ length: 600 }, (_, index) => ({ lane: `idle ${index}`, arrivesAtMs: 0 }));
  const recent = Array.from({ length: 600 }, (_, index) => ({ lane: `recent ${index}`, arrivesAtMs: 30_000 }));
  const lanes = [...idle, ...recent].flatMap((lane) => repeat(1, lane));
  // The lane of the burst runs nothing when the first lanes are checked, but was used within the minute.
  const burst = repeat(60, { arrivesAtMs: 29_000 });
  const late = repeat(1, { lane: "late", arrivesAtMs: 61_000 });
  const more = repeat(5, { arrivesAtMs: 31_000 });
  expect((await runAll([...lanes, ...burst, ...late, ...more])).laneCount).toBe(602);
});

test("any sequence of requests keeps the limits and waits no longer than needed", async () => {
  const job = fc.record({
    lane: fc.constantFrom("a", "b"),
    priority: fc.constantFrom<Priority>("person", "job", "job", "archive"),
    arrivesAtMs: fc.integer({ min: 0, max: 90_000 }),
    takesMs: fc.integer({ min: 0, max: 3_000 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(job, { minLength: 1, maxLength: 200, size: "max" }), async (jobs) => {
      await runAll(jobs);
    }),
    { numRuns: 150 },
  );
}, 60_000);

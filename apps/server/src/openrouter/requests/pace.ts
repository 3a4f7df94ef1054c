import type { Clock } from "../../platform/clock.ts";

/** Requests of users are sent before those of jobs, and those of the archive last. */
export type Priority = "person" | "job" | "archive";

const WINDOW_MS = 60_000;
const MAX_AT_A_TIME: Record<Priority, number> = { person: 2, job: 2, archive: 1 };
/** OpenRouter rejects the 65th request of a minute. */
const DEFAULT_PER_MINUTE = 60;

const PRIORITIES = ["person", "job", "archive"] as const;

interface Lane {
  running: number;
  started: number[];
  waiting: Record<Priority, (() => void)[]>;
  timer: Promise<void> | null;
}

interface PaceOptions {
  clock: Pick<Clock, "monotonicMs" | "sleep">;
  signal?: AbortSignal | undefined;
  /** Requests that a lane may start in a minute, at least 8; default: 60. */
  perMinute?: number | undefined;
}

/**
 * Rate limits requests to OpenRouter. Each lane (an account, or a key without one) has at most 2 running requests, and at most
 * `perMinute` started in any minute; jobs leave the last four of them to users. Within that, bursts are not delayed and users
 * go before jobs. Requests of the archive start only while nothing else runs and while half of the minute's requests are left.
 * After `signal` has aborted, requests do not wait.
 */
export function createPace({ clock, signal, perMinute = DEFAULT_PER_MINUTE }: PaceOptions) {
  const maxPerWindow: Record<Priority, number> = {
    archive: Math.floor(perMinute / 2),
    job: perMinute - 4,
    person: perMinute,
  };
  const lanes = new Map<string, Lane>();

  function laneOf(name: string): Lane {
    let lane = lanes.get(name);
    if (!lane) {
      lane = { running: 0, started: [], waiting: { person: [], job: [], archive: [] }, timer: null };
      lanes.set(name, lane);
    }
    return lane;
  }

  function forget(lane: Lane, now: number) {
    while (lane.started.length > 0 && now - (lane.started[0] as number) >= WINDOW_MS) lane.started.shift();
  }

  function advance(name: string, lane: Lane) {
    const now = clock.monotonicMs();
    forget(lane, now);
    for (const priority of PRIORITIES) {
      while (
        lane.waiting[priority].length > 0 &&
        (signal?.aborted || (lane.running < MAX_AT_A_TIME[priority] && lane.started.length < maxPerWindow[priority]))
      ) {
        lane.running += 1;
        lane.started.push(now);
        lane.waiting[priority].shift()?.();
      }
    }
    const waiting = PRIORITIES.filter((priority) => lane.waiting[priority].length > 0);
    const isWaiting = waiting.length > 0;
    // The others wait for a request under way to end.
    const waitsForTime = waiting.some((priority) => lane.running < MAX_AT_A_TIME[priority]);
    if (waitsForTime && !lane.timer) {
      const waitMs = Math.max(1, (lane.started[0] ?? now) + WINDOW_MS - now);
      lane.timer = clock.sleep(waitMs, signal).then(() => {
        lane.timer = null;
        advance(name, lane);
      });
    }
    if (!isWaiting && lane.running === 0 && lane.started.length === 0) lanes.delete(name);
  }

  function sweep() {
    const now = clock.monotonicMs();
    for (const [name, lane] of lanes) {
      forget(lane, now);
      if (lane.running === 0 && lane.started.length === 0 && !lane.timer) lanes.delete(name);
    }
  }

  return {
    /** Lanes in memory: idle ones are removed when there are more than a thousand. */
    get laneCount(): number {
      return lanes.size;
    },
    /** Counts the requests of a lane for another one as well, because both are of one account. */
    carryOver(from: string, to: string): void {
      const started = lanes.get(from)?.started ?? [];
      if (from === to || started.length === 0) return;
      const lane = laneOf(to);
      lane.started = [...lane.started, ...started].sort((a, b) => a - b);
    },
    /** Runs `work` when it is this request's turn in its lane. */
    async run<T>(options: { lane: string; priority: Priority }, work: () => Promise<T>): Promise<T> {
      if (lanes.size > 1000) sweep();
      const lane = laneOf(options.lane);
      await new Promise<void>((resolve) => {
        lane.waiting[options.priority].push(resolve);
        advance(options.lane, lane);
      });
      try {
        return await work();
      } finally {
        lane.running -= 1;
        advance(options.lane, lane);
      }
    },
  };
}

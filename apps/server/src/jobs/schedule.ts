import { Cron } from "croner";
import type { Clock } from "../platform/clock.ts";

/** UTC. Intervals are anchored to the epoch. */
export type When = { cron: string } | { everyMinutes: number };

export interface Schedule {
  next(): Date | null;
  stop(): void;
}

type Time = Pick<Clock, "now" | "monotonicMs">;

const MINUTE_MS = 60_000;
/** How often the clock is checked: long timers would be late after the machine was suspended. */
const CHECK_EVERY_MS = 30_000;
/** If the clock is set back by less than this, the next run is only delayed by that much. */
const JUMP_MS = MINUTE_MS;

/** The first instant after `from` at which a job is due. Pure. */
export function nextDue(when: When, from: Date): Date {
  if ("cron" in when) return new Cron(when.cron, { timezone: "UTC", paused: true }).nextRun(from) as Date;
  // No cron pattern says "every 45 minutes".
  const everyMs = when.everyMinutes * MINUTE_MS;
  return new Date((Math.floor(from.getTime() / everyMs) + 1) * everyMs);
}

/** The successive due times of a job, by a wall clock that may be changed. Call `check` regularly. */
export function createDueTimes(when: When, time: Time) {
  let due = nextDue(when, time.now());
  let seen = { wallMs: time.now().getTime(), monotonicMs: time.monotonicMs() };
  return {
    next: (): Date => due,
    /** True if a run is due now. Then the next due time is set. */
    check(): boolean {
      const now = time.now();
      const monotonicMs = time.monotonicMs();
      const jumpMs = now.getTime() - seen.wallMs - (monotonicMs - seen.monotonicMs);
      seen = { wallMs: now.getTime(), monotonicMs };
      const isDue = now >= due;
      // After the clock was set back, the old due time could be hours or years away.
      if (isDue || jumpMs < -JUMP_MS) due = nextDue(when, now);
      return isDue;
    },
  };
}

/** Calls `work` whenever it is due, until stopped. */
export function startSchedule(when: When, work: () => void, time: Time): Schedule {
  const dueTimes = createDueTimes(when, time);
  let timer: NodeJS.Timeout;
  const check = () => {
    if (dueTimes.check()) work();
    wait();
  };
  function wait() {
    const waitMs = dueTimes.next().getTime() - time.now().getTime();
    timer = setTimeout(check, Math.min(Math.max(waitMs, 1), CHECK_EVERY_MS)).unref();
  }
  wait();
  return { next: dueTimes.next, stop: () => clearTimeout(timer) };
}

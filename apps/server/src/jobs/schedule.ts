import { Cron } from "croner";
import { type Clock, systemClock } from "../platform/clock.ts";

/** UTC. Intervals are anchored to the epoch. */
export type When = { cron: string } | { everyMinutes: number };

export interface Schedule {
  next(): Date | null;
  stop(): void;
}

type Time = Pick<Clock, "now" | "monotonicMs">;

const MINUTE_MS = 60_000;
/** How often the clocks are looked at: timers of days would be off after the machine has slept. */
const LOOK_EVERY_MS = 30_000;
/** A clock that is set back by less only makes the next run later by as much. */
const JUMP_MS = MINUTE_MS;

/** The first instant after `from` at which a job is due. Pure. */
export function nextDue(when: When, from: Date): Date {
  if ("cron" in when) return new Cron(when.cron, { timezone: "UTC", paused: true }).nextRun(from) as Date;
  // No cron pattern says "every 45 minutes".
  const everyMs = when.everyMinutes * MINUTE_MS;
  return new Date((Math.floor(from.getTime() / everyMs) + 1) * everyMs);
}

/** One due instant after the other, by a wall clock that may be set; `check` is called every so often. */
export function createAppointments(when: When, time: Time) {
  let due = nextDue(when, time.now());
  let seen = { wallMs: time.now().getTime(), monotonicMs: time.monotonicMs() };
  return {
    next: (): Date => due,
    /** Whether a run is due now; the next one is appointed then. */
    check(): boolean {
      const now = time.now();
      const monotonicMs = time.monotonicMs();
      const jumpMs = now.getTime() - seen.wallMs - (monotonicMs - seen.monotonicMs);
      seen = { wallMs: now.getTime(), monotonicMs };
      const isDue = now >= due;
      // Set back, the clock would come to the old appointment hours later, or years.
      if (isDue || jumpMs < -JUMP_MS) due = nextDue(when, now);
      return isDue;
    },
  };
}

/** Calls `work` whenever it is due, until stopped. */
export function startSchedule(when: When, work: () => void, time: Time = systemClock): Schedule {
  const appointments = createAppointments(when, time);
  let timer: NodeJS.Timeout;
  const look = () => {
    if (appointments.check()) work();
    wait();
  };
  function wait() {
    const waitMs = appointments.next().getTime() - time.now().getTime();
    timer = setTimeout(look, Math.min(Math.max(waitMs, 1), LOOK_EVERY_MS)).unref();
  }
  wait();
  return { next: appointments.next, stop: () => clearTimeout(timer) };
}

import { monitorEventLoopDelay, performance } from "node:perf_hooks";

const RESOLUTION_MS = 10;
const WINDOW_MS = 10_000;
/** One minute. Scrapes at least this often miss nothing, and several scrapers do not affect each other. */
const WINDOWS = 6;

export type EventLoop = ReturnType<typeof watchEventLoop>;

/** Measures delays of the event loop of this process. */
export function watchEventLoop() {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  const past: number[] = [];
  // The histogram includes the wait for its own timer.
  const heldS = (nanos: number) => Math.max(0, nanos / 1e9 - RESOLUTION_MS / 1000);
  delay.enable();
  const timer = setInterval(() => {
    past.push(heldS(delay.max));
    if (past.length >= WINDOWS) past.shift();
    delay.reset();
  }, WINDOW_MS).unref();
  return {
    /** The longest delay in the last minute, in seconds, rounded to 0.01. */
    longestS: (): number => Math.max(heldS(delay.max), ...past),
    /** 99th percentile of the delay of an event in the last ten seconds. */
    p99S: (): number => heldS(delay.percentile(99)),
    /** Seconds since the start in which the event loop was not idle. */
    busyS: (): number => performance.eventLoopUtilization().active / 1000,
    stop(): void {
      clearInterval(timer);
      delay.disable();
    },
  };
}

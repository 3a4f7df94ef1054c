import { monitorEventLoopDelay, performance } from "node:perf_hooks";

const RESOLUTION_MS = 10;
const WINDOW_MS = 10_000;
/** A minute: whoever asks at least that often misses nothing, and two who ask take nothing from each other. */
const WINDOWS = 6;

export type EventLoop = ReturnType<typeof watchEventLoop>;

/** Measures how long the event loop of this process is held. */
export function watchEventLoop() {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  const past: number[] = [];
  // The histogram has the wait for its own timer in it.
  const heldS = (nanos: number) => Math.max(0, nanos / 1e9 - RESOLUTION_MS / 1000);
  delay.enable();
  const timer = setInterval(() => {
    past.push(heldS(delay.max));
    if (past.length >= WINDOWS) past.shift();
    delay.reset();
  }, WINDOW_MS).unref();
  return {
    /** The longest it was held at a stretch in the last minute, in seconds, to a hundredth. */
    longestS: (): number => Math.max(heldS(delay.max), ...past),
    /** Of the last ten seconds at most: how long a new event waited in 99 of 100 cases. */
    p99S: (): number => heldS(delay.percentile(99)),
    /** Seconds since the start in which it was not idle. */
    busyS: (): number => performance.eventLoopUtilization().active / 1000,
    stop(): void {
      clearInterval(timer);
      delay.disable();
    },
  };
}

const MINUTE_MS = 60_000;
const MAX_WAIT_MS = 60 * MINUTE_MS;

/**
 * How long after its last start work is tried again that was interrupted `times` times in a row: at once after the first time, for
 * that is how a server is updated, then 1, 2, 4 … minutes, at most an hour. Work that ends the process must not end each new one.
 */
export const waitAfterInterruptions = (times: number): number =>
  times <= 1 ? 0 : Math.min(MINUTE_MS * 2 ** (times - 2), MAX_WAIT_MS);

/** What is left of that wait; a start in the future was written by a wrong clock. */
export function waitLeft(input: { times: number; startedAt: Date; now: Date }): number {
  const waitMs = waitAfterInterruptions(input.times);
  const ago = Math.max(0, input.now.getTime() - input.startedAt.getTime());
  return Math.max(0, waitMs - ago);
}

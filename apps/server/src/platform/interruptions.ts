const MINUTE_MS = 60_000;
const MAX_WAIT_MS = 60 * MINUTE_MS;

/**
 * Delay from the last start until work is retried that was interrupted `times` times in a row: none after the first time, as
 * happens with an update, then 1, 2, 4 … minutes, at most an hour. Work that crashes the process must not crash every restart.
 */
export const waitAfterInterruptions = (times: number): number =>
  times <= 1 ? 0 : Math.min(MINUTE_MS * 2 ** (times - 2), MAX_WAIT_MS);

/** The rest of that delay. A start in the future was stored by a wrong clock and does not count. */
export function waitLeft(input: { times: number; startedAt: Date; now: Date }): number {
  const waitMs = waitAfterInterruptions(input.times);
  const ago = Math.max(0, input.now.getTime() - input.startedAt.getTime());
  return Math.max(0, waitMs - ago);
}

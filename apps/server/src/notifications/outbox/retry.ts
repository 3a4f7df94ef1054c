const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long a message is retried after its first attempt. */
export const TRY_FOR_MS = 24 * HOUR;
/** Minimum number of attempts, because a server that was off or suspended has not tried for a whole day. */
const LEAST_TRIES = 6;

/** Wait after each failed attempt. The last one is repeated. */
const WAITS_MS = [5 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR];
const MAX_RETRY_AFTER_MS = HOUR;
const JITTER = 0.1;

/**
 * When a failed message is retried: with increasing waits, and a last time at the end of its day. `null` when the day is over.
 * @param attempts attempts so far, at least 1
 * @param random 0 ≤ n < 1, for jitter
 */
export function nextTry(input: {
  attempts: number;
  firstTriedAt: Date;
  now: Date;
  retryAfterS: number | null;
  random: number;
}): Date | null {
  const end = input.firstTriedAt.getTime() + TRY_FOR_MS;
  const now = input.now.getTime();
  const isOver = now >= end;
  if (isOver && input.attempts >= LEAST_TRIES) return null;
  const wait = WAITS_MS[Math.min(input.attempts, WAITS_MS.length) - 1] ?? HOUR;
  const asked = Math.min((input.retryAfterS ?? 0) * SECOND, MAX_RETRY_AFTER_MS);
  const jittered = Math.max(wait, asked) * (1 + JITTER * input.random);
  return new Date(isOver ? now + jittered : Math.min(now + jittered, end));
}

/** Answers may be this far from the expected time and still be dated right. */
export const TOLERANCE_MS = 5 * 60_000;
/** Polls closer together than this count as one. */
const APART_MS = 5 * 60_000;
const POLLS = 3;
const STABLE_MS = 30 * 60_000;

/** An offset that differs from the one in use and may become it. */
interface Candidate {
  offsetMs: number;
  since: number;
  countedAt: number;
  polls: number;
}

/** The machine's two clocks at one moment, in milliseconds; see `Clock`. */
export interface Moment {
  wall: number;
  monotonic: number;
}

export type ClockOffset = ReturnType<typeof createClockOffset>;

const isNear = (a: number, b: number) => Math.abs(a - b) <= TOLERANCE_MS;

/** How far `date` is outside the time from `from` to `to`; 0 within it. */
const distance = (date: number, from: number, to: number) => (date < from ? date - from : date > to ? date - to : 0);

/**
 * How far OpenRouter's clock is ahead of this machine's. The machine's clock is taken for right until the responses of three polls over
 * half an hour agree on another offset, or until it is set while answers go on in time: a single wrong Date header changes nothing.
 * @param onChange called with the offset in milliseconds whenever another one comes into use; 0: the machine's clock is right
 */
export function createClockOffset(onChange: (offsetMs: number) => void = () => {}) {
  let offsetMs = 0;
  let candidate: Candidate | null = null;
  /** OpenRouter's time less the monotonic clock, by the last response that was believed. */
  let base: number | null = null;

  function use(measuredMs: number): void {
    offsetMs = isNear(measuredMs, 0) ? 0 : measuredMs;
    candidate = null;
    onChange(offsetMs);
  }

  /** Whether answers have agreed on this offset for long enough. */
  function isStable(measuredMs: number, at: number): boolean {
    if (candidate === null || !isNear(candidate.offsetMs, measuredMs)) {
      candidate = { offsetMs: measuredMs, since: at, countedAt: at, polls: 1 };
      return false;
    }
    if (at - candidate.countedAt < APART_MS) return false;
    candidate.countedAt = at;
    candidate.polls += 1;
    return candidate.polls >= POLLS && at - candidate.since >= STABLE_MS;
  }

  return {
    /** What to add to this machine's time for OpenRouter's, in milliseconds; 0 while the machine's clock is taken for right. */
    offsetMs: (): number => offsetMs,

    /**
     * Takes the Date of a response into account.
     * @returns how far the response is from the expected time in milliseconds when that is too much to be believed, else `null`
     */
    observe(date: number, sent: Moment, received: Moment): number | null {
      const measuredMs = distance(date, sent.wall, received.wall);
      if (isNear(measuredMs, offsetMs)) candidate = null;
      // The response is in time by the clock that no one sets: it was this machine's wall clock that was set.
      else if (base !== null && isNear(distance(date - base, sent.monotonic, received.monotonic), 0)) use(measuredMs);
      else if (isStable(measuredMs, received.monotonic)) use(measuredMs);
      else return measuredMs - offsetMs;
      base = date - received.monotonic;
      return null;
    },
  };
}

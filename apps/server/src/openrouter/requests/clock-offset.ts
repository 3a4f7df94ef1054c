/** Tolerated difference between the date of a response and the expected time. */
const TOLERANCE_MS = 5 * 60_000;
/** Polls within this time count as one. */
const APART_MS = 5 * 60_000;
const POLLS = 3;
const STABLE_MS = 30 * 60_000;

/** An offset that differs from the one in use and may replace it. */
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
 * Offset of OpenRouter's clock from this machine's. The machine's clock is considered correct until the responses of three polls over
 * half an hour agree on another offset, or until it is changed while responses remain consistent. A single wrong Date header has no effect.
 * @param onChange called with the offset in milliseconds whenever it changes; 0 if the machine's clock is correct
 */
export function createClockOffset(onChange: (offsetMs: number) => void = () => {}) {
  let offsetMs = 0;
  let candidate: Candidate | null = null;
  /** OpenRouter's time minus the monotonic clock, from the last trusted response. */
  let base: number | null = null;

  function use(measuredMs: number): void {
    offsetMs = isNear(measuredMs, 0) ? 0 : measuredMs;
    candidate = null;
    onChange(offsetMs);
  }

  /** Whether responses have agreed on this offset for long enough. */
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
    /** Offset from this machine's time to OpenRouter's in milliseconds; 0 while the machine's clock is considered correct. */
    offsetMs: (): number => offsetMs,

    /**
     * Records the Date of a response.
     * @returns deviation from the expected time in milliseconds if it is too large to be trusted, otherwise `null`
     */
    observe(date: number, sent: Moment, received: Moment): number | null {
      const measuredMs = distance(date, sent.wall, received.wall);
      if (isNear(measuredMs, offsetMs)) candidate = null;
      // The response matches the monotonic clock, so this machine's wall clock was changed.
      else if (base !== null && isNear(distance(date - base, sent.monotonic, received.monotonic), 0)) use(measuredMs);
      else if (isStable(measuredMs, received.monotonic)) use(measuredMs);
      else return measuredMs - offsetMs;
      base = date - received.monotonic;
      return null;
    },
  };
}

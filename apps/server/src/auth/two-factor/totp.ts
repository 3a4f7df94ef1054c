import { randomBytes, timingSafeEqual } from "node:crypto";
import { base32 } from "oslo/encoding";
import { createTOTPKeyURI, generateHOTP } from "oslo/otp";

// RFC 6238 with SHA-1, 6 digits and 30 s, which every authenticator app supports. oslo's check accepts only the current step,
// does not compare in constant time and does not prevent reuse.
const STEP_MS = 30_000;
/** Steps by which a phone's clock may be off in either direction. */
const SKEW = 1;

/** Creates a secret of 160 random bits, in base32. */
export const createTotpSecret = (): string => base32.encode(randomBytes(20), { includePadding: false });

export const toUri = (input: { email: string; secret: string }): string =>
  createTOTPKeyURI("orwatch", input.email, base32.decode(input.secret, { strict: false }));

/** The 30-second step of an instant, counted from the epoch. */
export const stepAt = (instant: Date): number => Math.floor(instant.getTime() / STEP_MS);

/** The code of a step. */
export const codeAt = (secret: string, step: number): Promise<string> =>
  generateHOTP(base32.decode(secret, { strict: false }), step);

/**
 * The step of the code: the current one or a neighbour, after `lastStep`, so that no code works twice. `null` if
 * there is none. Takes constant time.
 */
export async function findStep(input: {
  secret: string;
  code: string;
  lastStep: number;
  now: Date;
}): Promise<number | null> {
  const { secret, code, lastStep, now } = input;
  if (!/^\d{6}$/.test(code)) return null;
  let found: number | null = null;
  for (let step = stepAt(now) - SKEW; step <= stepAt(now) + SKEW; step++) {
    const isRight = timingSafeEqual(Buffer.from(await codeAt(secret, step)), Buffer.from(code));
    if (isRight && step > lastStep) found = step;
  }
  return found;
}

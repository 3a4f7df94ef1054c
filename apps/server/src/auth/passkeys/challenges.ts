import { randomBytes } from "node:crypto";
import type { App } from "../../app.ts";
import type { Ceremony, Challenge } from "./memory.ts";

/** How long a user has to use the authenticator. */
export const CHALLENGE_MS = 5 * 60_000;
/** Anonymous visitors open challenges, too: the oldest ones are dropped. */
const MAX_OPEN = 10_000;

/** Opens a challenge of 256 random bits. */
export function openChallenge(app: App, input: Omit<Challenge, "endsAt">): string {
  const { passkeys } = app.memory;
  const now = app.clock.monotonicMs();
  for (const [name, { endsAt }] of passkeys) {
    if (endsAt > now && passkeys.size < MAX_OPEN) break;
    passkeys.delete(name);
  }
  const challenge = randomBytes(32).toString("base64url");
  passkeys.set(challenge, { ...input, endsAt: now + CHALLENGE_MS });
  return challenge;
}

/** Closes a challenge. `null` if it was never opened, is used up or has expired, or was opened for something else. */
export function takeChallenge(app: App, input: { challenge: string; ceremony: Ceremony }): Challenge | null {
  const { passkeys } = app.memory;
  const found = passkeys.get(input.challenge);
  passkeys.delete(input.challenge);
  if (!found || found.ceremony !== input.ceremony) return null;
  return found.endsAt > app.clock.monotonicMs() ? found : null;
}

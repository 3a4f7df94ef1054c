import { createHash } from "node:crypto";
import type { User } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import { type Limit, type RateLimitResult, secondsLeft } from "../platform/rate-limit.ts";
import { tooManyRequests } from "../rpc/app-error.ts";
import type { KnownClient } from "./sessions/known-clients.ts";

const LIMIT = { requests: 5, windowS: 60 };
/** Limit of wrong two-factor codes per user, from all clients. With three of a million codes valid at a time, guessing takes two years. */
const CODES = { requests: 20, windowS: 3600 };
/** Part of that limit for unknown clients. The rest is reserved for known clients. */
const UNKNOWN_CODES = { requests: 15, windowS: 3600 };
/** Number of wrong codes within an hour after which the user is notified, at most once per hour. */
const WRONG_CODES = { requests: 5, windowS: 3600 };

const nameOf = (text: string) => createHash("sha256").update(text).digest("base64url");

/** The user whose password or code is checked, and the client. */
interface Checked {
  account: string;
  address: string;
  /** Set if the client is already signed in. */
  sessionId?: string | undefined;
  /** The client, if it is known to the user. */
  known?: KnownClient | undefined;
}

/**
 * Counts one password check against the address and the user. Counted before the check, so that parallel checks count too. A known
 * browser or address and a session have their own counters, so that unknown clients cannot lock them out.
 * @throws TOO_MANY_REQUESTS
 */
export function countPasswordCheck(app: App, input: Checked): { succeeded(): void } {
  const account = nameOf(input.account);
  const own = ownNameOf(input);
  const buckets =
    own === null ? [`login-address:${input.address}`, `login-account:${account}`] : [`login:${account}:${own}`];
  return takeAll(
    app,
    buckets.map((bucket) => ({ bucket, limit: LIMIT })),
    { what: "password", address: input.address, code: "too_many_attempts" },
  );
}

/** Name of the counter of a known client; `null` for unknown clients. */
function ownNameOf({ known, sessionId }: Checked): string | null {
  if (known?.device) return `device:${known.device}`;
  if (known?.address) return `address:${known.address}`;
  return sessionId === undefined ? null : `session:${nameOf(sessionId)}`;
}

/** The counter of wrong codes starts again with a new password or authenticator, because earlier guesses do not help then. */
const codesOf = (user: User) => nameOf(`${user.id}:${user.passwordHash}:${user.totpSecret ?? ""}`);

/**
 * Counts one check of a two-factor code, which follows a correct password, against the limit of the user across all
 * browsers, addresses and sessions.
 * @throws TOO_MANY_REQUESTS
 */
export function countCodeCheck(app: App, user: User, input: Omit<Checked, "account">): { succeeded(): void } {
  const codes = codesOf(user);
  const isKnown = ownNameOf({ ...input, account: user.email }) !== null;
  return takeAll(
    app,
    [
      ...(isKnown ? [] : [{ bucket: `code-unknown:${codes}`, limit: UNKNOWN_CODES }]),
      { bucket: `code:${codes}`, limit: CODES },
    ],
    { what: "code", address: input.address, code: "too_many_codes" },
  );
}

/** Passkeys cannot be guessed, but each check takes time. */
const PASSKEYS = { requests: 20, windowS: 60 };
const CHALLENGES = { requests: 60, windowS: 60 };

/** Counts one check of a passkey against the address. @throws TOO_MANY_REQUESTS */
export const countPasskeyCheck = (app: App, { address }: { address: string }): { succeeded(): void } =>
  takeAll(app, [{ bucket: `passkey:${address}`, limit: PASSKEYS }], {
    what: "passkey",
    address,
    code: "too_many_attempts",
  });

/** Counts one challenge for a passkey against the address. @throws TOO_MANY_REQUESTS */
export function countChallenge(app: App, { address }: { address: string }): void {
  const result = app.limits.take(`passkey-challenge:${address}`, CHALLENGES);
  if (!result.allowed) throw tooManyRequests(message("too_many_requests", { seconds: secondsLeft(result) }));
}

/** Counts a wrong code. Returns true if the user should be notified now. */
export function countWrongCode(app: App, user: User): boolean {
  const { allowed, remaining } = app.limits.take(`code-wrong:${codesOf(user)}`, WRONG_CODES);
  return allowed && remaining === 0;
}

/** Takes one from each bucket, or from none. @throws TOO_MANY_REQUESTS */
function takeAll(
  app: App,
  wanted: { bucket: string; limit: Limit }[],
  { what, address, code }: { what: "password" | "code" | "passkey"; address: string; code: LimitCode },
): { succeeded(): void } {
  const taken: string[] = [];
  for (const { bucket, limit } of wanted) {
    const result = app.limits.take(bucket, limit);
    if (result.allowed) {
      taken.push(bucket);
      continue;
    }
    for (const earlier of taken) app.limits.refund(earlier);
    // The fail2ban filter (docs/deploy) expects the address first.
    app.log.warn("auth.limited", { address, what });
    throw tooMany(result, code);
  }
  return {
    succeeded() {
      for (const bucket of taken) app.limits.refund(bucket);
    },
  };
}

/** @throws TOO_MANY_REQUESTS if too many users were registered from the address */
export function countRegistration(app: App, input: { address: string }): void {
  const result = app.limits.take(`register:${input.address}`, LIMIT);
  if (result.allowed) return;
  app.log.warn("auth.limited", { address: input.address, what: "registration" });
  throw tooMany(result, "too_many_registrations");
}

type LimitCode = "too_many_attempts" | "too_many_codes" | "too_many_registrations";

const tooMany = (result: RateLimitResult, code: LimitCode) =>
  tooManyRequests(message(code, { seconds: secondsLeft(result) }));

import { createHash } from "node:crypto";
import type { User } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import { type Limit, type RateLimitResult, secondsLeft } from "../platform/rate-limit.ts";
import { tooManyRequests } from "../rpc/app-error.ts";
import type { KnownClient } from "./sessions/known-clients.ts";

const LIMIT = { requests: 5, windowS: 60 };
/** Wrong authenticator codes of an account, whoever enters them: with three of a million right at a time, that takes two years. */
const CODES = { requests: 20, windowS: 3600 };
/** Of these, by clients that the account does not know; the rest is kept for those it knows. */
const UNKNOWN_CODES = { requests: 15, windowS: 3600 };
/** The owner hears of it when so many codes were wrong within an hour, once an hour. */
const WRONG_CODES = { requests: 5, windowS: 3600 };

const nameOf = (text: string) => createHash("sha256").update(text).digest("base64url");

/** Whose password or code is checked, and by whom. */
export interface Checked {
  account: string;
  address: string;
  /** Of who is logged in already. */
  sessionId?: string | undefined;
  /** What the account knows of the client. */
  known?: KnownClient | undefined;
}

/**
 * Counts one password check against the address and the account, before it is made, so that checks in parallel count too. A browser
 * or address that the account knows has its own count, and so has a session of the account: unknown clients cannot lock them out.
 * @throws TOO_MANY_REQUESTS
 */
export function guardPasswordCheck(app: App, input: Checked): { succeeded(): void } {
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

/** What a client of the account is counted by; `null` for unknown clients. */
function ownNameOf({ known, sessionId }: Checked): string | null {
  if (known?.device) return `device:${known.device}`;
  if (known?.address) return `address:${known.address}`;
  return sessionId === undefined ? null : `session:${nameOf(sessionId)}`;
}

/** Codes are counted from 0 again under a new password or another authenticator: who guessed before knows nothing of these. */
const codesOf = (user: User) => nameOf(`${user.id}:${user.passwordHash}:${user.totpSecret ?? ""}`);

/**
 * Counts one check of an authenticator's code, which comes after a right password, against a ceiling of the account that no number of
 * browsers, addresses and sessions raises.
 * @throws TOO_MANY_REQUESTS
 */
export function guardCodeCheck(app: App, user: User, input: Omit<Checked, "account">): { succeeded(): void } {
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

/** Counts a wrong code; true when the owner should hear of it now. */
export function noteWrongCode(app: App, user: User): boolean {
  const { allowed, remaining } = app.limits.take(`code-wrong:${codesOf(user)}`, WRONG_CODES);
  return allowed && remaining === 0;
}

/** One from each bucket, or from none. @throws TOO_MANY_REQUESTS */
function takeAll(
  app: App,
  wanted: { bucket: string; limit: Limit }[],
  { what, address, code }: { what: "password" | "code"; address: string; code: LimitCode },
): { succeeded(): void } {
  const taken: string[] = [];
  for (const { bucket, limit } of wanted) {
    const result = app.limits.take(bucket, limit);
    if (result.allowed) {
      taken.push(bucket);
      continue;
    }
    for (const earlier of taken) app.limits.refund(earlier);
    // The filter of fail2ban (docs/deploy) wants the address first.
    app.log.warn("auth.limited", { address, what });
    throw tooMany(result, code);
  }
  return {
    succeeded() {
      for (const bucket of taken) app.limits.refund(bucket);
    },
  };
}

/** @throws TOO_MANY_REQUESTS when too many accounts were opened from the address */
export function guardRegistration(app: App, input: { address: string }): void {
  const result = app.limits.take(`register:${input.address}`, LIMIT);
  if (result.allowed) return;
  app.log.warn("auth.limited", { address: input.address, what: "registration" });
  throw tooMany(result, "too_many_registrations");
}

type LimitCode = "too_many_attempts" | "too_many_codes" | "too_many_registrations";

const tooMany = (result: RateLimitResult, code: LimitCode) =>
  tooManyRequests(message(code, { seconds: secondsLeft(result) }));

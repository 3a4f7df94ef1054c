import { createHash } from "node:crypto";
import { TRPCError } from "@trpc/server";
import type { App } from "../app.ts";
import { type Limit, secondsLeft, type Verdict } from "../rate-limit.ts";

const LIMIT = { requests: 5, windowS: 60 };
/** Wrong codes of the second factor: with three of a million right at a time, twenty an hour find one in two years. */
const CODE_LIMIT = { requests: 20, windowS: 3600 };
/** Accounts whose addresses are remembered; the oldest go first. */
const MAX_ACCOUNTS = 10_000;
const MAX_ADDRESSES = 20;

const known = new WeakMap<App, Map<string, Set<string>>>();

function addressesOf(app: App): Map<string, Set<string>> {
  let accounts = known.get(app);
  if (!accounts) {
    accounts = new Map();
    known.set(app, accounts);
  }
  return accounts;
}

const nameOf = (text: string) => createHash("sha256").update(text).digest("base64url");

/**
 * Counts one password check against the address and the account, before it is made, so that checks in parallel count too.
 * An address that has logged in to the account before has a count of its own, and so has a browser that has, or a session of the
 * account, wherever they are by now: strangers cannot lock them out.
 * @throws TOO_MANY_REQUESTS
 */
export function guardPasswordCheck(app: App, input: Checked): { succeeded(): void } {
  const account = nameOf(input.account);
  const own = ownCountOf(app, input);
  const buckets = own === null ? [`login-address:${input.address}`, `login-account:${account}`] : [`login:${own}`];
  return takeAll(app, buckets, LIMIT);
}

/** Whose password or code is checked, and by whom. */
export interface Checked {
  account: string;
  address: string;
  /** Of who is logged in already. */
  sessionId?: string | undefined;
  /** What the account knows the browser by. */
  device?: string | null | undefined;
}

/** What somebody is counted by whom the account knows; `null` for strangers. */
function ownCountOf(app: App, { account, address, sessionId, device }: Checked): string | null {
  const name = nameOf(account);
  if (device) return `${name}:device:${device}`;
  if (addressesOf(app).get(name)?.has(address)) return `${name}:${address}`;
  return sessionId === undefined ? null : `${name}:session:${nameOf(sessionId)}`;
}

/**
 * Counts one check of a code, which comes after a right password; as `guardPasswordCheck` beside it.
 * @throws TOO_MANY_REQUESTS
 */
export function guardCodeCheck(app: App, input: Checked): { succeeded(): void } {
  const own = ownCountOf(app, input);
  return takeAll(app, [own === null ? `code-account:${nameOf(input.account)}` : `code:${own}`], CODE_LIMIT);
}

/** One from each bucket, or from none. @throws TOO_MANY_REQUESTS */
function takeAll(app: App, buckets: string[], limit: Limit): { succeeded(): void } {
  const taken: string[] = [];
  for (const bucket of buckets) {
    const verdict = app.limits.take(bucket, limit);
    if (verdict.allowed) {
      taken.push(bucket);
      continue;
    }
    for (const earlier of taken) app.limits.refund(earlier);
    throw tooMany(verdict, "Too many failed attempts");
  }
  return {
    succeeded() {
      for (const bucket of taken) app.limits.refund(bucket);
    },
  };
}

/** @throws TOO_MANY_REQUESTS when too many accounts were opened from the address */
export function guardRegistration(app: App, input: { address: string }): void {
  const verdict = app.limits.take(`register:${input.address}`, LIMIT);
  if (!verdict.allowed) throw tooMany(verdict, "Too many registrations from here");
}

function tooMany(verdict: Verdict, what: string): TRPCError {
  const seconds = secondsLeft(verdict);
  return new TRPCError({
    code: "TOO_MANY_REQUESTS",
    message: `${what}; try again in ${seconds} s.`,
    cause: new RetryLater(seconds),
  });
}

/** Cause of a TOO_MANY_REQUESTS: what goes into Retry-After. */
export class RetryLater extends Error {
  override name = "RetryLater";
  readonly seconds: number;
  constructor(seconds: number) {
    super("retry later");
    this.seconds = seconds;
  }
}

/** Notes that somebody at this address knows the account's password. */
export function rememberSuccess(app: App, input: { account: string; address: string }): void {
  const accounts = addressesOf(app);
  const account = nameOf(input.account);
  const addresses = accounts.get(account) ?? new Set();
  addresses.delete(input.address);
  addresses.add(input.address);
  for (const oldest of addresses) if (addresses.size > MAX_ADDRESSES) addresses.delete(oldest);
  accounts.delete(account);
  accounts.set(account, addresses);
  for (const oldest of accounts.keys()) if (accounts.size > MAX_ACCOUNTS) accounts.delete(oldest);
}

export function forgetSuccess(app: App, input: { account: string }): void {
  addressesOf(app).delete(nameOf(input.account));
}

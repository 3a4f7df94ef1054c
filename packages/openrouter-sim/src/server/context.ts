import type { SimClock } from "../ledger/clock.ts";
import type { Random } from "../ledger/identity.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { jsonUsd } from "../ledger/money.ts";
import type { Account, LedgerKey } from "../ledger/types.ts";
import type { SimOptions } from "../options.ts";
import { ApiError } from "./answers.ts";

/** Context of a request for its handler. */
export interface Context {
  readonly ledger: Ledger;
  readonly clock: SimClock;
  readonly options: SimOptions;
  readonly random: Random;
  readonly state: ServerState;
  readonly query: Readonly<Record<string, string>>;
  /** Captured groups of the route. */
  readonly params: readonly string[];
  readonly body: string;
  readonly contentType: string;
  readonly bearer: string | null;
  /** The key of the bearer, even if it is deleted. */
  readonly bearerKey: LedgerKey | undefined;
}

/** State of the server between requests. */
export interface ServerState {
  readonly cachedQueries: Map<string, { atMs: number; data: object }>;
  unresolvedQueries: number;
}

export function requireKey(context: Context): LedgerKey {
  if (context.bearer === null) throw new ApiError(401, "Missing Authentication header");
  const key = context.bearerKey;
  if (!key || key.deleted || key.kind === "chatroom") throw new ApiError(401, "User not found.");
  if (key.disabled || isExpired(key, context.clock.nowMs())) {
    throw new ApiError(401, "Invalid credentials (OAuth session expired, disabled/invalid API key)");
  }
  return key;
}

export function requireManagementKey(context: Context, status: 401 | 403, message: string): Account {
  const key = requireKey(context);
  const account = context.ledger.account(key.accountId);
  if (key.kind !== "management") {
    throw new ApiError(status, message, status === 403 ? { userId: account.userId } : {});
  }
  return account;
}

function isExpired(key: LedgerKey, nowMs: number): boolean {
  return key.expiresAt !== null && key.expiresAt.getTime() <= nowMs;
}

export function money(context: Context, nanos: bigint): number {
  const exact = jsonUsd(nanos);
  if (!context.options.floatNoise || exact === 0) return exact;
  return exact * (1 + Math.ceil(context.random() * 4 - 2) * Number.EPSILON);
}

export function timestamp(context: Context, date: Date): string {
  const text = date.toISOString();
  return context.options.timestamps === "z" ? text : text.replace("Z", "+00:00");
}

/** A whole number of the query string, or the fallback when it is absent. */
export function wholeNumber(context: Context, name: string, fallback: number, max = Number.MAX_SAFE_INTEGER): number {
  const text = context.query[name];
  if (text === undefined || text === "") return fallback;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0 || value > max) {
    throw new ApiError(400, `Invalid request parameters: ${name}`);
  }
  return value;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

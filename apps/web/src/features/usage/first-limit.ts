import { nextReset } from "../../lib/day.ts";
import { parseMoney } from "../../lib/format.ts";
import type { Key } from "../../lib/trpc.ts";

export interface OwnLimit {
  limit: string;
  /** May be negative: OpenRouter notices a little late. */
  remaining: string;
  /** When it starts anew; `null`: never. */
  reset: Date | null;
  /** Whether spend on one's own provider keys counts; `null` while not known. */
  countsByok: boolean | null;
}

export interface Limits {
  own: OwnLimit | null;
  /** Credits of the account, as its management key sees them: all keys of the account share them. */
  credits: { remaining: string; total: string } | null;
  /** The one that stops the key first, if its spend goes on and nothing else draws on the credits. */
  first: "own" | "credits" | null;
}

/** What can stop a key. `manager` is the management key that covers it. */
export function limitsOf(key: Key, manager: Key | undefined, now: Date): Limits {
  const own =
    key.limit === null || key.limit_remaining === null
      ? null
      : {
          limit: key.limit,
          remaining: key.limit_remaining,
          reset: nextReset({ reset: key.limit_reset, now }),
          countsByok: key.include_byok_in_limit,
        };
  const credits = key.credits ?? manager?.credits ?? null;
  if (!own || !credits) return { own, credits, first: own ? "own" : credits ? "credits" : null };
  return { own, credits, first: parseMoney(own.remaining) <= parseMoney(credits.remaining) ? "own" : "credits" };
}

/**
 * What is left of what stops the key first, 0 to 1; 1 when nothing is known to. Credits are all or nothing: what was ever bought is
 * no measure of what is left.
 */
export function shareLeft({ own, credits, first }: Limits): number {
  if (first === "credits" && credits) return parseMoney(credits.remaining) > 0n ? 1 : 0;
  if (first !== "own" || !own) return 1;
  const total = parseMoney(own.limit);
  if (total <= 0n) return 0;
  return Math.max(0, Math.min(1, Number((parseMoney(own.remaining) * 10_000n) / total) / 10_000));
}

/** Usage of one model (of a key) or of one key (of a model) in a period. Without usage, everything is 0; `null` is unknown. */
export interface ItemUsage {
  /** Nano-dollars. */
  cost: bigint;
  requests: bigint | null;
  /** Input and output tokens together. */
  tokens: bigint | null;
}

/** The usage of an item in two periods. */
export interface ItemChange {
  before: ItemUsage;
  after: ItemUsage;
}

export const PARTS = ["volume", "size", "price", "mix"] as const;

/**
 * Parts of a change in cost, in nano-dollars. `volume`: more or fewer requests. `size`: tokens per request. `price`: cost per token, which
 * also depends on caching and provider. `mix`: another distribution of the requests over the items.
 */
export type ChangeParts = Record<(typeof PARTS)[number], bigint>;

interface Fraction {
  numerator: bigint;
  denominator: bigint;
}

/** A factor of an item's cost in the two periods. */
type Factor = [before: Fraction, after: Fraction];

/** The four factors of an item, in the order of PARTS. Their product is its cost. */
type Factors = [volume: Factor, size: Factor, price: Factor, mix: Factor];

/** Amounts are calculated in 10^-12 nano-dollars, so that truncated fractions do not change a rounded part. */
const SCALE = 10n ** 12n;

/** Shapley weights `|S|! (3 - |S|)! / 4!` for coalitions S of 0 to 3 factors, times 24. */
const WEIGHTS = [6n, 2n, 2n, 6n] as const;
const WEIGHTS_TOTAL = 24n;

const COALITIONS = 2 ** PARTS.length;

/**
 * Splits the change in cost of some items into four parts. The cost of an item is requests of all items × share of the item in them ×
 * tokens per request × cost per token. A part is the Shapley value of its factor: the mean of its effect over all orders in which the
 * four factors can change from before to after (https://en.wikipedia.org/wiki/Shapley_value). Parts are rounded by the largest
 * remainder, so they sum to the change exactly, and swapping before and after only changes their sign. Pure.
 *
 * A factor without a value in one period (tokens per request without requests) is taken from the other one. If an item has cost but no
 * tokens, its price is per request.
 * @returns `null` if a count is unknown, or there is cost without requests
 */
export function splitChange(items: readonly ItemChange[]): ChangeParts | null {
  const known = items.map(knownChange);
  if (!known.every((item) => item !== null)) return null;
  const changed = known.filter(({ before, after }) => before.cost !== 0n || after.cost !== 0n);
  const requests = { before: sum(known, "before"), after: sum(known, "after") };
  const values = new Array<bigint>(COALITIONS).fill(0n);
  for (const item of changed) {
    const factors = factorsOf(item, requests);
    for (let coalition = 0; coalition < COALITIONS; coalition += 1)
      values[coalition] = (values[coalition] as bigint) + costOf(factors, coalition);
  }
  const change = changed.reduce((total, { before, after }) => total + after.cost - before.cost, 0n);
  return roundParts(
    PARTS.map((_, factor) => shapley(values, factor)),
    change,
  );
}

interface KnownUsage {
  cost: bigint;
  requests: bigint;
  tokens: bigint;
}

interface KnownChange {
  before: KnownUsage;
  after: KnownUsage;
}

function knownChange({ before, after }: ItemChange): KnownChange | null {
  const sides = [before, after].map(({ cost, requests, tokens }) =>
    requests === null || tokens === null || (requests === 0n && cost !== 0n) ? null : { cost, requests, tokens },
  );
  return sides[0] && sides[1] ? { before: sides[0], after: sides[1] } : null;
}

const sum = (items: KnownChange[], side: keyof KnownChange) =>
  items.reduce((total, item) => total + item[side].requests, 0n);

/** `null` for a division by 0. */
const fraction = (numerator: bigint, denominator: bigint): Fraction | null =>
  denominator === 0n ? null : { numerator, denominator };

const ZERO: Fraction = { numerator: 0n, denominator: 1n };
const ONE: Fraction = { numerator: 1n, denominator: 1n };

/** A factor that is unknown in one period keeps its value of the other. */
const factor = (before: Fraction | null, after: Fraction | null): Factor => [
  before ?? after ?? ZERO,
  after ?? before ?? ZERO,
];

function factorsOf({ before, after }: KnownChange, requests: { before: bigint; after: bigint }): Factors {
  const isPerRequest = [before, after].some(({ cost, tokens }) => cost !== 0n && tokens === 0n);
  const priceOf = ({ cost, requests: own, tokens }: KnownUsage) => fraction(cost, isPerRequest ? own : tokens);
  return [
    factor(fraction(requests.before, 1n), fraction(requests.after, 1n)),
    isPerRequest
      ? [ONE, ONE]
      : factor(fraction(before.tokens, before.requests), fraction(after.tokens, after.requests)),
    factor(priceOf(before), priceOf(after)),
    factor(fraction(before.requests, requests.before), fraction(after.requests, requests.after)),
  ];
}

/** Cost of an item if the factors of the coalition (one bit each) have changed and the others have not, times SCALE. */
function costOf(factors: Factors, coalition: number): bigint {
  let [numerator, denominator] = [SCALE, 1n];
  for (const [index, values] of factors.entries()) {
    const value = values[(coalition >> index) & 1] as Fraction;
    numerator *= value.numerator;
    denominator *= value.denominator;
  }
  return numerator / denominator;
}

/** Shapley value of a factor, times SCALE and WEIGHTS_TOTAL. */
function shapley(values: bigint[], factorIndex: number): bigint {
  const bit = 1 << factorIndex;
  let total = 0n;
  for (let coalition = 0; coalition < COALITIONS; coalition += 1) {
    if ((coalition & bit) !== 0) continue;
    const effect = (values[coalition | bit] as bigint) - (values[coalition] as bigint);
    total += (WEIGHTS[countBits(coalition)] as bigint) * effect;
  }
  return total;
}

const countBits = (bits: number) => PARTS.filter((_, index) => (bits >> index) & 1).length;

/** Truncates every part, then adds one nano-dollar to those with the largest remainder until they sum to `change`. */
function roundParts(scaled: bigint[], change: bigint): ChangeParts {
  const unit = SCALE * WEIGHTS_TOTAL;
  const parts = scaled.map((value) => value / unit);
  const missing = change - parts.reduce((total, part) => total + part, 0n);
  const step = missing < 0n ? -1n : 1n;
  const byRemainder = scaled
    .map((value, index) => ({ index, remainder: (value % unit) * step }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder.slice(0, Number(missing * step))) parts[index] = (parts[index] as bigint) + step;
  return Object.fromEntries(PARTS.map((name, index) => [name, parts[index]])) as ChangeParts;
}

/** Money inside is `bigint` nano-dollars (10⁻⁹ USD); on the wire a decimal string in USD. */
export const NANOS_PER_DOLLAR = 1_000_000_000n;

const DECIMAL = /^(-?)(\d*)\.?(\d*)(?:e([+-]?\d{1,3}))?$/i;
/** Longer than the text of any double. Parsing a number with a million digits would block the process for minutes. */
const MAX_TEXT = 64;
/** A billion dollars, so that sums fit SQLite's 64-bit integers. */
const MAX_NANOS = 1_000_000_000_000_000_000n;

/**
 * Nano-dollars of an amount as OpenRouter sends it: a JSON number, or one in a string.
 * Uses the shortest decimal text of a number and rounds it half up once. `null` if it is not a decimal, or more than a billion
 * dollars.
 */
export function parseNanos(amount: unknown): bigint | null {
  if (typeof amount !== "number" && typeof amount !== "string") return null;
  const text = String(amount).trim();
  const match = text.length > MAX_TEXT ? null : DECIMAL.exec(text);
  if (!match) return null;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  const digits = whole + fraction;
  if (digits === "") return null;
  const shift = Number(exponent) - fraction.length + 9;
  const signed = sign ? -BigInt(digits) : BigInt(digits);
  const nanos = shift >= 0 ? signed * 10n ** BigInt(shift) : divideHalfUp(signed, 10n ** BigInt(-shift));
  return nanos > MAX_NANOS || nanos < -MAX_NANOS ? null : nanos;
}

const AMOUNT = /^(-?)(\d{1,40})(?:\.(\d{1,9}))?$/;

/**
 * Nano-dollars of an amount in the format of the API: a decimal string with at most nine fractional digits, `"0.000002835"`.
 * `null` for anything else; a number is rejected because it has lost its exactness already.
 */
export function parseMoney(amount: unknown): bigint | null {
  const match = typeof amount === "string" ? AMOUNT.exec(amount) : null;
  if (!match) return null;
  const [, sign, whole = "", fraction = ""] = match;
  const nanos = BigInt(whole + fraction.padEnd(9, "0"));
  return sign ? -nanos : nanos;
}

/** The nearest multiple of `step`, halves away from zero. `step` > 0. */
export function roundToStep(nanos: bigint, step: bigint): bigint {
  const size = nanos < 0n ? -nanos : nanos;
  const rounded = ((size + step / 2n) / step) * step;
  return nanos < 0n ? -rounded : rounded;
}

export const minNanos = (a: bigint, b: bigint): bigint => (a < b ? a : b);
export const maxNanos = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** `a / b` rounded half-up (towards +∞ at the half). `b` > 0. */
export function divideHalfUp(a: bigint, b: bigint): bigint {
  const doubled = 2n * a + b;
  const quotient = doubled / (2n * b);
  return doubled < 0n && doubled % (2n * b) !== 0n ? quotient - 1n : quotient;
}

/** Decimal USD string with 2 to 9 fraction digits and no exponent: `"125.50"`, `"0.000002835"`. */
export function formatNanos(nanos: bigint): string {
  const magnitude = nanos < 0n ? -nanos : nanos;
  const fraction = (magnitude % NANOS_PER_DOLLAR)
    .toString()
    .padStart(9, "0")
    .replace(/0{1,7}$/, "");
  return `${nanos < 0n ? "-" : ""}${magnitude / NANOS_PER_DOLLAR}.${fraction}`;
}

/** Share of `part` in `whole` in percent with one decimal; 0 when the whole is 0. */
export function percentage(part: bigint, whole: bigint): number {
  return whole === 0n ? 0 : Number(divideHalfUp(part * 1000n, whole)) / 10;
}

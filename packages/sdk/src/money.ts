import { formatNanos, NANOS_PER_DOLLAR, parseMoney as parse, roundToStep } from "@orwatch/domain/money";
import { argumentError, checkWhole } from "./errors.ts";

/** Nano-dollars in a dollar. */
export const NANOS_PER_USD = NANOS_PER_DOLLAR;

/**
 * Nano-dollars (10⁻⁹ USD) of an amount as the server writes it: `"0.0082"` is `8_200_000n`.
 * @throws ValidationError for anything but a decimal string with at most 9 fraction digits; a number has already lost its exactness
 */
export function parseMoney(amount: string): bigint {
  const nanos = parse(amount);
  if (nanos === null)
    throw argumentError(
      "amount",
      `${typeof amount === "string" ? JSON.stringify(amount.slice(0, 60)) : typeof amount} is not a decimal string such as "0.0082"`,
    );
  return nanos;
}

/**
 * Exact sum in nano-dollars: `addMoney(rows.map((row) => row.cost))`. Decimal strings and nano-dollars may be mixed.
 * @throws ValidationError for a string that is no amount
 */
export function addMoney(amounts: readonly (string | bigint)[]): bigint {
  let sum = 0n;
  for (const amount of amounts) sum += typeof amount === "bigint" ? amount : parseMoney(amount);
  return sum;
}

/**
 * Decimal USD string of nano-dollars. Exact by default, with 2 to 9 fraction digits, as the server writes it:
 * `8_200_000n` is `"0.0082"`.
 * @throws ValidationError for digits beyond 0 to 9
 */
export function formatMoney(
  nanos: bigint,
  options: {
    /** Exactly so many fraction digits, 0 to 9, rounded half away from zero: for people, not for sums. */
    digits?: number;
  } = {},
): string {
  const { digits } = options;
  if (typeof nanos !== "bigint") throw argumentError("nanos", `${typeof nanos} is not a bigint`);
  if (digits === undefined) return formatNanos(nanos);
  checkWhole("digits", digits, 0, 9);
  const exact = formatNanos(roundToStep(nanos, 10n ** BigInt(9 - digits)));
  const [whole = "", fraction = ""] = exact.split(".");
  return digits === 0 ? whole : `${whole}.${fraction.padEnd(digits, "0").slice(0, digits)}`;
}

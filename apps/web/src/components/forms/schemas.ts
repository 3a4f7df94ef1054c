import * as z from "zod/mini";
import { parseMoney, toMoney } from "../../lib/format/money.ts";
import { type Marks, readCount, readNumber } from "../../lib/format/numbers.ts";

/** Required text, trimmed. */
export const text = z.string().check(z.trim(), z.minLength(1));

/** Optional text. */
export const optionalText = z.string().check(z.trim());

/** A password, not trimmed. */
export const password = z.string().check(z.minLength(1));

/**
 * Parses a number in the notation of the page. `bad` if it is not allowed; `two_readings` with `readings` if it
 * is ambiguous and both values are allowed: then the field asks which is meant.
 */
export const typedNumber = <T>(marks: Marks, toValue: (plain: string) => T | null) =>
  z.pipe(
    z.string(),
    z.transform((typed, { issues }) => {
      const fail = (message: "bad" | "two_readings", params = {}) => {
        issues.push({ code: "custom", input: typed, message, params });
        return z.NEVER;
      };
      const read = readNumber(typed, marks);
      if (!read) return fail("bad");
      const { readings } = "readings" in read ? read : { readings: [read.plain] };
      const allowed = readings.flatMap((plain) => toValue(plain) ?? []);
      // If only one of them is allowed, it is used.
      return allowed.length === 2 ? fail("two_readings", { readings }) : (allowed[0] ?? fail("bad"));
    }),
  );

function toAmount(plain: string): string | null {
  try {
    const nanos = parseMoney(plain);
    return nanos > 0n ? toMoney(nanos) : null;
  } catch {
    return null;
  }
}

/** An amount of dollars above 0, with or without its sign, as the decimal string of the API. */
export const amount = (marks: Marks) =>
  z.pipe(
    z.pipe(
      z.string(),
      z.transform((typed) => typed.trim().replace(/^(US)?\$|\$$/g, "")),
    ),
    typedNumber(marks, toAmount),
  );

/** A whole number; otherwise `bad` with `min` and `max`. */
export const wholeNumber = (marks: Marks, { min = 1, max }: { min?: number; max: number }) =>
  z.pipe(
    z.string(),
    z.transform((typed, { issues }) => {
      const count = readCount(typed, marks);
      if (count !== null && count >= min && count <= max) return count;
      issues.push({ code: "custom", input: typed, message: "bad", params: { min, max } });
      return z.NEVER;
    }),
  );

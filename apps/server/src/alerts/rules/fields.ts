import { parseNanos } from "@orwatch/domain/money";
import { z } from "zod";
import { money } from "../../rpc/wire.ts";

/** A term of a rule, as the API takes it and shows it. */
export interface Field<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  input: I;
  output: O;
}

export const field = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Field<I, O> => ({
  input,
  output,
});

const dollars = z
  .string()
  .max(24, "is too long for an amount")
  .regex(/^\d{1,9}(\.\d{1,9})?$/, 'must be an amount in USD, such as "25.00"')
  .refine((text) => /[1-9]/.test(text), "must be more than 0")
  .meta({ examples: ["25.00"] });

export const amountField = (description: string) => field(dollars.describe(`${description}, in USD`), money);

export const eachKeyField = field(z.boolean().describe("Apply to each key instead of the combined spend"), z.boolean());

export const toNanos = (dollars: string): bigint => parseNanos(dollars) ?? 0n;

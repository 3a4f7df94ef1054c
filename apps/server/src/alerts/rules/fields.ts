import { parseNanos } from "@orwatch/domain/money";
import { message } from "@orwatch/messages/message";
import { z } from "zod";
import { issueText } from "../../rpc/validation-issues.ts";
import { money } from "../../rpc/wire.ts";

/** A term of a rule with its input and output schema. */
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
  .max(24)
  .regex(/^\d{1,9}(\.\d{1,9})?$/, issueText(message("field_not_money", {})))
  .refine((text) => /[1-9]/.test(text), issueText(message("field_not_positive", {})))
  .meta({ examples: ["25.00"] });

export const amountField = (description: string) => field(dollars.describe(description), money);

export const eachKeyField = field(
  z.boolean().describe("Whether the rule applies to each key instead of the combined spend."),
  z.boolean(),
);

export const toNanos = (dollars: string): bigint => parseNanos(dollars) ?? 0n;

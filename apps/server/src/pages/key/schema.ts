import { z } from "zod";
import { count, day, dayOutput, id, idInput, money } from "../../rpc/wire.ts";

export const keyPageInput = z.strictObject({
  id: idInput,
  days: z.int().min(1).max(365).optional(),
  start_date: day.optional(),
  end_date: day.optional(),
});
export type KeyPageInput = z.infer<typeof keyPageInput>;

export const monthOutput = z.object({
  start_date: dayOutput,
  end_date: dayOutput,
  cost: money.nullable().describe("`null` if no day of the month is known."),
  comparison: z
    .object({
      start_date: dayOutput,
      end_date: dayOutput,
      previous_start_date: dayOutput,
      previous_end_date: dayOutput,
      current: money,
      previous: money,
      explanation: z
        .object({ volume: money, size: money, price: money, mix: money })
        .nullable()
        .describe(
          "The change by number of requests, tokens per request, cost per token and mix of models. They sum to the change. `null` if requests or tokens are not known for all of the cost.",
        ),
    })
    .nullable()
    .describe("Complete days of this month and the same days of the last one. `null` unless all of them are known."),
});
export type MonthOutput = z.infer<typeof monthOutput>;

export const weekOutput = z.object({
  hours: z
    .array(
      z.object({
        weekday: count.describe("0 is Monday."),
        hour: count.describe("0 to 23, UTC."),
        cost: money.nullable().describe("`null` if it is not known for any such weekday of the range."),
      }),
    )
    .length(168),
  unknown: money.describe("Cost of the range that is not known by hour."),
  total: money,
  since: dayOutput.nullable(),
});

/** The management key that covers the key. */
export const managerOutput = z.object({ id, name: z.string() }).nullable();

/** The OpenRouter account of the key, and what is collected of it. */
export const keyAccountOutput = z
  .object({ id, name: z.string(), collects_hours: z.boolean(), collects_providers: z.boolean() })
  .nullable();

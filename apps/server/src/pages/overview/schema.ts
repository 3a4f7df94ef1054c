import { z } from "zod";
import { creditsForecast } from "../../accounts/credits/schema.ts";
import { count, dayOutput, money, syncState } from "../../rpc/wire.ts";
import { unusualInput } from "../../stats/dashboard/schema.ts";

/** The filters of the dashboard. */
export const overviewInput = unusualInput;
export type OverviewInput = z.output<typeof overviewInput>;

const range = { low: money, middle: money, high: money };

const days = z.array(z.object({ date: dayOutput, cost: money.nullable().describe("`null` if unknown.") }));

const monthOverview = z.object({
  start_date: dayOutput,
  end_date: dayOutput.describe("Last day of the month."),
  cost: money.nullable().describe("Cost until now. `null` if no day of the month is known."),
  comparison: z
    .object({
      start_date: dayOutput,
      end_date: dayOutput,
      previous_start_date: dayOutput,
      previous_end_date: dayOutput,
      current: money,
      previous: money,
    })
    .nullable()
    .describe(
      "Complete days of this month and the same days of the last one. `null` if there are none, or one side is unknown.",
    ),
  forecast: z
    .object({
      ...range,
      days: z
        .array(z.object({ date: dayOutput, ...range }))
        .describe("Cost of the month until the end of each day, from today."),
    })
    .nullable()
    .describe("`null` if there is too little data."),
  days: days.describe("Until today."),
  previous_days: days.describe("The whole month before."),
});

const dayOverview = z.object({
  date: dayOutput,
  cost: money.nullable().describe("Cost until now. `null` if unknown."),
  usual: money
    .nullable()
    .describe("Median cost of the whole day on this weekday, as in alert rules. `null` if too few are known."),
  until: z
    .object({
      hour: count.describe("UTC. The day is compared until the start of this hour."),
      cost: money,
      usual: money.describe("Median cost until the same hour on this weekday."),
    })
    .nullable()
    .describe("`null` if hours are not known."),
});

export const overviewOutput = z.object({
  month: monthOverview,
  day: dayOverview,
  credits: z.array(creditsForecast).describe("Of each OpenRouter account, those that run out first first."),
  ...syncState,
});
export type OverviewOutput = z.output<typeof overviewOutput>;

import { z } from "zod";
import { dayOutput, id, money } from "../../rpc/wire.ts";
import { dashboardInput } from "../schema.ts";

/** The filters of the dashboard. */
export const unusualInput = dashboardInput.pick({
  api_key_id: true,
  model: true,
  exclude_api_key_id: true,
  exclude_model: true,
});
export type UnusualInput = z.infer<typeof unusualInput>;

export const unusualOutput = z
  .object({
    date: dayOutput,
    cost: money.describe("So far, when the day is today"),
    usual: money.describe("Median of the same weekday in the 8 weeks before, as alert rules reckon it"),
    times: z.number().nullable().describe("Cost over usual, one decimal; null when usual is 0"),
    api_key_ids: z.array(id).describe("The keys compared: those with at least three known such weekdays"),
    is_all_keys: z.boolean().describe("Every selected key that is known on the day is among them"),
  })
  .nullable();

export type UnusualOutput = z.infer<typeof unusualOutput>;

import { z } from "zod";
import { dayOutput, id, money } from "../wire.ts";

export const unusualOutput = z
  .object({
    date: dayOutput,
    cost: money.describe("So far, when the day is today"),
    usual: money.describe("Median of the same weekday in the last four weeks"),
    times: z.number().nullable().describe("Cost over usual, one decimal; null when usual is 0"),
    api_key_ids: z.array(id).describe("The keys compared: those known on all five days"),
    is_all_keys: z.boolean().describe("Every key known on the day is among them"),
  })
  .nullable();

export type UnusualOutput = z.infer<typeof unusualOutput>;

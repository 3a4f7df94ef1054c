import { z } from "zod";
import { dayOutput, money } from "../../rpc/wire.ts";
import { dashboardInput } from "../schema.ts";

const by = z.enum(["key", "vendor"]);

export const seriesInput = dashboardInput.extend({ by });

export const seriesOutput = z.object({
  by,
  series: z.array(z.object({ id: z.string(), name: z.string() })).describe("Most expensive first"),
  by_date: z.array(
    z.object({
      date: dayOutput,
      cost: money.nullable(),
      parts: z.array(z.object({ id: z.string(), cost: money })),
    }),
  ),
});

export type SeriesInput = z.infer<typeof seriesInput>;
export type SeriesOutput = z.infer<typeof seriesOutput>;

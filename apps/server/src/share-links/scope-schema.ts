import { z } from "zod";
import { id } from "../rpc/wire.ts";

const dashboardScope = z.strictObject({
  kind: z.literal("dashboard").describe("Totals, models and days."),
  days: z.int().min(1).max(365).default(30).describe("Number of days that the page shows, ending today. Default: 30."),
  api_key_ids: z
    .array(id)
    .min(1)
    .max(200)
    .nullable()
    .default(null)
    .describe("Only usage of these keys is shown, at most 200. `null`: of all keys of the team."),
  shows_key_names: z
    .boolean()
    .default(false)
    .describe("Whether the page shows usage by key, with the names of the keys. Default: `false`."),
});

/**
 * What a share link shows: in requests, in the database and in responses. Another kind of page makes this a union by `kind`, and needs a function
 * in shared-page.ts and a component of the web app (features/share/shown.tsx).
 */
export const shareScope = dashboardScope;

export type ShareScope = z.infer<typeof shareScope>;

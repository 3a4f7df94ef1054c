import { z } from "zod";
import { count, idInput, instant } from "../rpc/wire.ts";

export const publicSyncInput = z.strictObject({
  api_key_id: idInput.optional().describe("Sync only this key. Default: all keys that are turned on."),
});

export const syncOutput = z.object({
  status: z
    .enum(["ok", "partial", "failed"])
    .describe("`partial`: some of it failed; see `last_sync_error` of the keys."),
  rows_written: count.describe("Number of usage rows that changed."),
  synced_at: instant.describe("When the sync ended."),
});
export type SyncOutput = z.infer<typeof syncOutput>;

export const progressOutput = z
  .object({ keys: count, done: count, failed: count, rows_written: count })
  .nullable()
  .describe("`null` if no sync is running.");
export type ProgressOutput = z.infer<typeof progressOutput>;

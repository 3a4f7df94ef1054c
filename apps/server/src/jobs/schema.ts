import { z } from "zod";
import { codedMessage, id, instant } from "../rpc/wire.ts";

export const jobName = z.enum(["sync", "breakdowns", "validate", "alerts", "digest", "cleanup", "backup"]);
export type JobName = z.infer<typeof jobName>;

export const runJobInput = z.strictObject({ name: jobName });

const jobRunOutput = z.object({
  id,
  started_at: instant,
  finished_at: instant.nullable(),
  outcome: z.enum(["running", "ok", "partial", "failed", "interrupted"]),
  counts: z.record(z.string(), z.number()),
  error: z.string().nullable(),
  error_message: codedMessage.nullable(),
});

export const jobListOutput = z.array(
  z.object({
    name: jobName,
    description: z.string(),
    next_run_at: instant.nullable(),
    last_runs: z.array(jobRunOutput).max(10),
  }),
);

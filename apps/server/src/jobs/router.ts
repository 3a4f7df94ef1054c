import { z } from "zod";
import { confirmedAdminProcedure, router, sessionProcedure } from "../rpc/procedures.ts";
import { jobListOutput, runJobInput } from "./schema.ts";
import { listJobs, startJob } from "./service.ts";

export const jobsRouter = router({
  list: sessionProcedure
    .input(z.strictObject({}).optional())
    .output(jobListOutput)
    .query(({ ctx }) => listJobs(ctx.app)),

  /** For administrators, because jobs run for all users. Starts a job, or joins its current run. Returns when it is done, or soon after it has started. */
  runNow: confirmedAdminProcedure
    .input(runJobInput)
    .output(jobListOutput)
    .mutation(({ ctx, input }) => startJob(ctx.app, { ...input, userId: ctx.principal.userId, origin: ctx.origin })),
});

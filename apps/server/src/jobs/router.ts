import { z } from "zod";
import { router, sessionProcedure } from "../trpc.ts";
import { jobListOutput } from "./schema.ts";
import { listJobs } from "./service.ts";

export const jobsRouter = router({
  list: sessionProcedure
    .input(z.object({}).optional())
    .output(jobListOutput)
    .query(({ ctx }) => listJobs(ctx.app)),
});

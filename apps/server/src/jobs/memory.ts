import type { Schedule } from "./schedule.ts";
import type { JobName } from "./schema.ts";

/** What is known of jobs beside the database, for as long as the process lives. */
export interface JobMemory {
  /** Empty until the jobs are started. */
  schedules: Map<JobName, Schedule>;
  /** The run of each job that has one under way. */
  runs: Map<JobName, Promise<void>>;
}

export const createJobMemory = (): JobMemory => ({ schedules: new Map(), runs: new Map() });

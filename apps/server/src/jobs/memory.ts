import type { Schedule } from "./schedule.ts";
import type { JobName } from "./schema.ts";

/** State of jobs in memory. */
export interface JobMemory {
  /** Empty until the jobs are started. */
  schedules: Map<JobName, Schedule>;
  /** The current run of each running job. */
  runs: Map<JobName, Promise<void>>;
}

export const createJobMemory = (): JobMemory => ({ schedules: new Map(), runs: new Map() });

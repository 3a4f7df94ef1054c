import { message } from "@orwatch/messages/message";
import { storeMessage } from "@orwatch/messages/parse";
import { readStored } from "@orwatch/messages/renderer";
import type { App } from "../app.ts";
import { recordEvent } from "../audit/service.ts";
import { withinLog } from "../platform/log.ts";
import { waitLeft } from "../platform/scheduling/pacing.ts";
import { isDamage } from "../platform/storage.ts";
import type { Origin } from "../rpc/principal.ts";
import { resumeFirstSyncs } from "../sync/service.ts";
import { findJobProblem } from "./problem.ts";
import { nextDue, startSchedule } from "./schedule.ts";
import type { JobName } from "./schema.ts";
import { JOBS, type Job } from "./table.ts";

interface JobRunner {
  /** Stops the schedule and waits for running jobs, at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

const INTERRUPTED = storeMessage(message("job_interrupted", {}));

/**
 * Runs a job now, or joins its current run. Never throws: errors are stored in the run's row.
 * @param byHand started by an administrator instead of the schedule
 */
export function runJobNow(app: App, name: JobName, byHand = false): Promise<void> {
  const { runs } = app.memory.jobs;
  const current = runs.get(name);
  if (current) return current;
  const started = runJob(app, JOBS.find((job) => job.name === name) as Job, byHand).finally(() => runs.delete(name));
  runs.set(name, started);
  return started;
}

/** Runs a job now. If it is running, it runs again after that, because it may have passed what is new. */
async function runAgain(app: App, name: JobName): Promise<void> {
  await app.memory.jobs.runs.get(name);
  if (!app.stopping.aborted) await runJobNow(app, name);
}

/** The current runs. */
export const listRunning = (app: App): Promise<void>[] => [...app.memory.jobs.runs.values()];

/** Starts the schedule. Runs that were interrupted by the end of the last process are marked as interrupted. */
export async function startJobs(app: App): Promise<JobRunner> {
  const interrupted = { outcome: "interrupted", finishedAt: app.clock.now(), error: INTERRUPTED };
  await app.db.prisma.jobRun
    .updateMany({ where: { outcome: "running" }, data: interrupted })
    .catch((error) => app.log.error("job.record", { error }));
  const { schedules } = app.memory.jobs;
  for (const job of JOBS) {
    const work = () => void runJobNow(app, job.name);
    schedules.set(job.name, startSchedule(job.schedule(app.config), work, app.clock));
  }
  const stopped = new AbortController();
  const signal = AbortSignal.any([app.stopping, stopped.signal]);
  for (const job of JOBS) {
    const missed = await findMissed(app, job);
    if (missed?.waitMs === 0) void runJobNow(app, job.name);
    else if (missed) void runMissedLater(app, { name: job.name, ...missed, signal });
  }
  app.memory.sync.onAccountRead = () => void runAgain(app, "breakdowns");
  resumeFirstSyncs(app);
  return {
    async stop(graceMs) {
      stopped.abort();
      app.memory.sync.onAccountRead = null;
      for (const schedule of schedules.values()) schedule.stop();
      await Promise.race([
        Promise.allSettled(app.memory.jobs.runs.values()),
        new Promise((resolve) => setTimeout(resolve, graceMs).unref()),
      ]);
    },
  };
}

/** Enough for the longest wait. */
const RUNS_READ = 10;

/** How long to wait before a missed run: one was due since the last run and did not happen, or the last run was interrupted. */
async function findMissed(app: App, job: Job): Promise<{ waitMs: number; lastId: number | null } | null> {
  const runs = await app.db.prisma.jobRun.findMany({
    where: { job: job.name },
    orderBy: [{ startedAt: "desc" }, { id: "desc" }],
    take: RUNS_READ,
  });
  const [last] = runs;
  const now = app.clock.now();
  if (last?.outcome === "interrupted") {
    const whole = runs.findIndex(({ outcome }) => outcome !== "interrupted");
    const times = whole === -1 ? runs.length : whole;
    return { waitMs: waitLeft({ times, startedAt: last.startedAt, now }), lastId: last.id };
  }
  // Otherwise a server that is always off at the scheduled time would never run the job.
  const since = last?.startedAt ?? databaseCreatedAt(app);
  return nextDue(job.schedule(app.config), since) <= now ? { waitMs: 0, lastId: last?.id ?? null } : null;
}

/** Runs a job after a wait, unless it has run in the meantime. */
async function runMissedLater(
  app: App,
  input: { name: JobName; waitMs: number; lastId: number | null; signal: AbortSignal },
): Promise<void> {
  const { name, waitMs, lastId, signal } = input;
  app.log.info("job.delayed", { job: name, wait_s: Math.round(waitMs / 1000) });
  await app.clock.sleep(waitMs, signal);
  if (signal.aborted) return;
  const last = app.db.reader.prepare("SELECT max(id) FROM job_runs WHERE job = ?").pluck().get(name);
  if (Number(last) === lastId) await runJobNow(app, name);
}

/** When the database was created. */
function databaseCreatedAt(app: App): Date {
  const first = app.db.reader.prepare("SELECT min(started_at) FROM _prisma_migrations").pluck().get();
  return first === null ? app.clock.now() : new Date(first as number | string);
}

async function runJob(app: App, job: Job, byHand: boolean): Promise<void> {
  const startedAt = app.clock.now();
  const row = await app.db.prisma.jobRun
    .create({ data: { job: job.name, startedAt, outcome: "running" } })
    .catch((error) => app.log.error("job.record", { job: job.name, error }));
  // If its row cannot be saved, its work cannot either. The next run tries again.
  if (!row) return;
  await withinLog({ job: job.name, job_run_id: row.id }, () => executeJob(app, job, { rowId: row.id, byHand }));
}

async function executeJob(app: App, job: Job, { rowId, byHand }: { rowId: number; byHand: boolean }): Promise<void> {
  const began = performance.now();
  const ms = () => Math.round(performance.now() - began);
  try {
    const done = await job.run(app, byHand);
    const isInterrupted = app.stopping.aborted && job.stopsEarly === true;
    const { outcome, counts } = { ...done, ...(isInterrupted ? { outcome: "interrupted" as const } : {}) };
    await app.db.prisma.jobRun.update({
      where: { id: rowId },
      data: {
        outcome,
        counts: JSON.stringify(counts),
        finishedAt: app.clock.now(),
        error: isInterrupted ? INTERRUPTED : null,
      },
    });
    app.log.info("job", { outcome, counts, ms: ms() });
  } catch (error) {
    const isInterrupted = app.stopping.aborted;
    const outcome = isInterrupted ? "interrupted" : "failed";
    if (isDamage(error)) app.storage.reportDamage(`the job ${job.name} met damage`);
    app.log[isInterrupted ? "info" : "error"]("job", { outcome, ms: ms(), error });
    await app.db.prisma.jobRun
      .update({
        where: { id: rowId },
        data: {
          outcome,
          finishedAt: app.clock.now(),
          error: isInterrupted ? INTERRUPTED : storeMessage(findJobProblem(error)),
        },
      })
      .catch((later) => app.log.error("job.record", { error: later }));
  }
}

const RUNS_SHOWN = 10;

function errorOf(stored: string | null) {
  const { text, message } = readStored(stored);
  return { error: text, error_message: message };
}

/** Each job with its next run and its last ones, newest first. */
export async function listJobs(app: App) {
  return Promise.all(
    JOBS.map(async (job) => {
      const runs = await app.db.prisma.jobRun.findMany({
        where: { job: job.name },
        orderBy: { id: "desc" },
        take: RUNS_SHOWN,
      });
      return {
        name: job.name,
        description: job.description,
        next_run_at: app.memory.jobs.schedules.get(job.name)?.next()?.toISOString() ?? null,
        last_runs: runs.map((run) => ({
          id: run.id,
          started_at: run.startedAt.toISOString(),
          finished_at: run.finishedAt?.toISOString() ?? null,
          outcome: run.outcome as "running" | "ok" | "partial" | "failed" | "interrupted",
          counts: JSON.parse(run.counts) as Record<string, number>,
          ...errorOf(run.error),
        })),
      };
    }),
  );
}

/** Long enough for a short job. Clients poll the list for a longer one. */
const RESPOND_AFTER_MS = 1500;

/** Starts a job and returns the state of all jobs, with its result or while it is still running. */
export async function startJob(app: App, input: { name: JobName; userId: number; origin: Origin }) {
  const { userId, origin, name } = input;
  await recordEvent(app, { userId, message: message("event_job_started", { job: name }), origin, fold: name });
  await Promise.race([
    runJobNow(app, input.name, true),
    new Promise((resolve) => setTimeout(resolve, RESPOND_AFTER_MS).unref()),
  ]);
  return listJobs(app);
}

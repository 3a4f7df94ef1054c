import { message } from "@orwatch/messages/message";
import { storeMessage } from "@orwatch/messages/parse";
import type { App } from "../app.ts";
import { recordEvent } from "../audit/service.ts";
import { readStored } from "../platform/english.ts";
import { waitLeft } from "../platform/interruptions.ts";
import { withinLog } from "../platform/log.ts";
import { isDamage } from "../platform/storage-errors.ts";
import type { Origin } from "../rpc/principal.ts";
import { resumeFirstSyncs } from "../sync/service.ts";
import { findJobProblem } from "./problem.ts";
import { nextDue, startSchedule } from "./schedule.ts";
import type { JobName } from "./schema.ts";
import { JOBS, type Job } from "./table.ts";

export interface JobRunner {
  /** Stops the schedule and waits for what runs, at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

const INTERRUPTED = storeMessage(message("job_interrupted", {}));

/**
 * Runs a job now, or joins the run under way. Never throws: what went wrong stands in its row.
 * @param byHand an administrator asked for it, rather than the schedule
 */
export function runJobNow(app: App, name: JobName, byHand = false): Promise<void> {
  const { runs } = app.memory.jobs;
  const under = runs.get(name);
  if (under) return under;
  const flight = runJob(app, JOBS.find((job) => job.name === name) as Job, byHand).finally(() => runs.delete(name));
  runs.set(name, flight);
  return flight;
}

/** The runs under way. */
export const listRunning = (app: App): Promise<void>[] => [...app.memory.jobs.runs.values()];

/** Starts the schedule. A run that was cut off by the end of the last process is marked so. */
export async function startJobs(app: App): Promise<JobRunner> {
  const interrupted = { outcome: "interrupted", finishedAt: app.clock.now(), error: INTERRUPTED };
  await app.db.prisma.jobRun
    .updateMany({ where: { outcome: "running" }, data: interrupted })
    .catch((error) => app.log.error("job.record", { error }));
  const { schedules } = app.memory.jobs;
  for (const job of JOBS) {
    const work = () => void runJobNow(app, job.name);
    schedules.set(job.name, startSchedule(job.schedule(app.config), work));
  }
  const stopped = new AbortController();
  const signal = AbortSignal.any([app.stopping, stopped.signal]);
  for (const job of JOBS) {
    const missed = await findMissed(app, job);
    if (missed?.waitMs === 0) void runJobNow(app, job.name);
    else if (missed) void makeUpLater(app, { name: job.name, ...missed, signal });
  }
  resumeFirstSyncs(app);
  return {
    async stop(graceMs) {
      stopped.abort();
      for (const schedule of schedules.values()) schedule.stop();
      await Promise.race([
        Promise.allSettled(app.memory.jobs.runs.values()),
        new Promise((resolve) => setTimeout(resolve, graceMs).unref()),
      ]);
    },
  };
}

/** Enough to reach the longest wait. */
const RUNS_LOOKED_AT = 10;

/** How long to wait before a run is made up for: it was due since the last one and did not take place, or the last was cut off. */
async function findMissed(app: App, job: Job): Promise<{ waitMs: number; lastId: number | null } | null> {
  const runs = await app.db.prisma.jobRun.findMany({
    where: { job: job.name },
    orderBy: [{ startedAt: "desc" }, { id: "desc" }],
    take: RUNS_LOOKED_AT,
  });
  const [last] = runs;
  const now = app.clock.now();
  if (last?.outcome === "interrupted") {
    const whole = runs.findIndex(({ outcome }) => outcome !== "interrupted");
    const times = whole === -1 ? runs.length : whole;
    return { waitMs: waitLeft({ times, startedAt: last.startedAt, now }), lastId: last.id };
  }
  // A server that is never up at the hour of a job would never run it.
  const since = last?.startedAt ?? bornAt(app);
  return nextDue(job.schedule(app.config), since) <= now ? { waitMs: 0, lastId: last?.id ?? null } : null;
}

/** Runs a job after a wait, unless it has run meanwhile. */
async function makeUpLater(
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

/** When the database was made. */
function bornAt(app: App): Date {
  const first = app.db.reader.prepare("SELECT min(started_at) FROM _prisma_migrations").pluck().get();
  return first === null ? app.clock.now() : new Date(first as number | string);
}

async function runJob(app: App, job: Job, byHand: boolean): Promise<void> {
  const startedAt = app.clock.now();
  const row = await app.db.prisma.jobRun
    .create({ data: { job: job.name, startedAt, outcome: "running" } })
    .catch((error) => app.log.error("job.record", { job: job.name, error }));
  // Without a place for its row there is none for its work: the next run tries again.
  if (!row) return;
  await withinLog({ job: job.name, job_run_id: row.id }, () => carryOut(app, job, { rowId: row.id, byHand }));
}

async function carryOut(app: App, job: Job, { rowId, byHand }: { rowId: number; byHand: boolean }): Promise<void> {
  const began = performance.now();
  const ms = () => Math.round(performance.now() - began);
  try {
    const done = await job.run(app, byHand);
    const isCutShort = app.stopping.aborted && job.stopsEarly === true;
    const { outcome, counts } = { ...done, ...(isCutShort ? { outcome: "interrupted" as const } : {}) };
    await app.db.prisma.jobRun.update({
      where: { id: rowId },
      data: {
        outcome,
        counts: JSON.stringify(counts),
        finishedAt: app.clock.now(),
        error: isCutShort ? INTERRUPTED : null,
      },
    });
    app.log.info("job", { outcome, counts, ms: ms() });
  } catch (error) {
    const isCutOff = app.stopping.aborted;
    const outcome = isCutOff ? "interrupted" : "failed";
    if (isDamage(error)) app.storage.reportDamage(`the job ${job.name} met damage`);
    app.log[isCutOff ? "info" : "error"]("job", { outcome, ms: ms(), error });
    await app.db.prisma.jobRun
      .update({
        where: { id: rowId },
        data: {
          outcome,
          finishedAt: app.clock.now(),
          error: isCutOff ? INTERRUPTED : storeMessage(findJobProblem(error)),
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

/** Long enough for a short job; what takes longer is followed by asking for the list. */
const ANSWER_AFTER_MS = 1500;

/** Starts a job and returns the state of all of them: with its result, or while it goes on. */
export async function startJob(app: App, input: { name: JobName; userId: number; origin: Origin }) {
  const { userId, origin, name } = input;
  await recordEvent(app, { userId, message: message("event_job_started", { job: name }), origin, fold: name });
  await Promise.race([
    runJobNow(app, input.name, true),
    new Promise((resolve) => setTimeout(resolve, ANSWER_AFTER_MS).unref()),
  ]);
  return listJobs(app);
}

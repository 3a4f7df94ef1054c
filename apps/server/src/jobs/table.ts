import { evaluateAll } from "../alerts/evaluation/evaluate.ts";
import type { App } from "../app.ts";
import type { Config } from "../config.ts";
import { keepForecasts } from "../forecasts/keep.ts";
import { validateAll } from "../keys/validation/validate.ts";
import { sendDigests } from "../notifications/digest/service.ts";
import { collectBreakdowns } from "../sync/breakdowns/collect.ts";
import { syncAll } from "../sync/service.ts";
import { backUp } from "./backup.ts";
import { cleanUp } from "./cleanup.ts";
import type { When } from "./schedule.ts";
import type { JobName } from "./schema.ts";

export interface Job {
  name: JobName;
  description: string;
  schedule(config: Config): When;
  /** Ends at its next safe point when the server stops, with work left. */
  stopsEarly?: boolean;
  /** @param byHand started by an administrator, not by the schedule */
  run(app: App, byHand?: boolean): Promise<{ outcome: "ok" | "partial" | "failed"; counts: Record<string, number> }>;
}

const MINUTE_MS = 60_000;

const outcomeOf = ({ keys, failed }: { keys: number; failed: number }) =>
  failed === 0 ? ("ok" as const) : failed < keys ? ("partial" as const) : ("failed" as const);

/** All jobs of the server with their schedules. */
export const JOBS: Job[] = [
  {
    name: "sync",
    stopsEarly: true,
    description: "Fetches the usage of every active key.",
    schedule: (config) => ({ everyMinutes: config.syncIntervalMinutes }),
    async run(app) {
      const { keys, failed, rowsWritten } = await syncAll(app, {
        withinMs: app.config.syncIntervalMinutes * MINUTE_MS,
      });
      await keepForecasts(app).catch((error) => app.log.error("forecast.keep", { error }));
      return { outcome: outcomeOf({ keys, failed }), counts: { keys, failed, rows_written: rowsWritten } };
    },
  },
  {
    name: "breakdowns",
    stopsEarly: true,
    description: "Fetches usage by provider, app, hour and more, which OpenRouter keeps for 31 days.",
    schedule: () => ({ everyMinutes: 15 }),
    async run(app) {
      const { breakdowns, failed, rowsWritten } = await collectBreakdowns(app);
      if (rowsWritten > 0) await evaluateAll(app);
      return {
        outcome: outcomeOf({ keys: breakdowns, failed }),
        counts: { breakdowns, failed, breakdown_rows: rowsWritten },
      };
    },
  },
  {
    name: "validate",
    stopsEarly: true,
    description: "Checks that every key still works.",
    schedule: () => ({ cron: "0 2 * * *" }),
    async run(app) {
      const { keys, invalid, unanswered } = await validateAll(app, { withinMs: 60 * MINUTE_MS });
      await evaluateAll(app);
      return { outcome: outcomeOf({ keys, failed: unanswered }), counts: { keys, invalid, unanswered } };
    },
  },
  {
    name: "alerts",
    description: "Checks time-based alert rules.",
    schedule: () => ({ everyMinutes: 15 }),
    run: async (app) => ({ outcome: "ok", counts: await evaluateAll(app) }),
  },
  {
    name: "digest",
    description: "Sends the weekly digest.",
    schedule: () => ({ cron: "0 7 * * 1" }),
    run: async (app) => ({ outcome: "ok", counts: await sendDigests(app) }),
  },
  {
    name: "cleanup",
    stopsEarly: true,
    description: "Removes expired usage, sessions, job runs and deliveries.",
    schedule: () => ({ cron: "0 3 * * 0" }),
    run: async (app) => ({ outcome: "ok", counts: await cleanUp(app) }),
  },
  {
    name: "backup",
    description: "Backs up the database.",
    schedule: () => ({ cron: "0 1 * * *" }),
    async run(app, byHand) {
      const { bytes, kept, removed } = await backUp(app, byHand ? "manual" : "daily");
      return { outcome: "ok", counts: { bytes, kept, removed } };
    },
  },
];

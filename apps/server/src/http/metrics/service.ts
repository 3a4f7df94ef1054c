import type { App } from "../../app.ts";
import { jobName } from "../../jobs/schema.ts";
import { CURRENT, creditsLeftOf, currentParameters } from "../../keys/current.ts";
import { currentDay, usageNow } from "../../platform/clock.ts";
import { formatMoney } from "../../rpc/wire.ts";
import type { EventLoop } from "./event-loop.ts";
import { type Family, type Sample, writeExposition } from "./exposition.ts";
import { collectProcess } from "./process.ts";

/** Maximum number of keys with their own series, oldest first. With open registration, nothing else limits them. */
export const MAX_KEY_SERIES = 2000;

/** Everything at `/metrics`. Contains no email addresses and secrets. Names of keys are only in `orwatch_key_info`. */
export async function writeMetrics(app: App, input: { version: string; eventLoop: EventLoop }): Promise<string> {
  return writeExposition([...(await collectProcess(app, input)), ...collectJobs(app), ...collectKeys(app)]);
}

interface KeyRow {
  id: bigint;
  team_id: bigint;
  personal_user_id: bigint | null;
  name: string;
  kind: string | null;
  status: string;
  is_active: bigint;
  limit_nanos: bigint | null;
  limit_remaining_nanos: bigint | null;
  usage_nanos: bigint | null;
  byok_nanos: bigint | null;
  credits: bigint | null;
  last_synced_at: string | null;
  failing: bigint;
  today: bigint | null;
}

const KEYS = `SELECT k.id, k.team_id, t.personal_user_id, k.name, kind, status, is_active, limit_nanos, ${CURRENT.limitRemaining} AS limit_remaining_nanos,
    usage_nanos, byok_nanos, ${creditsLeftOf("k")} AS credits, last_synced_at, last_sync_error IS NOT NULL AS failing,
    d.cost AS today
  FROM api_keys k JOIN teams t ON t.id = k.team_id LEFT JOIN usage_days d ON d.api_key_id = k.id AND d.date = :today WHERE k.kind IS NOT 'residual' ORDER BY k.id LIMIT ${MAX_KEY_SERIES}`;

const seconds = (instant: string) => Date.parse(instant) / 1000;

function collectKeys(app: App): Family[] {
  const { reader } = app.db;
  const keys = reader
    .prepare(KEYS)
    .safeIntegers(true)
    .all({ ...currentParameters(usageNow(app.clock)), today: currentDay(app.clock) }) as KeyRow[];
  const totals = reader
    .prepare(
      `SELECT count(*) AS keys, min(last_synced_at) FILTER (WHERE is_active) AS oldest,
         count(*) FILTER (WHERE is_active AND last_sync_error IS NOT NULL) AS failing, (SELECT count(*) FROM users) AS users
       FROM api_keys WHERE kind IS NOT 'residual'`,
    )
    .get() as { keys: number; oldest: string | null; failing: number; users: number };
  const states = reader
    .prepare(
      "SELECT coalesce(kind, 'unknown') AS kind, status, iif(is_active, 'true', 'false') AS active, count(*) AS keys FROM api_keys WHERE kind IS NOT 'residual' GROUP BY 1, 2, 3",
    )
    .all() as { kind: string; status: string; active: string; keys: number }[];
  const labelsOf = (key: KeyRow): Record<string, string> => ({
    key: String(key.id),
    ...(key.personal_user_id === null ? { team: String(key.team_id) } : { user: String(key.personal_user_id) }),
  });
  const family = (
    name: string,
    help: string,
    read: (key: KeyRow) => number | string | null,
    type: Family["type"] = "gauge",
  ): Family => ({
    name,
    help,
    type,
    samples: keys.flatMap((key): Sample[] => {
      const value = read(key);
      return value === null ? [] : [{ labels: labelsOf(key), value }];
    }),
  });
  const usd = (nanosOf: (key: KeyRow) => bigint | null) => (key: KeyRow) => formatMoney(nanosOf(key));
  const single = (name: string, help: string, value: number | null): Family => ({
    name,
    help,
    type: "gauge",
    samples: value === null ? [] : [{ value }],
  });
  return [
    single("orwatch_users", "Accounts.", totals.users),
    {
      name: "orwatch_keys",
      help: "Stored OpenRouter keys by kind, status and whether they are turned on in orwatch.",
      type: "gauge",
      samples: states.map(({ keys: value, ...labels }) => ({ labels, value })),
    },
    single(
      "orwatch_sync_oldest_success_timestamp_seconds",
      "Last successful sync of the active key that waits longest.",
      totals.oldest === null ? null : seconds(totals.oldest),
    ),
    single(
      "orwatch_clock_offset_seconds",
      "How far OpenRouter's clock is ahead of this machine's, once that is certain; 0 while this clock is right.",
      Math.round((app.clock.offsetMs?.() ?? 0) / 1000),
    ),
    single("orwatch_sync_failing_keys", "Active keys whose last sync failed.", totals.failing),
    single(
      "orwatch_keys_without_series",
      "Keys beyond those that have series of their own.",
      totals.keys - keys.length,
    ),
    {
      name: "orwatch_key_info",
      help: "The name of a key; always 1.",
      type: "gauge",
      samples: keys.map((key) => ({
        labels: { ...labelsOf(key), name: key.name, kind: key.kind ?? "unknown" },
        value: 1,
      })),
    },
    family("orwatch_key_valid", "1 if OpenRouter accepts the key, 0 if it rejects it.", ({ status }) =>
      status === "unverified" ? null : Number(status === "valid"),
    ),
    family("orwatch_key_active", "1 if the key is turned on in orwatch, otherwise 0.", (key) => Number(key.is_active)),
    family(
      "orwatch_key_spend_usd_total",
      "All-time spend of the key by OpenRouter's counter.",
      usd((key) => key.usage_nanos),
      "counter",
    ),
    family(
      "orwatch_key_byok_spend_usd_total",
      "All-time spend of the key on provider keys of its owner (BYOK) by OpenRouter's counter.",
      usd((key) => key.byok_nanos),
      "counter",
    ),
    family(
      "orwatch_key_spend_today_usd",
      "Spend of the key on the current UTC day.",
      usd((key) => key.today),
    ),
    family(
      "orwatch_key_limit_usd",
      "Limit of the key at OpenRouter.",
      usd((key) => key.limit_nanos),
    ),
    family(
      "orwatch_key_limit_remaining_usd",
      "Remaining limit in the current window; absent if unknown.",
      usd((key) => key.limit_remaining_nanos),
    ),
    family(
      "orwatch_key_credits_remaining_usd",
      "Remaining credits of a management key's account; absent if unknown, as for an account that never bought credits.",
      usd((key) => key.credits),
    ),
    family(
      "orwatch_key_last_sync_timestamp_seconds",
      "Unix time of the last successful sync of the key.",
      ({ last_synced_at: at }) => (at === null ? null : seconds(at)),
    ),
    family("orwatch_key_sync_failing", "1 if the last sync of the key failed, otherwise 0.", (key) =>
      Number(key.failing),
    ),
  ];
}

/** The label is not `job`, because Prometheus sets that one. */
function collectJobs(app: App): Family[] {
  const last = app.db.reader.prepare(
    "SELECT started_at, finished_at, outcome FROM job_runs WHERE job = ? ORDER BY started_at DESC, id DESC LIMIT 1",
  );
  const lastOf = app.db.reader.prepare(
    "SELECT finished_at FROM job_runs WHERE job = ? AND outcome = 'ok' ORDER BY started_at DESC LIMIT 1",
  );
  const runs = jobName.options.flatMap((job) => {
    const run = last.get(job) as { started_at: string; finished_at: string | null; outcome: string } | undefined;
    return run ? [{ job, ...run }] : [];
  });
  const family = (name: string, help: string, read: (run: (typeof runs)[number]) => number | null): Family => ({
    name,
    help,
    type: "gauge",
    samples: runs.flatMap((run) => {
      const value = read(run);
      return value === null ? [] : [{ labels: { job_name: run.job }, value }];
    }),
  });
  return [
    family("orwatch_job_last_start_timestamp_seconds", "Unix time at which the last run of the job started.", (run) =>
      seconds(run.started_at),
    ),
    family(
      "orwatch_job_last_duration_seconds",
      "Duration of the last run of the job; absent while it is running.",
      (run) => (run.finished_at === null ? null : seconds(run.finished_at) - seconds(run.started_at)),
    ),
    {
      name: "orwatch_job_last_success_timestamp_seconds",
      help: "Unix time of the last successful run; 0 if the job never succeeded, so that alerts on its age fire then too.",
      type: "gauge",
      samples: jobName.options.map((job) => {
        const success = lastOf.get(job) as { finished_at: string } | undefined;
        return { labels: { job_name: job }, value: success === undefined ? 0 : seconds(success.finished_at) };
      }),
    },
    {
      name: "orwatch_database_created_timestamp_seconds",
      help: "Unix time at which the database was created.",
      type: "gauge",
      samples: [app.db.reader.prepare("SELECT min(started_at) FROM _prisma_migrations").pluck().get()].flatMap((at) =>
        at === null || at === undefined ? [] : [{ value: new Date(at as number | string).getTime() / 1000 }],
      ),
    },
    {
      name: "orwatch_job_last_outcome",
      help: "1 for the outcome of the last run: running, ok, partial, failed or interrupted.",
      type: "gauge",
      samples: runs.map(({ job, outcome }) => ({ labels: { job_name: job, outcome }, value: 1 })),
    },
  ];
}

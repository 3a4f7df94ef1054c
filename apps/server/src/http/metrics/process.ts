import { stat } from "node:fs/promises";
import type { App } from "../../app.ts";
import { DURATION_BOUNDS_S } from "../../platform/metrics-registry.ts";
import type { EventLoop } from "./event-loop.ts";
import type { Family, Sample } from "./exposition.ts";

const one = (name: string, help: string, value: number | string, type: Family["type"] = "gauge"): Family => ({
  name,
  help,
  type,
  samples: [{ value }],
});

const sizeOf = (file: string) =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );

/** Metrics of the process: version, resources and requests. */
export async function collectProcess(app: App, input: { version: string; eventLoop: EventLoop }): Promise<Family[]> {
  const { eventLoop } = input;
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  const file = app.config.databaseFile;
  return [
    {
      name: "orwatch_build_info",
      help: "The running version; always 1.",
      type: "gauge",
      samples: [{ labels: { version: input.version, node: process.versions.node }, value: 1 }],
    },
    one(
      "process_start_time_seconds",
      "When the process started, in Unix time.",
      app.clock.now().getTime() / 1000 - process.uptime(),
    ),
    one("process_cpu_seconds_total", "CPU time used, user and system.", (user + system) / 1e6, "counter"),
    one("process_resident_memory_bytes", "Memory that the process holds.", rss),
    one("nodejs_heap_used_bytes", "JavaScript heap in use.", heapUsed),
    one(
      "orwatch_event_loop_longest_seconds",
      "Longest block of the event loop in the last minute.",
      eventLoop.longestS(),
    ),
    one(
      "orwatch_event_loop_p99_seconds",
      "99th percentile of the event loop's delay in the last 10 s.",
      eventLoop.p99S(),
    ),
    one(
      "orwatch_event_loop_busy_seconds_total",
      "Time in which the event loop was not idle.",
      eventLoop.busyS(),
      "counter",
    ),
    one("orwatch_database_bytes", "Size of the database file.", await sizeOf(file)),
    {
      name: "orwatch_database_intact",
      help: "0 if the database file is damaged, unreadable or missing, otherwise 1.",
      type: "gauge",
      samples: [{ value: Number(app.storage.problem() === null) }],
    },
    {
      name: "orwatch_database_check_timestamp_seconds",
      help: "Unix time at which the last check of the database ended; absent before the first check.",
      type: "gauge",
      samples: [app.storage.checkedAt()].flatMap((at) => (at === null ? [] : [{ value: at.getTime() / 1000 }])),
    },
    one("orwatch_database_wal_bytes", "Size of the write-ahead log beside it.", await sizeOf(`${file}-wal`)),
    {
      name: "orwatch_http_request_duration_seconds",
      help: "Time from the first byte of a request to the last byte of its response, by route and status class.",
      type: "histogram",
      samples: app.measures.durations().flatMap(({ route, status, withinBound, count, sumS }): Sample[] => {
        let sum = 0;
        const buckets = DURATION_BOUNDS_S.map((bound, place): Sample => {
          sum += withinBound[place] ?? 0;
          return { suffix: "_bucket", labels: { route, status, le: String(bound) }, value: sum };
        });
        return [
          ...buckets,
          { suffix: "_bucket", labels: { route, status, le: "+Inf" }, value: count },
          { suffix: "_sum", labels: { route, status }, value: sumS },
          { suffix: "_count", labels: { route, status }, value: count },
        ];
      }),
    },
    {
      name: "orwatch_openrouter_requests_total",
      help: "Request attempts to OpenRouter by outcome.",
      type: "counter",
      samples: app.measures.openRouterTries().map(([outcome, value]) => ({ labels: { outcome }, value })),
    },
    {
      name: "orwatch_key_syncs_total",
      help: "Syncs of single keys by outcome.",
      type: "counter",
      samples: Object.entries(app.measures.keySyncs()).map(([outcome, value]) => ({ labels: { outcome }, value })),
    },
  ];
}

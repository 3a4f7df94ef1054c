import assert from "node:assert/strict";
import { getDashboard } from "@orwatch/server/stats/dashboard/dashboard";
import type { DashboardInput, DashboardOutput } from "@orwatch/server/stats/dashboard/schema";
import { type BareDashboard, openBare } from "./support/bare-dashboard.ts";
import { modelName, openFile, TODAY } from "./support/file.ts";
import { fill } from "./support/fill.ts";
import { describe, interleave, median, ms, print } from "./support/measure.ts";

const ROWS = Number(process.env.ROWS ?? 1_000_000);

/** In nanos, from the wire. */
const nanosOf = (money: string | null) => BigInt(Math.round(Number(money) * 1e9));

function checkSame(dashboard: DashboardOutput, bare: BareDashboard) {
  const sum = (numbers: bigint[]) => numbers.reduce((a, b) => a + b, 0n);
  assert.deepEqual(
    dashboard.by_model.map((row) => [row.model, nanosOf(row.cost), row.requests_count]),
    bare.models.map(([model, cost, , requests]) => [model, BigInt(cost), requests]),
  );
  assert.equal(nanosOf(dashboard.summary.total_cost), sum(bare.models.map(([, cost]) => BigInt(cost))));
  assert.deepEqual(
    dashboard.by_date.map((row) => [row.date, nanosOf(row.cost), row.requests_count]),
    bare.days.map(([date, cost, requests]) => [date, BigInt(cost), requests]),
  );
  const series = dashboard.by_date.flatMap((day) =>
    day.by_model.flatMap((row) => (row.model === "(other)" ? [] : [`${day.date} ${row.model} ${nanosOf(row.cost)}`])),
  );
  assert.deepEqual(series.sort(), bare.series.map((row) => row.join(" ")).sort());
  assert.deepEqual(
    dashboard.by_key.map((row) => [row.api_key_id, nanosOf(row.cost), row.requests_count]),
    bare.keys.map(([id, cost, , requests]) => [id, BigInt(cost), requests]),
  );
}

const app = await openFile();
try {
  const started = performance.now();
  const { teamId, keyIds, rows } = await app.db.write((connection) => fill(connection, ROWS));
  print(`dashboard: ${rows} rows of usage, filled in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  const [pages, pageBytes] = ["page_count", "page_size"].map((name) =>
    app.db.reader.pragma(name, { simple: true }),
  ) as [number, number];
  print(`database: ${((pages * pageBytes) / rows).toFixed(1)} MB for each million rows`);
  const bare = openBare(app.db.reader, { teamId, today: TODAY });
  const some = [modelName(0), modelName(7)];
  const cases: { name: string; runs: number; input: DashboardInput }[] = [];
  for (const [days, runs] of [
    [30, 400],
    [365, 60],
  ] as const) {
    cases.push(
      { name: `${days} days`, runs, input: { days } },
      { name: `${days} days, one key`, runs, input: { days, api_key_id: keyIds.slice(3, 4) } },
      { name: `${days} days, 9 of 10 keys`, runs: runs / 2, input: { days, api_key_id: keyIds.slice(1) } },
      { name: `${days} days, two models`, runs, input: { days, model: some } },
      { name: `${days} days, one key, two models`, runs, input: { days, api_key_id: keyIds.slice(3, 4), model: some } },
    );
  }
  for (const { name, runs, input } of cases) {
    const ours = () => getDashboard(app, { ...input, teamId });
    const run = bare(input);
    checkSame(ours(), run());
    print(describe(name, interleave({ ours, bare: run }, { runs })));
  }
  const again = interleave({ year: () => getDashboard(app, { days: 365, teamId }) }, { runs: 60 });
  print(`365 days alone: median ${ms(median(again.year))} (the aim is under 20 ms)`);
} finally {
  await app.close();
}

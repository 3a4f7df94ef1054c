// Answers of Explore beside the bare SQL of their groups and days, for a team of 146,000 rows a year.
import { addDays } from "@orwatch/domain/day";
import { explore } from "@orwatch/server/stats/explore/explore";
import { exploreInput } from "@orwatch/server/stats/explore/schema";
import { openFile, TODAY } from "./support/file.ts";
import { fill } from "./support/fill.ts";
import { describe, print, type Times } from "./support/measure.ts";

const ROWS = Number(process.env.ROWS ?? 1_000_000);

const RUNS = { 90: 40, 365: 12 };
/** Longest time that other requests waited for, in milliseconds. */
let longestBlock = 0;

const file = await openFile();
try {
  const { teamId, rows } = await file.db.write((connection) => fill(connection, ROWS));
  print(`explore: ${rows} rows of usage`);
  const bareOf = (from: string, groups: string[], table: "usage_models" | "usage_stats") => {
    const columns = ["date", ...groups].join(", ");
    const owner =
      table === "usage_models"
        ? "team_id = :teamId"
        : "api_key_id IN (SELECT id FROM api_keys WHERE team_id = :teamId)";
    const statement = file.db.reader
      .prepare(
        `SELECT ${columns}, sum(cost) FROM ${table} WHERE ${owner} AND date BETWEEN :from AND :through GROUP BY ${columns}`,
      )
      .safeIntegers(true)
      .raw(true);
    return () => statement.all({ teamId, from, through: TODAY });
  };
  for (const days of [90, 365] as const) {
    const start_date = addDays(TODAY, 1 - days);
    const cases = [
      { name: "by model", input: { group_by: ["model"] }, bare: bareOf(start_date, ["model"], "usage_models") },
      {
        name: "by key and model",
        input: { group_by: ["key", "model"] },
        bare: bareOf(start_date, ["api_key_id", "model"], "usage_stats"),
      },
      {
        name: "cached tokens by model",
        input: { metric: "cached_tokens", group_by: ["model"] },
        bare: bareOf(start_date, ["model"], "usage_stats"),
      },
      {
        name: "cost per request by vendor, weekly",
        input: { metric: "cost_per_request", group_by: ["vendor"], interval: "week" },
        bare: bareOf(start_date, ["model"], "usage_models"),
      },
    ];
    for (const { name, input, bare } of cases) {
      const question = { ...exploreInput.parse({ ...input, start_date, end_date: TODAY }), teamId };
      const times = { ours: [] as Times, bare: [] as Times };
      for (let run = -3; run < RUNS[days]; run += 1) {
        const ours = await timeOf(() => explore(file, question));
        const alone = await timeOf(bare);
        if (run < 0) continue;
        times.ours.push(ours);
        times.bare.push(alone);
      }
      for (const list of Object.values(times)) list.sort((a, b) => a - b);
      print(describe(`${days} days ${name}`, times));
    }
  }
  print(`longest time without a turn of the event loop: ${longestBlock.toFixed(0)} ms (the aim is under 50 ms)`);
} finally {
  await file.close();
}

async function timeOf(work: () => unknown): Promise<number> {
  const began = performance.now();
  const result = work();
  if (!(result instanceof Promise)) return performance.now() - began;
  let last = began;
  let isDone = false;
  const watch = () => {
    if (isDone) return;
    const now = performance.now();
    longestBlock = Math.max(longestBlock, now - last);
    last = now;
    setImmediate(watch);
  };
  setImmediate(watch);
  await result;
  isDone = true;
  return performance.now() - began;
}

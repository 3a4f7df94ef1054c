import { statSync } from "node:fs";
import { runJobNow } from "@orwatch/server/jobs/service";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { expectIntact } from "../support/checks/integrity.ts";
import { seedUsage } from "../support/openrouter/seed.ts";
import { type Caller, type Harness, startHarness } from "../support/server/harness.ts";

let harness: Harness;
let user: Caller;
beforeEach(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
  user = await harness.createUser();
});
afterEach(() => harness.close());

const MODELS = Array.from({ length: 30 }, (_, n) => `maker/model-${n}`);
const seed = (email: string, keys: string[]) =>
  seedUsage(harness, { email, keys, models: MODELS, through: "2026-03-10", days: 300 });
const cleanUp = async () => {
  await runJobNow(harness.server.app, "cleanup");
  const run = await harness.server.app.db.prisma.jobRun.findFirst({ orderBy: { id: "desc" } });
  return { outcome: run?.outcome, ...JSON.parse(run?.counts ?? "{}") } as Record<string, number | string>;
};
const count = (sql: string) => harness.server.app.db.reader.prepare(sql).pluck().get() as number;
const pages = () => harness.server.app.db.reader.pragma("page_count", { simple: true }) as number;

test("removes whole days of old usage and shrinks the file", async () => {
  const other = await harness.createUser();
  seed(user.email, ["one", "two"]);
  seed(other.email, ["three"]);
  await harness.restart({ USAGE_STATS_RETENTION_DAYS: "30" });
  const before = { pages: pages(), size: statSync(harness.server.app.config.databaseFile).size };
  const cleaning = cleanUp();
  let looks = 0;
  let isOver = false;
  void cleaning.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    expectIntact(harness);
    looks += 1;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(await cleaning).toMatchObject({ outcome: "ok", usage_rows: 3 * 270 * MODELS.length });
  expect(looks).toBeGreaterThan(1);
  expectIntact(harness);
  for (const table of ["usage_stats", "usage_days", "usage_models"])
    expect(count(`SELECT min(date) FROM ${table}`)).toBe("2026-02-09");
  expect(count("SELECT count(*) FROM usage_stats")).toBe(3 * 30 * MODELS.length);
  expect(pages()).toBeLessThan(before.pages / 3);
  expect(harness.server.app.db.reader.pragma("freelist_count", { simple: true })).toBe(0);
  await harness.restart();
  expect(statSync(harness.server.app.config.databaseFile).size).toBeLessThan(before.size / 3);
  expect(await cleanUp()).toMatchObject({ outcome: "ok", usage_rows: 0, pages_given_back: 0 });
});

test("serves requests while it removes many rows", async () => {
  seed(user.email, ["one", "two"]);
  await harness.restart({ USAGE_STATS_RETENTION_DAYS: "10" });
  const cleaning = cleanUp();
  let turns = 0;
  let isOver = false;
  void cleaning.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await user.post("/api/tokens", { name: "meanwhile" });
    turns += 1;
  }
  expect(await cleaning).toMatchObject({ outcome: "ok" });
  expect(turns).toBeGreaterThan(1);
});

test("an interrupted cleanup leaves whole days and continues at the next run", async () => {
  seed(user.email, ["one", "two"]);
  await harness.restart({ USAGE_STATS_RETENTION_DAYS: "30" });
  const all = count("SELECT count(*) FROM usage_stats");
  const cleaning = cleanUp().catch(() => ({}));
  await vi.waitFor(() => expect(count("SELECT count(*) FROM usage_stats")).toBeLessThan(all), { interval: 1 });
  await harness.restart({ USAGE_STATS_RETENTION_DAYS: "30" });
  await cleaning;
  expectIntact(harness);
  await cleanUp();
  expect(count("SELECT min(date) FROM usage_stats")).toBe("2026-02-09");
  expectIntact(harness);
});

import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { nextDue } from "@orwatch/server/jobs/schedule";
import { listJobs, runJobNow, startJobs } from "@orwatch/server/jobs/service";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { expectIntact } from "../support/checks/integrity.ts";
import { add, createAccount, keyOf, type Scenario, spend, startScenario } from "../support/openrouter/scenario.ts";
import { storedRows } from "../support/openrouter/truth.ts";

let scenario: Scenario;
beforeEach(async () => {
  scenario = await startScenario("2026-03-10T12:00:00Z");
});
afterEach(() => scenario.harness.close());

const run = (name: Parameters<typeof runJobNow>[1]) => runJobNow(scenario.harness.server.app, name);
const runs = () => scenario.harness.server.app.db.prisma.jobRun.findMany({ orderBy: { id: "asc" } });

describe("a job", () => {
  test("a job records a run with its outcome and counts", async () => {
    const { key } = createAccount(scenario);
    await add(scenario, key);
    await run("sync");
    const [row] = await runs();
    expect(row).toMatchObject({ job: "sync", outcome: "ok", error: null });
    expect(JSON.parse(row?.counts ?? "")).toMatchObject({ keys: 1, failed: 0 });
    expect(row?.finishedAt).not.toBeNull();
  });

  test("a job runs once at a time, and parallel requests get the same run", async () => {
    const { key } = createAccount(scenario);
    await add(scenario, key);
    await Promise.all([run("sync"), run("sync"), run("sync")]);
    expect(await runs()).toHaveLength(1);
  });

  test("a job that throws is recorded as failed without internals and stops no other job", async () => {
    const { app } = scenario.harness.server;
    const { backupFolder } = app.config;
    app.config = { ...app.config, backupFolder: path.join(app.config.databaseFile, "below-a-file") };
    await run("backup");
    app.config = { ...app.config, backupFolder };
    await run("sync");
    const [backup, sync] = await runs();
    expect(backup).toMatchObject({ job: "backup", outcome: "failed" });
    expect(backup?.error).not.toMatch(/ENOTDIR|below-a-file/);
    expect(sync?.outcome).toBe("ok");
  });

  test("the sync job is partial when some keys fail, and syncs the others", async () => {
    const [one, two] = [createAccount(scenario), createAccount(scenario)];
    const ids = [await add(scenario, one.key), await add(scenario, two.key)];
    spend(scenario, two.key, "2026-03-10T12:30:00Z", 500n);
    scenario.harness.sim.clock.advance(3_600_000);
    scenario.harness.sim.faults.add({ match: { keyHash: one.key.hash }, kind: "500" });
    await run("sync");
    expect((await runs())[0]?.outcome).toBe("partial");
    expect(storedRows(scenario.harness, ids[1] as number)).toMatchObject([{ cost: 500n }]);
    expect((await keyOf(scenario, ids[0] as number)).last_sync_error_message.code).toBe("openrouter_server_error");
  });

  test("a job interrupted by a shutdown is marked as interrupted at the next start", async () => {
    const { app } = scenario.harness.server;
    await app.db.prisma.jobRun.create({ data: { job: "sync", startedAt: app.clock.now(), outcome: "running" } });
    await scenario.harness.restart();
    const jobs = await startJobs(scenario.harness.server.app);
    await jobs.stop(1000);
    expect((await runs())[0]).toMatchObject({ outcome: "interrupted" });
  });

  test("a job missed during downtime runs once at the next start", async () => {
    const { app } = scenario.harness.server;
    for (const job of ["sync", "validate"])
      await app.db.prisma.jobRun.create({
        data: { job, startedAt: new Date("2026-03-07T12:00:00Z"), finishedAt: new Date(), outcome: "ok" },
      });
    const jobs = await startJobs(app);
    await jobs.stop(5000);
    const started = (await runs()).slice(2).map(({ job }) => job);
    expect(started.sort()).toEqual(["sync", "validate"]);
  });

  test("a job that never ran because of downtime at its hour runs once at start", async () => {
    const { app } = scenario.harness.server;
    await app.db.prisma.$executeRawUnsafe("UPDATE _prisma_migrations SET started_at = '2026-03-09T18:00:00.000+00:00'");
    for (const job of ["sync", "breakdowns", "validate", "alerts", "cleanup"])
      await app.db.prisma.jobRun.create({ data: { job, startedAt: app.clock.now(), outcome: "ok" } });
    const jobs = await startJobs(app);
    await jobs.stop(5000);
    expect((await runs()).slice(5)).toMatchObject([{ job: "backup", outcome: "ok" }]);
  });

  test("a job that is not due does not run at start", async () => {
    const { app } = scenario.harness.server;
    await app.db.prisma.jobRun.create({
      data: { job: "sync", startedAt: new Date("2026-03-10T12:00:00Z"), finishedAt: new Date(), outcome: "ok" },
    });
    const jobs = await startJobs(app);
    await jobs.stop(1000);
    expect(await runs()).toHaveLength(1);
  });
});

describe("validate", () => {
  test("validation marks a key invalid after two rejections in a row, and valid again when it is accepted", async () => {
    const { key } = createAccount(scenario);
    const keyId = await add(scenario, key);
    scenario.harness.sim.ledger.updateKey(key, { disabled: true });
    await run("validate");
    expect((await keyOf(scenario, keyId)).status).toBe("valid");
    scenario.harness.sim.clock.advance(86_400_000);
    await run("validate");
    expect(await keyOf(scenario, keyId)).toMatchObject({ status: "invalid", is_active: true });
    scenario.harness.sim.ledger.updateKey(key, { disabled: false });
    scenario.harness.sim.clock.advance(86_400_000);
    await run("validate");
    expect(await keyOf(scenario, keyId)).toMatchObject({ status: "valid", status_message: null });
  });
});

describe("cleanup", () => {
  test("cleanup removes usage beyond the retention, and no sync restores it", async () => {
    const { key, manager } = createAccount(scenario);
    for (const day of ["2025-09-01", "2026-02-01", "2026-02-08", "2026-02-09", "2026-03-09"])
      spend(scenario, key, day, 1_000n);
    await add(scenario, manager);
    const keyId = await add(scenario, key);
    expect(storedRows(scenario.harness, keyId)).toHaveLength(5);
    await scenario.harness.restart({ USAGE_STATS_RETENTION_DAYS: "30" });
    await run("cleanup");
    const kept = ["2026-02-09", "2026-03-09"];
    expect(storedRows(scenario.harness, keyId).map((row) => row.date)).toEqual(kept);
    expectIntact(scenario.harness);
    scenario.harness.sim.clock.set(new Date("2026-03-10T20:00:00Z"));
    await scenario.harness.server.app.db.prisma.apiKey.updateMany({ data: { yearResyncedOn: null } });
    await run("sync");
    expect(storedRows(scenario.harness, keyId).map((row) => row.date)).toEqual(kept);
  });

  test("cleanup keeps everything when the retention is 0", async () => {
    const { key, manager } = createAccount(scenario);
    spend(scenario, key, "2025-06-01", 1_000n);
    await add(scenario, manager);
    const keyId = await add(scenario, key);
    await run("cleanup");
    expect(storedRows(scenario.harness, keyId)).toHaveLength(1);
  });
});

describe("backup", () => {
  test("the backup job makes a complete, private copy and keeps only the newest", async () => {
    const { key } = createAccount(scenario);
    await add(scenario, key);
    for (let n = 0; n < 9; n++) {
      scenario.harness.sim.clock.advance(1000);
      await run("backup");
    }
    const folder = path.join(scenario.harness.folder, "backups");
    const copies = readdirSync(folder).sort();
    expect(copies).toHaveLength(7);
    const newest = path.join(folder, copies.at(-1) as string);
    expect(statSync(newest).mode & 0o777).toBe(0o600);
    const copy = new Database(newest, { readonly: true });
    expect(copy.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(copy.prepare("SELECT count(*) AS n FROM api_keys").get()).toEqual({ n: 1 });
    copy.close();
  });
});

test("the list of jobs shows the next run and recent runs", async () => {
  const { app } = scenario.harness.server;
  const startedAt = app.clock.now();
  const jobs = await startJobs(app);
  await run("sync");
  const listed = await listJobs(scenario.harness.server.app);
  await jobs.stop(1000);
  expect(listed.map(({ name }) => name)).toEqual([
    "sync",
    "breakdowns",
    "validate",
    "alerts",
    "digest",
    "cleanup",
    "backup",
  ]);
  expect(listed[0]?.last_runs[0]).toMatchObject({ outcome: "ok", error: null });
  const next = (place: number) => new Date(listed[place]?.next_run_at ?? 0);
  expect(next(0)).toEqual(nextDue({ everyMinutes: app.config.syncIntervalMinutes }, startedAt));
  expect(next(2)).toEqual(new Date("2026-03-11T02:00:00Z"));
});

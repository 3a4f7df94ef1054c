import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { listJobs, runJobNow, startJobs } from "@orwatch/server/jobs/service";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { expectIntact } from "../support/integrity.ts";
import { storedRows } from "../support/truth.ts";
import { add, createAccount, keyOf, spend, startWatch, type Watch } from "../support/watch.ts";

let watch: Watch;
beforeEach(async () => {
  watch = await startWatch("2026-03-10T12:00:00Z");
});
afterEach(() => watch.harness.close());

const run = (name: Parameters<typeof runJobNow>[1]) => runJobNow(watch.harness.server.app, name);
const runs = () => watch.harness.server.app.db.prisma.jobRun.findMany({ orderBy: { id: "asc" } });

describe("a job", () => {
  test("records a run with its outcome and counts", async () => {
    const { key } = createAccount(watch);
    await add(watch, key);
    await run("sync");
    const [row] = await runs();
    expect(row).toMatchObject({ job: "sync", outcome: "ok", error: null });
    expect(JSON.parse(row?.counts ?? "")).toMatchObject({ keys: 1, failed: 0 });
    expect(row?.finishedAt).not.toBeNull();
  });

  test("runs once at a time: parallel requests get the same run", async () => {
    const { key } = createAccount(watch);
    await add(watch, key);
    await Promise.all([run("sync"), run("sync"), run("sync")]);
    expect(await runs()).toHaveLength(1);
  });

  test("that throws is recorded as failed without internals and stops no other job", async () => {
    const { app } = watch.harness.server;
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

  test("is partial when some keys fail, and syncs the others", async () => {
    const [one, two] = [createAccount(watch), createAccount(watch)];
    const ids = [await add(watch, one.key), await add(watch, two.key)];
    spend(watch, two.key, "2026-03-10T12:30:00Z", 500n);
    watch.harness.sim.clock.advance(3_600_000);
    watch.harness.sim.faults.add({ match: { keyHash: one.key.hash }, kind: "500" });
    await run("sync");
    expect((await runs())[0]?.outcome).toBe("partial");
    expect(storedRows(watch.harness, ids[1] as number)).toMatchObject([{ cost: 500n }]);
    expect((await keyOf(watch, ids[0] as number)).last_sync_error_message.code).toBe("openrouter_server_error");
  });

  test("interrupted by a shutdown is marked so at the next start", async () => {
    const { app } = watch.harness.server;
    await app.db.prisma.jobRun.create({ data: { job: "sync", startedAt: app.clock.now(), outcome: "running" } });
    await watch.harness.restart();
    const jobs = await startJobs(watch.harness.server.app);
    await jobs.stop(1000);
    expect((await runs())[0]).toMatchObject({ outcome: "interrupted" });
  });

  test("missed during downtime runs once at the next start", async () => {
    const { app } = watch.harness.server;
    for (const job of ["sync", "validate"])
      await app.db.prisma.jobRun.create({
        data: { job, startedAt: new Date("2026-03-07T12:00:00Z"), finishedAt: new Date(), outcome: "ok" },
      });
    const jobs = await startJobs(app);
    await jobs.stop(5000);
    const started = (await runs()).slice(2).map(({ job }) => job);
    expect(started.sort()).toEqual(["sync", "validate"]);
  });

  test("that never ran because of downtime at its hour runs once at start", async () => {
    const { app } = watch.harness.server;
    await app.db.prisma.$executeRawUnsafe("UPDATE _prisma_migrations SET started_at = '2026-03-09T18:00:00.000+00:00'");
    for (const job of ["sync", "validate", "alerts", "cleanup"])
      await app.db.prisma.jobRun.create({ data: { job, startedAt: app.clock.now(), outcome: "ok" } });
    const jobs = await startJobs(app);
    await jobs.stop(5000);
    expect((await runs()).slice(4)).toMatchObject([{ job: "backup", outcome: "ok" }]);
  });

  test("that is not due does not run at start", async () => {
    const { app } = watch.harness.server;
    await app.db.prisma.jobRun.create({
      data: { job: "sync", startedAt: new Date("2026-03-10T12:00:00Z"), finishedAt: new Date(), outcome: "ok" },
    });
    const jobs = await startJobs(app);
    await jobs.stop(1000);
    expect(await runs()).toHaveLength(1);
  });
});

describe("validate", () => {
  test("marks a key invalid after two rejections in a row, and valid again when it is accepted", async () => {
    const { key } = createAccount(watch);
    const keyId = await add(watch, key);
    watch.harness.sim.ledger.updateKey(key, { disabled: true });
    await run("validate");
    expect((await keyOf(watch, keyId)).status).toBe("valid");
    watch.harness.sim.clock.advance(86_400_000);
    await run("validate");
    expect(await keyOf(watch, keyId)).toMatchObject({ status: "invalid", is_active: true });
    watch.harness.sim.ledger.updateKey(key, { disabled: false });
    watch.harness.sim.clock.advance(86_400_000);
    await run("validate");
    expect(await keyOf(watch, keyId)).toMatchObject({ status: "valid", status_message: null });
  });
});

describe("cleanup", () => {
  test("removes usage beyond the retention, and no sync restores it", async () => {
    const { key, manager } = createAccount(watch);
    for (const day of ["2025-09-01", "2026-02-01", "2026-02-08", "2026-02-09", "2026-03-09"])
      spend(watch, key, day, 1_000n);
    await add(watch, manager);
    const keyId = await add(watch, key);
    expect(storedRows(watch.harness, keyId)).toHaveLength(5);
    await watch.harness.restart({ USAGE_STATS_RETENTION_DAYS: "30" });
    await run("cleanup");
    const kept = ["2026-02-09", "2026-03-09"];
    expect(storedRows(watch.harness, keyId).map((row) => row.date)).toEqual(kept);
    expectIntact(watch.harness);
    watch.harness.sim.clock.set(new Date("2026-03-10T20:00:00Z"));
    await watch.harness.server.app.db.prisma.apiKey.updateMany({ data: { yearResyncedOn: null } });
    await run("sync");
    expect(storedRows(watch.harness, keyId).map((row) => row.date)).toEqual(kept);
  });

  test("keeps everything when the retention is 0", async () => {
    const { key, manager } = createAccount(watch);
    spend(watch, key, "2025-06-01", 1_000n);
    await add(watch, manager);
    const keyId = await add(watch, key);
    await run("cleanup");
    expect(storedRows(watch.harness, keyId)).toHaveLength(1);
  });
});

describe("backup", () => {
  test("makes a complete, private copy and keeps only the newest", async () => {
    const { key } = createAccount(watch);
    await add(watch, key);
    for (let n = 0; n < 9; n++) {
      watch.harness.sim.clock.advance(1000);
      await run("backup");
    }
    const folder = path.join(watch.harness.folder, "backups");
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
  const jobs = await startJobs(watch.harness.server.app);
  await run("sync");
  const listed = await listJobs(watch.harness.server.app);
  await jobs.stop(1000);
  expect(listed.map(({ name }) => name)).toEqual(["sync", "validate", "alerts", "digest", "cleanup", "backup"]);
  expect(listed[0]?.last_runs[0]).toMatchObject({ outcome: "ok", error: null });
  expect(Date.parse(listed[0]?.next_run_at ?? "")).toBeGreaterThan(Date.now());
  expect(new Date(listed[1]?.next_run_at ?? 0).toISOString()).toMatch(/T02:00:00/);
});

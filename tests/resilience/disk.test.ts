import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { message } from "@orwatch/messages/message";
import { storeMessage } from "@orwatch/messages/parse";
import { runJobNow, startJobs } from "@orwatch/server/jobs/service";
import { afterEach, beforeEach, expect, test } from "vitest";
import { expectIntact } from "../support/checks/integrity.ts";
import { issueToken, seedUsage } from "../support/openrouter/seed.ts";
import { type Caller, type Harness, startHarness } from "../support/server/harness.ts";

let harness: Harness;
let user: Caller;
let isMounted = false;
beforeEach(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" }, env: { MAX_API_TOKENS_PER_USER: "1000" } });
  user = await harness.createUser();
  seedUsage(harness, { email: user.email, keys: ["one"], models: ["a/b", "c/d"], through: "2026-03-10", days: 60 });
});
afterEach(async () => {
  await harness.stop();
  if (isMounted) execFileSync("umount", [path.join(harness.folder, "small")]);
  isMounted = false;
  await harness.close();
});

/** Mounts a separate disk for the database, where this machine permits it. */
function mountSmall(): string | null {
  const folder = path.join(harness.folder, "small");
  fs.mkdirSync(folder);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=6m", "tmpfs", folder], { stdio: "ignore" });
    isMounted = true;
    return folder;
  } catch {
    return null;
  }
}

/** Expects reads to work, writes to fail with a clear error, and the database to stay intact. */
async function expectReadsOnly(reason: string, before: string): Promise<void> {
  const refused = await user.post("/api/tokens", { name: "one more" });
  expect(refused).toMatchObject({
    status: 503,
    body: { code: "SERVICE_UNAVAILABLE", reason },
  });
  expect((await user.get("/api/stats/dashboard?days=60")).body.summary.total_cost).toBe(before);
  expect((await user.get("/api/keys")).status).toBe(200);
  expect((await user.get("/api/usage/export?start_date=2026-02-01&end_date=2026-03-10&format=csv")).status).toBe(200);
  for (const job of ["sync", "validate", "cleanup"] as const) await runJobNow(harness.server.app, job);
  expect((await user.get("/api/tokens")).status).toBe(200);
  expectIntact(harness);
}

const total = async () => (await user.get("/api/stats/dashboard?days=60")).body.summary.total_cost as string;

test("on a full disk, writes fail with a clear error, reads work, and writes work again once there is space", async () => {
  const small = mountSmall();
  const token = await issueToken(user);
  if (small) {
    await harness.stop();
    fs.copyFileSync(path.join(harness.folder, "app.db"), path.join(small, "app.db"));
    await harness.restart({ DATABASE_URL: `file:${small}/app.db`, BACKUP_DIR: path.join(small, "backups") });
  }
  const before = await total();
  const cutOff = { job: "sync", startedAt: new Date("2026-03-10T11:30:00Z"), outcome: "running" };
  await harness.server.app.db.prisma.jobRun.create({ data: cutOff });
  const fill = small && path.join(small, "ballast");
  if (fill) {
    try {
      for (let n = 0; n < 100; n += 1) fs.appendFileSync(fill, Buffer.alloc(65_536));
    } catch {}
    for (let n = 0; n < 300; n += 1)
      if ((await user.post("/api/tokens", { name: "x".repeat(100) })).status !== 201) break;
  } else
    await harness.server.app.db
      .write((connection) => connection.pragma("max_page_count = 1"))
      .then(() => user.post("/api/tokens", { name: "x".repeat(100) }));
  process.stdout.write(`full disk: ${small ? "a tmpfs of 6 MB" : "max_page_count stands in for it"}\n`);
  if (!small)
    for (let n = 0; n < 300; n += 1)
      if ((await user.post("/api/tokens", { name: "x".repeat(100) })).status !== 201) break;
  await expectReadsOnly("disk_full", before);
  const asToken = await fetch(`${harness.url}/api/v1/keys`, { headers: { authorization: `Bearer ${token.token}` } });
  expect(asToken.status).toBe(200);
  const jobs = await startJobs(harness.server.app);
  await jobs.stop(10_000);
  if (small) {
    // Interrupted runs cannot be recorded either, which must not prevent reads.
    await harness.restart();
    expect(await total()).toBe(before);
    await runJobNow(harness.server.app, "backup");
    expect(fs.existsSync(path.join(small, "backups")) ? fs.readdirSync(path.join(small, "backups")) : []).toEqual([]);
  }
  if (fill) fs.rmSync(fill);
  else await harness.server.app.db.write((connection) => connection.pragma("max_page_count = 1000000"));
  expect((await user.post("/api/tokens", { name: "again" })).status).toBe(201);
  await runJobNow(harness.server.app, "backup");
  expect(await harness.server.app.db.prisma.jobRun.findFirst({ orderBy: { id: "desc" } })).toMatchObject({
    outcome: "ok",
  });
  expect(await total()).toBe(before);
  expectIntact(harness);
}, 60_000);

test("reads and reports a database that has become read-only", async () => {
  const before = await total();
  await harness.server.app.db.write(() => {});
  await harness.server.app.db.prisma.$executeRawUnsafe("PRAGMA query_only = ON");
  await expectReadsOnly("disk_not_writable", before);
  await harness.server.app.db.prisma.$executeRawUnsafe("PRAGMA query_only = OFF");
  expect((await user.post("/api/tokens", { name: "again" })).status).toBe(201);
});

test("reports a damaged database where it is found, also in a backup", async () => {
  const file = path.join(harness.folder, "app.db");
  const { reader } = harness.server.app.db;
  const pages = reader
    .prepare(
      "SELECT rootpage FROM sqlite_master WHERE tbl_name IN ('usage_stats', 'usage_days', 'usage_models', 'usage_months')",
    )
    .pluck()
    .all() as number[];
  await harness.stop();
  const bytes = fs.readFileSync(file);
  for (const page of pages) bytes.fill(0x5a, (page - 1) * 4096, page * 4096);
  fs.writeFileSync(file, bytes);
  await harness.restart();
  expect(await user.get("/api/stats/dashboard?days=60")).toMatchObject({
    status: 503,
    body: {
      code: "SERVICE_UNAVAILABLE",
      reason: "database_damaged",
    },
  });
  expect((await user.get("/api/keys")).status).toBe(200);
  await runJobNow(harness.server.app, "backup");
  const run = await harness.server.app.db.prisma.jobRun.findFirst({ orderBy: { id: "desc" } });
  expect(run).toMatchObject({
    outcome: "failed",
    error: storeMessage(message("database_damaged", {})),
  });
});

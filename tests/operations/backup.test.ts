import fs from "node:fs";
import path from "node:path";
import { message } from "@orwatch/messages/message";
import { storeMessage } from "@orwatch/messages/parse";
import { runJobNow } from "@orwatch/server/jobs/service";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { expectIntact } from "../support/checks/integrity.ts";
import { add, createAccount, type Scenario, spend, startScenario } from "../support/openrouter/scenario.ts";
import { environmentOf, runCommand } from "../support/server/command.ts";

let scenario: Scenario;
beforeEach(async () => {
  scenario = await startScenario("2026-03-10T12:00:00Z");
});
afterEach(() => scenario.harness.close());

const backups = () => path.join(scenario.harness.folder, "backups");
const copies = () => fs.readdirSync(backups()).sort();
const command = (name: string, args: string[] = [], env: Record<string, string> = {}) =>
  runCommand(name, args, { ...environmentOf(scenario.harness), ...env });
const lastRun = () => scenario.harness.server.app.db.prisma.jobRun.findFirst({ orderBy: { id: "desc" } });

async function addUsage(): Promise<void> {
  const { key, manager } = createAccount(scenario);
  for (let day = 1; day <= 9; day++) spend(scenario, key, `2026-03-0${day}`, 1_000_000_007n * BigInt(day));
  await add(scenario, manager);
  await add(scenario, key);
}

const dashboard = async () => (await scenario.user.get("/api/stats/dashboard?days=30")).text;

describe("backup", () => {
  test("a backup by command works beside the running server and is counted apart from the job's", async () => {
    await addUsage();
    await runJobNow(scenario.harness.server.app, "backup");
    fs.writeFileSync(path.join(backups(), "orwatch-manual-20200101T000000Z.db"), "");
    const { code, out, error } = await command("backup", [], { BACKUP_KEEP: "1" });
    expect({ code, error }).toEqual({ code: 0, error: "" });
    const [daily, name, ...others] = copies();
    expect([daily, others]).toEqual(["orwatch-20260310T120000Z.db", []]);
    expect(out).toContain(path.join(backups(), name as string));
    expect(out).toMatch(/checked\)\. Manual backups kept: 1, removed: 1\.\nKeep ENCRYPTION_KEY separate/);
    const copy = new Database(path.join(backups(), name as string), { readonly: true });
    expect(copy.prepare("SELECT count(*) AS n FROM usage_stats").get()).toEqual({ n: 9 });
    copy.close();
  });

  test("a backup prunes backups from before migrations and partial files of killed processes only", async () => {
    fs.mkdirSync(backups(), { recursive: true });
    const old = [
      "before-1_a-1.db",
      "before-1_b-2.db",
      "before-rotation-20260101000000.db",
      "before-rotation-20260102000000.db",
      "notes.txt",
      "orwatch-20260101T000000Z.db.77.part",
      "mine.db",
    ];
    for (const name of old) fs.writeFileSync(path.join(backups(), name), "");
    const [young, longAgo] = [new Date(), new Date(Date.now() - 86_400_000)];
    fs.utimesSync(path.join(backups(), "orwatch-20260101T000000Z.db.77.part"), longAgo, longAgo);
    fs.writeFileSync(path.join(backups(), "orwatch-20260101T000000Z.db.78.part"), "");
    fs.utimesSync(path.join(backups(), "orwatch-20260101T000000Z.db.78.part"), young, young);
    await scenario.harness.restart({ BACKUP_KEEP: "1" });
    await runJobNow(scenario.harness.server.app, "backup");
    expect(copies()).toEqual([
      "before-1_b-2.db",
      "before-rotation-20260102000000.db",
      "mine.db",
      "notes.txt",
      "orwatch-20260101T000000Z.db.78.part",
      "orwatch-20260310T120000Z.db",
    ]);
  });

  test("a backup that cannot be written reports what to do without the server's paths", async () => {
    fs.rmSync(backups(), { recursive: true });
    fs.writeFileSync(backups(), "a file where the folder should be");
    await runJobNow(scenario.harness.server.app, "backup");
    expect(await lastRun()).toMatchObject({
      outcome: "failed",
      error: storeMessage(message("backup_folder_not_writable", { folder: "BACKUP_DIR" })),
    });
  });

  test("a backup interrupted by a shutdown leaves no partial file and runs again at the next start", async () => {
    const { app } = scenario.harness.server;
    await app.db.write((connection) =>
      connection.exec(
        "CREATE TABLE ballast AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000) SELECT hex(randomblob(500)) AS x FROM n",
      ),
    );
    const running = runJobNow(app, "backup");
    await vi.waitFor(() => expect(copies()).toMatchObject([expect.stringContaining(".part")]), { interval: 1 });
    await scenario.harness.restart();
    await running;
    expect(copies()).toEqual([]);
    expect(await lastRun()).toMatchObject({ outcome: "interrupted" });
    const { startJobs } = await import("@orwatch/server/jobs/service");
    const jobs = await startJobs(scenario.harness.server.app);
    await jobs.stop(10_000);
    expect(copies()).toHaveLength(1);
  });
});

describe("restore", () => {
  test("a restore is rejected while a server runs, and restores every total", async () => {
    await addUsage();
    const before = await dashboard();
    await runJobNow(scenario.harness.server.app, "backup");
    const copy = path.join(backups(), copies()[0] as string);
    const file = path.join(scenario.harness.folder, "app.db");
    expect(await command("restore", [copy])).toEqual({
      code: 1,
      out: "",
      error: `${file} is in use by another orwatch. Stop it first.\n`,
    });
    for (const { id } of (await scenario.user.get("/api/keys")).body.items)
      await scenario.user.delete(`/api/keys/${id}`);
    expect(await dashboard()).not.toBe(before);
    await scenario.harness.stop();
    const { code, out, error } = await command("restore", [copy]);
    expect({ code, error }).toEqual({ code: 0, error: "" });
    expect(out).toMatch(/1 users, 2 keys, 9 usage rows from 2026-03-01 to 2026-03-09, 45\.000000315 USD/);
    expect(out).toMatch(/The previous database is in .*before-restore/);
    expect(out).not.toMatch(/WARNING|migrate/);
    await scenario.harness.restart();
    expect(await dashboard()).toBe(before);
    expectIntact(scenario.harness);
  });

  test("a restore warns when ENCRYPTION_KEY does not decrypt the keys in the backup", async () => {
    await addUsage();
    await command("backup");
    await scenario.harness.stop();
    const copy = path.join(backups(), copies()[0] as string);
    const { code, out } = await command("restore", [copy], {
      ENCRYPTION_KEY: "another key of more than 32 characters",
    });
    expect(code).toBe(0);
    expect(out).toMatch(/WARNING: 2 of 2 secrets in it cannot be decrypted with this ENCRYPTION_KEY/);
    await scenario.harness.restart();
  });

  test("a restore without a name lists the backups, newest first, and accepts one by name", async () => {
    const none = await command("restore");
    expect(none).toMatchObject({ code: 0, out: expect.stringMatching(/^There are no backups in /), error: "" });
    await command("backup");
    const [copy] = copies() as [string];
    const [before, at] = [`before-${"1".repeat(14)}_a-1.db`, new Date("2026-03-01T05:06:07Z")];
    fs.copyFileSync(path.join(backups(), copy), path.join(backups(), before));
    fs.utimesSync(path.join(backups(), before), at, at);
    const [title, ...lines] = (await command("restore")).out.trimEnd().split("\n");
    expect(title).toBe(`Backups in ${backups()}, newest first:`);
    expect(lines).toEqual([
      expect.stringMatching(new RegExp(`^ {2}\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC +\\d+ KB {2}${copy}$`)),
      expect.stringMatching(new RegExp(`^ {2}2026-03-01 05:06 UTC +\\d+ KB {2}${before}$`)),
    ]);
    await scenario.harness.stop();
    expect(await command("restore", [copy])).toMatchObject({
      code: 0,
      out: expect.stringContaining(`from ${path.join(backups(), copy)}: 1 users`),
    });
    await scenario.harness.restart();
  });
});

import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { DatabaseError } from "../database-error.ts";
import { migrateDatabase } from "../migrations/migrate.ts";
import { addMigration, makeMigrated, type Scratch } from "../test-support.ts";
import { lockFile } from "./lock.ts";

vi.setConfig({ testTimeout: 30_000 });

let scratch: Scratch;
beforeEach(async () => {
  scratch = await makeMigrated();
});
afterEach(() => scratch.remove());

const take = (file: string) => () => lockFile(file).release();

test("a file is locked once, by any path, until the lock is released", () => {
  const link = path.join(scratch.folder, "link.db");
  fs.symlinkSync(scratch.file, link);
  const folder = path.join(scratch.folder, "other");
  fs.symlinkSync(scratch.folder, folder);
  const ways = [scratch.file, link, path.join(folder, "app.db"), path.relative(process.cwd(), scratch.file)];
  const lock = lockFile(link);
  for (const way of ways) {
    expect(take(way)).toThrow(DatabaseError);
    expect(take(way)).toThrow(`${way} is in use by another orwatch. Stop it first.`);
  }
  lock.release();
  lock.release();
  for (const way of ways) expect(take(way)).not.toThrow();
  expect(fs.statSync(`${scratch.file}.lock`).mode & 0o777).toBe(0o600);
});

test("a link to a missing file locks that file", () => {
  const link = path.join(scratch.folder, "link.db");
  fs.symlinkSync("new.db", link);
  const lock = lockFile(link);
  expect(take(path.join(scratch.folder, "new.db"))).toThrow("in use");
  lock.release();
});

test("the lock of a killed process is free at once", async () => {
  const child = spawn(
    process.execPath,
    [
      "--import",
      "tsx",
      "--input-type=module",
      "-e",
      `const { lockFile } = await import(${JSON.stringify(path.join(import.meta.dirname, "lock.ts"))});
       lockFile(process.argv[1]); process.stdout.write("locked"); setInterval(() => {}, 1000);`,
      scratch.file,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  // A child that is left behind keeps the pipe, and with it the test's process, open.
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  const locked = new Promise<string>((resolve) => child.stdout?.once("data", (data) => resolve(String(data))));
  expect(await Promise.race([locked, ended])).toBe("locked");
  expect(take(scratch.file)).toThrow("in use");
  child.kill("SIGKILL");
  await ended;
  expect(take(scratch.file)).not.toThrow();
});

test("a command beside a running server does not migrate", async () => {
  addMigration(scratch, "notes", 'CREATE TABLE "notes" ("id" INTEGER NOT NULL PRIMARY KEY);');
  const server = lockFile(scratch.file);
  await expect(migrateDatabase(scratch.options)).rejects.toThrow("in use by another orwatch");
  server.release();
  expect((await migrateDatabase(scratch.options)).applied).toHaveLength(1);
});

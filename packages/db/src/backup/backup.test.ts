import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DatabaseError } from "../database-error.ts";
import { openDb } from "../index.ts";
import { makeMigrated, type Scratch } from "../test-support.ts";
import { backUpDatabase, formatSize } from "./backup.ts";

vi.setConfig({ testTimeout: 30_000 });

let scratch: Scratch;
beforeEach(async () => {
  scratch = await makeMigrated();
});
afterEach(() => scratch.remove());

const to = () => path.join(scratch.folder, "copies", "copy.db");
const copies = () => fs.readdirSync(path.dirname(to()));

const addUsers = (db: Database.Database, from: number, through: number) => {
  const insert = db.prepare(
    "INSERT INTO users (email, password_hash, updated_at) VALUES (?, hex(randomblob(2000)), '')",
  );
  for (let n = from; n <= through; n++) insert.run(`user${n}@example.com`);
};

async function errorMessage(options: { from?: string; to?: string } = {}): Promise<string> {
  const error = await backUpDatabase({ from: scratch.file, to: to(), ...options }).catch((reason) => reason);
  expect(error).toBeInstanceOf(DatabaseError);
  return error.message;
}

test("a backup made during writes is complete, consistent, private and a single file", async () => {
  const db = await openDb(scratch.file);
  await db.write((connection) => addUsers(connection, 1, 2000));
  let written = 2000;
  let copied = false;
  const copying = backUpDatabase({ from: scratch.file, to: to() }).finally(() => {
    copied = true;
  });
  while (!copied) {
    written += 1;
    await db.write((connection) => addUsers(connection, written, written));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const { bytes } = await copying;
  await db.close();
  expect(copies()).toEqual(["copy.db"]);
  expect(fs.statSync(to())).toMatchObject({ size: bytes });
  expect(fs.statSync(to()).mode & 0o777).toBe(0o600);
  const copy = new Database(to(), { readonly: true });
  expect(copy.pragma("integrity_check", { simple: true })).toBe("ok");
  const count = copy.prepare("SELECT count(*) FROM users").pluck().get() as number;
  copy.close();
  expect(written).toBeGreaterThan(2001);
  expect(count).toBeGreaterThanOrEqual(2000);
  expect(count).toBeLessThanOrEqual(written);
});

test("does not back up a damaged database and keeps an earlier backup of that name", async () => {
  const db = new Database(scratch.file);
  addUsers(db, 1, 300);
  db.pragma("wal_checkpoint(TRUNCATE)");
  db.close();
  await backUpDatabase({ from: scratch.file, to: to() });
  const before = fs.readFileSync(to());
  const damaged = fs.readFileSync(scratch.file);
  damaged.fill(7, damaged.length - 40 * 4096, damaged.length - 20 * 4096);
  fs.writeFileSync(scratch.file, damaged);
  expect(await errorMessage()).toMatch(/is damaged/);
  fs.writeFileSync(scratch.file, before.subarray(0, 100_000));
  expect(await errorMessage()).toMatch(/is damaged: .*\. Restore an earlier backup\.$/);
  expect(copies()).toEqual(["copy.db"]);
  expect(fs.readFileSync(to()).equals(before)).toBe(true);
});

test("backs up in a sandbox that forbids lowering a thread's priority", () => {
  const script = path.join(scratch.folder, "copy.mjs");
  fs.writeFileSync(
    script,
    `const { backUpDatabase } = await import(${JSON.stringify(path.join(import.meta.dirname, "backup.ts"))});
    await backUpDatabase({ from: process.argv[2], to: process.argv[3] });`,
  );
  const denyPriority = 'import os from "node:os"; os.setPriority = () => { throw new Error("EPERM") };';
  const options = ["--import", "tsx", "--import", `data:text/javascript,${encodeURIComponent(denyPriority)}`];
  const { status, stderr } = spawnSync(process.execPath, [...options, script, scratch.file, to()], {
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(copies()).toEqual(["copy.db"]);
});

test("reports a failed backup with a clear error", async () => {
  const letter = path.join(scratch.folder, "letter.txt");
  fs.writeFileSync(letter, "dear diary, ".repeat(1000));
  expect(await errorMessage({ from: letter })).toBe(`${letter} is not an SQLite database.`);
  expect(await errorMessage({ from: path.join(scratch.folder, "none.db") })).toMatch(/There is no database at/);
  expect(await errorMessage({ to: path.join(letter, "copy.db") })).toBe(
    `${letter} is not writable. Give the server's user write access, or choose another folder.`,
  );
});

test("detects too little disk space before writing", async () => {
  vi.spyOn(fs, "statfsSync").mockReturnValue({ bavail: 10, bsize: 1024 } as ReturnType<typeof fs.statfsSync>);
  expect(await errorMessage()).toMatch(/has 10 KB free, and a backup of the database needs \d+ KB\. Free up space/);
  vi.restoreAllMocks();
  expect(copies()).toEqual([]);
});

test("an aborted backup leaves no file", async () => {
  const db = new Database(scratch.file);
  addUsers(db, 1, 3000);
  db.close();
  const controller = new AbortController();
  const copying = backUpDatabase({ from: scratch.file, to: to(), signal: controller.signal });
  const failure = expect(copying).rejects.toThrow("aborted");
  await vi.waitFor(() => expect(copies()).not.toEqual([]), { interval: 1 });
  controller.abort(new Error("aborted"));
  await failure;
  await expect(copying).rejects.toThrow("aborted");
  await expect(backUpDatabase({ from: scratch.file, to: to(), signal: controller.signal })).rejects.toThrow("aborted");
  expect(copies()).toEqual([]);
});

test.each([
  [0, "0 KB"],
  [1, "1 KB"],
  [400 * 1024, "400 KB"],
  [1024 * 1024 - 1, "1.0 MB"],
  [1024 * 1024, "1.0 MB"],
  [2_516_582, "2.4 MB"],
])("%i bytes are formatted as %s", (bytes, text) => expect(formatSize(bytes)).toBe(text));

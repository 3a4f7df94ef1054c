import fs from "node:fs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LOG_BYTES } from "./connections/checkpoints.ts";
import { openDb } from "./index.ts";
import { makeMigrated, type Scratch } from "./test-support.ts";

let scratch: Scratch;
beforeEach(async () => {
  scratch = await makeMigrated();
});
afterEach(() => scratch.remove());

test("the writer uses WAL, foreign keys, NORMAL and a busy timeout; the reader is read-only", async () => {
  const db = await openDb(scratch.file);
  const pragmas = await db.write((connection) =>
    ["journal_mode", "foreign_keys", "synchronous", "busy_timeout"].map((name) =>
      String(connection.pragma(name, { simple: true })),
    ),
  );
  expect(pragmas).toEqual(["wal", "1", "1", "5000"]);
  expect(db.reader.pragma("journal_mode", { simple: true })).toBe("wal");
  expect(db.reader.pragma("busy_timeout", { simple: true })).toBe(5000);
  expect(db.reader.readonly).toBe(true);
  expect(() => db.reader.exec("DELETE FROM users")).toThrow(/readonly/);
  await db.close();
});

test("rejects a row with a dangling reference", async () => {
  const db = await openDb(scratch.file);
  const orphan = db.prisma.session.create({
    data: { id: "x", publicId: 1, userId: 999, expiresAt: new Date(), lastUsedAt: new Date() },
  });
  await expect(orphan).rejects.toMatchObject({ code: "P2003" });
  await db.close();
});

test("does not open a file whose pragmas fail", async () => {
  await expect(openDb(":memory:")).rejects.toThrow("SQLite did not accept PRAGMA journal_mode");
});

test("stores amounts beyond 53 bits exactly", async () => {
  const db = await openDb(scratch.file);
  const user = await db.prisma.user.create({ data: { email: "ada@example.com", passwordHash: "x" } });
  const usageNanos = 9_007_199_254_740_993n;
  const team = await db.prisma.team.create({ data: { name: "t", personalUserId: user.id, createdAt: new Date() } });
  const data = { teamId: team.id, name: "k", keyEncrypted: "e", keyHash: "h", label: "l", usageNanos };
  const key = await db.prisma.apiKey.create({ data });
  expect(key.usageNanos).toBe(usageNanos);
  await db.close();
});

test("a log that grew during a long read shrinks again", { timeout: 30_000 }, async () => {
  const db = await openDb(scratch.file);
  const log = () => fs.statSync(`${scratch.file}-wal`).size;
  const write = (bytes: number) =>
    db.write((connection) => connection.prepare("UPDATE ballast SET x = zeroblob(?)").run(bytes));
  await db.write((connection) => connection.exec("CREATE TABLE ballast (x); INSERT INTO ballast VALUES (1)"));
  db.reader.exec("BEGIN");
  db.reader.prepare("SELECT count(*) FROM ballast").get();
  for (let n = 0; n < 12; n += 1) await write(2_000_000 + n);
  expect(log()).toBeGreaterThan(20_000_000);
  db.reader.exec("COMMIT");
  // After the checkpoint, the next write starts it over.
  let bytes = 10;
  const writeAgain = async () => {
    bytes += 1;
    await write(bytes);
    expect(log()).toBeLessThanOrEqual(LOG_BYTES);
  };
  await vi.waitFor(writeAgain, { timeout: 20_000, interval: 100 });
  await db.close();
});

test("a write after closing reports that the database is closed", async () => {
  const db = await openDb(scratch.file);
  await db.close();
  await expect(db.write(() => 1)).rejects.toThrow("the database is closed");
});

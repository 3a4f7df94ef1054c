import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cacheStatements } from "./statement-cache.ts";

let plain: Database.Database;
beforeEach(() => {
  plain = new Database(":memory:");
  plain.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO t VALUES (1, 'a'), (2, 'b')");
});
afterEach(() => plain.close());

const SELECT = "SELECT id, name FROM t ORDER BY id";

describe("cacheStatements", () => {
  test("returns the same statement for the same text", () => {
    const db = cacheStatements(plain);
    expect(db.prepare(SELECT)).toBe(db.prepare(SELECT));
    expect(db.prepare(`${SELECT} DESC`)).not.toBe(db.prepare(SELECT));
  });

  test("applies the connection's modes for every caller", () => {
    const db = cacheStatements(plain);
    expect(db.prepare(SELECT).raw().safeIntegers().get()).toEqual([1n, "a"]);
    expect(db.prepare(SELECT).get()).toEqual({ id: 1, name: "a" });
    expect(db.prepare(SELECT).pluck().all()).toEqual([1, 2]);
    expect(db.prepare(SELECT).all()).toHaveLength(2);
    plain.defaultSafeIntegers(true);
    const exact = cacheStatements(plain);
    expect(exact.prepare(SELECT).safeIntegers(false).pluck().get()).toBe(1);
    expect(exact.prepare(SELECT).pluck().get()).toBe(1n);
  });

  test("runs statements without rows again", () => {
    const db = cacheStatements(plain);
    for (const id of [3, 4]) db.prepare("INSERT INTO t (id) VALUES (?)").run(id);
    expect(db.prepare("SELECT count(*) FROM t").pluck().get()).toBe(4);
  });

  test("prepares another statement while one is being iterated", () => {
    const db = cacheStatements(plain);
    const seen: unknown[] = [];
    for (const row of db.prepare(SELECT).iterate()) seen.push([row, db.prepare(SELECT).pluck().all()]);
    expect(seen).toEqual([
      [{ id: 1, name: "a" }, [1, 2]],
      [{ id: 2, name: "b" }, [1, 2]],
    ]);
  });

  test("keeps the most recently used statements", () => {
    const db = cacheStatements(plain, 2);
    const [first, second] = [db.prepare("SELECT 1"), db.prepare("SELECT 2")];
    expect(db.prepare("SELECT 1")).toBe(first);
    db.prepare("SELECT 3");
    expect(db.prepare("SELECT 1")).toBe(first);
    expect(db.prepare("SELECT 2")).not.toBe(second);
  });

  test("follows a change of the schema", () => {
    const db = cacheStatements(plain);
    expect(db.prepare("SELECT * FROM t").get()).toEqual({ id: 1, name: "a" });
    db.exec("ALTER TABLE t ADD COLUMN more INTEGER DEFAULT 7");
    expect(db.prepare("SELECT * FROM t").get()).toEqual({ id: 1, name: "a", more: 7 });
  });

  test("passes transactions, pragmas and closing to the connection", () => {
    const db = cacheStatements(plain);
    expect(() =>
      db.transaction(() => {
        db.prepare("DELETE FROM t").run();
        throw new Error("no");
      })(),
    ).toThrow("no");
    expect(db.inTransaction).toBe(false);
    expect(db.prepare("SELECT count(*) FROM t").pluck().get()).toBe(2);
    expect(db.pragma("user_version", { simple: true })).toBe(0);
    db.close();
    expect(plain.open).toBe(false);
    expect(db.open).toBe(false);
    expect(() => db.prepare(SELECT)).toThrow(/not open/);
  });
});

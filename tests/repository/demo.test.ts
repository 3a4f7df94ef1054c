import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { copyTemplate } from "@orwatch/db/fixture";
import Database from "better-sqlite3";
import { expect, test } from "vitest";

const DEMO = path.resolve(import.meta.dirname, "../../scripts/demo.mjs");

test("the statements of the demo fit the schema", () => {
  const statements = [...readFileSync(DEMO, "utf8").matchAll(/\.prepare\(\s*(?:"([^"]+)"|`([^`]+)`)/g)].map(
    ([, short, long]) => short ?? long ?? "",
  );
  expect(statements.length).toBeGreaterThan(5);
  const folder = mkdtempSync(path.join(tmpdir(), "orwatch-demo-"));
  copyTemplate(path.join(folder, "app.db"));
  const db = new Database(path.join(folder, "app.db"));
  for (const statement of statements) expect(() => db.prepare(statement), statement).not.toThrow();
  db.close();
  rmSync(folder, { recursive: true });
});

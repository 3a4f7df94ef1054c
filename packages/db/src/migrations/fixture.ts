import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { listMigrations } from "./schema-engine.ts";

export const FIXTURES = path.resolve(import.meta.dirname, "../../fixtures");

/** Names of the migrations without a fixture. */
export const listWithoutFixture = (migrationsFolder: string): string[] =>
  listMigrations(migrationsFolder).filter((name) => !fs.existsSync(path.join(FIXTURES, `${name}.sql`)));

/** Everything in a database as SQL, in an order that loads with foreign keys off. */
export function dumpDatabase(file: string): string {
  const db = new Database(file, { readonly: true });
  try {
    const parts = db
      .prepare(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
      )
      .all() as { type: string; name: string; sql: string }[];
    const tables = parts.filter(({ type }) => type === "table");
    const others = parts.filter(({ type }) => type !== "table");
    const rows = [...tables.map(({ name }) => name), "sqlite_sequence"].flatMap((name) => dumpRows(db, name));
    const schema = (list: typeof parts) => list.map(({ sql }) => `${sql};`);
    return `${[...schema(tables), ...rows, ...schema(others)].join("\n")}\n`;
  } finally {
    db.close();
  }
}

function dumpRows(db: Database.Database, table: string): string[] {
  const columns = db.prepare("SELECT name FROM pragma_table_info(?)").pluck().all(table) as string[];
  const values = columns.map((column) => `quote("${column}")`).join(" || ',' || ");
  const rows = db.prepare(`SELECT ${values} FROM "${table}" ORDER BY 1`).pluck().all() as string[];
  const start = table === "sqlite_sequence" ? ["DELETE FROM sqlite_sequence;"] : [];
  return [...start, ...rows.map((row) => `INSERT INTO "${table}" VALUES (${row});`)];
}

/** Creates the database of a fixture at `file`. */
export function loadFixture(name: string, file: string): void {
  const db = new Database(file);
  try {
    db.pragma("auto_vacuum = INCREMENTAL");
    db.pragma("foreign_keys = OFF");
    db.transaction(() => db.exec(fs.readFileSync(path.join(FIXTURES, `${name}.sql`), "utf8")))();
  } finally {
    db.close();
  }
}

/** Copies the empty, migrated database that each test run creates once. Returns false if there is none. */
export function copyTemplate(file: string): boolean {
  const template = process.env.MIGRATED_TEMPLATE;
  if (template) fs.copyFileSync(template, file);
  return template !== undefined;
}

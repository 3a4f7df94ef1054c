import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";

interface SchemaObject {
  type: string;
  name: string;
  sql: string | null;
}

/** Objects that SQLite itself creates. */
const INTERNAL = /^(table sqlite_(sequence|stat1|stat4)|index sqlite_autoindex_.+)$/;
/** The migration history is created by Prisma, not by a migration. */
const HISTORY = "table _prisma_migrations";
const HISTORY_COLUMNS = [
  "applied_steps_count",
  "checksum",
  "finished_at",
  "id",
  "logs",
  "migration_name",
  "rolled_back_at",
  "started_at",
];

/** Versions of SQLite differ in the quotes and spaces that `ALTER TABLE` writes. */
const normalize = (sql: string | null): string => (sql ?? "").replace(/[\s"`]+/g, "").toLowerCase();

function readObjects(db: Database.Database): Map<string, string> {
  const rows = db.prepare("SELECT type, name, sql FROM sqlite_master").all() as SchemaObject[];
  const named = rows.map(({ type, name, sql }) => [`${type} ${name}`, normalize(sql)] as const);
  return new Map(named.filter(([name, sql]) => !(INTERNAL.test(name) && (name.startsWith("table") || sql === ""))));
}

function replay(migrationsFolder: string, names: string[]): Map<string, string> {
  const db = new Database(":memory:");
  try {
    for (const name of names) db.exec(fs.readFileSync(path.join(migrationsFolder, name, "migration.sql"), "utf8"));
    return readObjects(db);
  } finally {
    db.close();
  }
}

/**
 * Compares the schema of a database with the one that `migrations` create: tables, indexes, views and triggers that are additional,
 * missing or different.
 * @returns sorted names such as `trigger on_login`; empty if the schemas are the same
 */
export function findSchemaDifferences(
  db: Database.Database,
  options: { migrationsFolder: string; migrations: string[] },
): string[] {
  const known = replay(options.migrationsFolder, options.migrations);
  const found = readObjects(db);
  const columns = db.prepare("SELECT name FROM pragma_table_info('_prisma_migrations') ORDER BY name").pluck().all();
  const isHistoryKnown = columns.join() === HISTORY_COLUMNS.join();
  found.delete(HISTORY);
  const differing = new Set([...known.keys(), ...found.keys()].filter((name) => known.get(name) !== found.get(name)));
  return [...differing, ...(isHistoryKnown ? [] : [HISTORY])].sort();
}

/** At most three of the differences, for a message. */
export const nameDifferences = (differences: string[]): string =>
  `${differences.slice(0, 3).join(", ")}${differences.length > 3 ? ` and ${differences.length - 3} more` : ""}`;

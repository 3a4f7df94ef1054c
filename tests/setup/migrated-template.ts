import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Database from "better-sqlite3";
import { migrateDatabase } from "../../packages/db/src/migrations/migrate.ts";

const PRISMA = path.resolve(import.meta.dirname, "../../packages/db/prisma");

/**
 * Created once per run: an empty database of the current version, which tests copy. Migrating takes some tenths of a second, and the
 * schema engine, made to run once per process, leaks memory when it runs often.
 */
export default async function makeTemplate(): Promise<(() => void) | undefined> {
  // Each project runs this.
  if (process.env.MIGRATED_TEMPLATE) return undefined;
  const folder = mkdtempSync(path.join(tmpdir(), "orwatch-template-"));
  const file = path.join(folder, "app.db");
  await migrateDatabase({
    file,
    schemaFile: path.join(PRISMA, "schema.prisma"),
    migrationsFolder: path.join(PRISMA, "migrations"),
    backupFolder: folder,
  });
  // Teams do not have the IDs of their users, so that code that takes one for the other fails.
  const db = new Database(file);
  db.exec("INSERT INTO sqlite_sequence (name, seq) VALUES ('teams', 700)");
  db.close();
  process.env.MIGRATED_TEMPLATE = file;
  return () => rmSync(folder, { recursive: true, force: true });
}

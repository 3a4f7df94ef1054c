import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
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
  process.env.MIGRATED_TEMPLATE = file;
  return () => rmSync(folder, { recursive: true, force: true });
}

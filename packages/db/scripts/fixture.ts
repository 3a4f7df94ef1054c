// Writes the missing fixtures: the previous fixture, migrated, with the rows of fixtures/rows/NAME.sql.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import Database from "better-sqlite3";
import { dumpDatabase, FIXTURES, listWithoutFixture, loadFixture } from "../src/migrations/fixture.ts";
import { migrateDatabase } from "../src/migrations/migrate.ts";
import { listMigrations } from "../src/migrations/schema-engine.ts";

const prismaFolder = path.resolve(import.meta.dirname, "../prisma");
const migrations = path.join(prismaFolder, "migrations");
const all = listMigrations(migrations);

for (const name of listWithoutFixture(migrations)) {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "orwatch-fixture-"));
  try {
    const file = path.join(scratch, "app.db");
    const migrationsFolder = path.join(scratch, "migrations");
    const upTo = all.slice(0, all.indexOf(name) + 1);
    for (const part of [...upTo, "migration_lock.toml"])
      fs.cpSync(path.join(migrations, part), path.join(migrationsFolder, part), { recursive: true });
    const before = upTo.at(-2);
    if (before) loadFixture(before, file);
    const schemaFile = path.join(prismaFolder, "schema.prisma");
    await migrateDatabase({ file, schemaFile, migrationsFolder, backupFolder: scratch });
    const rows = path.join(FIXTURES, "rows", `${name}.sql`);
    if (fs.existsSync(rows)) {
      const db = new Database(file);
      db.pragma("foreign_keys = ON");
      db.exec(fs.readFileSync(rows, "utf8"));
      db.close();
    }
    fs.writeFileSync(path.join(FIXTURES, `${name}.sql`), dumpDatabase(file));
    process.stdout.write(
      `wrote fixtures/${name}.sql${fs.existsSync(rows) ? "" : ` (no fixtures/rows/${name}.sql: new tables stay empty)`}\n`,
    );
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

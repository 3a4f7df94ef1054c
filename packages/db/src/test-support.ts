import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { copyTemplate } from "./migrations/fixture.ts";
import { migrateDatabase } from "./migrations/migrate.ts";

const PRISMA_FOLDER = path.resolve(import.meta.dirname, "../prisma");

/** A temporary folder for one test. `file` is a database in it, migrated or not created yet. */
export interface Scratch {
  folder: string;
  file: string;
  options: { file: string; schemaFile: string; migrationsFolder: string; backupFolder: string };
  remove(): void;
}

export function makeScratch(): Scratch {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "orwatch-db-"));
  const migrationsFolder = path.join(folder, "migrations");
  fs.cpSync(path.join(PRISMA_FOLDER, "migrations"), migrationsFolder, { recursive: true });
  const file = path.join(folder, "app.db");
  const schemaFile = path.join(PRISMA_FOLDER, "schema.prisma");
  return {
    folder,
    file,
    options: { file, schemaFile, migrationsFolder, backupFolder: path.join(folder, "backups") },
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

export async function makeMigrated(): Promise<Scratch> {
  const scratch = makeScratch();
  if (!copyTemplate(scratch.file)) await migrateDatabase(scratch.options);
  return scratch;
}

/** Adds a migration that runs after all others. */
export function addMigration(scratch: Scratch, name: string, sql: string): string {
  const id = `29990101000000_${name}`;
  const folder = path.join(scratch.options.migrationsFolder, id);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "migration.sql"), sql);
  return id;
}

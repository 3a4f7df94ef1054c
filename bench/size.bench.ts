// Size of the database for each million usage rows: the same rows in the schema of version 0.1, with only the columns that existed then, and in
// today's, with the details of every row known.
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { migrateDatabase } from "@orwatch/db/migrate";
import Database from "better-sqlite3";
import { openFile, PRISMA } from "./support/file.ts";
import { fill } from "./support/fill.ts";
import { print } from "./support/measure.ts";

const ROWS = Number(process.env.ROWS ?? 1_000_000);
/** The migrations of version 0.1 are older. */
const SINCE_0_1 = "20261123";
/** Columns that had another name in version 0.1. */
const FORMER_NAMES: Record<string, string> = { team_id: "user_id" };
const TABLES = ["usage_stats", "usage_days", "usage_models", "usage_months"];

const columnsOf = (connection: Database.Database, schema: string, table: string) =>
  connection.prepare("SELECT name FROM pragma_table_info(?, ?)").pluck().all(table, schema) as string[];

/** Copies the rows of usage into an empty file with the migrations of `folder`. @returns by how many bytes it grew */
async function measure(source: string, folder: string, migrations: string): Promise<number> {
  const file = path.join(folder, `${path.basename(migrations)}.db`);
  await migrateDatabase({
    file,
    schemaFile: path.join(PRISMA, "schema.prisma"),
    migrationsFolder: migrations,
    backupFolder: folder,
  });
  const empty = statSync(file).size;
  const connection = new Database(file);
  connection.pragma("foreign_keys = OFF");
  connection.pragma("journal_mode = DELETE");
  connection.prepare("ATTACH ? AS source").run(source);
  for (const table of TABLES) {
    const known = columnsOf(connection, "main", table);
    const pairs = columnsOf(connection, "source", table).flatMap((column) => {
      const target = [column, FORMER_NAMES[column]].find((name) => name !== undefined && known.includes(name));
      return target === undefined ? [] : [[target, column] as const];
    });
    if (pairs.length === 0) continue;
    const [targets, columns] = [pairs.map(([target]) => target), pairs.map(([, column]) => column)];
    connection.exec(`INSERT INTO main.${table} (${targets}) SELECT ${columns} FROM source.${table}`);
  }
  connection.close();
  return statSync(file).size - empty;
}

const folder = mkdtempSync(path.join(tmpdir(), "orwatch-size-"));
const { db, file, close } = await openFile();
try {
  const { rows } = await db.write((connection) => fill(connection, ROWS));
  const all = path.join(PRISMA, "migrations");
  const old = path.join(folder, "old");
  for (const name of readdirSync(all).filter((name) => name < SINCE_0_1 || name.endsWith(".toml")))
    cpSync(path.join(all, name), path.join(old, name), { recursive: true });
  const [before, today] = [await measure(file, folder, old), await measure(file, folder, all)];
  const perMillion = (bytes: number) => `${(bytes / rows).toFixed(0)} MB`;
  print(
    `${rows} rows: version 0.1 ${perMillion(before)} for each million   today ${perMillion(today)}   ratio ${(today / before).toFixed(2)} (the aim is 1.25 or less)`,
  );
} finally {
  await close();
  rmSync(folder, { recursive: true, force: true });
}

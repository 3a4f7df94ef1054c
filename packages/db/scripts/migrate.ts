// `new NAME` writes a migration for the changes of schema.prisma that no migration makes yet. `check` fails if there are any,
// or if a migration has no fixture.
// Prisma's own `migrate dev` needs an engine binary from the network. This replays the history into a temporary file
// and gets the difference from the same engine as WebAssembly.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { listWithoutFixture } from "../src/migrations/fixture.ts";
import { openEngine } from "../src/migrations/schema-engine.ts";

const prismaFolder = path.resolve(import.meta.dirname, "../prisma");
const schemaFile = path.join(prismaFolder, "schema.prisma");
const migrationsFolder = path.join(prismaFolder, "migrations");
const [command, name] = process.argv.slice(2);

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "orwatch-history-"));
const engine = await openEngine({ url: `file:${scratch}/history.db`, schemaFile, migrationsFolder });
try {
  await engine.apply();
  const sql = await engine.difference();
  const missing = listWithoutFixture(migrationsFolder);
  if (sql === null && missing.length > 0) {
    process.stderr.write(`${missing.join(", ")}: no fixture; run "npx tsx scripts/fixture.ts" in packages/db\n`);
    process.exitCode = 1;
  } else if (sql === null) process.stdout.write("schema and migrations match, and each version has a fixture\n");
  else if (command === "new" && name) {
    const id = `${new Date().toISOString().replace(/\D/g, "").slice(0, 14)}_${name}`;
    fs.mkdirSync(path.join(migrationsFolder, id), { recursive: true });
    fs.writeFileSync(path.join(migrationsFolder, id, "migration.sql"), sql);
    fs.writeFileSync(path.join(migrationsFolder, "migration_lock.toml"), 'provider = "sqlite"\n');
    process.stdout.write(`wrote ${id}: read it before you commit it, then run "npx tsx scripts/fixture.ts"\n`);
  } else {
    process.stderr.write(`schema.prisma has changes that no migration makes; run "migrate new NAME":\n${sql}\n`);
    process.exitCode = 1;
  }
} finally {
  await engine.close();
  fs.rmSync(scratch, { recursive: true, force: true });
}

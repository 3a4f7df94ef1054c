import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { MigrationList } from "@prisma/schema-engine-wasm/schema_engine_bg";
import * as wasm from "@prisma/schema-engine-wasm/schema_engine_bg";

/** The folder of `schema.prisma` and `migrations/`. */
export interface SchemaFolder {
  schemaFile: string;
  migrationsFolder: string;
}

/** Keeps its connections to close them: the engine takes SQLite's exclusive lock and never releases it by itself. */
class TrackedAdapter extends PrismaBetterSqlite3 {
  readonly opened: Awaited<ReturnType<PrismaBetterSqlite3["connect"]>>[] = [];
  override async connect() {
    const connection = await super.connect();
    this.opened.push(connection);
    return connection;
  }
}

let loading: Promise<void> | null = null;
function loadWasm(): Promise<void> {
  loading ??= (async () => {
    const require = createRequire(import.meta.url);
    const folder = path.dirname(require.resolve("@prisma/schema-engine-wasm/schema_engine_bg"));
    const bytes = await fs.promises.readFile(path.join(folder, "schema_engine_bg.wasm"));
    const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": wasm as never });
    wasm.__wbg_set_wasm(instance.exports);
    (instance.exports as { __wbindgen_start?: () => void }).__wbindgen_start?.();
  })();
  return loading;
}

/** Names of the migrations in the folder, oldest first. */
export function listMigrations(migrationsFolder: string): string[] {
  if (!fs.existsSync(migrationsFolder)) return [];
  return fs
    .readdirSync(migrationsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function readMigrations(folder: string): MigrationList {
  const lockFile = path.join(folder, "migration_lock.toml");
  return {
    baseDir: folder,
    lockfile: {
      path: "migration_lock.toml",
      content: fs.existsSync(lockFile) ? fs.readFileSync(lockFile, "utf8") : null,
    },
    shadowDbInitScript: "",
    migrationDirectories: listMigrations(folder).map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok" as const, value: fs.readFileSync(path.join(folder, name, "migration.sql"), "utf8") },
      },
    })),
  } as MigrationList;
}

/** Prisma's schema engine as WebAssembly, run in this process. It keeps the file locked until it is closed. */
export async function openEngine(options: { url: string } & SchemaFolder) {
  await loadWasm();
  const filters = { externalTables: [], externalEnums: [] };
  const schema = fs.readFileSync(options.schemaFile, "utf8");
  const adapter = new TrackedAdapter({ url: options.url });
  const engine = await wasm.SchemaEngine.new(
    { datamodels: [["schema.prisma", schema]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
  return {
    async apply(): Promise<string[]> {
      const migrationsList = readMigrations(options.migrationsFolder);
      return (await engine.applyMigrations({ migrationsList, filters })).appliedMigrationNames;
    },
    /** SQL that migrates the open database to the schema; `null` if they match. */
    async difference(): Promise<string | null> {
      const files = [{ path: "schema.prisma", content: schema }];
      const result = await engine.diff({
        from: { tag: "schemaDatasource", files, configDir: path.dirname(options.schemaFile) },
        to: { tag: "schemaDatamodel", files },
        script: true,
        exitCode: true,
        shadowDatabaseUrl: null,
        filters,
      } as never);
      return result.exitCode === 0 ? null : (result.stdout ?? "");
    },
    async close(): Promise<void> {
      engine.free();
      for (const connection of adapter.opened.splice(0)) await connection.dispose();
    },
  };
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Db, openDb } from "@orwatch/db";
import { migrateDatabase } from "@orwatch/db/migrate";
import type { Clock } from "@orwatch/server/platform/clock";
import type Database from "better-sqlite3";

export const TODAY = "2026-03-10";
export const NOW = new Date(`${TODAY}T12:00:00.000Z`);

export const PRISMA = path.resolve(import.meta.dirname, "../../packages/db/prisma");

export interface BenchFile {
  file: string;
  folder: string;
  db: Db;
  clock: Clock;
  /** Closes the file and deletes it. */
  close(): Promise<void>;
}

/** A new file in a temporary folder, with the schema. */
export async function makeFile(): Promise<{ folder: string; file: string }> {
  const folder = mkdtempSync(path.join(tmpdir(), "orwatch-bench-"));
  const file = path.join(folder, "app.db");
  await migrateDatabase({
    file,
    schemaFile: path.join(PRISMA, "schema.prisma"),
    migrationsFolder: path.join(PRISMA, "migrations"),
    backupFolder: folder,
  });
  return { folder, file };
}

/** A file of its own, opened as the server opens it. */
export async function openFile(): Promise<BenchFile> {
  const { folder, file } = await makeFile();
  const db = await openDb(file);
  return {
    file,
    folder,
    db,
    clock: { now: () => NOW, monotonicMs: () => 0, sleep: () => Promise.resolve() },
    async close() {
      await db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Creates the personal team of a user. @returns its id */
export function addTeam(connection: Database.Database, userId: number | bigint): number {
  const { id } = connection
    .prepare("INSERT INTO teams (name, personal_user_id, created_at) VALUES ('bench', ?, ?) RETURNING id")
    .get(userId, NOW.toISOString()) as { id: number | bigint };
  connection
    .prepare("INSERT INTO memberships (team_id, user_id, role, created_at) VALUES (?, ?, 'owner', ?)")
    .run(id, userId, NOW.toISOString());
  return Number(id);
}

/** A user with a personal team of `keys` keys. @returns their ids */
export function addUser(
  connection: Database.Database,
  keys: number,
): { userId: number; teamId: number; keyIds: number[] } {
  const { id } = connection
    .prepare(
      "INSERT INTO users (email, password_hash, updated_at) VALUES (hex(randomblob(8)) || '@example.com', '-', ?) RETURNING id",
    )
    .get(NOW.toISOString()) as { id: number | bigint };
  const teamId = addTeam(connection, id);
  const add = connection.prepare(
    `INSERT INTO api_keys (team_id, name, key_encrypted, key_hash, label, kind, status, last_synced_at, complete_through)
     VALUES (?, ?, hex(randomblob(80)), hex(randomblob(32)), 'sk-or-v1-abc...9f2', 'inference', 'valid', ?, ?) RETURNING id`,
  );
  const keyIds = Array.from({ length: keys }, (_, index) => {
    const row = add.get(teamId, `key ${index + 1}`, NOW.toISOString().replace("Z", "+00:00"), TODAY);
    return Number((row as { id: number | bigint }).id);
  });
  return { userId: Number(id), teamId, keyIds };
}

/** Numbers between 0 and 1, the same in every run. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const modelName = (index: number): string =>
  `${["openai", "anthropic", "google", "mistralai", "deepseek"][index % 5]}/model-${index}-2026-01-15`;

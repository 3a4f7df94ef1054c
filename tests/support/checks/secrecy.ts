import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { expect } from "vitest";
import type { Answer, Harness } from "../server/harness.ts";

/** Every row of every table as one text, to check what was and was not stored. */
export function readTables(harness: Harness): string {
  const db = new Database(`${harness.folder}/app.db`, { readonly: true });
  const tables = db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    .pluck()
    .all() as string[];
  // The last use of a session changes with every request.
  const columns = (name: string) => (name === "sessions" ? "id, public_id, user_id, created_at" : "*");
  const text = tables.map(
    (name) =>
      `${name} ${JSON.stringify(
        db
          .prepare(`SELECT ${columns(name)} FROM "${name}"`)
          .raw()
          .all(),
      )}`,
  );
  db.close();
  return text.join("\n");
}

/** Every byte in the harness's folder: database, write-ahead log and backups. */
export function readFolder(harness: Harness): string {
  const files = readdirSync(harness.folder, { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile())
    .map((file) => path.join(file.parentPath, file.name))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, "latin1"))
    .join("\n");
}

export const readLog = (harness: Harness): string => JSON.stringify(harness.logged);

/** Body and headers of a response as text. */
export const textOf = (answer: Answer): string => `${[...answer.headers].join("\n")}\n${answer.text}`;

/** Fails when a secret occurs in a text, in plain, base64, hex or percent-encoded. */
export function expectNone(secrets: string[], text: string, where: string): void {
  for (const secret of secrets)
    for (const shape of [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString("base64").replace(/=+$/, ""),
      Buffer.from(secret).toString("hex"),
    ])
      expect(text.includes(shape), `${where} shows ${secret.slice(0, 8)}…`).toBe(false);
}

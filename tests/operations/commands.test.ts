import fs from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runCommand } from "../support/server/command.ts";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), "orwatch-commands-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

test.each([
  ["rotate-keys", "--apply"],
  ["reset-password", "ada@example.com"],
  ["make-administrator", "ada@example.com"],
])("%s without a database names the path and creates none", async (name, ...args) => {
  const file = path.join(folder, "data", "app.db");
  const env = {
    DATABASE_URL: `file:${file}`,
    BACKUP_DIR: path.join(folder, "backups"),
    ENCRYPTION_KEY: "a-key-for-tests-of-more-than-32-characters",
  };
  expect(await runCommand(name, args, env)).toEqual({
    code: 1,
    out: "",
    error: `There is no database at ${file}. Set DATABASE_URL to the server's database.\n`,
  });
  expect(fs.readdirSync(folder)).toEqual([]);
});

import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { backUpDatabase } from "./backup/backup.ts";
import { restoreDatabase } from "./backup/restore.ts";
import { lockFile } from "./connections/lock.ts";
import { makeMigrated, type Scratch } from "./test-support.ts";

vi.setConfig({ testTimeout: 30_000 });

/** The user of a service. */
const SERVICE = 65_534;

let scratch: Scratch;
beforeEach(async () => {
  scratch = await makeMigrated();
});
afterEach(() => scratch.remove());

const giveAll = () => {
  fs.chownSync(scratch.folder, SERVICE, SERVICE);
  for (const name of fs.readdirSync(scratch.folder)) fs.chownSync(path.join(scratch.folder, name), SERVICE, SERVICE);
};
const ownersOf = (folder: string) =>
  fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => !name.startsWith("migrations"))
    .map((name) => [name, fs.statSync(path.join(folder, name)).uid]);

test.runIf(process.getuid?.() === 0)(
  "files that root creates beside a service's database belong to the service",
  async () => {
    giveAll();
    fs.rmSync(`${scratch.file}.lock`, { force: true });
    const lock = lockFile(scratch.file);
    expect(ownersOf(scratch.folder).map(([name]) => name)).toContain("app.db.lock");
    const copy = path.join(scratch.folder, "var", "backups", "copy.db");
    await backUpDatabase({ from: scratch.file, to: copy });
    lock.release();
    const { migrationsFolder } = scratch.options;
    await restoreDatabase({ file: scratch.file, from: copy, migrationsFolder, stamp: "1" });
    fs.rmSync(scratch.file);
    fs.chownSync(copy, 0, 0);
    await restoreDatabase({ file: scratch.file, from: copy, migrationsFolder, stamp: "2" });
    fs.rmSync(copy);
    const owners = ownersOf(scratch.folder);
    expect(owners.map(([name]) => name)).toContain("app.db.before-restore-1");
    expect(owners.filter(([, uid]) => uid !== SERVICE)).toEqual([]);
  },
);

import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Ended, environmentOf, runCommand } from "../support/server/command.ts";
import { type Caller, type Harness, settle, startHarness } from "../support/server/harness.ts";

let harness: Harness;
let user: Caller;
beforeEach(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
  user = await harness.createUser();
  const { secret } = harness.sim.ledger.addKey(harness.sim.ledger.addAccount().id, { name: "one" });
  expect((await user.post("/api/keys", { name: "one", key: secret })).status).toBe(201);
  await settle(harness);
});
afterEach(() => harness.close());

const file = () => path.join(harness.folder, "app.db");
const doctor = (env: Record<string, string> = {}) => runCommand("doctor", [], { ...environmentOf(harness), ...env });
/** Level and check of each line that is not ok. */
const findingsOf = ({ out, error }: Ended) =>
  `${out}${error}`.split("\n").flatMap((line) => {
    const [, level, what] = /^(warning|problem)\s+(\S+(?: space)?)/.exec(line) ?? [];
    return level ? [`${level} ${what}`] : [];
  });

test("reports no problem for a healthy server, changes nothing and exits with 0", async () => {
  expect((await runCommand("backup", [], environmentOf(harness))).code).toBe(0);
  fs.chmodSync(file(), 0o600);
  const before = fs.readdirSync(harness.folder).sort();
  const ended = await doctor();
  expect({ code: ended.code, error: ended.error, found: findingsOf(ended) }).toEqual({ code: 0, error: "", found: [] });
  for (const what of ["settings", "permissions", "free space", "encryption", "database", "backups", "openrouter"])
    expect(ended.out).toMatch(new RegExp(`^ok +${what} `, "m"));
  expect(ended.out).toContain("decrypts all 1 stored secrets");
  expect(fs.readdirSync(harness.folder).sort()).toEqual(before);
});

describe("problems", () => {
  test("exits with 1 and reports an encryption key that does not decrypt the stored keys", async () => {
    const ended = await doctor({ ENCRYPTION_KEY: "another-key-of-more-than-32-characters" });
    expect(ended.code).toBe(1);
    expect(findingsOf(ended)).toContain("problem encryption");
  });

  test("exits with 1 and reports an address that is not OpenRouter's API", async () => {
    const ended = await doctor({ OPENROUTER_API_URL: `${harness.url}/login` });
    expect(ended.code).toBe(1);
    expect(findingsOf(ended)).toContain("problem openrouter");
    expect(ended.error).toContain("OPENROUTER_API_URL");
  });

  test("exits with 1 and reports a backup older than a day", async () => {
    await runCommand("backup", [], environmentOf(harness));
    const folder = path.join(harness.folder, "backups");
    const longAgo = new Date("2020-01-01T00:00:00Z");
    for (const name of fs.readdirSync(folder)) fs.utimesSync(path.join(folder, name), longAgo, longAgo);
    const ended = await doctor();
    expect(ended.code).toBe(1);
    expect(findingsOf(ended)).toContain("problem backups");
  });

  test("exits with 1 and reports a missing database, without creating one", async () => {
    const missing = path.join(harness.folder, "none.db");
    const ended = await doctor({ DATABASE_URL: `file:${missing}` });
    expect(ended.code).toBe(1);
    expect(findingsOf(ended)).toContain("problem permissions");
    expect(fs.existsSync(missing)).toBe(false);
  });

  test("exits with 1 and reports a damaged database", async () => {
    await harness.stop();
    const db = new Database(file());
    db.pragma("journal_mode = DELETE");
    const pages = db.pragma("page_count", { simple: true }) as number;
    const size = db.pragma("page_size", { simple: true }) as number;
    db.close();
    const handle = fs.openSync(file(), "r+");
    for (let page = 5; page < pages; page += 3) fs.writeSync(handle, Buffer.alloc(size, 0x5a), 0, size, page * size);
    fs.closeSync(handle);
    const ended = await doctor();
    expect(ended.code).toBe(1);
    expect(findingsOf(ended)).toContain("problem database");
  });

  test("exits with 1 and reports a setting that prevents the server from starting", async () => {
    const ended = await doctor({ PORT: "http" });
    expect(ended).toMatchObject({ code: 1, out: "", error: expect.stringMatching(/^PORT must be/) });
  });
});

test("reports possible mistakes as warnings and exits with 0", async () => {
  fs.chmodSync(file(), 0o644);
  const ended = await doctor({ ALLOW_REGISTRATON: "false" });
  expect({ code: ended.code, found: findingsOf(ended) }).toEqual({
    code: 0,
    found: ["warning settings", "warning permissions", "warning backups"],
  });
  expect(ended.out).toContain("ALLOW_REGISTRATION");
});

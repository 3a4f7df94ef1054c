import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { migrateDatabase } from "@orwatch/db/migrate";
import type { LedgerKey } from "@orwatch/openrouter-sim";
import Database from "better-sqlite3";
import { expect } from "vitest";
import { listDefects } from "../support/checks/integrity.ts";
import { storedRows, trueRows } from "../support/openrouter/truth.ts";
import type { Harness } from "../support/server/harness.ts";
import { PASSWORD } from "../support/server/harness.ts";
import {
  callJob,
  dayBefore,
  endOf,
  kill,
  launch,
  openAccount,
  type ProcessHarness,
  type Running,
  sleep,
  spendNow,
  startServerIn,
  waitForName,
} from "../support/server/process-harness.ts";
import { addMissingAccounts, createAccount, expectAccountsExact, hoursOf, spendInAccounts } from "./kills-accounts.ts";

/** Returns a number from 0 to below `limit`. */
export type Random = (limit: number) => number;

const KEPT_DAYS = 200;
const SECRETS = ["a-key-for-tests-of-more-than-32-characters", "another encryption key of more than 32 characters"];
const PRISMA = path.resolve(import.meta.dirname, "../../packages/db/prisma");

type Kind = (harness: ProcessHarness, random: Random) => Promise<void>;

/** Collecting breakdowns takes many requests, so it is killed and compared only in the long run. */
const HAS_BREAKDOWNS = process.env.KILL_BREAKDOWNS === "1";

/** What is running when the process is killed; no server runs afterwards. */
export const KINDS: Record<string, Kind> = {
  "a first start": (harness, random) => killStart(harness, random, () => {}),
  "a migration": (harness, random) => killStart(harness, random, makeFirstVersion),
  "a first sync": async (harness, random) => {
    const key = harness.covered[1 + random(2)] as LedgerKey;
    const known = (await harness.user.get("/api/keys")).body.items.find(
      (item: { name: string }) => item.name === key.name,
    );
    if (known) await harness.user.delete(`/api/keys/${known.id}`);
    await killDuring(harness, random(500), () => harness.user.post("/api/keys", { name: key.name, key: key.secret }));
  },
  "a first sync of an account": async (harness, random) => {
    const { name, secret } = createAccount(harness);
    await killDuring(harness, random(1200), () => harness.user.post("/api/accounts", { name, key: secret }));
  },
  "an hourly sync": async (harness, random) => {
    spendInAccounts(harness, () => BigInt(1 + random(1_000_000_000)));
    for (const key of [...harness.covered, harness.lone]) spendNow(harness, key, BigInt(1 + random(1_000_000_000)));
    await killDuring(harness, random(300), () => callJob(harness, "sync"));
  },
  cleanup: (harness, random) => killDuring(harness, random(150), () => callJob(harness, "cleanup")),
  "a backup": async (harness, random) => {
    const { child } = harness.server as Running;
    const called = callJob(harness, "backup").catch(() => {});
    await waitForName(path.join(harness.folder, "backups"), /\.part$/, child);
    await killDuring(harness, random(150), () => called);
  },
  "a token issue": async (harness, random) => {
    for (const { id } of (await harness.user.get("/api/tokens")).body) await harness.user.delete(`/api/tokens/${id}`);
    await killDuring(harness, random(25), () =>
      Promise.all(Array.from({ length: 8 }, (_, n) => harness.user.post("/api/tokens", { name: `t${n}` }))),
    );
  },
  "a user deletion": async (harness, random) => {
    // A user that survived an earlier kill would add its keys to every later sync.
    for (const left of harness.others.splice(0)) await left.post("/api/user/delete", { password: PASSWORD });
    const other = await openAccount(harness, `gone${random(1_000_000_000)}@example.com`);
    harness.others.push(other);
    const key = harness.covered[0] as LedgerKey;
    for (const { name, secret } of [harness.manager, key]) await other.post("/api/keys", { name, key: secret });
    await sleep(random(300));
    await killDuring(harness, random(60), () => other.post("/api/user/delete", { password: PASSWORD }));
  },
  "a restore": async (harness, random) => {
    const folder = path.join(harness.folder, "backups");
    const copies = () =>
      existsSync(folder) ? readdirSync(folder).filter((name) => /^orwatch-.*\.db$/.test(name)) : [];
    if (copies().length === 0) await callJob(harness, "backup");
    await kill(harness.server as Running);
    await killCommand(harness, ["restore", path.join(folder, copies().at(-1) as string)], {
      folder: harness.folder,
      begun: /restoring/,
      afterMs: random(250),
    });
  },
  "a rotation": async (harness, random) => {
    await kill(harness.server as Running);
    const [now, before] = harness.env.ENCRYPTION_KEY === SECRETS[0] ? [SECRETS[1], SECRETS[0]] : SECRETS;
    Object.assign(harness.env, { ENCRYPTION_KEY: now, ENCRYPTION_KEY_PREVIOUS: before });
    await killCommand(harness, ["rotate-keys", "--apply"], {
      folder: path.join(harness.folder, "backups"),
      begun: /^before-rotation/,
      afterMs: random(100),
    });
  },
  ...(HAS_BREAKDOWNS && { breakdowns: killBreakdowns }),
};

async function killBreakdowns(harness: ProcessHarness, random: Random): Promise<void> {
  createAccount(harness);
  await addMissingAccounts(harness);
  await syncToEnd(harness);
  await killDuring(harness, random(800), () => callJob(harness, "breakdowns"));
}

async function killDuring(harness: ProcessHarness, afterMs: number, work: () => Promise<unknown>): Promise<void> {
  const running = work().catch(() => {});
  await sleep(afterMs);
  await kill(harness.server as Running);
  await running;
}

async function killCommand(
  harness: ProcessHarness,
  [name, ...args]: string[],
  when: { folder: string; begun: RegExp; afterMs: number },
): Promise<void> {
  const child = launch(harness, name, args);
  await waitForName(when.folder, when.begun, child);
  await sleep(when.afterMs);
  await kill({ child, ended: endOf(child) });
}

/** Kills a start while it creates or migrates a separate database, and expects the next start to have everything. */
async function killStart(harness: ProcessHarness, random: Random, prepare: (file: string) => unknown): Promise<void> {
  await kill(harness.server as Running);
  const folder = mkdtempSync(path.join(tmpdir(), "orwatch-kill-"));
  const file = path.join(folder, "app.db");
  const env = { ...harness.env, DATABASE_URL: `file:${file}`, BACKUP_DIR: path.join(folder, "backups") };
  try {
    await prepare(file);
    const before = existsSync(file) ? usageOf(file) : [];
    const child = launch({ env });
    await waitForName(folder, /migrating/, child);
    await sleep(random(250));
    await kill({ child, ended: endOf(child) });
    if (existsSync(file) && statSync(file).size > 0) expectSound(file);
    const server = await startServerIn({ env });
    expectSound(file);
    expect(usageOf(file)).toEqual(before);
    await kill(server);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Creates a database of the first schema version with some data. */
async function makeFirstVersion(file: string): Promise<void> {
  const migrationsFolder = path.join(path.dirname(file), "migrations");
  const [first] = readdirSync(path.join(PRISMA, "migrations")).sort();
  for (const name of [first as string, "migration_lock.toml"])
    cpSync(path.join(PRISMA, "migrations", name), path.join(migrationsFolder, name), { recursive: true });
  const schemaFile = path.join(PRISMA, "schema.prisma");
  await migrateDatabase({ file, schemaFile, migrationsFolder, backupFolder: path.dirname(file) });
  const db = new Database(file);
  db.exec(`INSERT INTO users (email, password_hash, updated_at) VALUES ('a@example.com', '-', '2026-01-01T00:00:00.000+00:00');
    INSERT INTO api_keys (user_id, name, key_encrypted, key_hash, label) VALUES (1, 'k', '-', 'h', 'sk');
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
    INSERT INTO usage_stats (api_key_id, date, model, cost) SELECT 1, date('2026-01-01', '-' || (i % 300) || ' days'), 'm/' || i, i FROM n;`);
  db.close();
}

function read<T>(file: string, work: (db: Database.Database) => T): T {
  const db = new Database(file, { readonly: true });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

const usageOf = (file: string) =>
  read(file, (db) =>
    db.prepare("SELECT name FROM sqlite_master WHERE name = 'usage_stats'").get() === undefined
      ? []
      : db.prepare("SELECT api_key_id, date, model, cost FROM usage_stats ORDER BY id").all(),
  );

const expectSound = (file: string) =>
  read(file, (db) => {
    expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(db.pragma("foreign_key_check")).toEqual([]);
  });

interface JobAnswer {
  name: string;
  last_runs: { outcome: string; error: string | null }[];
}

async function listJobs(harness: ProcessHarness): Promise<JobAnswer[]> {
  const response = await fetch(`${harness.server?.url}/trpc/jobs.list`, { headers: { cookie: harness.cookie } });
  return ((await response.json()) as { result: { data: JobAnswer[] } }).result.data;
}

/** Waits until no job runs, except breakdowns: they wait for the requests that syncs leave, for minutes. */
async function jobsToEnd(harness: ProcessHarness, except = "breakdowns"): Promise<void> {
  const isBusy = async () =>
    (await listJobs(harness)).some(({ name, last_runs: [last] }) => name !== except && last?.outcome === "running");
  while (await isBusy()) await sleep(20);
}

/** Waits for jobs that the start made up for, then syncs once more. */
async function syncToEnd(harness: ProcessHarness): Promise<void> {
  await jobsToEnd(harness);
  await callJob(harness, "sync");
  await jobsToEnd(harness);
  const sync = (await listJobs(harness)).find(({ name }) => name === "sync");
  expect(sync?.last_runs[0]).toMatchObject({ outcome: "ok", error: null });
}

const MAX_COLLECTIONS = 10;

/** Collects breakdowns until hours of every key equal the ledger. */
async function expectHours(harness: ProcessHarness): Promise<void> {
  const hours = () => read(harness.file, (reader) => hoursOf(reader, harness));
  const isComplete = ({ stored, truth } = hours()) => isDeepStrictEqual(stored, truth);
  for (let run = 0; run < MAX_COLLECTIONS && !isComplete(); run += 1) {
    await callJob(harness, "breakdowns");
    await jobsToEnd(harness, "");
  }
  const { stored, truth } = hours();
  expect(stored).toEqual(truth);
}

/** Counters just after midnight are ignored, so the spend of a key without a management key is unknown until then. */
const AFTER_MIDNIGHT_MS = 130_000;

/** Restarts the server after a kill: the database is intact, and after a sync usage equals the ledger. */
export async function expectWell(harness: ProcessHarness, random: Random): Promise<void> {
  const sinceMidnightMs = Date.now() % 86_400_000;
  if (sinceMidnightMs < AFTER_MIDNIGHT_MS) await sleep(AFTER_MIDNIGHT_MS - sinceMidnightMs);
  harness.env.USAGE_STATS_RETENTION_DAYS = random(2) === 0 ? "0" : String(KEPT_DAYS);
  harness.server = await startServerIn(harness);
  expectSound(harness.file);
  await addMissingAccounts(harness);
  await syncToEnd(harness);
  expectSound(harness.file);
  if (HAS_BREAKDOWNS) await expectHours(harness);
  const { sim, folder } = harness;
  read(harness.file, (reader) => {
    expect(listDefects(reader)).toEqual([]);
    const stored = { sim, server: { app: { db: { reader } } } } as unknown as Harness;
    const rows = reader.prepare("SELECT id, key_hash FROM api_keys WHERE kind = 'inference'").all();
    const range = { from: dayBefore(KEPT_DAYS - 2) };
    for (const { id, key_hash: hash } of rows as { id: number; key_hash: string }[])
      if (harness.covered.some((key) => key.hash === hash))
        expect(storedRows(stored, id, range)).toEqual(trueRows(sim, hash, range));
    expectAccountsExact(harness, stored, range.from);
    const lone = reader
      .prepare("SELECT sum(cost) FROM usage_stats s JOIN api_keys k ON k.id = s.api_key_id WHERE k.key_hash = ?")
      .safeIntegers(true)
      .pluck()
      .get(harness.lone.hash);
    expect(lone ?? 0n).toBe(sim.ledger.totals({ keyHash: harness.lone.hash }).costNanos);
  });
  expect((await harness.user.get("/api/tokens")).body.length).toBeLessThanOrEqual(5);
  const backups = path.join(folder, "backups");
  if (existsSync(backups))
    for (const name of readdirSync(backups)) if (name.endsWith(".db")) expectSound(path.join(backups, name));
}

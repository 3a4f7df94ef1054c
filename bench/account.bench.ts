// An account of 1,000 keys, 400 of them used and 60 active, each with 20 models, for a year: watched with its management key alone, and with the same keys
// pasted one by one. Requests, minutes at OpenRouter's pace, CPU time and memory of the server, and size of the database.
import { spawn } from "node:child_process";
import { rmSync, statSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { openDb } from "@orwatch/db";
import { addDays, listDays, toDay } from "@orwatch/domain/day";
import { type LedgerKey, startSim } from "@orwatch/openrouter-sim";
import { hashKey } from "@orwatch/server/keys/service";
import { addOwner } from "@orwatch/server/memberships/test-support";
import { createCipher } from "@orwatch/server/secrets/cipher";
import { makeFile, modelName } from "./support/file.ts";
import { print } from "./support/measure.ts";
import { NODE_FLAGS } from "./support/node-flags.ts";

const KEYS = Number(process.env.KEYS ?? 1000);
const [USED, ACTIVE, MODELS, DAYS] = [Math.floor(KEYS * 0.4), Math.floor(KEYS * 0.06), 20, 365];
const HOURLY_SYNCS = 3;
const ENCRYPTION_KEY = "a-key-for-benches-of-more-than-32-characters";

interface Sync {
  outcome: string;
  cpuS: number;
  minutes: number;
  peakMb: number;
  requests: number;
}

interface Measured {
  first: Sync;
  hourly: Sync[];
  rows: number;
  megabytes: number;
}

const sim = await startSim({
  warnings: "never",
  lagMs: 0,
  analyticsPerMinute: Number.POSITIVE_INFINITY,
  seed: "bench",
});
const account = sim.ledger.addAccount({ creditsNanos: 10n ** 15n });
const manager = sim.ledger.addManagementKey(account.id);
const keys = Array.from({ length: KEYS }, (_, index) => sim.ledger.addKey(account.id, { name: `key-${index}` }));
const today = toDay(new Date());

function spendOn(day: string, key: LedgerKey, costNanos: bigint) {
  for (let model = 0; model < MODELS; model += 1)
    sim.ledger.spendOnDay(day, key, modelName(model), {
      costNanos: costNanos + BigInt(model),
      requests: 1 + (model % 5),
      promptTokens: 1200,
      completionTokens: 300,
    });
}

for (const day of listDays(addDays(today, 1 - DAYS), addDays(today, -1)))
  for (const [index, key] of keys.slice(0, ACTIVE).entries()) spendOn(day, key, BigInt(1_000_003 * (1 + index)));
for (const key of keys.slice(ACTIVE, USED))
  for (const day of listDays(addDays(today, -200), addDays(today, -190))) spendOn(day, key, 2_000_003n);

async function prepare(file: string, pasted: readonly LedgerKey[]): Promise<void> {
  const db = await openDb(file);
  const cipher = createCipher({ key: ENCRYPTION_KEY, previous: null });
  const { teamId } = await addOwner(db, "ada@example.com");
  for (const { secret, name, kind } of [manager, ...pasted]) {
    const keyHash = hashKey(secret);
    const keyEncrypted = cipher.encrypt(secret, { ownerId: teamId, keyHash });
    await db.prisma.apiKey.create({ data: { teamId, name, keyHash, keyEncrypted, label: "-", kind, status: "valid" } });
  }
  await db.close();
}

async function measure(pasted: readonly LedgerKey[]): Promise<Measured> {
  const { folder, file } = await makeFile();
  await prepare(file, pasted);
  const script = path.join(import.meta.dirname, "support/account-sync.ts");
  const child = spawn(process.execPath, [...NODE_FLAGS, "--import", "tsx", script], {
    stdio: ["pipe", "pipe", "inherit"],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      MALLOC_TRIM_THRESHOLD_: "131072",
      DATABASE_URL: `file:${file}`,
      BACKUP_DIR: folder,
      ENCRYPTION_KEY,
      OPENROUTER_API_URL: sim.url,
    },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  async function sync(): Promise<Sync> {
    const before = sim.requestCount();
    child.stdin.write("sync\n");
    const { value } = await lines.next();
    return { ...JSON.parse(value as string), requests: sim.requestCount() - before };
  }
  try {
    const first = await sync();
    const hourly: Sync[] = [];
    for (let hour = 0; hour < HOURLY_SYNCS; hour += 1) {
      for (const key of keys.slice(0, ACTIVE)) spendOn(today, key, 7n);
      hourly.push(await sync());
    }
    child.stdin.end();
    await new Promise((resolve) => child.once("exit", resolve));
    const db = await openDb(file);
    const rows = Number(db.reader.prepare("SELECT count(*) FROM usage_stats").pluck().get());
    await db.close();
    return { first, hourly, rows, megabytes: statSync(file).size / 1e6 };
  } finally {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

const most = (syncs: Sync[], of: (sync: Sync) => number) => Math.max(...syncs.map(of));

function report(name: string, { first, hourly, rows, megabytes }: Measured) {
  print(
    `${name.padEnd(20)} first ${first.outcome}, ${first.requests} requests in ${first.minutes.toFixed(1)} min, ${first.cpuS.toFixed(1)} s of CPU, at most ${first.peakMb.toFixed(0)} MB   ` +
      `hourly at most ${most(hourly, ({ requests }) => requests)} requests, ${most(hourly, ({ cpuS }) => cpuS).toFixed(2)} s of CPU   ` +
      `${rows} rows, ${(megabytes / (rows / 1e6)).toFixed(0)} MB for each million`,
  );
}

try {
  const listed = await measure([]);
  report("management key alone", listed);
  const pasted = await measure(keys);
  report("keys pasted too", pasted);
  const ratio = (of: (measured: Measured) => number) => (of(listed) / of(pasted)).toFixed(2);
  print(
    `ratio of the first to the second: requests first ${ratio(({ first }) => first.requests)}, hourly ${ratio(({ hourly }) => most(hourly, ({ requests }) => requests))}; ` +
      `minutes first ${ratio(({ first }) => first.minutes)}; CPU hourly ${ratio(({ hourly }) => most(hourly, ({ cpuS }) => cpuS))}; memory ${ratio(({ first }) => first.peakMb)}`,
  );
  print("aims: first sync within 25 min and 300 MB, hourly sync within 200 requests and 3 s of CPU");
} finally {
  await sim.close();
}

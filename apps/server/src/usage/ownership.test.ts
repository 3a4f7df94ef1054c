import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const SERVER = path.resolve(import.meta.dirname, "..");

/** Tables of the ledger by the name of their Prisma model. */
const TABLES: Record<string, string> = {
  usageStat: "usage_stats",
  usageDay: "usage_days",
  usageModel: "usage_models",
  usageMonth: "usage_months",
  counterBaseline: "counter_baselines",
  byokCounterBaseline: "byok_counter_baselines",
  heldDay: "held_days",
  breakdownOwner: "breakdown_owners",
  breakdownValue: "breakdown_values",
  breakdown: "breakdowns",
  breakdownDay: "breakdown_days",
  breakdownProgress: "breakdown_progress",
};

const tables = Object.values(TABLES).join("|");
const WRITES = [
  new RegExp(`\\b(INSERT( OR \\w+)? INTO|REPLACE INTO|UPDATE( OR \\w+)?|DELETE FROM)\\s+"?(${tables})\\b`, "gi"),
  new RegExp(`\\.(${Object.keys(TABLES).join("|")})\\s*\\.(create|update|upsert|delete)\\w*\\(`, "g"),
  /\bSET\s+data_version\b/gi,
  /\bdataVersion:\s*\{/g,
];

const writesIn = (text: string): string[] => WRITES.flatMap((write) => text.match(write) ?? []);

const files = fs
  .readdirSync(SERVER, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
  .map((name) => ({ name, writes: writesIn(fs.readFileSync(path.join(SERVER, name), "utf8")) }));

test("only usage/ writes the ledger, its roll-ups, counters and data_version", () => {
  const others = files.filter(({ name, writes }) => !name.startsWith(`usage${path.sep}`) && writes.length > 0);
  expect(others).toEqual([]);
});

test("one function bumps data_version", () => {
  const bumps = files.filter(({ writes }) => writes.some((write) => /data_?version/i.test(write)));
  expect(bumps).toEqual([{ name: path.join("usage", "data-version.ts"), writes: ["SET data_version"] }]);
});

test("recognizes writes in SQL and Prisma", () => {
  expect(files.length).toBeGreaterThan(150);
  for (const [model, table] of Object.entries(TABLES)) {
    expect(writesIn(`INSERT INTO ${table} (date)`)).toHaveLength(1);
    expect(writesIn(`update ${table} AS m SET cost = 0`)).toHaveLength(1);
    expect(writesIn(`SELECT * FROM ${table}`)).toEqual([]);
    expect(writesIn(`tx.${model}.deleteMany({})`)).toHaveLength(1);
    expect(writesIn(`prisma.${model}.findMany({})`)).toEqual([]);
  }
});

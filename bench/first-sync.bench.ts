import assert from "node:assert/strict";
import { addDays, listDays } from "@orwatch/domain/day";
import type { UsageRow } from "@orwatch/server/openrouter/schema";
import { DETAIL_COLUMNS, toDetailValues } from "@orwatch/server/usage/ledger/detail-columns";
import { book, type Findings } from "@orwatch/server/usage/record-findings";
import type Database from "better-sqlite3";
import { addUser, modelName, NOW, openFile, randomFrom, TODAY } from "./support/file.ts";
import { median, print } from "./support/measure.ts";

const KEYS = 10;
const MODELS = 40;
const DAYS = 365;
const ROUNDS = Number(process.env.ROUNDS ?? 9);

/** A year of one key, as the responses of analytics come out of the client. */
function makeYear(seed: number): UsageRow[] {
  const random = randomFrom(seed);
  return listDays(addDays(TODAY, 1 - DAYS), TODAY).flatMap((date) =>
    Array.from({ length: MODELS }, (_, model) => {
      const requests = 1 + Math.floor(random() * 300);
      const tokensInput = requests * Math.floor(200 + random() * 4000);
      const cost = BigInt(Math.floor(random() ** 4 * 3e9));
      const tokensOutput = Math.floor(tokensInput / 5);
      return {
        date,
        model: modelName(model),
        cost,
        byokCost: 0n,
        requests,
        tokensInput,
        tokensOutput,
        details: {
          reasoningTokens: Math.floor(tokensOutput * 0.4),
          cachedTokens: Math.floor(tokensInput / 2),
          byokRequests: 0,
          upstreamCost: cost,
          cacheSaving: -cost / 7n,
          dataDiscount: -cost / 100n,
          webSearchCost: 0n,
        },
      };
    }),
  );
}

const days = listDays(addDays(TODAY, 1 - DAYS), TODAY);
const years = Array.from({ length: KEYS }, (_, key) => makeYear(key + 1));
const rowsPerRound = KEYS * MODELS * DAYS;

/** What a first sync of a covered key has learnt: its counters, and a year by day and model. */
function findingsOf(input: { teamId: number; apiKeyId: number; rows: UsageRow[] }): Findings {
  const spent = (rows: UsageRow[]) => rows.reduce((sum, row) => sum + row.cost, 0n);
  const today = spent(input.rows.filter((row) => row.date === TODAY));
  return {
    apiKeyId: input.apiKeyId,
    teamId: input.teamId,
    now: NOW,
    poll: { day: TODAY, usage: spent(input.rows), daily: today, weekly: null, monthly: null },
    analytics: { days, rows: input.rows },
    oldestDay: null,
  };
}

/** The least that stores the same rows: one prepared INSERT, one transaction a key. */
function insertBare(connection: Database.Database, keyId: number, rows: UsageRow[]) {
  const createdAt = NOW.toISOString().replace("Z", "+00:00");
  const insert = connection.prepare(
    `INSERT INTO usage_stats (api_key_id, date, model, requests_count, tokens_input, tokens_output, cost, byok_cost, created_at,
       ${DETAIL_COLUMNS.join(", ")}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const { date, model, requests, tokensInput, tokensOutput, cost, byokCost, details } of rows) {
    const more = toDetailValues(details);
    insert.run(keyId, date, model, requests, tokensInput, tokensOutput, cost, byokCost, createdAt, ...more);
  }
}

const sumOf = (connection: Database.Database) =>
  connection
    .prepare(
      `SELECT count(*), sum(cost), sum(requests_count), sum(tokens_input), sum(tokens_output),
         ${DETAIL_COLUMNS.map((column) => `sum(${column})`).join(", ")} FROM usage_stats`,
    )
    .raw()
    .get();

const times = { ours: [] as number[], bare: [] as number[] };

async function runOnce(name: keyof typeof times) {
  const { db, close } = await openFile();
  try {
    const { teamId, keyIds } = await db.write((connection) => addUser(connection, KEYS));
    const all = keyIds.map((apiKeyId, index) => findingsOf({ teamId, apiKeyId, rows: years[index] ?? [] }));
    const start = performance.now();
    for (const findings of all)
      await db.write((connection) => {
        if (name === "ours") book(connection, findings);
        else insertBare(connection, findings.apiKeyId, findings.analytics?.rows ?? []);
      });
    times[name].push(performance.now() - start);
    return sumOf(db.reader);
  } finally {
    await close();
  }
}

for (let round = 0; round < ROUNDS; round += 1) {
  const order = round % 2 === 0 ? (["ours", "bare"] as const) : (["bare", "ours"] as const);
  const sums = [await runOnce(order[0]), await runOnce(order[1])];
  assert.deepEqual(sums[0], sums[1]);
}
const rates = Object.fromEntries(
  Object.entries(times).map(([name, list]) => [name, (rowsPerRound / median(list.sort((a, b) => a - b))) * 1000]),
) as Record<keyof typeof times, number>;
const perSecond = (rate: number) => `${Math.round(rate).toLocaleString("en")} rows/s`;
print(`first sync: ${KEYS} keys × ${MODELS} models × ${DAYS} days, median of ${ROUNDS} rounds`);
print(
  `ours ${perSecond(rates.ours)} (with roll-ups)   bare ${perSecond(rates.bare)}   ratio ${(rates.ours / rates.bare).toFixed(2)} (the aim is 0.50 or more)`,
);

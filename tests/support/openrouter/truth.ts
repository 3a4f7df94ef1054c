import type { Sim } from "@orwatch/openrouter-sim";
import { DETAIL_COLUMNS } from "@orwatch/server/usage/ledger/detail-columns";
import { expect } from "vitest";
import type { Harness } from "../server/harness.ts";

/** A stored usage row, in a form that is readable in a failed comparison. */
export interface Row {
  date: string;
  model: string;
  cost: bigint;
  byok: bigint;
  requests: number | null;
  input: number | null;
  output: number | null;
  /** Values of DETAIL_COLUMNS. */
  details: (bigint | null)[];
}

/** Stored rows of one key, by day and model. */
export function storedRows(harness: Harness, keyId: number, range: { from?: string; through?: string } = {}): Row[] {
  const rows = harness.server.app.db.reader
    .prepare(
      `SELECT date, model, cost, byok_cost AS byok, requests_count AS requests, tokens_input AS input, tokens_output AS output,
         ${DETAIL_COLUMNS.join(", ")}
       FROM usage_stats WHERE api_key_id = ? AND date BETWEEN ? AND ? ORDER BY date, model`,
    )
    .safeIntegers(true)
    .all(keyId, range.from ?? "0000", range.through ?? "9999") as Record<string, bigint | string | null>[];
  const count = (value: unknown) => (value === null ? null : Number(value));
  return rows.map((row) => ({
    date: row.date as string,
    model: row.model as string,
    cost: row.cost as bigint,
    byok: row.byok as bigint,
    requests: count(row.requests),
    input: count(row.input),
    output: count(row.output),
    details: DETAIL_COLUMNS.map((column) => row[column] as bigint | null),
  }));
}

/** The ledger's rows of a key, in the same form. */
export function trueRows(sim: Sim, keyHash: string, range: { from?: string; through?: string } = {}): Row[] {
  return sim.ledger
    .byDayModel(keyHash, {
      ...(range.from ? { from: range.from } : {}),
      ...(range.through ? { to: range.through } : {}),
    })
    .map((row) => ({
      date: row.day,
      model: row.model,
      cost: row.costNanos,
      byok: row.byokNanos,
      requests: row.requests,
      input: row.promptTokens,
      output: row.completionTokens,
      details: [
        BigInt(row.reasoningTokens),
        BigInt(row.cachedTokens),
        BigInt(row.byokRequests),
        row.upstreamNanos,
        row.cacheNanos,
        row.dataNanos,
        row.webNanos,
      ],
    }))
    .sort((a, b) => (a.date === b.date ? (a.model < b.model ? -1 : 1) : a.date < b.date ? -1 : 1));
}

/**
 * Expects a covered key to equal the ledger in every day, model, count and detail, without extra rows.
 * @param input.details "where known": details may be unknown, but not wrong
 */
export function expectExact(
  harness: Harness,
  input: { keyId: number; keyHash: string; from?: string; through?: string; details?: "where known" },
): void {
  const { from, through } = input;
  const range = { ...(from ? { from } : {}), ...(through ? { through } : {}) };
  const stored = storedRows(harness, input.keyId, range);
  const truth = trueRows(harness.sim, input.keyHash, range);
  const expected = truth.map((row, at) => ({
    ...row,
    details: row.details.map((value, index) =>
      input.details === "where known" && stored[at]?.details[index] === null ? null : value,
    ),
  }));
  expect(stored).toEqual(expected);
}

/** Cost of a key by day as stored. */
export function costByDay(harness: Harness, keyId: number): Record<string, bigint> {
  const days: Record<string, bigint> = {};
  for (const row of storedRows(harness, keyId)) days[row.date] = (days[row.date] ?? 0n) + row.cost;
  return days;
}

/** Expects the keys and residuals of an account together to equal the ledger in every day and model. */
export function expectAccountExact(
  harness: Harness,
  input: { accountId: number; ledgerId: string; from?: string },
): void {
  const range = input.from === undefined ? {} : { from: input.from };
  const stored = harness.server.app.db.reader
    .prepare(
      `SELECT s.date || ' ' || s.model AS name, sum(s.cost) AS cost, sum(s.byok_cost) AS byok, sum(s.requests_count) AS requests,
         sum(s.tokens_input) AS input, sum(s.tokens_output) AS output
       FROM usage_stats s JOIN api_keys k ON k.id = s.api_key_id WHERE k.account_id = ? AND s.date >= ? GROUP BY s.date, s.model`,
    )
    .safeIntegers(true)
    .all(input.accountId, input.from ?? "0000") as ({ name: string } & Sums)[];
  const truth = new Map<string, Sums>();
  for (const { hash } of harness.sim.ledger.keysOf(input.ledgerId)) {
    for (const row of trueRows(harness.sim, hash, range)) {
      const name = `${row.date} ${row.model}`;
      const sums = truth.get(name) ?? { cost: 0n, byok: 0n, requests: 0n, input: 0n, output: 0n };
      sums.cost += row.cost;
      sums.byok += row.byok;
      sums.requests += BigInt(row.requests ?? 0);
      sums.input += BigInt(row.input ?? 0);
      sums.output += BigInt(row.output ?? 0);
      truth.set(name, sums);
    }
  }
  expect(new Map(stored.map(({ name, ...sums }) => [name, sums]))).toEqual(truth);
}

interface Sums {
  cost: bigint;
  byok: bigint;
  requests: bigint;
  input: bigint;
  output: bigint;
}

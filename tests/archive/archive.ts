import { parseMoney } from "@orwatch/domain/money";
import { type Amounts, type CellTraits, type LedgerKey, usd } from "@orwatch/openrouter-sim";
import { collectBreakdowns } from "@orwatch/server/sync/breakdowns/collect";
import { expect } from "vitest";
import { createRemote, type Json, keysByName, type Remote } from "../support/openrouter/openrouter-account.ts";
import { type Scenario, startScenario, syncAt } from "../support/openrouter/scenario.ts";

export const TODAY = "2026-03-10";
export const YESTERDAY = "2026-03-09";

export interface Archive {
  scenario: Scenario;
  remote: Remote;
}

/** A user and an OpenRouter account that orwatch does not know yet, at noon. */
export async function startArchive(options: Parameters<typeof startScenario>[1] = {}): Promise<Archive> {
  const scenario = await startScenario(`${TODAY}T12:00:00Z`, {
    ...options,
    sim: { creditsLagMs: 0, ...options.sim },
  });
  return { scenario, remote: createRemote(scenario, usd("1000")) };
}

/** The job that collects breakdowns. */
export const collect = ({ scenario }: Archive) => collectBreakdowns(scenario.harness.server.app);

/** Syncs at an instant and collects what is due after it. */
export async function syncAndCollect(archive: Archive, instant: string) {
  await syncAt(archive.scenario, instant);
  return collect(archive);
}

interface Spend extends Partial<CellTraits>, Partial<Pick<Amounts, "reasoningTokens" | "cachedTokens">> {
  nanos?: bigint;
  requests?: number;
}

/** Spends at an instant, at noon of a day without one. */
export function spendOf(
  { scenario }: Archive,
  key: LedgerKey,
  at: string,
  { nanos = 1_000n, requests = 1, ...traits }: Spend = {},
) {
  const { model = "maker/a", ...others } = traits;
  scenario.harness.sim.ledger.spend(new Date(at.length === 10 ? `${at}T12:00:00Z` : at), key, model, {
    costNanos: nanos,
    requests,
    promptTokens: 100 * requests,
    completionTokens: 20 * requests,
    ...others,
  });
}

export interface StoredRow {
  date: string;
  hour: number;
  value: string | null;
  model: string;
  cost: bigint;
  requests: number;
}

/** Stored rows of a dimension of all keys, or of all accounts, of the database. */
export function storedRows(
  { scenario }: Archive,
  dimension: number,
  { of = "api_key_id", id }: { of?: "api_key_id" | "account_id"; id?: number } = {},
): StoredRow[] {
  const rows = scenario.harness.server.app.db.reader
    .prepare(
      `SELECT date(b.hour * 3600, 'unixepoch') AS date, b.hour % 24 AS hour, v.text AS value, m.text AS model, b.cost, b.requests
       FROM breakdowns b JOIN breakdown_owners o ON o.id = b.owner_id AND o.${of} IS NOT NULL AND (:id IS NULL OR o.${of} = :id)
       LEFT JOIN breakdown_values v ON v.id = b.value_id JOIN breakdown_values m ON m.id = b.model_id
       WHERE b.dimension = :dimension ORDER BY b.hour, v.text, m.text, o.${of}`,
    )
    .safeIntegers(true)
    .all({ dimension, id: id ?? null }) as Record<string, bigint | string | null>[];
  return rows.map((row) => ({
    date: row.date as string,
    hour: Number(row.hour),
    value: row.value as string | null,
    model: row.model as string,
    cost: row.cost as bigint,
    requests: Number(row.requests),
  }));
}

/** What the ledger has of a key with some traits on a day. */
export const truth = (
  { scenario }: Archive,
  key: LedgerKey,
  { day, ...traits }: Partial<CellTraits> & { day: string },
): Amounts => scenario.harness.sim.ledger.totals({ keyHash: key.hash, from: day, to: day, traits });

export const keyIdOf = async ({ scenario }: Archive, name: string): Promise<number> =>
  (await keysByName(scenario))[name].id;

/** Bodies of the analytics queries that asked for a dimension, or by hour. */
export const queriesFor = ({ scenario }: Archive, dimension: string): Json[] =>
  scenario.harness.sim.requests
    .map(({ body }) => body as Json)
    .filter((body) =>
      dimension === "hour" ? body?.granularity === "hour" : (body?.dimensions ?? []).includes(dimension),
    );

/** Items sum to the total in every amount and count. */
export function expectSum({ items, others, total }: Json): void {
  const parts = [...items, ...(others ? [others] : [])];
  for (const amount of ["cost", "byok_cost"]) {
    const sum = parts.reduce((all: bigint, item: Json) => all + (parseMoney(item[amount]) ?? 0n), 0n);
    expect({ [amount]: sum }).toEqual({ [amount]: parseMoney(total[amount]) });
  }
  for (const count of ["requests_count", "tokens_input", "tokens_output"])
    expect(
      parts.reduce((all: number, item: Json) => all + (item[count] ?? 0), 0),
      count,
    ).toBe(total[count] ?? 0);
}

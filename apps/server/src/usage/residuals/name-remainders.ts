import type { Connection } from "@orwatch/db";
import type { Day } from "@orwatch/domain/day";
import { NO_DETAILS } from "../../openrouter/usage-details.ts";
import {
  type Amounts,
  atLeastNothing,
  groupByModel,
  isNothing,
  isUnnamed,
  type KeyNames,
  type NamedRow,
  subtract,
  sum,
} from "./residual-split.ts";

/**
 * Usage under the names of watched keys beyond the rows of these keys, by day and name (pure): of another key with the same name, or of a
 * watched key since it was read.
 * @param input.known rows of keys, and what their counters explain
 */
export function sumRemainders(input: {
  named: readonly NamedRow[];
  known: readonly NamedRow[];
  names: KeyNames;
}): Map<Day, Map<string, Amounts>> {
  const known = groupByModel(input.known);
  const days = new Map<Day, Map<string, Amounts>>();
  for (const [day, models] of groupByModel(input.named)) {
    const byName = new Map<string, Amounts>();
    for (const [model, rows] of models) {
      for (const label of new Set(rows.map((row) => row.label))) {
        if (isUnnamed(label) || !input.names.watched.has(label)) continue;
        const of = (list: readonly NamedRow[]) => sum(list.filter((row) => row.label === label));
        const left = atLeastNothing(subtract(of(rows), of(known.get(day)?.get(model) ?? [])));
        if (!isNothing(left)) byName.set(label, sum([byName.get(label) ?? sum([]), left]));
      }
    }
    days.set(day, byName);
  }
  return days;
}

type Row = Record<"cost" | "byokCost" | "requests" | "tokensInput" | "tokensOutput", bigint> & {
  date: Day;
  name: string;
};

/** Remainders by name of the day of the last comparison of the account. */
export function readRemainders(connection: Connection, accountId: number): Map<Day, Map<string, Amounts>> {
  const rows = connection
    .prepare(
      `SELECT date, name, cost, byok_cost AS byokCost, requests_count AS requests, tokens_input AS tokensInput, tokens_output AS tokensOutput
       FROM name_remainders WHERE account_id = ?`,
    )
    .safeIntegers(true)
    .all(accountId) as Row[];
  const days = new Map<Day, Map<string, Amounts>>();
  for (const { date, name, cost, byokCost, requests, tokensInput, tokensOutput } of rows) {
    const day = days.get(date) ?? new Map<string, Amounts>();
    days.set(date, day);
    day.set(name, {
      cost,
      byokCost,
      requests: Number(requests),
      tokensInput: Number(tokensInput),
      tokensOutput: Number(tokensOutput),
      details: NO_DETAILS,
    });
  }
  return days;
}

export function replaceRemainders(
  connection: Connection,
  input: { accountId: number; today: Day; remainders: ReadonlyMap<string, Amounts> },
): void {
  const { accountId, today } = input;
  connection.prepare("DELETE FROM name_remainders WHERE account_id = ?").run(accountId);
  const insert = connection.prepare(
    `INSERT INTO name_remainders (account_id, name, date, cost, byok_cost, requests_count, tokens_input, tokens_output)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const [name, { cost, byokCost, requests, tokensInput, tokensOutput }] of input.remainders)
    insert.run(accountId, name, today, cost, byokCost, requests, tokensInput, tokensOutput);
}

/**
 * Names with requests that no counter of a key shows, because they cost nothing (pure).
 * @param input.before remainders as of the last comparison: what has not grown since was not found in the rows of the keys
 * @param input.since the first day that had not ended when it was last compared
 */
export function listFree(input: {
  remainders: ReadonlyMap<Day, ReadonlyMap<string, Amounts>>;
  before: ReadonlyMap<Day, ReadonlyMap<string, Amounts>>;
  since: Day;
}): { ever: Set<string>; lately: Set<string> } {
  const free = { ever: new Set<string>(), lately: new Set<string>() };
  for (const [day, byName] of input.remainders) {
    for (const [name, { cost, byokCost, requests }] of byName) {
      if (cost > 0n || byokCost > 0n || requests === 0) continue;
      free.ever.add(name);
      if (day >= input.since && requests > (input.before.get(day)?.get(name)?.requests ?? 0)) free.lately.add(name);
    }
  }
  return free;
}

/** Value of `queried_nanos` of a key that was used for free: it differs from every counter. */
const USED_FOR_FREE = -1;

/** Lets the next sync read keys with requests that cost nothing: those that were never read, and those used since the last comparison. */
export function noteFreeUsage(
  connection: Connection,
  { accountId, free }: { accountId: number; free: { ever: ReadonlySet<string>; lately: ReadonlySet<string> } },
): void {
  if (free.ever.size === 0) return;
  connection
    .prepare(
      `UPDATE api_keys SET queried_nanos = :mark
       WHERE account_id = :accountId AND kind = 'inference' AND is_active AND gone_at IS NULL AND (
         watermark IS NULL AND usage_nanos = 0 AND coalesce(name_at_openrouter, name) IN (SELECT value FROM json_each(:ever))
         OR coalesce(name_at_openrouter, name) IN (SELECT value FROM json_each(:lately)))`,
    )
    .run({
      accountId,
      mark: USED_FOR_FREE,
      ever: JSON.stringify([...free.ever]),
      lately: JSON.stringify([...free.lately]),
    });
}

import { maxDay, minDay } from "@orwatch/domain/day";
import type { App } from "../../app.ts";
import type { AnsweredRow } from "../../openrouter/breakdown-queries.ts";
import type { DueKey } from "./due.ts";
import { type Asking, type Fetched, fetchBreakdown, isRows, SPENT } from "./fetch.ts";

/** Keys per query. Two days of 20 keys with 10 models each fit into one response. */
const KEYS_A_QUERY = 20;

/**
 * Groups keys by query (pure). Rows contain the name of the key, and names are not unique, so a query has no two keys with the same
 * name. Keys without a known name or with many days are requested alone.
 * @param recentFrom keys with earlier days are requested alone
 */
export function groupKeys(keys: readonly DueKey[], recentFrom: string): DueKey[][] {
  const groups: DueKey[][] = [];
  const alone: DueKey[][] = [];
  for (const key of keys) {
    if (key.name === null || key.from < recentFrom) {
      alone.push([key]);
      continue;
    }
    const open = groups.find((group) => group.length < KEYS_A_QUERY && !group.some(({ name }) => name === key.name));
    if (open) open.push(key);
    else groups.push([key]);
  }
  return [...groups, ...alone];
}

/** Hours of keys with different names. Returns the rows of each key, or why there are none. */
export async function fetchHours(app: App, asking: Asking, keys: readonly DueKey[]): Promise<Map<number, Fetched>> {
  const [first] = keys;
  if (!first) return new Map();
  const window = {
    from: keys.reduce((day, key) => minDay(day, key.from), first.from),
    through: keys.reduce((day, key) => maxDay(day, key.through), first.through),
  };
  const query = { ...window, dimension: null, withSpeed: false, keyHashes: keys.map(({ hash }) => hash) };
  const fetched = await fetchBreakdown(app, asking, query);
  if (keys.length === 1) return new Map([[first.id, fetched]]);
  if (!isRows(fetched)) {
    const isTooLarge = fetched !== SPENT && fetched.code === "openrouter_analytics_too_large";
    return isTooLarge ? fetchInParts(app, asking, keys, Math.ceil(keys.length / 2)) : giveAll(keys, fetched);
  }
  const byName = new Map<string | null, AnsweredRow[]>(keys.map(({ name }) => [name, []]));
  for (const row of fetched) {
    const rows = byName.get(row.keyName);
    // A key was renamed since it was listed, and it is unknown which one.
    if (!rows) return fetchInParts(app, asking, keys, 1);
    rows.push(row);
  }
  return new Map(keys.map(({ id, name }) => [id, byName.get(name) ?? []]));
}

async function fetchInParts(
  app: App,
  asking: Asking,
  keys: readonly DueKey[],
  size: number,
): Promise<Map<number, Fetched>> {
  const all = new Map<number, Fetched>();
  for (let start = 0; start < keys.length; start += size)
    for (const [id, fetched] of await fetchHours(app, asking, keys.slice(start, start + size))) all.set(id, fetched);
  return all;
}

const giveAll = (keys: readonly DueKey[], fetched: Fetched): Map<number, Fetched> =>
  new Map(keys.map(({ id }) => [id, fetched]));

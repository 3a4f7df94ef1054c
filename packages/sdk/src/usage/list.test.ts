import fc from "fast-check";
import { expect, test } from "vitest";
import { toApiPromise } from "../transport/api-promise.ts";
import type { UsageInput, UsageRow } from "../types.ts";
import { createUsageList, type UsageList, type UsagePage } from "./list.ts";

type Page = Pick<UsagePage, "items" | "pagination">;

const listOf = (input: UsageInput, fetch: (input: UsageInput) => Promise<Page>) =>
  createUsageList(input, (page) =>
    toApiPromise(
      fetch(page).then((data) => ({
        data: { ...data, as_of: null, complete_through: null, next_cursor: null },
        status: 200,
        headers: new Headers(),
        requestId: null,
      })),
    ),
  );

interface Row {
  day: number;
  key: number;
  model: string;
}

const dateOf = (day: number) => `2026-03-${String(day).padStart(2, "0")}`;
const idOf = ({ day, key, model }: Row) => `${dateOf(day)} ${key} ${model}`;
const compare = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0);

/** Answers as the server does: newest day first, then name of the key, model, id. */
function createShelf(rows: Row[]) {
  const names = ["a", "b", "c", "d"];
  const shelf = {
    rows: new Map(rows.map((row) => [idOf(row), row])),
    names,
    requests: 0,
    change: () => {},
    async fetch(input: UsageInput) {
      if (shelf.requests > 0) shelf.change();
      shelf.requests += 1;
      const { page = 1, limit = 100 } = input;
      const found = [...shelf.rows.values()]
        .filter(({ day }) => dateOf(day) >= input.start_date && dateOf(day) <= input.end_date)
        .sort(
          (a, b) =>
            b.day - a.day ||
            compare(names[a.key]!, names[b.key]!) ||
            compare(a.model, b.model) ||
            compare(a.key, b.key),
        );
      const items = found.slice((page - 1) * limit, page * limit).map(
        ({ day, key, model }): UsageRow => ({
          date: dateOf(day),
          api_key_id: key,
          api_key_name: names[key]!,
          model,
          requests: null,
          requests_count: null,
          tokens_input: null,
          tokens_output: null,
          cost: "0.00",
          byok_cost: "0.00",
          kind: null,
          account_id: null,
          reasoning_tokens: null,
          cached_tokens: null,
          byok_requests: null,
          upstream_cost: null,
          cache_saving: null,
          data_discount: null,
          web_search_cost: null,
        }),
      );
      return { items, pagination: { page, limit, total: found.length, pages: Math.ceil(found.length / limit) } };
    },
  };
  return shelf;
}

const MARCH = { start_date: "2026-03-01", end_date: "2026-03-31" };
const row = fc.record({ day: fc.integer({ min: 1, max: 9 }), key: fc.nat(3), model: fc.constantFrom("x", "y", "z") });
const rows = fc.uniqueArray(row, { selector: idOf, maxLength: 60, size: "max" });

async function collect(iterable: AsyncIterable<UsageRow>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { date, api_key_id, model } of iterable) ids.push(`${date} ${api_key_id} ${model}`);
  return ids;
}

test("yields every row once in order, whatever the page size", () =>
  fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 1, max: 15 }), async (given, limit) => {
      const shelf = createShelf(given);
      const ids = await collect(listOf({ ...MARCH, limit }, shelf.fetch));
      const { items } = await createShelf(given).fetch({ ...MARCH, limit: 1000 });
      expect(ids).toEqual(items.map(({ date, api_key_id, model }) => `${date} ${api_key_id} ${model}`));
    }),
    { numRuns: 200 },
  ));

/** Rows that stayed but were missed or repeated while rows changed before every request but the first. */
async function lose(
  {
    given,
    limit,
    changes,
  }: { given: Row[]; limit: number; changes: { added: Row[]; removed: Row[]; swapped: boolean }[] },
  read: (list: UsageList) => AsyncIterable<UsageRow>,
): Promise<string[]> {
  const shelf = createShelf(given);
  const stayed = new Set(shelf.rows.keys());
  shelf.change = () => {
    const { added, removed, swapped } = changes[shelf.requests - 1] ?? { added: [], removed: [], swapped: false };
    for (const gone of removed) {
      shelf.rows.delete(idOf(gone));
      stayed.delete(idOf(gone));
    }
    for (const come of added) shelf.rows.set(idOf(come), come);
    if (swapped) shelf.names.reverse();
  };
  const ids = await collect(read(listOf({ ...MARCH, limit }, shelf.fetch)));
  return [...[...stayed].filter((id) => !ids.includes(id)), ...ids.filter((id, place) => ids.indexOf(id) !== place)];
}

const change = fc.record({ added: rows, removed: rows, swapped: fc.boolean() });
// A day has at most 12 rows here, so that it always fits on a page.
const life = fc.record({
  given: rows,
  limit: fc.integer({ min: 12, max: 20 }),
  changes: fc.array(change, { maxLength: 12 }),
});

test("yields a stable row once while others are added, removed and moved", () =>
  fc.assert(
    fc.asyncProperty(life, async (input) => {
      expect(await lose(input, (list) => list)).toEqual([]);
    }),
    { numRuns: 300 },
  ));

test("page numbers alone lose rows in the same case", async () => {
  async function* byNumber(list: UsageList) {
    for (let page: UsagePage | null = await list; page; page = await page.nextPage()) yield* page.items;
  }
  const found = await fc.check(
    fc.asyncProperty(life, async (input) => {
      expect(await lose(input, byNumber)).toEqual([]);
    }),
    { numRuns: 300 },
  );
  expect(found.failed).toBe(true);
});

test("yields every row when rows are only added, at any page size", () =>
  fc.assert(
    fc.asyncProperty(
      rows,
      fc.integer({ min: 1, max: 5 }),
      fc.array(rows, { maxLength: 9 }),
      async (given, limit, added) => {
        const shelf = createShelf(given);
        const stayed = [...shelf.rows.keys()];
        shelf.change = () => {
          for (const come of added[shelf.requests - 1] ?? []) shelf.rows.set(idOf(come), come);
        };
        const ids = await collect(listOf({ ...MARCH, limit }, shelf.fetch));
        expect(new Set(ids).size).toBe(ids.length);
        expect(stayed.filter((id) => !ids.includes(id))).toEqual([]);
      },
    ),
    { numRuns: 200 },
  ));

test("requests a page only when it is read, and each page once", async () => {
  const shelf = createShelf([{ day: 1, key: 1, model: "x" }]);
  const list = listOf(MARCH, shelf.fetch);
  expect(shelf.requests).toBe(0);
  const [page, again] = await Promise.all([list, list.finally(() => {})]);
  expect(page).toBe(again);
  expect(shelf.requests).toBe(1);
  expect(await page.nextPage()).toBeNull();
  expect(String(list)).toBe("[object UsageList]");
});

test("ends, or throws a typed error, when a server never sends a last page or no days", async () => {
  const answer = (items: object[]) => async () => ({
    items: items as UsageRow[],
    pagination: { page: 1, limit: 1, total: 9, pages: 9 },
  });
  await expect(collect(listOf(MARCH, answer([{ api_key_id: 1 }])))).rejects.toMatchObject({
    name: "ApiError",
    code: "INVALID_ANSWER",
  });
  expect(await collect(listOf(MARCH, answer([])))).toEqual([]);
  const stuck = { date: "2026-03-05", api_key_id: 1, model: "x" };
  expect(await collect(listOf(MARCH, answer([stuck])))).toHaveLength(1);
});

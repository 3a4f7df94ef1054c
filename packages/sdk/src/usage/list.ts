import { ApiError } from "../errors.ts";
import { type ApiPromise, toApiPromise, type WithResponse } from "../transport/api-promise.ts";
import type { GroupedUsageInput, Pagination, UsageInput, UsageRow } from "../types.ts";

/** One page of usage. */
export interface UsagePage<Row = UsageRow> {
  /** Rows of this page. Unless `sort` is given, sorted by day (newest first), then by key name, model and key ID. */
  items: Row[];
  /** Position of this page. */
  pagination: Pagination;
  /** Send it as `cursor` to get the next page. `null` after the last page, and with `group_by` or `sort`. */
  next_cursor: string | null;
  /** Oldest of the last successful syncs of the selected active keys. `null` if none was synced. */
  as_of: string | null;
  /** Last day that is final, except for later restatements by OpenRouter. `null` if there is none. */
  complete_through: string | null;
  /**
   * The next page, or `null` after the last. Not enumerable, so that a copy of the page is plain data. Usage that changes meanwhile moves rows between pages; `for await` over the
   * list handles that.
   * @throws AnyOrwatchError like every call
   */
  nextPage(): Promise<UsagePage<Row> | null>;
}

/**
 * Usage: `await` it for one page, or use `for await` for the rows of all pages. No request is sent before that.
 *
 * Iteration begins with the first page, regardless of `page`, and requests 1000 rows at a time unless `limit` is given. Each page is a
 * request against the API token's rate limit. A row that exists the whole time is returned exactly once, even during syncs. Only on a
 * day with more rows than a page, rows can be missed if other rows of that day are removed meanwhile. With `group_by` or `sort`, pages are
 * read by their number: usage that changes meanwhile moves rows between them. An export is as of one point in time.
 */
export interface UsageList<Row = UsageRow> extends ApiPromise<UsagePage<Row>>, AsyncIterable<Row> {}

type Fetch = (input: UsageInput) => ApiPromise<Omit<UsagePage, "nextPage">>;

const ROWS_WHEN_ITERATING = 1000;

export function createUsageList(given: UsageInput, fetch: Fetch): UsageList {
  // Without TypeScript it may be missing; the server then names the fields that it needs.
  const input = given ?? {};
  let first: ApiPromise<UsagePage> | undefined;
  const load = () => {
    first ??= toApiPromise(fetchPage(input, fetch));
    return first;
  };
  return {
    // biome-ignore lint/suspicious/noThenProperty: it is a promise that starts its work when it is awaited
    then: (onValue, onError) => load().then(onValue, onError),
    catch: (onError) => load().catch(onError),
    finally: (onEnd) => load().finally(onEnd),
    withResponse: () => load().withResponse(),
    [Symbol.toStringTag]: "UsageList",
    [Symbol.asyncIterator]: () => {
      const { group_by, sort } = input as Partial<GroupedUsageInput>;
      const query = { ...input, limit: input.limit ?? ROWS_WHEN_ITERATING, page: 1 };
      return (group_by || sort ? iteratePages : iterate)(query, fetch);
    },
  };
}

async function fetchPage(input: UsageInput, fetch: Fetch): Promise<WithResponse<UsagePage>> {
  const response = await fetch(input).withResponse();
  const { page, pages } = response.data.pagination;
  const nextPage = async () => (page < pages ? (await fetchPage({ ...input, page: page + 1 }, fetch)).data : null);
  Object.defineProperty(response.data, "nextPage", { value: nextPage });
  return response as WithResponse<UsagePage>;
}

async function* iteratePages(query: UsageInput, fetch: Fetch): AsyncGenerator<UsageRow, void, undefined> {
  let page: UsagePage | null = (await fetchPage(query, fetch)).data;
  for (; page; page = await page.nextPage()) yield* page.items;
}

/** The day before. @throws if a row has no valid day, because ending early would look complete */
function dayBefore(day: string): string {
  const start = Date.parse(`${day}T00:00Z`);
  if (start >= 0) return new Date(start - 86_400_000).toISOString().slice(0, 10);
  throw new ApiError(`The server sent a row without a valid day: ${JSON.stringify(day)}.`, { code: "INVALID_ANSWER" });
}

/**
 * Rows come newest day first, so the next page is asked for as the range up to the last day seen, less its rows seen already:
 * what changes meanwhile in newer days cannot move it. Page numbers count only within a day that fills a page.
 */
async function* iterate(query: UsageInput & { page: number }, fetch: Fetch): AsyncGenerator<UsageRow, void, undefined> {
  // Later than any.
  let day = "~";
  let seen = new Set<string>();
  do {
    const { items, pagination } = await fetch({ ...query });
    for (const row of items) {
      if (row.date > day) continue;
      if (row.date !== day) {
        if (query.page > 1) break;
        dayBefore(row.date);
        day = row.date;
        seen = new Set();
      }
      const key = `${row.api_key_id} ${row.account_id} ${row.kind} ${row.model}`;
      if (seen.has(key)) continue;
      seen.add(key);
      yield row;
    }
    const oldest = items.at(-1);
    const isLast = query.page >= pagination.pages || !oldest;
    if (query.page > 1) {
      const isDone = isLast || oldest.date !== day;
      if (isDone) query.end_date = dayBefore(query.end_date);
      query.page = isDone ? 1 : query.page + 1;
    } else {
      if (isLast) return;
      query.page = items[0]?.date === oldest.date ? 2 : 1;
      // Never later again, or a server that does not heed the range would be asked forever.
      if (oldest.date < query.end_date) query.end_date = oldest.date;
    }
  } while (query.end_date >= query.start_date);
}

import { createTRPCClient, type TRPCClient, type TRPCLink } from "@trpc/client";
import { readResult } from "./answer.ts";
import type { AppRouter } from "./app-router.d.ts";
import { createLink } from "./link.ts";
import { type ClientOptions, type RequestOptions, readBaseUrl, readLimits, readToken } from "./options.ts";
import type { RateLimit } from "./rate-limit.ts";
import { createTransport } from "./transport.ts";
import type { Breakdown, BreakdownInput, KeyList, Stats, StatsInput, UsageInput } from "./types.ts";
import { createUsageExport, type UsageExport, type UsageExportInput } from "./usage-export.ts";
import { createUsageList, type UsageList } from "./usage-list.ts";

/**
 * Reads what your orwatch knows, with one API token. Days are UTC (`YYYY-MM-DD`), ranges inclusive and at most 366 days long; money is
 * exact, as decimal strings in USD; `null` means unknown, never 0.
 *
 * Every call may end with an `AuthenticationError`, `RateLimitError`, `NotFoundError`, `ValidationError`, `TimeoutError`,
 * `ConnectionError` or `ApiError`, or with the reason of a signal that you abort.
 */
export interface OrwatchClient {
  /** Totals. */
  readonly stats: {
    /**
     * Totals of a range of days. Default: the last 30 days.
     * @throws ValidationError for a range that is the wrong way round or longer than 366 days, and otherwise as every call
     */
    get(input?: StatsInput, options?: RequestOptions): Promise<Stats>;
  };
  /** What was spent on which day, with which key, on which model. */
  readonly usage: {
    /**
     * Usage by day, key and model. `await` it for one page; `for await` over it for every row of all pages.
     * @throws ValidationError for a range that is the wrong way round or longer than 366 days, and otherwise as every call
     */
    list(input: UsageInput, options?: RequestOptions): UsageList;
    /**
     * The same rows as one file, to a stream or to an array: a single request, a single instant.
     * @throws ValidationError at once for an unknown format
     */
    export(input: UsageExportInput, options?: RequestOptions): UsageExport;
  };
  /** Usage split by provider, app, finish reason, end user, member, workspace or hour. */
  readonly breakdowns: {
    /**
     * Usage of a range by one dimension. Items, with `others`, sum to `total`; the value `null` is usage that is not known by this
     * dimension, such as that of days before `since`. Values are untrusted text: apps and end users can set them.
     * @throws ValidationError for a range that is the wrong way round or longer than 366 days, and otherwise as every call
     */
    get(input: BreakdownInput, options?: RequestOptions): Promise<Breakdown>;
  };
  /** The keys that are watched. */
  readonly keys: {
    /**
     * All keys that are watched, with their totals, by name.
     * @throws as every call
     */
    list(options?: RequestOptions): Promise<KeyList>;
  };
  /**
   * The same procedures as a plain tRPC client: `client.trpc.v1.stats.query({})`. Retries and time-outs hold here too; it throws
   * `TRPCClientError`, whose `cause` is the SDK's error. Limits of one call go into `context: { timeoutMs, maxRetries }`.
   */
  readonly trpc: TRPCClient<AppRouter>;
  /**
   * Lets a tRPC client of your own send as this one does: `createTRPCReact<AppRouter>().createClient({ links: [client.link] })`. Its
   * errors have the server's `data`, or a `cause` when the server did not answer.
   */
  readonly link: TRPCLink<AppRouter>;
  /** How much of its limit the API token has left, according to the last response; `null` before the first. */
  readonly rateLimit: RateLimit | null;
}

/** What a response must have to be one. */
const FIELDS: Record<string, string[]> = {
  "v1.stats": ["summary", "period"],
  "v1.usage": ["items", "pagination"],
  "v1.keys": ["items"],
  "v1.breakdowns": ["items", "total"],
};

/**
 * A client of one orwatch. It holds no connection and needs no closing.
 * @throws ValidationError at once when the address or the API token is missing or cannot be right; its message says how to get it
 */
export function createClient(options: ClientOptions = {}): OrwatchClient {
  const baseUrl = readBaseUrl(options.baseUrl);
  const defaults = readLimits({ timeoutMs: options.timeoutMs, maxRetries: options.maxRetries });
  const transport = createTransport({
    baseUrl,
    token: readToken(options.token),
    fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
  });

  async function call<T>(procedure: string, input: unknown, limits: RequestOptions = {}): Promise<T> {
    const query = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
    return transport.send(
      `/trpc/${procedure}${query}`,
      readLimits(limits, defaults),
      async ({ response, deadline }) => {
        const text = await deadline.race(response.text());
        deadline.end();
        return readResult<T>(response, text, { baseUrl, fields: FIELDS[procedure] ?? [] });
      },
    );
  }

  const link = createLink(call);
  return {
    stats: { get: (input = {}, limits) => call("v1.stats", input, limits) },
    usage: {
      list: (input, limits) => createUsageList(input, (page) => call("v1.usage", page, limits)),
      export: (input, limits = {}) =>
        createUsageExport(input, { transport, limits: readLimits(limits, defaults), baseUrl }),
    },
    breakdowns: { get: (input, limits) => call("v1.breakdowns", input, limits) },
    keys: { list: (limits) => call("v1.keys", {}, limits) },
    trpc: createTRPCClient<AppRouter>({ links: [link] }),
    link,
    get rateLimit() {
      return transport.rateLimit;
    },
  };
}

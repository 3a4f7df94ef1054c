import { argumentError } from "./errors.ts";
import type { Operations } from "./operations.d.ts";
import type { ClientOptions, RequestOptions } from "./options.ts";
import type { ApiPromise } from "./transport/api-promise.ts";
import type { RateLimit } from "./transport/rate-limit.ts";
import { createRest, type Field } from "./transport/rest.ts";
import { createTransport } from "./transport/transport.ts";
import type {
  AlertList,
  Breakdown,
  BreakdownInput,
  ChangeList,
  ChangesInput,
  CreditList,
  Forecast,
  ForecastInput,
  GroupedUsageInput,
  GroupedUsageRow,
  KeyChanges,
  KeyInput,
  KeyList,
  KeyTotals,
  ModelList,
  ProjectList,
  ProjectsInput,
  ServerVersion,
  Stats,
  StatsInput,
  SyncInput,
  SyncResult,
  Team,
  UsageBreakdown,
  UsageBreakdownInput,
  UsageInput,
  UsageSumInput,
} from "./types.ts";
import {
  createUsageExport,
  type GroupedUsageExportInput,
  type UsageExport,
  type UsageExportInput,
} from "./usage/export.ts";
import { createUsageList, type UsageList, type UsagePage } from "./usage/list.ts";

/** A sync of many keys takes long. */
const SYNC_TIMEOUT_MS = 300_000;

/** With an Idempotency-Key, which all attempts of a call share. */
const onlyOnce = (options?: RequestOptions): RequestOptions => ({
  ...options,
  headers: { "Idempotency-Key": crypto.getRandomValues(new Uint32Array(4)).join("-"), ...options?.headers },
});

/**
 * Client of the orwatch API for one API token. Days are in UTC (`YYYY-MM-DD`). Ranges are inclusive and at most 366 days long. Amounts are
 * exact decimal strings in USD. `null` means unknown, never 0.
 *
 * Every call can throw an `AuthenticationError`, `RateLimitError`, `NotFoundError`, `ValidationError`, `TimeoutError`,
 * `ConnectionError` or `ApiError`, or the reason of a signal that you abort.
 */
export interface OrwatchClient {
  /** Totals. */
  readonly stats: {
    /**
     * Usage totals of a range of days. Default: the last 30 days.
     * @throws ValidationError for a range that is reversed or longer than 366 days, and otherwise like every call
     */
    get(input?: StatsInput, options?: RequestOptions): ApiPromise<Stats>;
  };
  /** Usage by day, key and model. */
  readonly usage: {
    /**
     * Usage by day, key and model. `await` it for one page, or use `for await` for the rows of all pages.
     * @throws ValidationError for a range that is reversed or longer than 366 days, and otherwise like every call
     */
    list(input: UsageInput, options?: RequestOptions): UsageList;
    /** Sums of usage, with `group_by`. */
    list(input: GroupedUsageInput, options?: RequestOptions): UsageList<GroupedUsageRow>;
    /**
     * The same rows in one request, as a stream or an array, and as of one point in time.
     * @throws ValidationError immediately for an unknown format
     */
    export(input: UsageExportInput, options?: RequestOptions): UsageExport;
    /** Sums of usage, with `group_by`. */
    export(input: GroupedUsageExportInput, options?: RequestOptions): UsageExport<GroupedUsageRow>;
    /**
     * Exact sums by one or two of day, week, month, model, vendor and key: `client.usage.sum({ by: ["month", "model"], start_date, end_date })`.
     * The server sums, in one request and as of one point in time.
     * @throws ValidationError for an unknown dimension, three of them or two periods, and otherwise like every call
     */
    sum(input: UsageSumInput, options?: RequestOptions): ApiPromise<GroupedUsageRow[]>;
    /**
     * A metric by hour, day, week or month and by up to two dimensions:
     * `client.usage.breakdown({ metric: "cost", group_by: ["model"], interval: "week" })`. Groups and `other` sum to `total`.
     * @throws ValidationError with the code `BREAKDOWN_UNAVAILABLE` for a combination that is not collected, and otherwise like every call
     */
    breakdown(input?: UsageBreakdownInput, options?: RequestOptions): ApiPromise<UsageBreakdown>;
  };
  /** Usage by provider, app, finish reason, end user, member, workspace or hour. */
  readonly breakdowns: {
    /**
     * Usage of a range by one dimension. The sum of the items and `others` is `total`. The value `null` is usage that is unknown by this
     * dimension, such as that of days before `since`. Values are untrusted text: apps and end users can set them.
     * @throws ValidationError for a range that is reversed or longer than 366 days, and otherwise like every call
     */
    get(input: BreakdownInput, options?: RequestOptions): ApiPromise<Breakdown>;
  };
  /** Why the cost changed. */
  readonly changes: {
    /**
     * The keys or models that explain the difference in cost between two ranges, largest change first. Default: the last complete week and
     * the week before. The parts of a change sum to it exactly.
     * @throws ValidationError for a range that is reversed or longer than 366 days, and otherwise like every call
     */
    list(input?: ChangesInput, options?: RequestOptions): ApiPromise<ChangeList>;
  };
  /** Keys whose cost is reported together, such as that of a customer. */
  readonly projects: {
    /**
     * The cost of every project in a range of days. Default: the last 30 days. The items sum to `total`; the one with `id: null` is the usage
     * without a project.
     * @throws ValidationError for a range that is reversed or longer than 366 days, and otherwise like every call
     */
    list(input?: ProjectsInput, options?: RequestOptions): ApiPromise<ProjectList>;
  };
  /** Expected spend. */
  readonly forecast: {
    /**
     * Expected spend of the current month, and when limits and credits run out, for all keys or one of them.
     * @throws like every call
     */
    get(input?: ForecastInput, options?: RequestOptions): ApiPromise<Forecast>;
  };
  /** The keys in orwatch. */
  readonly keys: {
    /**
     * All keys with their limits, counters and totals, sorted by name.
     * @throws like every call
     */
    list(options?: RequestOptions): ApiPromise<KeyList>;
    /**
     * Adds an OpenRouter key, which orwatch checks at OpenRouter. Its first sync starts in the background. Needs an API token with the scope
     * `keys:write`. Retries add it only once.
     * @throws ValidationError if OpenRouter rejects the key, ApiError with status 409 if it was added before, and otherwise like every call
     */
    add(input: KeyInput, options?: RequestOptions): ApiPromise<KeyTotals>;
    /**
     * Renames a key in orwatch, describes it, or turns it on or off. Needs an API token with the scope `keys:write`.
     * @throws NotFoundError, and otherwise like every call
     */
    update(id: number, changes: KeyChanges, options?: RequestOptions): ApiPromise<KeyTotals>;
  };
  /**
   * Fetches usage from OpenRouter now, of all keys or of one, and waits until it is stored: at most 5 minutes, unless `timeoutMs` is
   * given. Needs an API token with the scope `sync`.
   * @throws ApiError with status 409 for a key that is turned off, and otherwise like every call
   */
  sync(input?: SyncInput, options?: RequestOptions): ApiPromise<SyncResult>;
  /** The OpenRouter accounts. */
  readonly credits: {
    /**
     * The remaining credits of every account, and when they run out.
     * @throws like every call
     */
    list(options?: RequestOptions): ApiPromise<CreditList>;
  };
  /** The models that were used. */
  readonly models: {
    /**
     * Every model with its first and last day and its cost, most expensive first.
     * @throws like every call
     */
    list(options?: RequestOptions): ApiPromise<ModelList>;
  };
  /** Alert rules. */
  readonly alerts: {
    /**
     * The alerts that are not resolved, newest first. Empty if no rule is firing.
     * @throws like every call
     */
    list(options?: RequestOptions): ApiPromise<AlertList>;
  };
  /** The team of the API token. */
  readonly team: {
    /**
     * The team whose keys and usage the token reads.
     * @throws like every call
     */
    get(options?: RequestOptions): ApiPromise<Team>;
  };
  /** The server. */
  readonly version: {
    /**
     * The version of the server.
     * @throws like every call
     */
    get(options?: RequestOptions): ApiPromise<ServerVersion>;
  };
  /** Rate limit of the API token according to the last response; `null` before the first one. */
  readonly rateLimit: RateLimit | null;
}

/**
 * Creates a client of an orwatch server. It holds no connection and does not need to be closed.
 * @throws ValidationError if the URL or API token is missing or invalid. The message says how to get it
 */
export function createClient(options: ClientOptions = {}): OrwatchClient {
  const transport = createTransport(options);
  const request = createRest(transport);

  const get =
    <Name extends keyof Operations>(name: Name, ...fields: Field<Name>[]) =>
    (input?: Operations[Name]["input"], limits?: RequestOptions) =>
      request(name, fields, { input, limits });

  /** Without input. */
  const list =
    <Name extends keyof Operations>(name: Name, ...fields: Field<Name>[]) =>
    (limits?: RequestOptions) =>
      request(name, fields, { limits });

  const exportUsage = (input: UsageExportInput, limits?: RequestOptions) => createUsageExport(input, transport, limits);

  return {
    stats: { get: get("stats", "summary", "period") },
    usage: {
      // With `group_by`, rows have other columns. Only the declared types distinguish them.
      list: ((input: UsageInput, limits?: RequestOptions) =>
        createUsageList(
          input,
          (page) => request("usage", ["items", "pagination"], { input: page, limits }) as ApiPromise<UsagePage>,
        )) as OrwatchClient["usage"]["list"],
      export: exportUsage as OrwatchClient["usage"]["export"],
      breakdown: get("breakdown", "points"),
      sum({ by, ...input }, limits) {
        const group_by = [by].flat();
        if (group_by.length === 0) throw argumentError("by", "must have one or two dimensions");
        return exportUsage({ ...input, group_by } as GroupedUsageExportInput, limits).toArray() as ApiPromise<never>;
      },
    },
    breakdowns: { get: get("breakdowns", "items", "total") },
    changes: { list: get("changes", "items", "total") },
    projects: { list: get("projects", "items", "total") },
    forecast: { get: get("forecast", "limits", "credits") },
    keys: {
      list: list("keys", "items"),
      add: (input, limits) =>
        request("addKey", ["stats"], { method: "POST", path: "keys", input, limits: onlyOnce(limits) }),
      update: (id, input, limits) =>
        request("updateKey", ["stats"], { method: "PUT", path: `keys/${id}`, input, limits }),
    },
    sync: (input, limits) =>
      request("sync", [], { method: "POST", input, limits: { timeoutMs: SYNC_TIMEOUT_MS, ...limits } }),
    credits: { list: list("credits", "items") },
    models: { list: list("models", "items") },
    alerts: { list: list("alerts", "items") },
    team: { get: list("team", "name") },
    version: { get: list("version", "version") },
    get rateLimit() {
      return transport.rateLimit;
    },
  };
}

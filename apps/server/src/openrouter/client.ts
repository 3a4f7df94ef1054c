import type { Day } from "@orwatch/domain/day";
import { addDays } from "@orwatch/domain/day";
import { message } from "@orwatch/messages/message";
import { STOPPED } from "./answers/failures.ts";
import { ACTIVITY, ANALYTICS, ANALYTICS_ROWS, METRICS, PAGE, SINGLE } from "./answers/limits.ts";
import type { Read } from "./answers/parse.ts";
import * as answers from "./answers/read-answers.ts";
import { type Answer, type Caller, createRequests, failure, type OpenRouterOptions } from "./requests/request.ts";
import type { ListedKey, Workspace } from "./schema.ts";

export type OpenRouter = ReturnType<typeof createOpenRouter>;

const PER_PAGE = 100;
/** More pages than any account has. Ends the loop if a server repeats itself. */
const MAX_PAGES = 100;

/** The only client of OpenRouter: rate limited, with timeouts and retries. Responses are validated. */
export function createOpenRouter(options: OpenRouterOptions) {
  const { log } = options;
  const { request, carryOver } = createRequests(options);
  const malformed = new Set<string>();

  /** Yields the pages of a list until one is not full or a request fails. */
  async function* pages<T>(
    caller: Caller,
    input: { path: string; query: Record<string, string>; read: Read<T[]> },
  ): AsyncGenerator<Answer<T[]>> {
    for (let page = 0; page < MAX_PAGES; page++) {
      const query = new URLSearchParams({ offset: String(page * PER_PAGE), ...input.query });
      const answer = await request(caller, { path: `${input.path}?${query}`, read: input.read, limit: PAGE });
      yield answer;
      if (!answer.ok || answer.data.length < PER_PAGE) return;
    }
    yield failure("unreadable", 200, message("openrouter_endless_list", {}));
  }

  /** Logs each optional metric with impossible values once, because every response would contain them. */
  function noteMalformed<A extends Answer<{ malformed: string[] }>>(answer: A): A {
    const fresh = answer.ok ? answer.data.malformed.filter((metric) => !malformed.has(metric)) : [];
    for (const metric of fresh) {
      malformed.add(metric);
      log.warn("openrouter.metric_malformed", { metric });
    }
    return answer;
  }

  return {
    /** The key of the caller. `date` defines the UTC day of its counters. */
    getCurrentKey: (caller: Caller) => request(caller, { path: "/key", read: answers.readCurrentKey, limit: SINGLE }),

    /** Credits of the account, in nano-dollars. May be forbidden for an inference key. */
    getCredits: (caller: Caller) => request(caller, { path: "/credits", read: answers.readCredits, limit: SINGLE }),

    /** A key of the management key's account, in any workspace. `missing` if there is no such key. */
    findKey: (caller: Caller, keyHash: string) =>
      request(caller, { path: `/keys/${keyHash}`, read: answers.readKeyDetail, limit: SINGLE }),

    /** The workspaces of the account. */
    async listWorkspaces(caller: Caller): Promise<Answer<Workspace[]>> {
      let all: Answer<Workspace[]> = failure("unreachable", null, STOPPED);
      const query = { limit: String(PER_PAGE) };
      for await (const page of pages(caller, { path: "/workspaces", query, read: answers.readWorkspaces })) {
        if (!page.ok) return page;
        all = { ...page, data: [...(all.ok ? all.data : []), ...page.data] };
      }
      return all;
    },

    /** The keys of a workspace by page, each with its own date; `null` for the default workspace. Ends with the first failure. */
    listKeyPages: (caller: Caller, workspaceId: string | null): AsyncGenerator<Answer<ListedKey[]>> =>
      pages(caller, {
        path: "/keys",
        query: { include_disabled: "true", ...(workspaceId === null ? {} : { workspace_id: workspaceId }) },
        read: answers.readKeyList,
      }),

    /**
     * Usage from `from` to `through`, inclusive, by day and optionally by model.
     * @param query.keyHash `null` for the whole account
     * @param query.metrics optional metrics to request, of OPTIONAL_METRICS
     */
    async queryAnalytics(
      caller: Caller,
      query: {
        keyHash: string | null;
        from: Day;
        through: Day;
        byModel: boolean;
        metrics?: readonly string[];
      },
    ) {
      const { metrics = [] } = query;
      const dimensions = query.byModel ? ["model"] : [];
      const read = answers.readAnalytics({ columns: [...METRICS, ...dimensions], metrics });
      const filters = query.keyHash === null ? [] : [{ field: "api_key_id", operator: "eq", value: query.keyHash }];
      const body = toAnalyticsBody({ ...query, metrics, dimensions, filters });
      return noteMalformed(await request(caller, { ...ANALYTICS_QUERY, read, body }));
    },

    /**
     * Usage of the account by day, model and key name. Keys with the same name are combined, and hashes are not included.
     */
    async queryKeyNames(caller: Caller, query: LabelledQuery) {
      const dimensions = ["api_key_id", "model"];
      const read = answers.readNamedAnalytics({ columns: [...METRICS, "model"], metrics: query.metrics });
      const body = toAnalyticsBody({ ...query, dimensions, filters: modelFilter(query.models) });
      return noteMalformed(await request(caller, { ...ANALYTICS_QUERY, read, body }));
    },

    /** Counts the requests of a lane for another one as well, because both are of one account. */
    carryOver,

    /** Any other question, paced and tried again as those here. */
    ask: request,

    /**
     * Usage of the account by day, model and name of the workspace.
     */
    async queryWorkspaces(caller: Caller, query: LabelledQuery) {
      const dimensions = ["workspace", "model"];
      const read = answers.readWorkspaceAnalytics({ columns: [...METRICS, "model"], metrics: query.metrics });
      const body = toAnalyticsBody({ ...query, dimensions, filters: modelFilter(query.models) });
      return noteMalformed(await request(caller, { ...ANALYTICS_QUERY, read, body }));
    },

    /** Completed days among the last 30, by day, model and endpoint. */
    async listActivity(caller: Caller, keyHash: string) {
      const path = `/activity?api_key_hash=${keyHash}`;
      return noteMalformed(await request(caller, { path, read: answers.readActivity, limit: ACTIVITY }));
    },
  };
}

interface LabelledQuery {
  from: Day;
  through: Day;
  /** Optional metrics to request, of OPTIONAL_METRICS. */
  metrics: readonly string[];
  /** Only usage of these models; `null` for all. */
  models: readonly string[] | null;
}

const modelFilter = (models: readonly string[] | null) =>
  models === null ? [] : [{ field: "model", operator: "in", value: models }];

const ANALYTICS_QUERY = { path: "/analytics/query", limit: ANALYTICS };

const toAnalyticsBody = (query: {
  from: Day;
  through: Day;
  metrics: readonly string[];
  dimensions: string[];
  filters: object[];
}) => ({
  metrics: [...METRICS, ...query.metrics],
  ...(query.dimensions.length > 0 ? { dimensions: query.dimensions } : {}),
  granularity: "day",
  limit: ANALYTICS_ROWS,
  ...(query.filters.length > 0 ? { filters: query.filters } : {}),
  time_range: { start: `${query.from}T00:00:00Z`, end: `${addDays(query.through, 1)}T00:00:00Z` },
});

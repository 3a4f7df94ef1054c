import type { Day } from "@orwatch/domain/day";
import { addDays } from "@orwatch/domain/day";
import { type Message, message } from "@orwatch/messages/message";
import { findProxy, NO_PROXIES, type Proxies } from "../outgoing/proxy.ts";
import { type Clock, usageNow } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import { createYielder } from "../platform/scheduling/read-scheduler.ts";
import { type FailureReason, isWebPage, problemOf, problemOfSilence, reasonOf, STOPPED } from "./answers/failures.ts";
import { ACTIVITY, ANALYTICS, ANALYTICS_ROWS, type AnswerLimit, METRICS, PAGE, SINGLE } from "./answers/limits.ts";
import { parseJson, type Read, UnreadableAnswer } from "./answers/parse.ts";
import * as answers from "./answers/read-answers.ts";
import type { ClockOffset, Moment } from "./requests/clock-offset.ts";
import { createExchange } from "./requests/exchange.ts";
import { createPace, type Priority } from "./requests/pace.ts";
import type { ListedKey, Workspace } from "./schema.ts";

/** Result of a request. A `problem` never contains a secret. */
export type Answer<T> =
  | {
      ok: true;
      data: T;
      /** Time of the response by OpenRouter's clock. */
      date: Date;
      /** Set if the Date of the response is too far from the expected time: the deviation. `date` is the expected time then. */
      deviationMs?: number;
    }
  | { ok: false; reason: FailureReason; status: number | null; problem: Message };

/** The credential of a request, and its priority. */
export interface Caller {
  secret: string;
  /** Requests of one lane are rate limited together: an account, or the hash of a key without one. */
  lane: string;
  priority: Priority;
}

interface OpenRouterOptions {
  baseUrl: string;
  proxies?: Proxies;
  clock: Clock;
  log: Log;
  timeoutMs?: number;
  random?: () => number;
  signal?: AbortSignal;
  /** Without it, every Date is trusted. */
  offset?: ClockOffset;
  /** Called after each attempt with "ok" or the reason of the failure. */
  onTry?: (outcome: "ok" | FailureReason) => void;
}

export type OpenRouter = ReturnType<typeof createOpenRouter>;

const TRIES = 3;
const TIMEOUT_MS = 20_000;
const MAX_RETRY_AFTER_S = 60;
const PER_PAGE = 100;
/** More pages than any account has. Ends the loop if a server repeats itself. */
const MAX_PAGES = 100;
const UNREADABLE = message("openrouter_unreadable", {});

interface Question<T> {
  path: string;
  body?: unknown;
  read: Read<T>;
  limit: AnswerLimit;
}

/** The only client of OpenRouter: rate limited, with timeouts and retries. Responses are validated. */
export function createOpenRouter(options: OpenRouterOptions) {
  const { clock, log } = options;
  const pace = createPace(clock, options.signal);
  const proxy = findProxy(new URL(options.baseUrl), options.proxies ?? NO_PROXIES);
  const exchange = createExchange(options.signal, proxy);
  const random = options.random ?? Math.random;
  const malformed = new Set<string>();

  async function request<T>(caller: Caller, input: Question<T>): Promise<Answer<T>> {
    let answer: Answer<T> = failure("unreachable", null, STOPPED);
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      if (options.signal?.aborted) return answer;
      const tried = await pace.run(caller, () => attemptOnce(caller, input));
      answer = tried.answer;
      const outcome = answer.ok ? "ok" : answer.reason;
      options.onTry?.(outcome);
      log.debug("openrouter", { path: input.path, attempt, outcome });
      if (answer.ok || (answer.reason !== "unreachable" && answer.reason !== "unreadable")) return answer;
      log.warn("openrouter.retry", { path: input.path, attempt, reason: answer.reason, status: answer.status });
      if (attempt === TRIES) break;
      const backOffMs = 1000 * 2 ** (attempt - 1) * (0.5 + random());
      const waitMs = tried.retryAfterS === null ? backOffMs : Math.min(tried.retryAfterS, MAX_RETRY_AFTER_S) * 1000;
      await clock.sleep(waitMs, options.signal);
    }
    return answer;
  }

  async function attemptOnce<T>(
    caller: Caller,
    question: Question<T>,
  ): Promise<{ answer: Answer<T>; retryAfterS: number | null }> {
    const { path, body } = question;
    const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    const sent = momentOf(clock);
    const exchanged = await exchange(new URL(`${options.baseUrl}${path}`), {
      method: body === undefined ? "GET" : "POST",
      headers: {
        authorization: `Bearer ${caller.secret}`,
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      timeoutMs,
      limit: question.limit,
    });
    if (!exchanged.ok) {
      const reason = exchanged.why === "too-large" ? "unreadable" : "unreachable";
      return { answer: failure(reason, null, problemOfSilence(exchanged, timeoutMs)), retryAfterS: null };
    }
    const { status, headers, text } = exchanged;
    const dated = dateAnswer(headers.date, sent);
    const retryAfterS = readRetryAfter(headers["retry-after"], readDate(headers.date, clock));
    // OpenRouter's API never returns an HTML page, so its status says nothing about the key.
    if ((status === 200 || (status >= 400 && status < 500)) && isWebPage(headers["content-type"], text))
      return { answer: failure("unreadable", status, message("openrouter_web_page", { status })), retryAfterS };
    if (status === 200) {
      try {
        const pause = createYielder("download");
        const data = await question.read(await parseJson(text, question.limit, pause), pause);
        return { answer: { ok: true, data, ...dated }, retryAfterS };
      } catch (error) {
        if (!(error instanceof UnreadableAnswer)) throw error;
        log.warn("openrouter.unreadable", { path, issue: error.message });
        return { answer: failure("unreadable", status, error.problem ?? UNREADABLE), retryAfterS };
      }
    }
    return { answer: failure(reasonOf(status), status, problemOf(status)), retryAfterS };
  }

  function dateAnswer(header: string | undefined, sent: Moment): { date: Date; deviationMs?: number } {
    const time = Date.parse(header ?? "");
    if (!Number.isFinite(time)) return { date: usageNow(clock) };
    const deviationMs = options.offset?.observe(time, sent, momentOf(clock)) ?? null;
    if (deviationMs === null) return { date: new Date(time) };
    log.warn("openrouter.date", { deviation_s: Math.round(deviationMs / 1000) });
    return { date: usageNow(clock), deviationMs };
  }

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
    carryOver: pace.carryOver,

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

function failure(
  reason: FailureReason,
  status: number | null,
  problem: Message,
): { ok: false } & Extract<Answer<never>, { ok: false }> {
  return { ok: false, reason, status, problem };
}

/** Seconds to wait. A date is compared with the `Date` of the same response, because the clock of this machine may be wrong. */
function readRetryAfter(header: string | undefined, sentAt: Date): number | null {
  if (!header) return null;
  if (/^\d+$/.test(header.trim())) return Number(header) || null;
  // Date.parse accepts almost anything as a date, even "1.5". HTTP dates end in GMT.
  const time = /GMT$/.test(header.trim()) ? Date.parse(header) : Number.NaN;
  const seconds = (time - sentAt.getTime()) / 1000;
  return seconds > 0 ? seconds : null;
}

const momentOf = (clock: Clock): Moment => ({ wall: clock.now().getTime(), monotonic: clock.monotonicMs() });

function readDate(header: string | undefined, clock: Clock): Date {
  const time = Date.parse(header ?? "");
  return Number.isFinite(time) ? new Date(time) : clock.now();
}

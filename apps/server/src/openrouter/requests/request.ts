import { type Message, message } from "@orwatch/messages/message";
import { findProxy, NO_PROXIES, type Proxies } from "../../outgoing/proxy.ts";
import { type Clock, usageNow } from "../../platform/clock.ts";
import type { Log } from "../../platform/log.ts";
import { createYielder } from "../../platform/scheduling/read-scheduler.ts";
import { type FailureReason, isWebPage, problemOf, problemOfSilence, reasonOf, STOPPED } from "../answers/failures.ts";
import type { AnswerLimit } from "../answers/limits.ts";
import { parseJson, type Read, UnreadableAnswer } from "../answers/parse.ts";
import type { ClockOffset, Moment } from "./clock-offset.ts";
import { createExchange } from "./exchange.ts";
import { createPace, type Priority } from "./pace.ts";

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
  /** Another lane in which they count as well. */
  countedIn?: string;
  priority: Priority;
}

export interface OpenRouterOptions {
  baseUrl: string;
  proxies?: Proxies;
  clock: Clock;
  log: Log;
  timeoutMs?: number;
  random?: () => number;
  signal?: AbortSignal;
  /** Per account, or key without one; default: 60. */
  requestsPerMinute?: number;
  /** Without it, every Date is trusted. */
  offset?: ClockOffset;
  /** Called after each attempt with "ok" or the reason of the failure. */
  onTry?: (outcome: "ok" | FailureReason) => void;
}

const TRIES = 3;
const TIMEOUT_MS = 20_000;
const MAX_RETRY_AFTER_S = 60;
const UNREADABLE = message("openrouter_unreadable", {});

interface Question<T> {
  path: string;
  body?: unknown;
  read: Read<T>;
  limit: AnswerLimit;
}

/** Sends requests: rate limited, with timeouts and retries. Responses are validated. */
export function createRequests(options: OpenRouterOptions) {
  const { clock, log } = options;
  const pace = createPace({ clock, signal: options.signal, perMinute: options.requestsPerMinute });
  const proxy = findProxy(new URL(options.baseUrl), options.proxies ?? NO_PROXIES);
  const exchange = createExchange(options.signal, proxy);
  const random = options.random ?? Math.random;

  async function request<T>(caller: Caller, input: Question<T>): Promise<Answer<T>> {
    let answer: Answer<T> = failure("unreachable", null, STOPPED);
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      if (options.signal?.aborted) return answer;
      const tried = await pace.run(caller, () => {
        if (caller.countedIn !== undefined) void pace.run({ ...caller, lane: caller.countedIn }, async () => {});
        return attemptOnce(caller, input);
      });
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

  return { request, carryOver: pace.carryOver };
}

export function failure(
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

import { type Message, message } from "@orwatch/messages/message";
import type { Exchanged } from "../requests/exchange.ts";

/**
 * unauthorized 401 · forbidden 403 · missing 404 · rejected any other 4xx · unreachable no response, 408, 429 or 5xx after all attempts
 * · unreadable a response in an unexpected format, after all attempts
 */
export type FailureReason = "unauthorized" | "forbidden" | "missing" | "rejected" | "unreachable" | "unreadable";

/** The request was not answered before the server stopped. */
export const STOPPED = message("sync_interrupted", {});

export function reasonOf(status: number): FailureReason {
  if (status === 401) return "unauthorized";
  if (status === 403) return "forbidden";
  if (status === 404) return "missing";
  if (status === 408 || status === 429 || status >= 500 || status < 400) return "unreachable";
  return "rejected";
}

export function problemOfSilence(exchanged: Extract<Exchanged, { ok: false }>, timeoutMs: number): Message {
  if (exchanged.why === "stopped") return STOPPED;
  if (exchanged.why === "unreachable") return message("openrouter_unreachable", {});
  if (exchanged.why === "too-large") return message("openrouter_response_too_large", {});
  if (exchanged.why !== "proxy") return message("openrouter_no_response", { seconds: Math.round(timeoutMs / 1000) });
  return exchanged.status === null
    ? message("openrouter_proxy_no_response", {})
    : message("openrouter_proxy_status", { status: exchanged.status });
}

export function problemOf(status: number): Message {
  if (status === 401) return message("openrouter_key_rejected", {});
  if (status === 403) return message("openrouter_forbidden", {});
  if (status === 404) return message("openrouter_not_found", {});
  if (status === 429) return message("openrouter_rate_limited", {});
  if (status === 408) return message("openrouter_request_timeout", {});
  if (status >= 500) return message("openrouter_server_error", { status });
  return message("openrouter_unexpected_status", { status });
}

/** For other statuses than 200, the body is not read and the content type decides. */
export const isWebPage = (contentType: string | undefined, text: string): boolean =>
  /^\s*(text\/html|application\/xhtml)/i.test(contentType ?? "") || /^\s*<(!doctype|html|\?xml)/i.test(text);

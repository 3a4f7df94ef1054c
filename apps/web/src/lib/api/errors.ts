import type { AnyMessage } from "@orwatch/messages/message";
import { currentFormat, currentTexts, sayKnown } from "../i18n/i18n.ts";

/** A message code and its parameters, beside the English text. */
interface Reason {
  reason?: string;
  params?: AnyMessage["params"];
}

export interface Issue extends Reason {
  path: string;
  message: string;
}

interface ApiErrorData extends Reason {
  code?: string;
  issues?: Issue[];
  request_id?: string | null;
  /** Procedure that was called. */
  path?: string;
  /** Seconds, with TOO_MANY_REQUESTS. */
  retry_after?: number;
}

/** Read by shape, so that pages without the client need not load it. */
function dataOf(error: unknown): ApiErrorData | null {
  if (!(error instanceof Error) || !("data" in error)) return null;
  const { data } = error;
  return typeof data === "object" ? data : null;
}

export const codeOf = (error: unknown): string | null => dataOf(error)?.code ?? null;

/** Code of the message that says why. */
export const reasonOf = (error: unknown): string | null => dataOf(error)?.reason ?? null;

export const requestIdOf = (error: unknown): string | null => dataOf(error)?.request_id ?? null;

export const isUnauthorized = (error: unknown): boolean => codeOf(error) === "UNAUTHORIZED";

/** Of a call to the server, also one that had no response. */
export const isFromApi = (error: unknown): boolean => error instanceof Error && error.name === "TRPCClientError";

/** Worth another try by itself: the network, or a server that is restarting. */
export const isPassing = (error: unknown): boolean => {
  const code = codeOf(error);
  return code === null || code === "SERVICE_UNAVAILABLE";
};

const unsure = new WeakSet<Error>();

/** Notes that a deed had no response: whether it was done no one knows. */
export const markUnsure = (error: Error): void => void unsure.add(error);

const deadlines = new WeakMap<object, number>();

/** The same instant however often it is asked for: counted from when the error was first shown. */
function deadlineOf(error: Error, seconds: number): number {
  const known = deadlines.get(error);
  if (known !== undefined) return known;
  const deadline = Date.now() + seconds * 1000;
  deadlines.set(error, deadline);
  return deadline;
}

/** In the language of the page; `null` where there is no reason, or none that is known here. */
const sayReason = ({ reason, params }: Reason): string | null =>
  reason === undefined ? null : sayKnown({ code: reason, params: params ?? {} });

/** What a person should read: the reason in the language of the page, or else the server's own message. */
export function messageOf(error: unknown): string {
  const { code, path, retry_after: seconds } = dataOf(error) ?? {};
  const t = currentTexts().common.errors;
  if (code === "UNAUTHORIZED" && path !== "auth.signIn") return t.signedOut;
  if (error instanceof Error && code === "TOO_MANY_REQUESTS" && seconds) {
    const deadline = deadlineOf(error, seconds);
    const left = Math.max(1, Math.ceil((deadline - Date.now()) / 1000));
    return t.tooMany({ seconds: left, time: currentFormat().time(new Date(deadline)) });
  }
  const data = dataOf(error);
  if (data?.code && error instanceof Error) return sayReason(data) ?? error.message;
  if (error instanceof Error && unsure.has(error)) return t.unsure;
  if (isFromApi(error)) return t.network;
  return t.unexpected;
}

export const issuesOf = (error: unknown): Issue[] => dataOf(error)?.issues ?? [];

/** An issue of a field as a sentence. Without a reason the server says "must be …", and the label goes before it. */
export const sayIssue = ({ message, ...reason }: Issue, label: string): string =>
  sayReason(reason) ?? `${label} ${message}.`;

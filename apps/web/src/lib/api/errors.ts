import type { AnyMessage } from "@orwatch/messages/message";
import { currentFormat, currentTexts, sayKnown } from "../i18n/i18n.ts";

/** A message code with its parameters and English text. */
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

/** Checked by shape, so that pages without the client do not load it. */
function dataOf(error: unknown): ApiErrorData | null {
  if (!(error instanceof Error) || !("data" in error)) return null;
  const { data } = error;
  return typeof data === "object" ? data : null;
}

export const codeOf = (error: unknown): string | null => dataOf(error)?.code ?? null;

/** Message code of the reason. */
export const reasonOf = (error: unknown): string | null => dataOf(error)?.reason ?? null;

export const requestIdOf = (error: unknown): string | null => dataOf(error)?.request_id ?? null;

export const isUnauthorized = (error: unknown): boolean => codeOf(error) === "UNAUTHORIZED";

/** The team of the page does not exist, or the user is not a member. The server does not say which. */
export const isTeamMissing = (error: unknown): boolean => reasonOf(error) === "team_not_found";

/** The error of {@link isTeamMissing}, for a user who is not in the team of an address. */
export const teamMissing = (): Error =>
  Object.assign(new Error("No such team"), { data: { code: "NOT_FOUND", reason: "team_not_found" } });

/** An error of a call to the server, also one without a response. */
export const isFromApi = (error: unknown): boolean => error instanceof Error && error.name === "TRPCClientError";

/** Can be retried automatically: network errors, or a server that is restarting. */
export const isPassing = (error: unknown): boolean => {
  const code = codeOf(error);
  return code === null || code === "SERVICE_UNAVAILABLE";
};

const unsure = new WeakSet<Error>();

/** Marks an error of a mutation without a response, so that its result is unknown. */
export const markUnsure = (error: Error): void => void unsure.add(error);

const deadlines = new WeakMap<object, number>();

/** When the request may be retried, counted from when the error was first shown. */
function deadlineOf(error: Error, seconds: number): number {
  const known = deadlines.get(error);
  if (known !== undefined) return known;
  const deadline = Date.now() + seconds * 1000;
  deadlines.set(error, deadline);
  return deadline;
}

/** In the language of the page; `null` if there is no known reason. */
const sayReason = ({ reason, params }: Reason): string | null =>
  reason === undefined ? null : sayKnown({ code: reason, params: params ?? {} });

/** Where UNAUTHORIZED is about the password or passkey, not about an expired session. */
const LOGINS = ["auth.signIn", "passkeys.signIn"];

/** Text for the user: the reason in the language of the page, or the server's English message. */
export function messageOf(error: unknown): string {
  const { code, path, retry_after: seconds } = dataOf(error) ?? {};
  const t = currentTexts().common.errors;
  if (code === "UNAUTHORIZED" && !LOGINS.includes(path ?? "")) return t.signedOut;
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

/** An issue of a field as a sentence. Messages of the server begin with "must be …", so the label is put before them. */
export const describeIssue = ({ message, ...reason }: Issue, label: string): string =>
  sayReason(reason) ?? `${label} ${message}.`;

import type { AppRouter } from "@orwatch/server/router";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { currentTexts } from "../i18n/i18n.ts";
import { isUnauthorized } from "./errors.ts";

type Inputs = inferRouterInputs<AppRouter>["auth"];
type Outputs = inferRouterOutputs<AppRouter>["auth"];

/** As the tRPC client throws it: `lib/api/errors.ts` reads either by shape. */
class AccountError extends Error {
  override name = "TRPCClientError";
  data: unknown;
  constructor({ message, data }: { message: string; data: unknown }) {
    super(message);
    this.data = data;
  }
}

const DEADLINE_MS = 60_000;

/** One call without the tRPC client, which the pages before the log-in need not load. */
async function call<T>(procedure: string, init?: RequestInit): Promise<T> {
  const response = await fetch(`/trpc/auth.${procedure}`, { ...init, signal: AbortSignal.timeout(DEADLINE_MS) }).catch(
    (cause: Error) => {
      throw new AccountError({ message: cause.message, data: null });
    },
  );
  const answer: { result?: { data: T }; error?: { message: string; data: unknown } } = await response
    .json()
    .catch(() => ({}));
  if (answer.result) return answer.result.data;
  throw new AccountError(answer.error ?? { message: response.statusText, data: null });
}

const post = <T>(procedure: string, input: object): Promise<T> =>
  call(procedure, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(input),
  });

/**
 * Asks who is logged in, after a log-in: script cannot see the cookie of a session. Whatever else fails is told where it matters.
 * @throws in words for the form when the browser has not kept the session
 */
async function expectSession(): Promise<void> {
  try {
    await call(`me?input=${encodeURIComponent("{}")}`);
  } catch (error) {
    if (isUnauthorized(error))
      throw new AccountError({ message: currentTexts().account.login.notKept, data: { code: "SESSION_NOT_KEPT" } });
  }
}

export const accountApi = {
  register: (input: Inputs["register"]) => post<Outputs["register"]>("register", input),
  signIn: (input: Inputs["signIn"]) => post<Outputs["signIn"]>("signIn", input),
  settings: () => call<Outputs["settings"]>("settings"),
  expectSession,
};

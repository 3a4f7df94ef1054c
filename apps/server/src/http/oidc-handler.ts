import type { IncomingMessage, ServerResponse } from "node:http";
import { type AnyMessage, message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import { logOutByProvider } from "../auth/oidc/back-channel-logout.ts";
import { completeFlow } from "../auth/oidc/complete.ts";
import { type Flow, flowCookie, HOME, pendingCookie } from "../auth/oidc/flow-cookies.ts";
import { CALLBACK, stateInvalid } from "../auth/oidc/provider.ts";
import { secondsLeft } from "../platform/rate-limit.ts";
import { AppError, INTERNAL_ERROR } from "../rpc/app-error.ts";
import { ANONYMOUS } from "../rpc/enforce-rate-limit.ts";
import { type Arrival, identifyByCookie } from "./context.ts";
import { readText } from "./read-text.ts";
import { sendError } from "./rest/error.ts";

const LOGOUT = "/auth/oidc/backchannel-logout";
const MAX_BODY_BYTES = 16 * 1024;

/** Methods of a path of sign-in through the provider; `null` for other paths, and for all if there is no provider. */
export function methodOfOidc(app: App, pathname: string): "GET" | "POST" | null {
  if (app.config.oidc === null) return null;
  return pathname === CALLBACK ? "GET" : pathname === LOGOUT ? "POST" : null;
}

interface Call {
  req: IncomingMessage;
  res: ServerResponse;
  url: string;
  arrival: Arrival;
}

/** Where the provider sends browsers back to, and where it sends logout tokens. */
export function answerOidc(app: App, call: Call): Promise<void> {
  call.res.setHeader("Cache-Control", "no-store");
  return call.req.method === "POST" ? answerLogout(app, call) : answerCallback(app, call);
}

/** Completes the visit and redirects at once, so that the code of the provider does not stay in the address. Errors are shown by pages of the app. */
async function answerCallback(app: App, { req, res, url, arrival }: Call): Promise<void> {
  const cookies = req.headers.cookie ?? "";
  const { address, userAgent } = arrival;
  const flow = flowCookie.read(app, cookies);
  const addCookie = (cookie: string) => void res.appendHeader("Set-Cookie", cookie);
  addCookie(flowCookie.clear(app));
  const redirect = (path: string) => void res.writeHead(303, { Location: path }).end();
  try {
    if (flow === null) throw stateInvalid();
    const { principal } = await identifyByCookie(app, { req, res, arrival, team: null });
    const completed = await completeFlow(app, {
      flow,
      query: url.split("?")[1] ?? "",
      session: principal?.kind === "session" ? principal : null,
      origin: { address, userAgent },
      cookies,
      addCookie,
    });
    if (completed.kind === "done") return redirect(completed.redirect);
    addCookie(pendingCookie.write(app, completed.pending));
    return redirect("/continue");
  } catch (error) {
    if (!(error instanceof AppError)) app.log.error("request.failed", { request_id: arrival.requestId, error });
    redirect(errorPageOf(flow, error instanceof AppError ? error.reason : INTERNAL_ERROR.reason));
  }
}

/** The page from which the visit began, with a message that it shows in words: its code, and parameters that are numbers. */
function errorPageOf(flow: Flow | null, { code, params }: AnyMessage): string {
  const query = new URLSearchParams({ error: code });
  for (const [name, value] of Object.entries(params)) if (typeof value === "number") query.set(name, String(value));
  if (flow?.purpose === "connect") return `/profile?${query}`;
  if (flow?.purpose === "confirm") return `/returned?${query}`;
  if (flow && flow.redirect !== HOME) query.set("redirect", flow.redirect);
  return `/login?${query}`;
}

/** POST with `logout_token` in a form. Reveals nothing about whether the person is known. */
async function answerLogout(app: App, { req, res, arrival }: Call): Promise<void> {
  const bucket = `anonymous:${arrival.address}`;
  const tries = app.limits.take(bucket, ANONYMOUS, 0);
  if (tries.remaining === 0) {
    const seconds = secondsLeft(tries);
    const reason = message("too_many_requests", { seconds });
    return sendError(res, { status: 429, code: "TOO_MANY_REQUESTS", reason, retryAfterS: seconds }, arrival.requestId);
  }
  const body = await readText(req, MAX_BODY_BYTES);
  const token = body === null ? null : new URLSearchParams(body).get("logout_token");
  if (token && (await logOutByProvider(app, { token, address: arrival.address }))) return void res.writeHead(200).end();
  app.limits.take(bucket, ANONYMOUS);
  const reason = message("oidc_logout_refused", {});
  sendError(res, { status: 400, code: "BAD_REQUEST", reason }, arrival.requestId);
}

import type { IncomingMessage, ServerResponse } from "node:http";
import { type Message, message } from "@orwatch/messages/message";
import { type AnyTRPCRouter, TRPCError } from "@trpc/server";
import type { z } from "zod";
import type { App } from "../../app.ts";
import { currentDay } from "../../platform/clock.ts";
import { invalidRequest } from "../../rpc/app-error.ts";
import { enforceRateLimit } from "../../rpc/enforce-rate-limit.ts";
import { createIdempotency } from "../../rpc/idempotency.ts";
import type { RouteMeta } from "../../rpc/procedures.ts";
import { requireAccess } from "../../rpc/require-access.ts";
import { readDataVersion } from "../../usage/data-version.ts";
import { type CallingRequest, callProcedure } from "../call-procedure.ts";
import { type Arrival, identify } from "../context.ts";
import { encodingFor, sendPacked } from "../responses/compression.ts";
import { setDeprecationHeaders } from "./deprecations.ts";
import { describeFailure, sendError } from "./error.ts";
import { type Answer, createAnswerCache, createEtags, isNamed, toAnswer } from "./etag.ts";
import {
  bringsBody,
  fieldsOf,
  NO_BODY,
  readAddress,
  readBody,
  readParameters,
  rejectQuery,
  takeTeam,
  toInput,
} from "./input.ts";
import { linksOf } from "./page-links.ts";
import { createRoutes, type Route, type StreamRoute } from "./routes.ts";

interface Procedure {
  _def: { meta?: RouteMeta; inputs: z.ZodType[] };
}

const credentialOf = (path: string) => (path.startsWith("/v1/") ? "apiToken" : "session");

/** Requests that create something take an Idempotency-Key, and every POST with an API token. */
export const takesIdempotencyKey = ({ openapi, status }: RouteMeta): boolean =>
  openapi?.method === "POST" &&
  openapi.protect === true &&
  (status === 201 || credentialOf(openapi.path) === "apiToken");

function routeOf([procedure, { _def }]: [name: string, procedure: Procedure]): Route[] {
  const { openapi, status, revalidates } = _def.meta ?? {};
  if (!openapi) return [];
  const { method, path, protect } = openapi;
  const { names, numbers, lists } = fieldsOf(_def.inputs);
  return [
    {
      procedure,
      method,
      path,
      fields: { names: names.filter((name) => !path.includes(`{${name}}`)), numbers, lists },
      numbers,
      credential: protect ? credentialOf(path) : null,
      status: status ?? 200,
      revalidates: revalidates ?? null,
      isIdempotent: takesIdempotencyKey({ openapi, ...(status && { status }) }),
    },
  ];
}

/** The procedures with a route. */
export const listRoutes = (router: AnyTRPCRouter): Route[] =>
  Object.entries(router._def.procedures as Record<string, Procedure>).flatMap(routeOf);

/**
 * The REST adapter: calls the procedures with a route (`.meta({ openapi })`) and applies HTTP's rules (methods, types,
 * bodies, errors, revalidation) and the limits of the public API. `req.url` must be relative to the API's base.
 */
export function createRestHandler(
  app: App,
  options: {
    router: AnyTRPCRouter;
    /** Those of `router`: listing them takes some time. */
    routes: Route[];
    streams: StreamRoute[];
    /** Version of the server, sent to API tokens so that an SDK can compare it with its own. */
    version: string;
    onError: (error: TRPCError, input: { path: string | undefined; requestId: string }) => void;
  },
) {
  const routes = createRoutes([
    ...options.routes,
    ...options.streams.map(
      ({ handle, ...route }): Route => ({ ...route, procedure: "", method: "GET", numbers: new Set(), stream: handle }),
    ),
  ]);
  const etags = createEtags();
  const answers = createAnswerCache();
  const runOnce = createIdempotency(app);

  /** Calls the procedure of a route as /trpc does. @throws TRPCError */
  async function callRoute(name: string, input: object, request: CallingRequest): Promise<unknown> {
    try {
      return await callProcedure(app, { router: options.router, name, input, request });
    } catch (error) {
      options.onError(error as TRPCError, { path: name, requestId: request.arrival.requestId });
      throw error;
    }
  }

  /** ETag of the current response; `null` if the route does not support revalidation. */
  function etagOf(route: Route, arrival: Arrival, target: string): string | null {
    const principal = arrival.identity?.principal;
    if (!route.revalidates || principal?.kind !== route.credential) return null;
    return etags.of({
      teamId: principal.teamId,
      version: arrival.identity?.dataVersion ?? readDataVersion(app, principal.teamId),
      today: route.revalidates === "day" ? currentDay(app.clock) : null,
      target,
    });
  }

  return async (req: IncomingMessage, res: ServerResponse, arrival: Arrival): Promise<void> => {
    const reject = (status: number, code: string, reason: Message) =>
      sendError(res, { status, code, reason }, arrival.requestId);
    const url = req.url ?? "/";
    const address = readAddress(url);
    if ("error" in address) return sendError(res, address.error, arrival.requestId);
    const { path } = address;
    const found = routes.find(path);
    if (found) {
      arrival.route = `/api${found.template}`;
      setDeprecationHeaders(res, found.template);
    }
    if (req.method === "OPTIONS" && found) return void res.writeHead(204, { Allow: found.allowed.join(", ") }).end();
    const isPublic = path === "/v1" || path.startsWith("/v1/");
    const { team, query: withoutTeam, issues: teamIssues } = takeTeam(address.query);
    arrival.team = team;
    arrival.identity = await identify(app, {
      req,
      res,
      transport: "rest",
      arrival,
      team,
      expects: isPublic ? "apiToken" : "session",
    });
    if (isPublic) {
      if (arrival.identity.principal?.kind === "apiToken") res.setHeader("X-Orwatch-Version", options.version);
      const limited = countCall(app, arrival, res);
      if (limited) return sendError(res, describeFailure(limited), arrival.requestId);
    }
    if (!found) return reject(404, "NOT_FOUND", message("endpoint_not_found", {}));
    const route = found.routes.get(req.method === "HEAD" ? "GET" : (req.method ?? ""));
    if (!route) {
      res.setHeader("Allow", found.allowed.join(", "));
      return reject(405, "METHOD_NOT_SUPPORTED", message("method_not_allowed", { allowed: found.allowed }));
    }
    const hasBody = route.method === "POST" || route.method === "PUT";
    const asked = route.credential === null ? address.query : withoutTeam;
    const { query, issues } = hasBody
      ? { query: asked, issues: rejectQuery(asked, route.fields) }
      : readParameters(asked, route.fields);
    if (route.credential !== null) issues.push(...teamIssues);
    if (!hasBody && (await bringsBody(req))) {
      res.setHeader("Connection", "close");
      return sendError(res, NO_BODY, arrival.requestId);
    }
    if (route.stream) return route.stream({ req, res, arrival, query, issues });
    // Without a valid credential the response is 401, even with invalid parameters.
    const isAllowed = route.credential === null || arrival.identity.principal?.kind === route.credential;
    if (isAllowed && issues.length > 0)
      return sendError(res, describeFailure(invalidRequest(issues)), arrival.requestId);
    if (isAllowed && route.credential !== null && arrival.identity.isForeignTeam)
      return reject(404, "NOT_FOUND", message("team_not_found", {}));
    const refused = refuse(route, arrival);
    if (refused) return sendError(res, describeFailure(refused), arrival.requestId);
    let etag: string | null = null;
    let input: object = {};
    if (hasBody) {
      const body = await readBody(req);
      if ("error" in body) {
        res.setHeader("Connection", "close");
        return sendError(res, body.error, arrival.requestId);
      }
      for (const name of Object.keys(found.parameters))
        if (Object.hasOwn(body.value, name)) return sendError(res, describeFailure(misplaced(name)), arrival.requestId);
      input = body.value;
    } else {
      etag = etagOf(route, arrival, url);
      if (etag !== null) {
        if (isNamed(req.headers["if-none-match"], etag)) return sendNotModified(req, res, etag);
        const known = answers.get(etag);
        if (known) return sendRead(req, res, { answer: known, etag });
      }
      input = toInput(query, route.fields);
    }
    const whole = { ...input, ...found.pathInput(route) };
    const call = () => callRoute(route.procedure, whole, { req, res, arrival });
    const key = route.isIdempotent ? req.headers["idempotency-key"] : undefined;
    const { principal } = arrival.identity;
    let data: unknown;
    try {
      if (typeof key === "string" && principal?.kind === route.credential) {
        const request = { principal, operation: route.procedure, key, body: whole };
        const { text, isReplayed } = await runOnce(request, async () => JSON.stringify(await call()));
        if (isReplayed) res.setHeader("Idempotency-Replayed", "true");
        return sendAnswer(res, { status: route.status, answer: toAnswer(text) });
      }
      data = await call();
    } catch (error) {
      return sendError(res, describeFailure(error as TRPCError), arrival.requestId);
    }
    if (route.status === 204) return void res.writeHead(204).end();
    const answer = toAnswer(JSON.stringify(data), linksOf(url, data));
    if (route.method !== "GET") return sendAnswer(res, { status: route.status, answer });
    if (etag !== null) answers.put(etag, answer);
    sendRead(req, res, { answer, etag });
  };
}

const misplaced = (name: string) => invalidRequest([{ path: name, reason: message("field_belongs_in_path", {}) }]);

/** Answers a GET, compressed if the client accepts it. Secrets are never returned by GET, so this is safe from BREACH. */
function sendRead(
  req: IncomingMessage,
  res: ServerResponse,
  { answer, etag }: { answer: Answer; etag: string | null },
): void {
  // `*` matches any response.
  if (etag !== null && req.headers["if-none-match"]?.trim() === "*") return void sendNotModified(req, res, etag);
  res.statusCode = 200;
  res.setHeader("Content-Type", "application/json; charset=utf-8");
  res.setHeader("Cache-Control", etag === null ? "no-store" : "private, no-cache");
  if (answer.links !== null) res.appendHeader("Link", answer.links);
  const isPacked = encodingFor(req, answer.bytes) !== null;
  // Weak, because the bytes depend on the encoding.
  if (etag !== null) res.setHeader("ETag", isPacked ? `W/${etag}` : etag);
  if (isPacked) return void sendPacked(req, res, Buffer.from(answer.text));
  res.appendHeader("Vary", "Accept-Encoding");
  res.setHeader("Content-Length", answer.bytes);
  res.end(answer.text);
}

/** Stored responses and those of other requests are sent without calling the procedure, so they need what it needs. */
function refuse({ procedure, credential }: Route, arrival: Arrival): TRPCError | null {
  const principal = arrival.identity?.principal;
  if (!principal || principal.kind !== credential) return null;
  const { isForeignTeam = false } = arrival.identity ?? {};
  return failureOf(() => requireAccess(procedure, { principal, isForeignTeam }));
}

function failureOf(work: () => void): TRPCError | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof TRPCError) return error;
    throw error;
  }
}

function countCall(app: App, arrival: Arrival, res: ServerResponse): TRPCError | null {
  return failureOf(() =>
    enforceRateLimit(app, {
      principal: arrival.identity?.principal ?? null,
      address: arrival.address,
      setHeader: (name, value) => void res.setHeader(name, value),
    }),
  );
}

function sendNotModified(req: IncomingMessage, res: ServerResponse, etag: string): void {
  const isWeak = req.headers["if-none-match"]?.includes(`W/${etag}`) === true;
  res.removeHeader("Content-Type");
  res.appendHeader("Vary", "Accept-Encoding");
  res.statusCode = 304;
  res.setHeader("ETag", isWeak ? `W/${etag}` : etag);
  res.setHeader("Cache-Control", "private, no-cache");
  res.end();
}

function sendAnswer(res: ServerResponse, { status, answer }: { status: number | undefined; answer: Answer }): void {
  res.statusCode = status ?? 200;
  res.setHeader("Content-Type", "application/json; charset=utf-8");
  res.setHeader("Cache-Control", "no-store");
  res.setHeader("Content-Length", answer.bytes);
  res.end(answer.text);
}

import type { IncomingMessage, ServerResponse } from "node:http";
import type { AnyTRPCRouter, TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { createOpenApiNodeHttpHandler, generateOpenApiDocument, getPathRegExp, unwrapZodType } from "trpc-to-openapi";
import { ZodError, type z } from "zod";
import type { Arrival } from "./context.ts";
import { sendError } from "./rest-error.ts";
import type { Context, RouteMeta } from "./trpc.ts";

/** A larger body is refused with 413, on either door. */
export const MAX_BODY_BYTES = 64 * 1024;

interface Procedure {
  _def: { meta?: RouteMeta; inputs: z.ZodType[] };
}

type Request = IncomingMessage & { body?: unknown; query?: unknown };

/**
 * trpc-to-openapi switches `coerce` on in the schemas it meets, and they are shared with /trpc: there `"5"` would become a number
 * after the first REST call. What a schema coerces is what it says itself.
 */
function pinCoerce(schema: z.ZodType): void {
  const object = unwrapZodType(schema as never, true) as unknown as { shape?: Record<string, z.ZodType> };
  for (const field of Object.values(object.shape ?? {})) {
    const inner = unwrapZodType(field as never, false) as unknown as z.ZodType;
    const definition = (inner as unknown as { _zod: { def: { coerce?: boolean } } })._zod.def;
    const value = definition.coerce;
    Object.defineProperty(definition, "coerce", { get: () => value, set: () => {}, configurable: true });
    pinCoerce(inner);
  }
}

const proceduresOf = (router: AnyTRPCRouter) => Object.entries(router._def.procedures as Record<string, Procedure>);

/**
 * The REST door: trpc-to-openapi over the same procedures, with HTTP's own rules (methods, types, bodies, errors) kept here.
 * `req.url` must be relative to the API's base.
 */
export function createRestDoor(options: {
  router: AnyTRPCRouter;
  createContext: (input: { req: IncomingMessage; res: ServerResponse; arrival: Arrival }) => Promise<Context>;
  onError: (error: TRPCError, input: { path: string | undefined; requestId: string }) => void;
}) {
  const arrivals = new WeakMap<IncomingMessage, Arrival>();
  const failures = new WeakMap<IncomingMessage, TRPCError>();
  const routes = proceduresOf(options.router).flatMap(([, { _def }]) => {
    _def.inputs.forEach(pinCoerce);
    const route = _def.meta?.openapi;
    return route ? [{ method: route.method as string, pattern: getPathRegExp(route.path) }] : [];
  });
  const statuses = new Map(proceduresOf(options.router).map(([path, { _def }]) => [path, _def.meta?.status ?? 200]));
  const handle = createOpenApiNodeHttpHandler({
    router: options.router as never,
    createContext: ({ req, res }: { req: Request; res: ServerResponse }) =>
      options.createContext({ req, res, arrival: arrivals.get(req) as Arrival }),
    onError: ({ error, path, req }: { error: TRPCError; path?: string; req: Request }) => {
      failures.set(req, error);
      options.onError(error, { path, requestId: arrivals.get(req)?.requestId ?? "" });
    },
    responseMeta: ({ paths, errors }: { paths?: string[]; errors: unknown[] }) =>
      errors.length > 0 ? {} : { status: statuses.get(paths?.[0] ?? "") ?? 200 },
  } as never);

  return async (req: Request, res: ServerResponse, arrival: Arrival): Promise<void> => {
    const refuse = (status: number, code: string, message: string) =>
      sendError(res, { status, code, message }, arrival.requestId);
    const path = (req.url ?? "/").replace(/\?.*$/, "").replace(/(.)\/$/, "$1");
    const allowed = routes.filter((route) => route.pattern.test(path)).map((route) => route.method);
    if (allowed.length === 0)
      return refuse(404, "NOT_FOUND", "There is no such address. /openapi.json lists them all.");
    if (allowed.includes("GET")) allowed.push("HEAD");
    if (req.method === "OPTIONS") return void res.writeHead(204, { Allow: allowed.join(", ") }).end();
    if (!allowed.includes(req.method ?? "")) {
      res.setHeader("Allow", allowed.join(", "));
      return refuse(405, "METHOD_NOT_SUPPORTED", `This address answers ${allowed.join(", ")}.`);
    }
    if (req.method === "POST" || req.method === "PUT") {
      const body = await readBody(req);
      if ("refusal" in body) {
        res.setHeader("Connection", "close");
        return refuse(...body.refusal);
      }
      req.headers["content-type"] = "application/json";
      req.body = body.value;
    } else {
      // Node drops the body of an answer to HEAD by itself.
      if (req.method === "HEAD") req.method = "GET";
      req.query = readQuery(req.url ?? "");
    }
    arrivals.set(req, arrival);
    rewriteAnswer(res, () => failures.get(req), arrival.requestId);
    await handle(req as never, res);
  };
}

type Body = { value: object } | { refusal: [status: number, code: string, message: string] };

async function readBody(req: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return { refusal: [413, "PAYLOAD_TOO_LARGE", "The body is larger than 64 KiB."] };
    chunks.push(chunk);
  }
  if (size === 0) return { value: {} };
  const type = (req.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json")
    return { refusal: [415, "UNSUPPORTED_MEDIA_TYPE", "Send the body as Content-Type: application/json."] };
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks)));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { value };
    return { refusal: [400, "PARSE_ERROR", "The body must be a JSON object."] };
  } catch {
    return { refusal: [400, "PARSE_ERROR", "The body is not valid JSON."] };
  }
}

function readQuery(url: string): Record<string, string[]> {
  const query: Record<string, string[]> = Object.create(null);
  const start = url.indexOf("?");
  if (start < 0) return query;
  for (const [name, value] of new URLSearchParams(url.slice(start + 1))) {
    if (name === "__proto__") continue;
    query[name] ??= [];
    query[name].push(value);
  }
  return query;
}

/** Gives errors the shape of the contract, and 204 no body; the handler writes neither. */
function rewriteAnswer(res: ServerResponse, failure: () => TRPCError | undefined, requestId: string): void {
  const { end } = res;
  res.end = ((...parts: Parameters<ServerResponse["end"]>) => {
    res.end = end;
    const error = failure();
    if (error) {
      sendError(res, describeFailure(error), requestId);
      return res;
    }
    if (res.statusCode === 204) {
      res.removeHeader("Content-Type");
      return res.end();
    }
    res.setHeader("Content-Type", "application/json; charset=utf-8");
    res.setHeader("Cache-Control", "private, no-cache");
    return res.end(...parts);
  }) as typeof end;
}

function describeFailure(error: TRPCError) {
  const status = getHTTPStatusCodeFromError(error);
  if (status >= 500 && status !== 502 && status !== 503)
    return {
      status: 500,
      code: "INTERNAL_SERVER_ERROR",
      message: "Something broke on our side; nothing was changed. Quote the request id when you report it.",
    };
  if (!(error.cause instanceof ZodError)) return { status, code: error.code, message: error.message };
  const issues = error.cause.issues.map((issue) => ({
    path: issue.path.map(String).join("."),
    message: issue.message,
  }));
  const first = issues[0];
  return {
    status,
    code: error.code,
    message: first ? `${first.path}: ${first.message}` : "The request is not valid.",
    issues,
  };
}

/** The OpenAPI 3.1 document of everything that has a route. */
export function createDocument(options: { router: AnyTRPCRouter; baseUrl: string; version: string }) {
  const document = generateOpenApiDocument(options.router as never, {
    title: "orwatch",
    version: options.version,
    baseUrl: `${options.baseUrl}/api`,
    description:
      "Exact usage of your OpenRouter keys. Money is a decimal string in USD, days are UTC, unknown is null.",
  });
  for (const [, { _def }] of proceduresOf(options.router)) {
    const route = _def.meta?.openapi;
    if (!route || _def.meta?.status === undefined) continue;
    const operation = (
      document.paths?.[route.path] as Record<string, { responses: Record<string, unknown> }> | undefined
    )?.[route.method.toLowerCase()];
    if (!operation) continue;
    const { "200": success, ...others } = operation.responses;
    const answer = _def.meta.status === 204 ? { description: "Done; no body" } : success;
    operation.responses = { [_def.meta.status]: answer, ...others };
  }
  return document;
}

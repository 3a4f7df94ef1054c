import { createHash, randomUUID } from "node:crypto";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { message } from "@orwatch/messages/message";
import { createHTTPHandler } from "@trpc/server/adapters/standalone";
import type { App } from "../app.ts";
import { withinLog } from "../platform/log.ts";
import { findStorageProblem, isDamage } from "../platform/storage.ts";
import { appRouter } from "../router.ts";
import { INTERNAL_ERROR, retryAfterOf } from "../rpc/app-error.ts";
import { clientAddress, createProxyTrust, findForgottenProxy, isLocalRequest } from "./client-address.ts";
import { type Arrival, createContext } from "./context.ts";
import { createMetricsHandler } from "./metrics/handler.ts";
import { answerOidc, methodOfOidc } from "./oidc-handler.ts";
import { packAtEnd } from "./responses/compression.ts";
import { createCors } from "./responses/cors.ts";
import { createSecurityHeaders } from "./responses/security-headers.ts";
import { createWebFiles } from "./responses/static-files.ts";
import { createRestHandler, listRoutes } from "./rest/adapter.ts";
import { isDocs, serveDocs } from "./rest/docs-pages.ts";
import { type RestError, sendError } from "./rest/error.ts";
import { isNamed } from "./rest/etag.ts";
import { createExportRoutes } from "./rest/export-handler.ts";
import { MAX_BODY_BYTES, readAddress } from "./rest/input.ts";
import { createDocument } from "./rest/openapi/document.ts";
import { type ConnectionLimits, limitConnections } from "./sockets/connection-limits.ts";
import { MAX_HEADER_BYTES, rejectSocket } from "./sockets/rejected-sockets.ts";
import { closeStalled, createLines } from "./sockets/slow-readers.ts";
import { UNSUBSCRIBE, unsubscribe } from "./unsubscribe-handler.ts";

interface ServerOptions {
  /** Folder of the built web app. */
  webFolder: string;
  version: string;
  /** Which parts are ready. */
  readiness: () => { database: boolean; jobs: boolean };
  /** Time in which a request must have arrived completely. Default: 30 s. */
  requestTimeoutMs?: number;
  /** A client that reads nothing of its response for this long is disconnected. Default: 60 s. */
  stallMs?: number;
  /** Limits of connections. */
  connections?: ConnectionLimits;
}

/** Calculates a value when it is first needed: generating the document takes a quarter of a start. */
function lazy<T>(calculate: () => T): () => T {
  let known: { value: T } | null = null;
  return () => {
    known ??= { value: calculate() };
    return known.value;
  };
}

/** Paths that are routes themselves. */
const PAGES = new Set(["/health", "/health/ready", "/openapi.json", "/metrics"]);

const API_ROUTES = listRoutes(appRouter);

/** The HTTP server: /trpc, /api, /openapi.json, /docs, /redoc, /health, /metrics, /mcp, POST /unsubscribe, /auth/oidc, and the web app for all other paths. */
export function createServer(app: App, options: ServerOptions): http.Server {
  const trust = createProxyTrust(app.config.trustProxy);
  const security = createSecurityHeaders({
    isHttps: app.config.isHttps,
    includeSubdomains: app.config.hstsIncludeSubdomains,
  });
  const answerPreflight = createCors(app.config.corsOrigins);
  const arrivals = new WeakMap<IncomingMessage, Arrival>();
  const trpc = createHTTPHandler({
    router: appRouter,
    basePath: "/trpc/",
    maxBodySize: MAX_BODY_BYTES,
    maxBatchSize: 10,
    createContext: ({ req, res }) =>
      createContext(app, { req, res, transport: "trpc", arrival: arrivals.get(req) as Arrival }),
    onError: ({ error, path: procedure, req }) => noteFailure(error, procedure, arrivals.get(req)?.requestId),
    responseMeta: ({ errors }) => {
      const limited = errors.find((error) => error.code === "TOO_MANY_REQUESTS");
      const wait: Record<string, string> = limited ? { "Retry-After": String(retryAfterOf(limited)) } : {};
      return { headers: { "Cache-Control": "no-store", ...wait } };
    },
  });
  const rest = createRestHandler(app, {
    router: appRouter,
    routes: API_ROUTES,
    streams: createExportRoutes(app),
    version: options.version,
    onError: (error, { path: procedure, requestId }) => noteFailure(error, procedure, requestId),
  });
  const readDocument = lazy(() => {
    const document = createDocument({
      router: appRouter,
      baseUrl: app.config.publicUrl ?? "",
      version: options.version,
    });
    const bytes = Buffer.from(JSON.stringify(document));
    return { bytes, etag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 27)}"` };
  });
  const web = createWebFiles(options.webFolder, { clock: app.clock });
  const metrics = createMetricsHandler(app, { version: options.version });
  // Loaded at the first request: few servers need it, and it takes memory.
  const loadMcp = lazy(async () => (await import("./mcp-handler.ts")).createMcp(app, { onError: noteFailure }));

  function noteFailure(
    error: { code: string; cause?: unknown; message: string },
    procedure: string | undefined,
    requestId?: string,
  ) {
    if (error.code === "INTERNAL_SERVER_ERROR")
      app.log.error("request.failed", { request_id: requestId, procedure, error: error.cause ?? error });
  }

  async function answer(req: IncomingMessage, res: ServerResponse, arrival: Arrival): Promise<void> {
    // The request target may be an absolute URL, as proxies send it.
    const url = (req.url ?? "/").replace(/^https?:\/\/[^/?#]*(?=\/)/i, "");
    const pathname = url.replace(/\?.*$/s, "");
    const isApi = pathname.startsWith("/api/");
    const isTrpc = pathname.startsWith("/trpc/");
    if (answerPreflight(req, res, pathname)) return;
    if (isTrpc) {
      // tRPC reports undecodable text as an internal error.
      const address = readAddress(url);
      if ("error" in address) return sendError(res, address.error, arrival.requestId);
      arrivals.set(req, arrival);
      arrival.route = routeOfCall(pathname);
      req.url = url;
      // A streamed batch sends status and headers first, so that no session cookie and no rate limit headers could be sent.
      delete req.headers["trpc-accept"];
      req.headers.accept = "application/json";
      if (req.method === "GET") packAtEnd(req, res);
      return trpc(req, res);
    }
    if (isApi) {
      req.url = url.slice("/api".length);
      return rest(req, res, arrival);
    }
    if (pathname === "/mcp") return (await loadMcp())({ req, res, arrival });
    if (req.method === "POST" && pathname === UNSUBSCRIBE) {
      arrival.route = UNSUBSCRIBE;
      return unsubscribe(app, { req, res, url, arrival });
    }
    const methodOfVisit = methodOfOidc(app, pathname);
    if (methodOfVisit !== null && req.method === methodOfVisit) {
      arrival.route = pathname;
      return answerOidc(app, { req, res, url, arrival });
    }
    const allowed =
      methodOfVisit === null
        ? ["GET", "HEAD", ...(pathname === UNSUBSCRIBE ? ["POST"] : []), "OPTIONS"]
        : [methodOfVisit, "OPTIONS"];
    const allow = allowed.join(", ");
    if (req.method === "OPTIONS") return void res.writeHead(204, { Allow: allow }).end();
    if (methodOfVisit !== null || (req.method !== "GET" && req.method !== "HEAD")) {
      res.setHeader("Allow", allow);
      const reason = message("method_not_allowed", { allowed });
      return sendError(res, { status: 405, code: "METHOD_NOT_SUPPORTED", reason }, arrival.requestId);
    }
    const page = pathname.replace(/(.)\/$/, "$1");
    arrival.route = PAGES.has(page) ? page : isDocs(page) ? "(docs)" : "(web app)";
    if (metrics && page === "/metrics") return metrics.answer(req, res, arrival);
    if (page === "/health") return sendJson(res, 200, { status: "healthy" });
    if (page === "/health/ready") {
      const checks = { ...options.readiness(), clock: (app.clock.offsetMs?.() ?? 0) === 0 };
      // With a wrong clock, usage follows OpenRouter's clock, so this is only a warning.
      const isReady = checks.database && checks.jobs;
      return sendJson(res, isReady ? 200 : 503, { status: isReady ? "ready" : "not ready", checks });
    }
    if (page === "/openapi.json") return sendDocument(req, res);
    if (isDocs(page)) return void (await serveDocs(page, req, res));
    const missing = () =>
      sendError(res, { status: 404, code: "NOT_FOUND", reason: message("page_not_found", {}) }, arrival.requestId);
    // Without METRICS_TOKEN, /metrics is 404 and not the page of the web app.
    if (["/api", "/trpc", "/metrics"].includes(page)) return missing();
    req.url = url;
    return web(req, res, missing);
  }

  function sendDocument(req: IncomingMessage, res: ServerResponse): void {
    // Contains nothing of a user, and tools on other sites read it.
    res.setHeader("Access-Control-Allow-Origin", "*");
    const { bytes, etag } = readDocument();
    res.setHeader("ETag", etag);
    res.setHeader("Cache-Control", "no-cache");
    if (isNamed(req.headers["if-none-match"], etag)) return void res.writeHead(304).end();
    res.setHeader("Content-Type", "application/json; charset=utf-8");
    res.end(bytes);
  }

  let hasWarned = false;
  /** Logs one warning when requests arrive through a proxy that TRUST_PROXY does not list: all clients would share one rate limit. */
  function warnAboutUntrustedProxy(req: IncomingMessage): void {
    const proxy = hasWarned ? null : findForgottenProxy(req, trust);
    if (proxy === null) return;
    hasWarned = true;
    const message = `Requests come through a proxy at ${proxy} that TRUST_PROXY does not name: all visitors count as one address.`;
    app.log.warn("proxy.forgotten", { proxy, message });
  }

  const { requestTimeoutMs = 30_000, stallMs = 60_000 } = options;
  const lines = createLines((req, res) => {
    const started = performance.now();
    warnAboutUntrustedProxy(req);
    const arrival: Arrival = {
      requestId: randomUUID(),
      address: clientAddress(req, trust),
      userAgent: req.headers["user-agent"]?.slice(0, 300) ?? null,
      isLocal: isLocalRequest(req),
    };
    const { method, url } = req;
    res.setHeader("X-Request-Id", arrival.requestId);
    res.on("close", () => {
      const ms = performance.now() - started;
      app.measures.request({ route: arrival.route ?? "(unknown)", statusCode: res.statusCode, seconds: ms / 1000 });
      app.log.info("request", {
        request_id: arrival.requestId,
        address: arrival.address,
        method,
        path: url === undefined ? undefined : loggedPath(url),
        status: res.statusCode,
        ms: Math.round(ms * 10) / 10,
      });
    });
    security.protect(res);
    const hosts = countHosts(req);
    if (hosts > 1 || (hosts === 0 && req.httpVersion === "1.1")) {
      const reason = message(hosts === 0 ? "host_header_missing" : "host_header_repeated", {});
      return sendError(res, { status: 400, code: "BAD_REQUEST", reason }, arrival.requestId);
    }
    withinLog({ request_id: arrival.requestId }, () => answer(req, res, arrival)).catch((error) => {
      // A client that disconnected while sending is not an error of the server.
      if (req.destroyed && !req.complete) return;
      app.log.error("request.failed", { request_id: arrival.requestId, error });
      if (isDamage(error)) app.storage.reportDamage("a read found damage");
      sendError(res, describeFault(error), arrival.requestId);
    });
  });
  const server = http.createServer(
    {
      requestTimeout: requestTimeoutMs,
      headersTimeout: Math.min(15_000, requestTimeoutMs),
      connectionsCheckingInterval: Math.min(5_000, requestTimeoutMs),
      keepAliveTimeout: 65_000,
      maxHeaderSize: MAX_HEADER_BYTES,
      // Rejected above with an error response.
      requireHostHeader: false,
    },
    lines.handle,
  );
  closeStalled(server, { stallMs, isBusy: lines.isBusy });
  limitConnections(server, { trust, limits: options.connections });
  server.on("checkExpectation", (req, res) => {
    const requestId = randomUUID();
    res.setHeader("X-Request-Id", requestId);
    security.protect(res);
    app.log.info("request", {
      request_id: requestId,
      address: clientAddress(req, trust),
      method: req.method,
      path: null,
      status: 417,
    });
    sendError(
      res,
      { status: 417, code: "EXPECTATION_FAILED", reason: message("expectation_unsupported", {}) },
      requestId,
    );
  });
  server.on("close", () => metrics?.close());
  server.on("clientError", (error: NodeJS.ErrnoException, socket) =>
    rejectSocket(app.log, error, { socket: socket as Socket, securityLines: security.lines }),
  );
  return server;
}

/** Without the query, and without the token of a shared page. */
const loggedPath = (url: string): string => url.replace(/\?.*$/s, "").replace(/^((?:\/api)?\/share\/).+/is, "$1…");

/** The error for a client if handling its request failed. */
function describeFault(error: unknown): RestError {
  const problem = findStorageProblem(error);
  return problem === null
    ? { status: 500, ...INTERNAL_ERROR }
    : { status: 503, code: "SERVICE_UNAVAILABLE", reason: problem };
}

/** Node keeps the first of several Host headers; a proxy may have used another one. */
const countHosts = ({ rawHeaders }: IncomingMessage): number =>
  rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === "host").length;

/** The procedure of a call over /trpc, or "batch" for several. */
function routeOfCall(pathname: string): string {
  const name = pathname.slice("/trpc/".length);
  if (name.includes(",")) return "/trpc/(batch)";
  return Object.hasOwn(appRouter._def.procedures, name) ? `/trpc/${name}` : "/trpc/(unknown)";
}

function sendJson(res: ServerResponse, status: number, body: unknown): void {
  res.statusCode = status;
  res.setHeader("Content-Type", "application/json; charset=utf-8");
  res.setHeader("Cache-Control", "no-store");
  res.end(JSON.stringify(body));
}

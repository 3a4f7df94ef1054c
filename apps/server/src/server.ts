import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import path from "node:path";
import { createHTTPHandler } from "@trpc/server/adapters/standalone";
import helmet from "helmet";
import sirv from "sirv";
import { clientAddress, createProxyTrust } from "./address.ts";
import type { App } from "./app.ts";
import { type Arrival, createContext } from "./context.ts";
import { createDocument, createRestDoor, MAX_BODY_BYTES } from "./openapi.ts";
import { sendError } from "./rest-error.ts";
import { appRouter } from "./router.ts";

export interface ServerOptions {
  /** Folder of the built web app. */
  webFolder: string;
  version: string;
  /** Whether every part is ready to serve. */
  readiness: () => { database: boolean; jobs: boolean };
}

/** Everything this server answers, on one port: /trpc, /api, /openapi.json, /health, and else the web app. */
export function createServer(app: App, options: ServerOptions): http.Server {
  const trust = createProxyTrust(app.config.trustProxy);
  const secure = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: app.config.isHttps ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: "no-referrer" },
    crossOriginEmbedderPolicy: false,
  });
  const arrivals = new WeakMap<IncomingMessage, Arrival>();
  const trpc = createHTTPHandler({
    router: appRouter,
    basePath: "/trpc/",
    maxBodySize: MAX_BODY_BYTES,
    maxBatchSize: 10,
    createContext: ({ req, res }) =>
      createContext(app, { req, res, door: "trpc", arrival: arrivals.get(req) as Arrival }),
    onError: ({ error, path: procedure, req }) => noteFailure(error, procedure, arrivals.get(req)?.requestId),
    responseMeta: () => ({ headers: { "Cache-Control": "no-store" } }),
  });
  const rest = createRestDoor({
    router: appRouter,
    createContext: (input) => createContext(app, { ...input, door: "rest" }),
    onError: (error, { path: procedure, requestId }) => noteFailure(error, procedure, requestId),
  });
  const document = JSON.stringify(
    createDocument({ router: appRouter, baseUrl: app.config.publicUrl ?? "", version: options.version }),
  );
  const web = serveWeb(options.webFolder);

  function noteFailure(
    error: { code: string; cause?: unknown; message: string },
    procedure: string | undefined,
    requestId?: string,
  ) {
    if (error.code === "INTERNAL_SERVER_ERROR")
      app.log.error("request.failed", { request_id: requestId, procedure, error: error.cause ?? error });
  }

  async function answer(req: IncomingMessage, res: ServerResponse, arrival: Arrival): Promise<void> {
    const url = req.url ?? "/";
    const pathname = url.replace(/\?.*$/, "");
    if (pathname.startsWith("/trpc/")) {
      arrivals.set(req, arrival);
      return trpc(req, res);
    }
    if (pathname.startsWith("/api/")) {
      req.url = url.slice("/api".length);
      return rest(req, res, arrival);
    }
    if (pathname === "/health") return sendJson(res, 200, { status: "healthy" });
    if (pathname === "/health/ready") {
      const checks = options.readiness();
      const isReady = checks.database && checks.jobs;
      return sendJson(res, isReady ? 200 : 503, { status: isReady ? "ready" : "not ready", checks });
    }
    if (pathname === "/openapi.json") {
      res.setHeader("Content-Type", "application/json; charset=utf-8");
      return void res.end(document);
    }
    if (req.method !== "GET" && req.method !== "HEAD") {
      res.setHeader("Allow", "GET, HEAD");
      return sendError(
        res,
        { status: 405, code: "METHOD_NOT_SUPPORTED", message: "This address answers GET, HEAD." },
        arrival.requestId,
      );
    }
    return web(req, res, arrival);
  }

  const server = http.createServer({ requestTimeout: 30_000, headersTimeout: 15_000 }, (req, res) => {
    const started = performance.now();
    const arrival: Arrival = { requestId: randomUUID(), address: clientAddress(req, trust) };
    const { method, url } = req;
    res.setHeader("X-Request-Id", arrival.requestId);
    res.on("close", () =>
      app.log.info("request", {
        request_id: arrival.requestId,
        method,
        path: url?.replace(/\?.*$/, ""),
        status: res.statusCode,
        ms: Math.round((performance.now() - started) * 10) / 10,
      }),
    );
    secure(req, res, () => {
      answer(req, res, arrival).catch((error) => {
        app.log.error("request.failed", { request_id: arrival.requestId, error });
        sendError(
          res,
          {
            status: 500,
            code: "INTERNAL_SERVER_ERROR",
            message: "Something broke on our side. Quote the request id when you report it.",
          },
          arrival.requestId,
        );
      });
    });
  });
  server.keepAliveTimeout = 65_000;
  return server;
}

function sendJson(res: ServerResponse, status: number, body: unknown): void {
  res.statusCode = status;
  res.setHeader("Content-Type", "application/json; charset=utf-8");
  res.setHeader("Cache-Control", "no-store");
  res.end(JSON.stringify(body));
}

function serveWeb(folder: string) {
  const isBuilt = existsSync(path.join(folder, "index.html"));
  const serve = isBuilt
    ? sirv(folder, {
        single: true,
        gzip: true,
        etag: true,
        setHeaders(res, pathname) {
          const isHashed = pathname.startsWith("/assets/");
          res.setHeader("Cache-Control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
        },
      })
    : null;
  return (req: IncomingMessage, res: ServerResponse, arrival: Arrival) => {
    const missing = () =>
      sendError(
        res,
        { status: 404, code: "NOT_FOUND", message: "There is nothing at this address." },
        arrival.requestId,
      );
    if (serve) serve(req, res, missing);
    else missing();
  };
}

import type { IncomingMessage, ServerResponse } from "node:http";
import { isIP } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { createMcpHandler } from "@modelcontextprotocol/server";
import { type Message, message } from "@orwatch/messages/message";
import { TRPCError } from "@trpc/server";
import type { App } from "../app.ts";
import { createMcpServer } from "../mcp/server.ts";
import type { CallApi } from "../mcp/tools.ts";
import { currentDay } from "../platform/clock.ts";
import { appRouter } from "../router.ts";
import { AppError } from "../rpc/app-error.ts";
import { enforceRateLimit } from "../rpc/enforce-rate-limit.ts";
import { type CallingRequest, callProcedure } from "./call-procedure.ts";
import { identify, isOwnOrigin } from "./context.ts";
import { readText } from "./read-text.ts";
import { describeFailure, sendError } from "./rest/error.ts";

const MAX_BODY_BYTES = 256 * 1024;

/** The MCP server over streamable HTTP, without sessions: every request has its API token. */
export function createMcp(
  app: App,
  { onError }: { onError: (error: TRPCError, procedure: string, requestId: string) => void },
) {
  const handler = createMcpHandler(
    ({ authInfo }) => createMcpServer({ call: authInfo?.extra?.call as CallApi, today: currentDay(app.clock) }),
    {
      // No result changes while a client listens.
      maxSubscriptions: 0,
      onerror: (error) => app.log.debug("mcp.rejected", { error: error.message }),
    },
  );

  /** The call of a tool: with the API token of the request, as if it were sent to /api/v1. */
  const callWith =
    (request: CallingRequest): CallApi =>
    async (procedure, input) => {
      try {
        return await callProcedure(app, { router: appRouter, name: procedure, input, request });
      } catch (error) {
        onError(error as TRPCError, procedure, request.arrival.requestId);
        throw error;
      }
    };

  return async (request: CallingRequest): Promise<void> => {
    const { req, res, arrival } = request;
    arrival.route = "/mcp";
    const refused = refuseAddress(app, req);
    if (refused) return sendError(res, describeFailure(refused), arrival.requestId);
    arrival.identity = await identify(app, { req, res, transport: "rest", arrival, team: null, expects: "apiToken" });
    const { principal, authError } = arrival.identity;
    const countRequest = () =>
      enforceRateLimit(app, {
        principal,
        address: arrival.address,
        setHeader: (name, value) => void res.setHeader(name, value),
      });
    try {
      countRequest();
      if (principal?.kind !== "apiToken")
        throw new AppError(
          "UNAUTHORIZED",
          authError ?? message(principal ? "session_not_accepted" : "api_token_required", {}),
        );
      if (req.method !== "POST") {
        res.setHeader("Allow", "POST");
        const reason: Message = message("method_not_allowed", { allowed: ["POST"] });
        return sendError(res, { status: 405, code: "METHOD_NOT_SUPPORTED", reason }, arrival.requestId);
      }
      const text = await readText(req, MAX_BODY_BYTES);
      if (text === null) {
        res.setHeader("Connection", "close");
        const reason = message("body_too_large", { limit_kib: MAX_BODY_BYTES / 1024 });
        return sendError(res, { status: 413, code: "PAYLOAD_TOO_LARGE", reason }, arrival.requestId);
      }
      const body = parse(text);
      // Clients of 2025 may send several messages at once. Each counts as a request.
      if (Array.isArray(body)) for (let more = 1; more < body.length; more += 1) countRequest();
      const headers = new Headers();
      for (const name of ["content-type", "accept", "mcp-protocol-version", "mcp-method", "mcp-name"]) {
        const value = req.headers[name];
        if (typeof value === "string") headers.set(name, value);
      }
      const response = await handler.fetch(
        new Request("http://localhost/mcp", { method: "POST", headers, body: text }),
        {
          authInfo: { token: "", clientId: "", scopes: [], extra: { call: callWith(request) } },
          ...(body !== undefined && { parsedBody: body }),
        },
      );
      await send(res, response);
    } catch (error) {
      if (!(error instanceof TRPCError)) throw error;
      sendError(res, describeFailure(error), arrival.requestId);
    }
  };
}

/**
 * Protects from DNS rebinding, by which a page of another site reaches this server under that site's own name: IP addresses and
 * localhost cannot be rebound, and other names must be that of PUBLIC_URL.
 */
function refuseAddress(app: App, { headers: { host = "", origin } }: IncomingMessage): AppError | null {
  const { publicUrl } = app.config;
  const name = host.replace(/:\d+$/, "").toLowerCase();
  const isOwnHost =
    isIP(name.replace(/^\[(.*)\]$/, "$1")) !== 0 ||
    name === "localhost" ||
    name.endsWith(".localhost") ||
    (publicUrl !== null && name === new URL(publicUrl).hostname);
  if (isOwnHost && (origin === undefined || isOwnOrigin(app, origin, host))) return null;
  const shown = { origin: origin?.slice(0, MAX_SHOWN) ?? null, host: host.slice(0, MAX_SHOWN), public_url: publicUrl };
  return new AppError("FORBIDDEN", message("cross_site_request", shown));
}

const MAX_SHOWN = 200;

/** `undefined` if it is no JSON; the protocol has an answer for that. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function send(res: ServerResponse, response: Response): Promise<void> {
  res.statusCode = response.status;
  for (const [name, value] of response.headers) res.setHeader(name, value);
  res.setHeader("Cache-Control", "no-store");
  if (response.body === null) return void res.end();
  await pipeline(Readable.fromWeb(response.body as ReadableStream), res);
}

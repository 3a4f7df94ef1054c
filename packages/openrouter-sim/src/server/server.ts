import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { getAnalyticsMeta, queryAnalytics } from "../analytics/endpoint.ts";
import { getActivity } from "../endpoints/activity.ts";
import { getCredits } from "../endpoints/credits.ts";
import { getKey } from "../endpoints/key.ts";
import { getOneKey, listKeys } from "../endpoints/keys.ts";
import { listModels } from "../endpoints/models.ts";
import { listWorkspaces } from "../endpoints/workspaces.ts";
import type { SimClock } from "../ledger/clock.ts";
import { type Random, sha256Hex } from "../ledger/identity.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { SimOptions } from "../options.ts";
import { type Answer, ApiError, html, json, writeAnswer, writeHead } from "./answers.ts";
import type { Context, ServerState } from "./context.ts";
import { type FaultSpec, type Faults, faultAnswer } from "./faults.ts";
import { RateLimiter } from "./rate-limit.ts";
import type { RequestLog, SeenRequest } from "./request-log.ts";

interface Route {
  readonly method: "GET" | "POST";
  readonly path: RegExp;
  readonly handler: (context: Context) => Answer;
}

const ROUTES: readonly Route[] = [
  { method: "GET", path: /^\/key$/, handler: getKey },
  { method: "GET", path: /^\/credits$/, handler: getCredits },
  { method: "GET", path: /^\/workspaces$/, handler: listWorkspaces },
  { method: "GET", path: /^\/keys$/, handler: listKeys },
  { method: "GET", path: /^\/keys\/([^/]+)$/, handler: getOneKey },
  { method: "GET", path: /^\/activity$/, handler: getActivity },
  { method: "GET", path: /^\/analytics\/meta$/, handler: getAnalyticsMeta },
  { method: "POST", path: /^\/analytics\/query$/, handler: queryAnalytics },
  { method: "GET", path: /^\/models$/, handler: listModels },
];

const BASE = "/api/v1";
const BODY_LIMIT = 1_000_000;
const NOT_FOUND = "<!DOCTYPE html><html><head><title>Not Found | OpenRouter</title></head><body>404</body></html>";

interface World {
  readonly ledger: Ledger;
  readonly clock: SimClock;
  readonly options: SimOptions;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly random: Random;
}

export function createSimServer(world: World): Server {
  const state: ServerState = { cachedQueries: new Map(), unresolvedQueries: 0 };
  const limiter = new RateLimiter();
  const server = createServer((req, res) => {
    res.sendDate = false;
    serve(world, state, limiter, req, res).catch(() => res.destroy());
  });
  return server;
}

async function serve(
  world: World,
  state: ServerState,
  limiter: RateLimiter,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const url = new URL(req.url ?? "/", "http://sim.invalid");
  const path = url.pathname.startsWith(`${BASE}/`) ? url.pathname.slice(BASE.length) : url.pathname;
  const method = req.method ?? "GET";
  const bearer = /^Bearer\s+(\S+)$/i.exec(req.headers.authorization ?? "")?.[1] ?? null;
  const keyHash = bearer === null ? null : sha256Hex(bearer);
  const bearerKey = keyHash === null ? undefined : world.ledger.findKey(keyHash);
  const accountId = bearerKey?.accountId ?? null;
  const land = world.log.takeOff([keyHash, accountId].filter((owner) => owner !== null));
  // The connection may report its end after the next request has arrived.
  res.once("finish", land).once("close", land);
  const body = await readBody(req);
  const query = Object.fromEntries(url.searchParams);
  const seen: SeenRequest = {
    method,
    path,
    query,
    body: parsed(body),
    keyHash,
    accountId,
    userAgent: req.headers["user-agent"] ?? null,
    at: world.clock.now(),
    status: null,
  };
  world.log.add(seen);
  if (world.options.latencyMs > 0) await sleep(world.options.latencyMs);

  const fault = world.faults.take({ path, method, keyHash });
  if (fault?.delayMs) await sleep(fault.delayMs);
  if (res.destroyed || fault?.kind === "timeout") return;
  if (fault?.kind === "cut") {
    res.socket?.destroy();
    return;
  }
  const own = fault && faultAnswer(fault, world.clock.now());
  if (own) return finish(world, res, seen, own);

  const answer = answerOf(method, path, url.pathname, world.options.badRequests === "zod", () => {
    const owner = accountId ?? keyHash ?? "anonymous";
    const nowMs = world.options.rateLimitClock === "sim" ? world.clock.nowMs() : Date.now();
    const analytics = path.startsWith("/analytics/");
    const perMinute = analytics ? world.options.analyticsPerMinute : world.options.otherPerMinute;
    limiter.check(`${owner}\n${analytics ? "/analytics" : path}`, perMinute, nowMs);
    const { ledger, clock, options, random } = world;
    const contentType = req.headers["content-type"] ?? "";
    return { ledger, clock, options, random, state, query, body, contentType, bearer, bearerKey };
  });
  if (fault && spoil(world, res, answer, fault)) return;
  finish(world, res, seen, answer, fault?.dateOffsetMs);
}

function answerOf(
  method: string,
  path: string,
  fullPath: string,
  zod: boolean,
  prepare: () => Omit<Context, "params">,
): Answer {
  const under = fullPath.startsWith(`${BASE}/`) ? ROUTES.filter((route) => route.path.test(path)) : [];
  if (under.length === 0) return html(NOT_FOUND, 404);
  const route = under.find((candidate) => candidate.method === method);
  try {
    if (!route) {
      const allow = under.map((candidate) => candidate.method).join(", ");
      throw new ApiError(405, "Method Not Allowed", { headers: { allow } });
    }
    const params = (route.path.exec(path) ?? []).slice(1).map(decodeURIComponent);
    return route.handler({ ...prepare(), params });
  } catch (error) {
    if (error instanceof ApiError) return error.status === 400 && zod ? error.zodAnswer() : error.answer();
    return json({ error: { message: "Internal Server Error", code: 500 } }, 500);
  }
}

function finish(world: World, res: ServerResponse, seen: SeenRequest, answer: Answer, dateOffsetMs = 0): void {
  seen.status = answer.status;
  writeAnswer(res, answer, new Date(world.clock.nowMs() + dateOffsetMs));
}

/** Half of a real response: either with the full Content-Length and interrupted, or with its actual length. */
function spoil(world: World, res: ServerResponse, answer: Answer, fault: FaultSpec): boolean {
  const bytes = Buffer.from(answer.text);
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  if (fault.kind === "truncated-body") {
    writeHead(res, answer, world.clock.now(), bytes.length);
    res.write(half, () => res.destroy());
    return true;
  }
  if (fault.kind === "half-json") {
    writeHead(res, answer, world.clock.now(), half.length);
    res.end(half);
    return true;
  }
  return false;
}

async function readBody(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > BODY_LIMIT) throw new Error("Body too large");
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parsed(body: string): unknown {
  if (body === "") return null;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

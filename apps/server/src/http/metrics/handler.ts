import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import { secondsLeft } from "../../platform/rate-limit.ts";
import { ANONYMOUS } from "../../rpc/enforce-rate-limit.ts";
import { type Arrival, readBearer } from "../context.ts";
import { sendError } from "../rest/error.ts";
import { watchEventLoop } from "./event-loop.ts";
import { writeMetrics } from "./service.ts";

const digest = (text: string) => createHash("sha256").update(text).digest();

/**
 * `/metrics` in the text format of Prometheus, for clients that send METRICS_TOKEN as Bearer. Wrong tokens count against the address like
 * invalid API tokens. Above that limit, the correct token is rejected too, to prevent guessing.
 * @returns `null` without METRICS_TOKEN
 */
export function createMetricsHandler(app: App, options: { version: string }) {
  const { metricsToken } = app.config;
  if (metricsToken === null) return null;
  const expected = digest(metricsToken);
  const eventLoop = watchEventLoop();
  return {
    close: () => eventLoop.stop(),
    async answer(req: IncomingMessage, res: ServerResponse, arrival: Arrival): Promise<void> {
      const bucket = `anonymous:${arrival.address}`;
      const given = readBearer(req) ?? "";
      // Digests have equal length and are compared in constant time.
      const isRight = timingSafeEqual(digest(given), expected);
      const tries = app.limits.take(bucket, ANONYMOUS, isRight ? 0 : 1);
      if (!tries.allowed || (isRight && tries.remaining === 0)) {
        const retryAfterS = secondsLeft(tries);
        const reason = message("too_many_requests", { seconds: retryAfterS });
        return sendError(res, { status: 429, code: "TOO_MANY_REQUESTS", reason, retryAfterS }, arrival.requestId);
      }
      if (!isRight)
        return sendError(
          res,
          { status: 401, code: "UNAUTHORIZED", reason: message("metrics_token_required", {}) },
          arrival.requestId,
        );
      const text = await writeMetrics(app, { version: options.version, eventLoop });
      res.setHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
      res.setHeader("Cache-Control", "no-store");
      res.end(text);
    },
  };
}

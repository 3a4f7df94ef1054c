import type { IncomingMessage, ServerResponse } from "node:http";
import { type Message, message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import { unsubscribeFromDigest } from "../notifications/channels/unsubscribe.ts";
import { secondsLeft } from "../platform/rate-limit.ts";
import { ANONYMOUS } from "../rpc/enforce-rate-limit.ts";
import type { Arrival } from "./context.ts";
import { readText } from "./read-text.ts";
import { sendError } from "./rest/error.ts";
import { readAddress } from "./rest/input.ts";

export const UNSUBSCRIBE = "/unsubscribe";

const MAX_BODY_BYTES = 4096;
/** The body of a form, in either of the two encodings that RFC 8058 allows. */
const ONE_CLICK = /(^|&)List-Unsubscribe=One-Click(&|$)|name="List-Unsubscribe"\r?\n(.+\r?\n)*\r?\nOne-Click\r?\n/;

/**
 * POST /unsubscribe?token=…: unsubscribes from a weekly digest without login, for mail programs and for the page at this path. It ignores
 * cookies and changes nothing else. The page itself (GET) changes nothing.
 */
export async function unsubscribe(
  app: App,
  { req, res, url, arrival }: { req: IncomingMessage; res: ServerResponse; url: string; arrival: Arrival },
): Promise<void> {
  const reject = (status: number, code: string, reason: Message, retryAfterS?: number) =>
    sendError(res, { status, code, reason, ...(retryAfterS === undefined ? {} : { retryAfterS }) }, arrival.requestId);
  const body = await readText(req, MAX_BODY_BYTES);
  if (body === null)
    return reject(413, "PAYLOAD_TOO_LARGE", message("body_too_large", { limit_kib: MAX_BODY_BYTES / 1024 }));
  if (!ONE_CLICK.test(body)) return reject(400, "BAD_REQUEST", message("unsubscribe_not_one_click", {}));
  const address = readAddress(url);
  const [token = ""] = ("query" in address && address.query.token) || [];
  const bucket = `anonymous:${arrival.address}`;
  const tries = app.limits.take(bucket, ANONYMOUS, 0);
  if (tries.remaining === 0) {
    const seconds = secondsLeft(tries);
    return reject(429, "TOO_MANY_REQUESTS", message("too_many_requests", { seconds }), seconds);
  }
  if (!(await unsubscribeFromDigest(app, token))) {
    app.limits.take(bucket, ANONYMOUS);
    return reject(404, "NOT_FOUND", message("unsubscribe_link_invalid", {}));
  }
  res.writeHead(200, { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" });
  res.end(JSON.stringify({ message: "This address no longer receives the weekly digest." }));
}

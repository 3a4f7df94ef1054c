import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import { message } from "@orwatch/messages/message";
import type { Log } from "../../platform/log.ts";
import { peerOf } from "../client-address.ts";
import { bodyOfError } from "../rest/error.ts";

/** Maximum size of the request line and headers together: 1,000 key IDs and 200 models in a query fit. */
export const MAX_HEADER_BYTES = 128 * 1024;

/** Responds to sockets that never became a request: invalid HTTP, too large headers, too slow clients. */
export function rejectSocket(
  log: Log,
  error: NodeJS.ErrnoException,
  {
    socket,
    securityLines,
  }: { socket: Socket /** Headers of every answer, as they are sent. */; securityLines: string },
): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const requestId = randomUUID();
  const [status, words, code, reason] =
    error.code === "HPE_HEADER_OVERFLOW"
      ? [
          431,
          "Request Header Fields Too Large",
          "HEADERS_TOO_LARGE",
          message("headers_too_large", { limit_kib: MAX_HEADER_BYTES / 1024 }),
        ]
      : error.code === "ERR_HTTP_REQUEST_TIMEOUT"
        ? [408, "Request Timeout", "TIMEOUT", message("request_timeout", {})]
        : [400, "Bad Request", "BAD_REQUEST", message("http_invalid", {})];
  log.info("request", { request_id: requestId, address: peerOf(socket).counted, method: null, path: null, status });
  const body = bodyOfError({ code, reason }, requestId);
  socket.end(
    `HTTP/1.1 ${status} ${words}\r\nConnection: close\r\nX-Request-Id: ${requestId}\r\n${securityLines}Cache-Control: no-store\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

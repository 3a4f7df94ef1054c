import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import type { Log } from "../platform/log.ts";
import { peerOf } from "./client-address.ts";
import { bodyOfError } from "./rest/error.ts";

/** What never became a request: broken HTTP, headers without end, a client too slow. */
export function refuseSocket(
  log: Log,
  error: NodeJS.ErrnoException,
  {
    socket,
    securityLines,
  }: { socket: Socket /** Headers of every answer, as they are sent. */; securityLines: string },
): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const requestId = randomUUID();
  const [status, reason, code, message] =
    error.code === "HPE_HEADER_OVERFLOW"
      ? [431, "Request Header Fields Too Large", "HEADERS_TOO_LARGE", "The headers are larger than 16 KiB."]
      : error.code === "ERR_HTTP_REQUEST_TIMEOUT"
        ? [408, "Request Timeout", "TIMEOUT", "The request took too long to arrive."]
        : [400, "Bad Request", "BAD_REQUEST", "This is not a valid HTTP request."];
  log.info("request", { request_id: requestId, address: peerOf(socket).counted, method: null, path: null, status });
  const body = bodyOfError({ status: status as number, code: code as string, message: message as string }, requestId);
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nX-Request-Id: ${requestId}\r\n${securityLines}Cache-Control: no-store\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

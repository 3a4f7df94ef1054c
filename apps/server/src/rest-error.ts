import type { ServerResponse } from "node:http";

export interface RestError {
  status: number;
  code: string;
  message: string;
  issues?: { path: string; message: string }[] | undefined;
}

/** The one shape of an error outside /trpc. `message` says what to do. */
export function sendError(res: ServerResponse, error: RestError, requestId: string): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const { status, code, message, issues } = error;
  if (status === 401) res.setHeader("WWW-Authenticate", "Bearer");
  res.statusCode = status;
  res.setHeader("Content-Type", "application/json; charset=utf-8");
  res.setHeader("Cache-Control", "no-store");
  res.end(JSON.stringify({ message, code, ...(issues ? { issues } : {}), request_id: requestId }));
}

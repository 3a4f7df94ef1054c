import type { ServerResponse } from "node:http";

export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string | Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return { status, contentType: "application/json", text: JSON.stringify(body), headers };
}

export function html(text: string, status: number, headers: Record<string, string> = {}): Answer {
  return { status, contentType: "text/html; charset=utf-8", text, headers };
}

export class ApiError extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly userId: string | undefined;

  constructor(status: number, message: string, more: { headers?: Record<string, string>; userId?: string } = {}) {
    super(message);
    this.status = status;
    this.headers = more.headers ?? {};
    this.userId = more.userId;
  }

  /** The other envelope, which a validator writes before any handler is asked. */
  zodAnswer(): Answer {
    const message = JSON.stringify([{ code: "custom", path: [], message: this.message }]);
    return json({ success: false, error: { name: "ZodError", message } }, this.status, this.headers);
  }

  answer(): Answer {
    const user = this.userId === undefined ? {} : { user_id: this.userId };
    return json({ error: { message: this.message, code: this.status }, ...user }, this.status, this.headers);
  }
}

export function writeAnswer(res: ServerResponse, answer: Answer, now: Date): void {
  writeHead(res, answer, now, Buffer.byteLength(answer.text));
  res.end(answer.text);
}

export function writeHead(res: ServerResponse, answer: Answer, now: Date, contentLength: number): void {
  res.writeHead(answer.status, {
    date: now.toUTCString(),
    "content-type": answer.contentType,
    "content-length": contentLength,
    server: "cloudflare",
    ...answer.headers,
  });
}

import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";

/** Maximum number of bytes of a response. */
export interface BodyLimit {
  /** As sent. */
  wireBytes: number;
  /** After decompression. */
  bytes: number;
}

export class BodyTooLarge extends Error {
  override name = "BodyTooLarge";
}

const unzip = promisify(gunzip);
/** Bodies of error responses are not used. They are read up to this size, so that the connection can be reused. */
const DISCARDED_BYTES = 64 * 1024;

/** @throws BodyTooLarge, or the error that interrupted the body */
export async function readText(response: IncomingMessage, limit: BodyLimit): Promise<string> {
  const isPacked = response.headers["content-encoding"] === "gzip";
  const bytes = await readLimited(response, isPacked ? limit.wireBytes : Math.min(limit.wireBytes, limit.bytes));
  if (!isPacked) return bytes.toString("utf8");
  const text = await unzip(bytes, { maxOutputLength: limit.bytes }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === "ERR_BUFFER_TOO_LARGE" ? new BodyTooLarge() : error;
  });
  return text.toString("utf8");
}

/** Reads and discards a body, or closes the connection if it is long. Never rejects. */
export function discardBody(response: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let size = 0;
    response.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > DISCARDED_BYTES) response.destroy();
    });
    response.on("end", resolve);
    response.on("error", () => resolve());
    response.on("close", () => resolve());
  });
}

function readLimited(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(response.headers["content-length"] ?? 0) > maxBytes) response.destroy(new BodyTooLarge());
    const chunks: Buffer[] = [];
    let size = 0;
    response.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) response.destroy(new BodyTooLarge());
      else chunks.push(chunk);
    });
    response.on("end", () => resolve(Buffer.concat(chunks)));
    response.on("error", reject);
    response.on("close", () => reject(new Error("the response was interrupted")));
  });
}

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Transform } from "node:stream";
import { brotliCompressSync, constants, createBrotliCompress, createGzip, gzipSync } from "node:zlib";

export type Encoding = "br" | "gzip";

const ENCODINGS = ["br", "gzip"] as const;

/** Smaller responses fit into one packet uncompressed. */
const MIN_BYTES = 1400;

const BROTLI_QUALITY = { [constants.BROTLI_PARAM_QUALITY]: 3 };
const GZIP_LEVEL = 4;

/** Optimized for speed: 38 kB of JSON become 5.5 kB in 0.2 ms. */
const PACK: Record<Encoding, (bytes: Buffer) => Buffer> = {
  br: (bytes) =>
    brotliCompressSync(bytes, { params: { ...BROTLI_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  gzip: (bytes) => gzipSync(bytes, { level: GZIP_LEVEL }),
};

const PACKERS: Record<Encoding, () => Transform> = {
  br: () => createBrotliCompress({ params: BROTLI_QUALITY }),
  gzip: () => createGzip({ level: GZIP_LEVEL }),
};

/**
 * A stream that compresses what is written to it into `res`, for responses that are generated while they are sent. Sets the headers.
 * @returns null if the client accepts no compression
 */
export function createPacker(req: IncomingMessage, res: ServerResponse): Transform | null {
  res.appendHeader("Vary", "Accept-Encoding");
  const encoding = chooseEncoding(req.headers["accept-encoding"]);
  if (encoding === null) return null;
  res.setHeader("Content-Encoding", encoding);
  const packer = PACKERS[encoding]();
  packer.on("error", (error) => res.destroy(error));
  packer.pipe(res);
  return packer;
}

/**
 * Chooses the content encoding for an Accept-Encoding header: the one with the highest weight, Brotli if equal.
 * @returns null for no encoding
 */
export function chooseEncoding(header: string | string[] | undefined): Encoding | null {
  const weights = new Map<string, number>();
  for (const item of String(header ?? "").split(",")) {
    const [name = "", ...parameters] = item.toLowerCase().split(";");
    const weight = parameters.map((it) => /^\s*q=([\d.]+)\s*$/.exec(it)?.[1]).find(Boolean);
    if (name.trim()) weights.set(name.trim(), weight === undefined ? 1 : Number(weight) || 0);
  }
  const weightOf = (name: string, unsaid: number) => weights.get(name) ?? weights.get("*") ?? unsaid;
  const [best] = ENCODINGS.toSorted((a, b) => weightOf(b, 0) - weightOf(a, 0));
  // `identity` is always acceptable but only preferred if the client says so.
  const plain = weights.get("identity") ?? 0;
  return best && weightOf(best, 0) > 0 && weightOf(best, 0) >= plain ? best : null;
}

/** The encoding of a response of this size; `null` for none. */
export const encodingFor = (req: IncomingMessage, bytes: number): Encoding | null =>
  bytes < MIN_BYTES ? null : chooseEncoding(req.headers["accept-encoding"]);

/** Sends a generated text, compressed if it is large enough. The caller sets status and type. */
export function sendPacked(req: IncomingMessage, res: ServerResponse, bytes: Buffer): void {
  res.appendHeader("Vary", "Accept-Encoding");
  const encoding = encodingFor(req, bytes.length);
  const body = encoding ? PACK[encoding](bytes) : bytes;
  if (encoding) res.setHeader("Content-Encoding", encoding);
  res.setHeader("Content-Length", body.length);
  res.end(body);
}

/**
 * Buffers what is written to `res` and sends it compressed at the end. For responses that are written at once.
 * Not for responses with a secret next to text that the client chose (BREACH); secrets are never returned by GET.
 */
export function packAtEnd(req: IncomingMessage, res: ServerResponse): void {
  const parts: Buffer[] = [];
  const { write, end } = res;
  const keep = (part: unknown) => {
    if (typeof part === "string" || part instanceof Uint8Array) parts.push(Buffer.from(part as Uint8Array));
  };
  res.write = ((part: unknown) => {
    keep(part);
    return true;
  }) as typeof write;
  res.end = ((part?: unknown) => {
    keep(part);
    Object.assign(res, { write, end });
    sendPacked(req, res, Buffer.concat(parts));
    return res;
  }) as typeof end;
}

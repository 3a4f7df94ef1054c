import type { IncomingMessage, ServerResponse } from "node:http";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

export type Encoding = "br" | "gzip";

const ENCODINGS = ["br", "gzip"] as const;

/** Below this a response fits into one packet as it is. */
const MIN_BYTES = 1400;

/** Quick rather than small: 38 kB of JSON become 5.5 kB in a fifth of a millisecond. */
const PACK: Record<Encoding, (bytes: Buffer) => Buffer> = {
  br: (bytes) =>
    brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 3, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
  gzip: (bytes) => gzipSync(bytes, { level: 4 }),
};

/**
 * How a response is best packed for who sends this Accept-Encoding: what it likes most, Brotli where it likes both alike.
 * @returns null where it goes out as it is
 */
export function chooseEncoding(header: string | string[] | undefined): Encoding | null {
  const wishes = new Map<string, number>();
  for (const item of String(header ?? "").split(",")) {
    const [name = "", ...parameters] = item.toLowerCase().split(";");
    const weight = parameters.map((it) => /^\s*q=([\d.]+)\s*$/.exec(it)?.[1]).find(Boolean);
    if (name.trim()) wishes.set(name.trim(), weight === undefined ? 1 : Number(weight) || 0);
  }
  const wishOf = (name: string, unsaid: number) => wishes.get(name) ?? wishes.get("*") ?? unsaid;
  const [best] = ENCODINGS.toSorted((a, b) => wishOf(b, 0) - wishOf(a, 0));
  // To be sent as it is, is what everyone takes and no one prefers unless they say so.
  const plain = wishes.get("identity") ?? 0;
  return best && wishOf(best, 0) > 0 && wishOf(best, 0) >= plain ? best : null;
}

/** Sends a text that was made for this very answer, packed where that is worth it. Status and type are the caller's. */
export function sendPacked(req: IncomingMessage, res: ServerResponse, bytes: Buffer): void {
  res.appendHeader("Vary", "Accept-Encoding");
  const encoding = bytes.length < MIN_BYTES ? null : chooseEncoding(req.headers["accept-encoding"]);
  const body = encoding ? PACK[encoding](bytes) : bytes;
  if (encoding) res.setHeader("Content-Encoding", encoding);
  res.setHeader("Content-Length", body.length);
  res.end(body);
}

/**
 * From here on what is written to `res` is kept, and goes out packed at the end: for answers that whoever writes them sends whole.
 * Not for answers that hold a secret beside what the asker chose (nothing that is shown once comes by GET).
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

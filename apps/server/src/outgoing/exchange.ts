import type { LookupAddress } from "node:dns";
import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { isIP } from "node:net";
import { createTunnelAgent, ProxyFailure } from "./tunnel.ts";

const MAX_ANSWER_BYTES = 64 * 1024;
const MAX_HEADER_BYTES = 16 * 1024;

export type Exchanged =
  | { ok: true; status: number; answer: string; retryAfterS: number | null }
  /** `message` goes on after the name of the host. */
  | { ok: false; message: string };

/** One POST over a connection of its own to one of `addresses`, whatever the name in `url` leads to meanwhile. */
export function exchange(input: {
  url: URL;
  headers: Record<string, string>;
  body: string;
  addresses: LookupAddress[];
  /** Asked for the first of `addresses`; `null` for a direct connection. */
  proxy: URL | null;
  signal: AbortSignal;
  ca: string | undefined;
}): Promise<Exchanged> {
  const { url, addresses, proxy, signal, ca } = input;
  const body = Buffer.from(input.body);
  const isSecure = url.protocol === "https:";
  const { request } = isSecure ? https : http;
  const name = url.hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve) => {
    const req = request(url, {
      method: "POST",
      // A connection kept from an earlier try would lead to the address of that time.
      agent: proxy ? createTunnelAgent(proxy, { isSecure }) : false,
      ...(proxy ? { hostname: addresses[0]?.address, servername: isIP(name) === 0 ? name : "" } : {}),
      lookup: (_host, { all }, done) => {
        const [first] = addresses;
        if (all) done(null, addresses);
        else if (first) done(null, first.address, first.family);
      },
      headers: {
        host: url.host,
        "user-agent": "orwatch",
        accept: "*/*",
        "accept-encoding": "identity",
        ...input.headers,
        "content-length": body.length,
      },
      maxHeaderSize: MAX_HEADER_BYTES,
      signal,
      ...(ca === undefined ? {} : { ca }),
    });
    let hasStatus = false;
    req.on("response", async (res) => {
      hasStatus = true;
      const answer = await readSome(res);
      resolve({
        ok: true,
        status: res.statusCode ?? 0,
        answer,
        retryAfterS: readRetryAfter(res.headers["retry-after"]),
      });
      req.destroy();
    });
    req.on("error", (error) => {
      if (!hasStatus) resolve({ ok: false, message: wordsOf(error) });
    });
    req.on("upgrade", (res, socket) => {
      socket.destroy();
      resolve({ ok: true, status: res.statusCode ?? 0, answer: "", retryAfterS: null });
    });
    req.end(body);
  });
}

/** What came of the body before its end, the limit, or the time was up: with the status here, the rest is for the log only. */
function readSome(res: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = () => resolve(Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES).toString("utf8"));
    res.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= MAX_ANSWER_BYTES) res.destroy();
    });
    res.on("error", finish);
    res.on("close", finish);
  });
}

function readRetryAfter(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,9}(\.\d{1,9})?$/.test(header.trim()) ? Math.ceil(Number(header)) : null;
}

const WORDS: Record<string, string> = {
  ECONNREFUSED: "does not accept connections",
  ECONNRESET: "closed the connection without an answer",
  EHOSTUNREACH: "cannot be reached",
  ENETUNREACH: "cannot be reached",
  ETIMEDOUT: "cannot be reached",
  EPROTO: "does not speak TLS on this port",
  HPE_HEADER_OVERFLOW: "sent headers of more than 16 KiB",
  CERT_HAS_EXPIRED: "has a certificate that expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "has a certificate that nobody vouches for",
  SELF_SIGNED_CERT_IN_CHAIN: "has a certificate that nobody vouches for",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "has a certificate that nobody vouches for",
  ERR_TLS_CERT_ALTNAME_INVALID: "has a certificate for another name",
};

/** Node's own words may name addresses inside the network; these never do. */
function wordsOf(error: NodeJS.ErrnoException): string {
  if (error instanceof ProxyFailure)
    return error.status === null
      ? "cannot be reached through the proxy, which does not answer"
      : `cannot be reached through the proxy, which answered with status ${error.status}`;
  const code = error.code ?? (error as { errors?: NodeJS.ErrnoException[] }).errors?.[0]?.code ?? "";
  if (code.startsWith("HPE_") && !WORDS[code]) return "did not answer in HTTP";
  return WORDS[code] ?? "could not be sent to";
}
